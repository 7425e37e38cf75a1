"""Letters, previews and overviews at their longest, held to Slack's limits by the stand-in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.deliveries import DeliveryState
from bot.domain.ids import DraftId, MechanismId, MemberId, RepresentativeId, UserId
from bot.domain.invitation_outcomes import InvitationsShown, LettersPlanned, MayPassOn, Nudged, PassedOver
from bot.domain.invitations import AnswerState, Book, Given, Invitation, Roll, Seat, call
from bot.domain.leads import Lead, parse_leads
from bot.domain.letters import Letter, Placeholder, check_text
from bot.domain.mechanisms import Mechanism, MechanismFacts
from bot.domain.members import Member, Standing
from bot.domain.representatives import RepresentationState, Representative
from bot.domain.roles import Role
from bot.view import invitation_forms, invitations, letters
from bot.view.letters import Written
from bot.view.texts import load
from tests.view.longest_messages import HOME, NOW, READER, W, shown
from workspace import views

WORDS = load().of(None)
DRAFT = DraftId(10**8)
MECHANISMS = tuple(
    Mechanism(MechanismId(place), MechanismFacts(f"m{place}", f"{place} {'& Migration ' * 4}".strip()), "UTC")
    for place in range(60)
)
PEOPLE = tuple(
    Member(MemberId(place), HOME, UserId(f"U0{place:09}"), None, None, Standing.MEMBER, name="& Perera" * 10)
    for place in range(500)
)
EACH_TWICE = "".join(f"{{{each}}}" * (1 if each is Placeholder.SESSIONS else 2) for each in Placeholder)
LETTER = Letter(check_text(EACH_TWICE + "&" * 500), tuple(Lead(days, "d") for days in range(10, 0, -1)))


def roll(*, answered: bool = False) -> Roll:
    """Sixty mechanisms with eight people each, and twenty by themselves."""
    speak = tuple(
        Representative(
            RepresentativeId(place),
            MECHANISMS[place % 60],
            each,
            Role.HEAD_OF_SECRETARIAT,
            None,
            None,
            RepresentationState.NAMED,
        )
        for place, each in enumerate(PEOPLE[:480])
    )
    asked = [Invitation(each, None, None, READER.id, NOW) for each in MECHANISMS]
    asked += [Invitation(None, each, None, READER.id, NOW) for each in PEOPLE[480:]]
    seats = {each.id: Seat(W.sessions[0], NOW) for each in PEOPLE[::3]} if answered else {}
    answers = {each.id: Given(AnswerState.PASSED_ON, NOW, PEOPLE[0]) for each in PEOPLE[1::3]} if answered else {}
    return call(Book(W, LETTER, tuple(asked), speak, answers, seats), NOW)


def planned() -> LettersPlanned:
    over = PassedOver(MECHANISMS, MECHANISMS, tuple((each, PEOPLE[:3]) for each in MECHANISMS), roll().book.invitations)
    return LettersPlanned(W, LETTER, PEOPLE[0], tuple(roll().addressees.values()), over, changes=True)


def everything_to_one() -> Written:
    addressee = next(iter(roll().addressees.values()))
    mandates = tuple(
        replace(addressee.mandates[0], mechanism=each, by=PEOPLE[place] if place < 3 else None)
        for place, each in enumerate(MECHANISMS)
    )
    return Written(W, replace(addressee, mandates=mandates), LETTER, PEOPLE[0], NOW)


MESSAGES = {
    "progress": invitations.progress(WORDS, W, dict.fromkeys(DeliveryState, 500)),
    "letter": letters.letter(WORDS, everything_to_one()),
    "nudge": letters.nudge(WORDS, everything_to_one()),
    "preview": invitations.preview(WORDS, READER, planned(), DRAFT, NOW),
    "sent": invitations.sent(WORDS, planned(), NOW),
    "nudged": invitations.nudged(
        WORDS, Nudged(W, tuple(each.id for each in PEOPLE), tuple(roll().addressees.values()))
    ),
    **{
        f"overview, {name}": invitations.overview(
            WORDS,
            InvitationsShown(
                roll(answered=answered), dict.fromkeys(DeliveryState, 500), {each.id: 9 for each in PEOPLE}, of_all=True
            ),
        )
        for name, answered in (("silent", False), ("answered", True))
    },
}


@pytest.mark.parametrize("name", MESSAGES)
def test_slack_takes_each_at_its_longest(name: str) -> None:
    assert shown(MESSAGES[name]).strip()
    assert 10 < len(MESSAGES[name].text) < 40_000


def test_what_does_not_fit_is_counted_and_the_heading_counts_all() -> None:
    said = shown(MESSAGES["overview, silent"])
    assert "80 not answered" in said
    assert "more" in said.splitlines()[-1]


def test_nudges_that_will_not_go_are_said_to_be_so() -> None:
    starts = min(each.starts_at for each in W.sessions)
    soon = replace(planned(), letter=replace(LETTER, nudges=parse_leads("7d 2d 1d")))
    for now, letters_go, said in (
        (starts - timedelta(days=2, hours=3), True, "2 days (within a day of these letters, not sent)"),
        (starts - timedelta(days=2, hours=3), False, "2 days, "),
        (starts - timedelta(days=2, hours=3), True, "7 days (already past, not sent)"),
    ):
        told = invitations.sent(WORDS, soon if letters_go else replace(soon, letters=()), now)
        assert said in shown(told)


def test_slack_takes_the_forms_at_their_longest() -> None:
    filled = invitation_forms.Filled(tuple(each.user for each in PEOPLE[:50]), "&" * 2900, "7d 2d", LETTER.text or "")
    for form in (
        invitation_forms.form(WORDS, W, LETTER, filled, DRAFT),
        invitation_forms.look(WORDS, READER, planned(), DRAFT, NOW),
        invitation_forms.instead(WORDS, MayPassOn(W, PEOPLE[0]), DRAFT),
        invitation_forms.instead(WORDS, MayPassOn(W, replace(PEOPLE[0], standing=Standing.NAMED)), DRAFT),
    ):
        assert views.accept(dict(form.content()), "modal")


def test_a_letter_pings_nobody_and_its_text_is_ours_without_the_join_link() -> None:
    addressee = next(iter(roll().addressees.values()))
    letter = Letter(check_text("<!channel> <@U1|ana> {name} https://meet.example.org/?ab=1"))
    message = letters.letter(WORDS, Written(W, addressee, letter, PEOPLE[0], NOW))
    said = shown(message)
    assert "<!channel>" not in said
    assert "<@U1" not in said
    assert "@channel @ana &amp; Perera" in said
    assert W.link is not None
    assert "meet.example.org" not in message.text
    assert W.link not in said


def test_a_session_that_has_begun_or_is_full_has_no_button() -> None:
    addressee = next(iter(roll().addressees.values()))
    full = replace(W, sessions=(replace(W.sessions[0], taken=100_000), *W.sessions[1:]))
    later = W.sessions[1].starts_at + timedelta(minutes=1)
    for webinar, now, number in ((full, NOW, 9), (W, later, 8)):
        buttons = letters.buttons(WORDS, webinar, now).elements
        assert len(buttons) == number + 2
        assert letters.letter(WORDS, Written(webinar, addressee, LETTER, PEOPLE[0], now))


@pytest.mark.parametrize("letter", [Letter(), Letter("Dear {name}")])
def test_a_letter_sent_in_as_the_form_offers_it_stays_what_it_was(letter: Letter) -> None:
    form = invitation_forms.form(WORDS, W, letter, invitation_forms.Filled(), DRAFT)
    inputs = [block.to_dict() for block in form.blocks]
    (offered,) = [
        each["element"]["initial_value"] for each in inputs if each.get("block_id") == invitation_forms.LETTER
    ]
    assert invitation_forms.edited(WORDS, letter, check_text(offered)) is None
    assert invitation_forms.edited(WORDS, letter, "Dear all") == "Dear all"
