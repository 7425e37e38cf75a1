from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import UserId
from bot.domain.invitation_grammar import (
    Audience,
    EnterAnswer,
    Group,
    Invite,
    Names,
    OpenInstead,
    OpenInviteForm,
    ShowInvitations,
    Uninvite,
    as_typed,
    parse,
)
from bot.domain.leads import Lead
from bot.domain.letters import check_text
from bot.domain.representatives import How
from bot.domain.roles import CHAIRS, Role
from tests.domain.refused import answer, refusal

HEADS = frozenset({Role.HEAD_OF_SECRETARIAT})
ANA, BEN = UserId("U1"), UserId("U2")


@pytest.mark.parametrize(
    ("typed", "audience"),
    [
        ("<@U1|ana> <@U2>", Audience((ANA, BEN))),
        ("<@U1|ana>, <@U2|ben> and <@U1>", Audience((ANA, BEN))),
        ("all chairs", Audience(groups=(Group(CHAIRS),))),
        ("All the Chairs", Audience(groups=(Group(CHAIRS),))),
        ("all heads of secretariat", Audience(groups=(Group(HEADS),))),
        ("all chairs and heads of secretariat", Audience(groups=(Group(CHAIRS), Group(HEADS)))),
        ("all representatives", Audience(groups=(Group(None),))),
        ("everyone", Audience(groups=(Group(None),))),
        (
            "Colombo Process, Bali Process and Almaty",
            Audience(names=(Names("Colombo Process, Bali Process and Almaty"),)),
        ),
        ("the chair of Colombo Process", Audience(names=(Names("Colombo Process", CHAIRS),))),
        ("head of the secretariat of the IGC", Audience(names=(Names("IGC", HEADS),))),
        (
            "all chairs, <@U1|ana> and Bali",
            Audience((ANA,), (Group(CHAIRS),), (Names("Bali"),)),
        ),
    ],
)
def test_whom_somebody_means(typed: str, audience: Audience) -> None:
    assert parse("invite", 1, typed) == Invite(1, audience)
    assert parse("uninvite", 1, typed) == Uninvite(1, audience)


@pytest.mark.parametrize(
    ("typed", "nudges", "letter"),
    [
        ("Bali nudge 7d 2d", (Lead(7, "d"), Lead(2, "d")), None),
        ("Bali — nudge 2d", (Lead(2, "d"),), None),
        ("Bali –nudge 2d", (Lead(2, "d"),), None),
        ("Bali, nudge: 12h", (Lead(12, "h"),), None),
        ("Bali nudge never", (), None),
        ('Bali letter "Dear {name}"', None, "Dear {name}"),
        ('Bali nudge 3d letter «Dear \\"you\\"\n{name}»', (Lead(3, "d"),), 'Dear "you"\n{name}'),
        ('Bali letter "We nudge 3d" nudge 2d', (Lead(2, "d"),), "We nudge 3d"),
    ],
)
def test_leads_and_the_letter_stand_behind_whom(typed: str, nudges: object, letter: str | None) -> None:
    asked = parse("invite", 1, typed)
    assert asked == Invite(1, Audience(names=(Names("Bali"),)), nudges, letter)  # type: ignore[arg-type] # leads or None


@given(st.text(st.characters(codec="utf-8", exclude_characters="<>{}"), min_size=1, max_size=60))
def test_a_letter_from_a_form_is_read_back_as_it_was(letter: str) -> None:
    kept = answer(lambda: check_text(letter), "letter-empty")
    if kept is not None:
        typed = as_typed(1, "all chairs", "2d", kept).removeprefix("invite W1 ")
        assert parse("invite", 1, typed) == Invite(1, Audience(groups=(Group(CHAIRS),)), (Lead(2, "d"),), kept)


def test_a_verb_alone() -> None:
    assert parse("invite", 1, "") == OpenInviteForm(1)
    assert parse("invitations", 1, "") == ShowInvitations(1)
    assert parse("instead", 1, "") == OpenInstead(1)


@pytest.mark.parametrize(
    ("verb", "typed", "key"),
    [
        ("invite", "nudge 2d", "invite-nobody"),
        ("invite", "Bali nudge soon", "lead-unreadable"),
        ("invite", "@ana", "mention-bare"),
        ("invite", 'Bali letter "Dear {you}"', "letter-placeholder"),
        ("uninvite", "", "invite-nobody"),
        ("nudge", "Bali", "webinar-unreadable"),
        ("answer", "", "answer-unreadable"),
        ("answer", "Bali will attend by letter", "answer-unreadable"),
        ("answer", "can't attend by letter", "answer-unreadable"),
        ("answer", "Ms R. Perera can't attend", "answer-how-missing"),
    ],
)
def test_what_cannot_be_understood_is_refused(verb: str, typed: str, key: str) -> None:
    assert refusal(lambda: parse(verb, 1, typed)).key == key


@pytest.mark.parametrize(
    ("typed", "user", "name", "how"),
    [
        ('"Ms R. Perera" can\'t attend by letter', None, "Ms R. Perera", How.LETTER),
        ("Ms R. Perera can’t attend, by note verbale", None, "Ms R. Perera", How.NOTE_VERBALE),
        ("Ms R. Perera can't attend by post", None, "Ms R. Perera", How.LETTER),
        ("Ms R. Perera can't attend by official letter", None, "Ms R. Perera", How.LETTER),
        ("Ms R. Perera can't attend by an official note verbale", None, "Ms R. Perera", How.NOTE_VERBALE),
        ("<@U1|ana> declines by e-mail", ANA, "", How.EMAIL),
        ("<@U1> cannot come (in person)", ANA, "", How.IN_PERSON),
        ("Colombo Process – regrets by phone", None, "Colombo Process", How.TELEPHONE),
    ],
)
def test_an_answer_that_came_otherwise(typed: str, user: UserId | None, name: str, how: How) -> None:
    assert parse("answer", 1, typed) == EnterAnswer(1, user, name, how)
