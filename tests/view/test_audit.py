"""The record as sentences."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.audit import Act, Action, Authority, Facts
from bot.domain.audit_pages import PAGE, AuditAsked, AuditPage, Chosen, Group, Recorded
from bot.domain.ids import AuditId, DraftId, MechanismId, MemberId, UserId, WorkspaceId
from bot.domain.mechanisms import Mechanism, MechanismFacts
from bot.domain.members import Member, Standing, Workspace
from bot.domain.roles import Role
from bot.view import audit as view
from bot.view import audit_acts
from bot.view.texts import load
from workspace.blocks import accept

WORDS = load().of("en")
HERE = Workspace(WorkspaceId(1), "T1", None, "en")
ANA = Member(MemberId(1), HERE, UserId("U1"), "Asia/Kathmandu", None, Standing.ORGANISER)
BEN = Member(MemberId(2), HERE, UserId("U2"), None, None, Standing.MEMBER)
LETTER = Member(MemberId(3), HERE, UserId("named:x"), None, None, Standing.NAMED, name="Dr <X>")
AT = datetime(2026, 12, 10, 8, tzinfo=UTC)
AFTERNOON: Facts = {"number": 1, "title": "Reviews", "label": "afternoon"}
CHAIR = (("Colombo Process", Role.CHAIR),)


def recorded(
    action: Action,
    authority: Authority,
    facts: Facts,
    *,
    about: Member | None = None,
    voices: tuple[tuple[str, Role | None], ...] = (),
) -> Recorded:
    return Recorded(AuditId(1), AT, BEN, about, Act(action, authority, facts=facts), voices)


def sentence(act: Recorded) -> str:
    """Without when and who, which are the same in all of them."""
    return audit_acts.row(WORDS, ANA, act).partition(": <@U2> ")[2]


def test_a_line_begins_with_when_it_was_in_the_readers_zone_and_who_did_it() -> None:
    said = audit_acts.row(WORDS, ANA, recorded(Action.SEAT_TAKEN, Authority.SELF, AFTERNOON))
    assert said.startswith("• <!date^1796889600^")
    assert "13:45 (Kathmandu)>: <@U2> took a seat" in said


@pytest.mark.parametrize(
    ("authority", "voices", "said"),
    [
        (Authority.ORGANISER, (), "as organiser"),
        (Authority.SELF, (), "for themselves"),
        (Authority.MAKER, (), "as its maker"),
        (Authority.REPRESENTATIVE, CHAIR, "as Chair of Colombo Process"),
        (Authority.CLAIM, CHAIR, "as a claim to be Chair of Colombo Process"),
        (Authority.CLAIM, (), "as a claim"),
        (
            Authority.REPRESENTATIVE,
            (*CHAIR, ("PIDC", Role.HEAD_OF_SECRETARIAT)),
            "as Chair of Colombo Process, Head of Secretariat of PIDC",
        ),
    ],
)
def test_a_line_ends_with_for_whom_and_by_what_right_it_was_done(
    authority: Authority, voices: tuple[tuple[str, Role | None], ...], said: str
) -> None:
    act = recorded(Action.SEAT_TAKEN, authority, AFTERNOON, voices=voices)
    assert sentence(act) == f"took a seat in the *afternoon* session of *W1: Reviews*, {said}."


def test_a_move_is_told_with_both_times_and_a_cancellation_with_its_reason() -> None:
    times = {
        "was": "2026-12-10T15:00:00+00:00",
        "ended": "2026-12-10T17:00:00+00:00",
        "start": "2026-12-11T15:00:00+00:00",
        "end": "2026-12-11T17:00:00+00:00",
    }
    moved = sentence(recorded(Action.SESSION_MOVED, Authority.ORGANISER, {**AFTERNOON, **times}))
    assert "from Thu 10 Dec 2026, 20:45–22:45 to Fri 11 Dec 2026, 20:45–22:45" in moved
    assert "(“ill”)" in sentence(
        recorded(Action.SESSION_CANCELLED, Authority.ORGANISER, {**AFTERNOON, "reason": "ill"})
    )
    assert "“" not in sentence(recorded(Action.SESSION_CANCELLED, Authority.ORGANISER, AFTERNOON))


def test_who_it_is_about_is_named_as_people_are() -> None:
    added = recorded(Action.ORGANISER_ADDED, Authority.ORGANISER, {}, about=ANA)
    assert sentence(added) == "named <@U1> an organiser, as organiser."
    by_letter = recorded(Action.SEAT_TAKEN, Authority.ORGANISER, AFTERNOON, about=LETTER)
    assert sentence(by_letter).startswith("took a seat for Dr &lt;X&gt; in the")


@pytest.mark.parametrize("action", Action)
def test_every_act_is_a_sentence_whatever_its_record_lacks(action: Action) -> None:
    assert sentence(recorded(action, Authority.ORGANISER, {})).endswith(", as organiser.")


def test_what_is_too_long_for_a_line_is_shortened_and_what_was_typed_links_nowhere() -> None:
    long = recorded(Action.POLL_MADE, Authority.MAKER, {"number": 1, "question": "<!here> " * 125})
    assert "&lt;!here&gt;" in sentence(long)
    assert "<!here>" not in sentence(long)
    assert len(sentence(long)) < 400


def page(number: int, older: int, asked: AuditAsked | None = None) -> AuditPage:
    act = recorded(
        Action.SESSION_CANCELLED, Authority.ORGANISER, {**AFTERNOON, "title": "&" * 200, "reason": "<" * 500}
    )
    pidc = Mechanism(MechanismId(1), MechanismFacts("pidc", "Pacific", "PIDC"), "UTC")
    return AuditPage(asked or AuditAsked(), Chosen((pidc,), (LETTER,)) if asked else Chosen(), (act,) * number, older)


@pytest.mark.parametrize(("number", "older"), [(1, 0), (PAGE, 0), (PAGE, 100_000)])
def test_a_page_keeps_slacks_limits_and_counts_what_it_does_not_show(number: int, older: int) -> None:
    asked = page(number, older)
    acts = view.rows(WORDS, ANA, asked)
    left = number - len(acts) + older
    shown = view.shown(WORDS, asked, acts, DraftId(7) if left else None)
    blocks = accept(shown.content()["blocks"])
    assert 0 < len(acts) <= number
    assert (f"and {left} more" in shown.text) is bool(left)
    assert (blocks[-1]["type"] == "actions") is bool(left)


def test_the_answer_repeats_what_was_understood() -> None:
    asked = AuditAsked(
        users=(UserId("U2"),),
        webinars=(1,),
        polls=(7,),
        groups=(Group.SIGN_UPS,),
        since=AT.date(),
        until=AT.date(),
    )
    said = view.shown(WORDS, page(0, 0, asked), (), None).text
    assert "Only: <@U2>, Dr &lt;X&gt;, PIDC, W1, P7, sign-ups, since Thu 10 Dec 2026, until Thu 10 Dec 2026." in said
    assert "Nothing of this is recorded." in said
