from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.register import shipped
from bot.domain.capacities import Speaking
from bot.domain.ids import UserId
from bot.domain.represent_grammar import (
    ImportFile,
    OpenForm,
    RemoveRepresentation,
    Represent,
    RepresentCommand,
    Whom,
    parse,
    with_role,
)
from bot.domain.representatives import How
from bot.domain.roles import Role
from bot.domain.signup_grammar import TakeSeatAs
from bot.domain.signup_grammar import parse as parse_signup
from tests.domain import refused

TODAY = date(2026, 12, 1)
ANA, BEN = UserId("U1"), UserId("U2")
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def represent(
    whom: Whom,
    role: Role | None = Role.CHAIR,
    since: date | None = None,
    until: date | None = None,
    how: How | None = None,
) -> Represent:
    return Represent(whom, role, since, until, how, typed="", place=(0, 0))


COLOMBO = Whom((ANA,), "", "Colombo Process")


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("", OpenForm()),
        ("import", ImportFile()),
        ("Upload a file", ImportFile()),
        ('<@U1|ana> "Colombo Process" as chair', represent(COLOMBO)),
        ("<@U1> Colombo Process as chair.", represent(COLOMBO)),
        ("add <@U1> “Colombo Process” as Chairperson", represent(COLOMBO)),
        ("<@U1> as chair of Colombo Process", represent(COLOMBO)),
        ("<@U1> as chair for Colombo Process from 2026-01-01", represent(COLOMBO, since=FIRST)),
        ("<@U1> Colombo Process as HoS", represent(COLOMBO, Role.HEAD_OF_SECRETARIAT)),
        ("<@U1> Colombo Process as head of the secretariat", represent(COLOMBO, Role.HEAD_OF_SECRETARIAT)),
        (
            "<@U1>, <@U2> and <@U1> Colombo Process as co-chairs",
            represent(Whom((ANA, BEN), "", "Colombo Process"), Role.CO_CHAIR),
        ),
        (
            "<@U1> Colombo Process as chair from 1 January 2026 to 31 December 2026",
            represent(COLOMBO, since=FIRST, until=LAST),
        ),
        (
            "<@U1> Colombo Process as chair since Jan 1, 2026 till 31 December 2026",
            represent(COLOMBO, since=FIRST, until=LAST),
        ),
        (
            "<@U1> Colombo Process from 2026-01-01 – 2026-12-31 as chair",
            represent(COLOMBO, since=FIRST, until=LAST),
        ),
        ("<@U1> Colombo Process until 2026-12-31", represent(COLOMBO, None, until=LAST)),
        (
            '"Ms R. Perera" Colombo Process as chair by letter',
            represent(Whom((), "Ms R. Perera", "Colombo Process"), how=How.LETTER),
        ),
        (
            '"Ms R. Perera" "Colombo Process" as chair by note verbale from 2026-01-01',
            represent(Whom((), "Ms R. Perera", "Colombo Process"), since=FIRST, how=How.NOTE_VERBALE),
        ),
        (
            '"Ms R. Perera" Colombo Process by an official note verbale',
            represent(Whom((), "Ms R. Perera", "Colombo Process"), None, how=How.NOTE_VERBALE),
        ),
        (
            '"Ms R. Perera" Colombo Process by post as chair',
            represent(Whom((), "Ms R. Perera", "Colombo Process"), how=How.LETTER),
        ),
        (
            '"Ms R. Perera" Colombo Process in person as chair',
            represent(Whom((), "Ms R. Perera", "Colombo Process"), how=How.IN_PERSON),
        ),
        ("remove <@U1> Colombo Process", RemoveRepresentation(COLOMBO, None, "", (0, 0))),
        ("Remove <@U1> Colombo Process as chair", RemoveRepresentation(COLOMBO, Role.CHAIR, "", (0, 0))),
    ],
)
def test_who_speaks_for_whom_is_read_as_people_type_it(typed: str, command: RepresentCommand) -> None:
    assert parse(typed, TODAY) == command


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("@ana Colombo Process as chair", "mention-bare"),
        ("Colombo Process as chair", "person-missing"),
        ("remove", "person-missing"),
        ('"Ms R. Perera" <@U1> Colombo as chair', "person-twice"),
        ("<@U1> as chair", "represent-mechanism-missing"),
        ("<@U1> Colombo as king", "role-unknown"),
        ("<@U1> Colombo by pigeon", "how-unknown"),
        ("<@U1> Colombo as chair as alternate", "represent-unreadable"),
        ("<@U1> Colombo as chair 2026-01-01", "represent-unreadable"),
        ("<@U1> Colombo as chair from soon", "date-unreadable"),
        ("<@U1> Colombo as chair from 2026-02-30", "date-unreadable"),
        ("remove <@U1> Colombo until 2026-01-01", "represent-remove-dated"),
        ('<@U1> "Colombo', "quote-unclosed"),
    ],
)
def test_what_cannot_be_read_is_refused(typed: str, key: str) -> None:
    assert refused.key(lambda: parse(typed, TODAY)) == key


def test_a_date_with_two_readings_is_asked_back_with_whole_commands() -> None:
    typed = "<@U1> Colombo as chair from 10/12/2026 until 30 June"
    readings = refused.readings(lambda: parse(typed, TODAY))
    begun = "represent <@U1> Colombo as chair from"
    assert readings == (f"{begun} 2026-12-10 until 30 June", f"{begun} 2026-10-12 until 30 June")
    (settled,) = refused.readings(lambda: parse(readings[0].removeprefix("represent "), TODAY))
    assert isinstance(parse(settled.removeprefix("represent "), TODAY), Represent)


def test_a_role_is_added_behind_the_mechanism() -> None:
    asked = parse("<@U1> Colombo Process until 2026-12-31", TODAY)
    assert isinstance(asked, Represent)
    whole = with_role(asked.typed, asked.place, Role.CO_CHAIR)
    assert whole == "represent <@U1> Colombo Process as co-chair until 2026-12-31"


@pytest.mark.parametrize("name", sorted({each for one in shipped() for each in (one.name, *one.aliases)}))
def test_every_name_of_the_register_is_understood_without_quotes(name: str) -> None:
    asked = parse(f"<@U1> {name} as chair from 2026-01-01", TODAY)
    assert asked == represent(Whom((ANA,), "", name), since=FIRST)
    seat = parse_signup(f"W1 afternoon as chair for {name}")
    assert seat == TakeSeatAs(1, "afternoon", Speaking(Role.CHAIR, name.removeprefix("The ")))


WORDS = st.sampled_from(
    [
        "<@U1|ana>", "@ben", '"Ms', 'R."', '"x"', "Colombo", "Process", "as", "chair", "co-chair", "of", "from",
        "until", "to", "-", "2026-01-01", "10/12/2026", "1", "January", "2026", "by", "letter", "in", "person", ",",
        "remove", "add", "and",
    ]
)  # fmt: skip


@given(st.text() | st.lists(WORDS).map(" ".join))
def test_anything_typed_is_a_command_or_refused(typed: str) -> None:
    known = ("represent-", "person-", "mention-", "role-", "how-", "date-", "quote-")
    assert isinstance(refused.answer(lambda: parse(typed, TODAY), *known), RepresentCommand | None)
