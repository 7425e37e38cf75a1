"""What the rows of a file mean, one by one and together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain import kept_imports
from bot.domain.ids import MechanismId, MemberId, RepresentativeId, UserId, WorkspaceId
from bot.domain.import_columns import Column, find_columns
from bot.domain.import_rows import Acquaintance, BadRow, GoodRow, Reader, users
from bot.domain.imports import Planned, plan
from bot.domain.mechanisms import Mechanism, MechanismFacts
from bot.domain.members import Member, Standing, Workspace
from bot.domain.representations import Did, NewRepresentation, WithoutAccount
from bot.domain.representatives import How, RepresentationState, Representative
from bot.domain.roles import Role
from bot.domain.sheets import Cell, Line, Sheet

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
TODAY = date(2026, 12, 1)
ANA, BEN, APP, GONE, TYPO, LATE = (UserId(f"U00000{each}") for each in range(6))
PEOPLE = {
    ANA: Acquaintance.HERE,
    BEN: Acquaintance.HERE,
    APP: Acquaintance.BOT,
    GONE: Acquaintance.LEFT,
    TYPO: Acquaintance.UNKNOWN,
}
COLOMBO = Mechanism(MechanismId(1), MechanismFacts("cp", "Colombo Process"), "UTC")
PIDC = Mechanism(MechanismId(2), MechanismFacts("pidc", "Pacific Immigration", "PIDC"), "Pacific/Apia")
OLD = Mechanism(MechanismId(3), MechanismFacts("old", "Old Process"), "UTC", retired=True)
REGISTER = (COLOMBO, PIDC, OLD)
GOOD: Mapping[Column, Cell] = {Column.MECHANISM: "colombo", Column.PERSON: ANA, Column.ROLE: "Chair"}
HEADINGS = tuple(Column)


def sheet(*rows: Mapping[Column, Cell]) -> Sheet:
    return Sheet(
        Line(1, HEADINGS),
        tuple(Line(number, tuple(row.get(each, "") for each in HEADINGS)) for number, row in enumerate(rows, 2)),
    )


def read(*rows: Mapping[Column, Cell]) -> list[GoodRow | BadRow]:
    file = sheet(*rows)
    reader = Reader(find_columns(file), REGISTER, PEOPLE, NOW)
    return [reader.read(each) for each in file.rows]


def good(**cells: Cell) -> NewRepresentation:
    (row,) = read({**GOOD, **{Column(name.strip("_")): cell for name, cell in cells.items()}})
    assert isinstance(row, GoodRow), row
    return row.new


def wrong(row: GoodRow | BadRow | Planned) -> list[tuple[Column, str]]:
    assert isinstance(row, BadRow), row
    return [(each.column, each.refusal.key) for each in row.problems]


def test_a_row_names_somebody_by_their_member_id() -> None:
    for said in (ANA, f"<@{ANA}>", f"<@{ANA}|ana>"):
        assert good(person=said) == NewRepresentation(ANA, COLOMBO.id, Role.CHAIR)


def test_a_row_names_somebody_without_an_account_with_how_it_came() -> None:
    for place in ("person", "name"):
        cells: dict[str, Cell] = {"person": "", place: "Ms  R. Perera", "how": "par courriel"}
        assert good(**cells).person == WithoutAccount("Ms R. Perera", How.EMAIL)
    assert good(person="ULRICH", how="letter").person == WithoutAccount("ULRICH", How.LETTER)


def test_beside_a_member_id_a_name_is_not_needed() -> None:
    assert good(name="Ana Oriel").person == ANA


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2027, 1, 2), date(2027, 1, 2)),
        ("2027-01-02", date(2027, 1, 2)),
        ("2 janvier 2027", date(2027, 1, 2)),
        ("13/12/2027", date(2027, 12, 13)),
        ("2027-01-02 00:00:00", date(2027, 1, 2)),
        ("2027-01-02T00:00:00.000Z", date(2027, 1, 2)),
        ("", None),
        ("–", None),
        ("Open-ended", None),
    ],
)
def test_days_are_true_dates_or_written_ones(cell: Cell, day: date | None) -> None:
    assert good(until=cell).until == day
    assert good(from_=cell).since == day


@pytest.mark.parametrize(
    ("cells", "problems"),
    [
        ({Column.MECHANISM: ""}, [(Column.MECHANISM, "cell-missing")]),
        ({Column.MECHANISM: "Colmbo Process"}, [(Column.MECHANISM, "mechanism-unknown")]),
        ({Column.MECHANISM: "Old Process"}, [(Column.MECHANISM, "mechanism-out-of-use")]),
        ({Column.ROLE: ""}, [(Column.ROLE, "cell-missing")]),
        ({Column.ROLE: "boss"}, [(Column.ROLE, "role-unknown")]),
        ({Column.PERSON: ""}, [(Column.PERSON, "cell-missing")]),
        ({Column.PERSON: "ana@example.org"}, [(Column.PERSON, "person-email")]),
        ({Column.PERSON: "<mailto:ana@example.org>"}, [(Column.PERSON, "person-email")]),
        ({Column.PERSON: "@ana"}, [(Column.PERSON, "person-handle")]),
        ({Column.PERSON: APP}, [(Column.PERSON, "representative-bot")]),
        ({Column.PERSON: GONE}, [(Column.PERSON, "person-left")]),
        ({Column.PERSON: TYPO}, [(Column.PERSON, "person-unknown")]),
        ({Column.PERSON: LATE}, [(Column.PERSON, "person-unasked")]),
        ({Column.NAME: BEN}, [(Column.PERSON, "names-differ")]),
        ({Column.PERSON: "Ms A", Column.NAME: "Ms B"}, [(Column.PERSON, "names-differ")]),
        ({Column.PERSON: "Ms A"}, [(Column.HOW, "how-missing")]),
        ({Column.PERSON: "Ms A", Column.HOW: "pigeon"}, [(Column.HOW, "how-unknown")]),
        ({Column.PERSON: "???", Column.HOW: "letter"}, [(Column.PERSON, "person-name-empty")]),
        ({Column.HOW: "letter"}, [(Column.HOW, "how-needless")]),
        ({Column.FROM: "10/12/2026"}, [(Column.FROM, "date-ambiguous")]),
        ({Column.FROM: "soon"}, [(Column.FROM, "date-unreadable")]),
        ({Column.FROM: date(1900, 1, 5)}, [(Column.FROM, "date-unreadable")]),
        ({Column.UNTIL: "31 December"}, [(Column.UNTIL, "date-year-missing")]),
        ({Column.UNTIL: "46023"}, [(Column.UNTIL, "date-unreadable")]),
        (
            {Column.MECHANISM: "?", Column.PERSON: "@ana", Column.ROLE: "boss", Column.HOW: "pigeon"},
            [
                (Column.MECHANISM, "mechanism-unknown"),
                (Column.PERSON, "person-handle"),
                (Column.ROLE, "role-unknown"),
                (Column.HOW, "how-unknown"),
            ],
        ),
    ],
)
def test_everything_that_is_wrong_with_a_row_is_said_at_once(
    cells: Mapping[Column, Cell], problems: list[tuple[Column, str]]
) -> None:
    (row,) = read({**GOOD, **cells})
    assert wrong(row) == problems


def test_whom_slack_has_to_be_asked_about_is_read_before_the_rows_are() -> None:
    rows: tuple[Mapping[Column, Cell], ...] = (
        {Column.PERSON: BEN},
        {Column.NAME: ANA},
        {Column.PERSON: "x@y"},
        {Column.PERSON: BEN},
        {},
    )
    file = sheet(*({**GOOD, Column.PERSON: "", **each} for each in rows))
    assert users(file, find_columns(file)) == (BEN, ANA)


# Together


def member(user: UserId, number: int) -> Member:
    return Member(MemberId(number), Workspace(WorkspaceId(1), "T1", None, "en"), user, None, None, Standing.MEMBER)


STANDING = Representative(
    RepresentativeId(1), COLOMBO, member(ANA, 1), Role.CHAIR, date(2026, 1, 1), date(2026, 12, 31),
    RepresentationState.NAMED,
)  # fmt: skip


def planned(*rows: Mapping[Column, Cell], standing: tuple[Representative, ...] = ()) -> list[Planned | BadRow]:
    good_ones, bad = plan(read(*({**GOOD, **each} for each in rows)), standing, NOW)
    return sorted((*good_ones, *bad), key=lambda each: each.number)


def dids(found: list[Planned | BadRow]) -> list[Did]:
    assert all(isinstance(each, Planned) for each in found), found
    return [each.did for each in found if isinstance(each, Planned)]


def test_without_a_first_day_it_is_today_where_the_mechanism_is() -> None:
    late = datetime(2026, 12, 1, 11, tzinfo=UTC)
    (row,), _ = plan(read({**GOOD, Column.MECHANISM: "PIDC"}), (), late)
    assert row.new.since == date(2026, 12, 2)


def test_a_row_that_stands_already_changes_nothing_and_another_day_does() -> None:
    rows: tuple[tuple[Mapping[Column, Cell], Did], ...] = (
        ({}, Did.SAME),
        ({Column.FROM: "2026-01-01", Column.UNTIL: "2026-12-31"}, Did.SAME),
        ({Column.UNTIL: "2027-06-30"}, Did.DATED),
        ({Column.FROM: "2027-01-01"}, Did.NAMED),
        ({Column.ROLE: "alternate"}, Did.NAMED),
        ({Column.PERSON: BEN}, Did.NAMED),
    )
    for cells, did in rows:
        assert dids(planned(cells, standing=(STANDING,))) == [did], cells


def test_a_row_that_came_in_another_way_than_noted_is_a_change() -> None:
    named = replace(member(UserId("named:ms a"), 1), standing=Standing.NAMED, name="Ms A")
    standing = replace(STANDING, member=named, how=How.LETTER)
    for how, did in ((How.LETTER, Did.SAME), (How.EMAIL, Did.SOURCED)):
        assert dids(planned({Column.PERSON: "Ms A", Column.HOW: how}, standing=(standing,))) == [did]


def test_a_claim_that_is_imported_is_named() -> None:
    claim = replace(STANDING, state=RepresentationState.CLAIMED)
    assert dids(planned({}, standing=(claim,))) == [Did.NAMED]


def test_two_terms_of_one_person_follow_each_other() -> None:
    terms = (
        {Column.FROM: "2026-01-01", Column.UNTIL: "2026-06-30"},
        {Column.FROM: "2026-07-01", Column.UNTIL: "2026-12-31"},
    )
    assert dids(planned(*terms)) == [Did.NAMED, Did.NAMED]
    assert dids(planned(*terms, standing=(STANDING,))) == [Did.DATED, Did.NAMED]


@pytest.mark.parametrize("second", [{}, {Column.FROM: "2027-01-01"}, {Column.PERSON: f"<@{ANA}>"}])
def test_the_same_row_twice_is_said_with_the_number_of_the_first(second: Mapping[Column, Cell]) -> None:
    first, other = planned({}, second)
    assert isinstance(first, Planned)
    assert wrong(other) == [(Column.PERSON, "row-twice")]
    assert isinstance(other, BadRow)
    assert other.problems[0].refusal.facts["first"] == 2


def test_people_without_an_account_are_the_same_whatever_their_accents() -> None:
    by_letter = {Column.HOW: "letter"}
    rows = ({**by_letter, Column.PERSON: "Ms Ñandú"}, {**by_letter, Column.PERSON: "MS NANDU"})
    assert wrong(planned(*rows)[1]) == [(Column.PERSON, "row-twice")]


def test_a_last_day_before_the_first_is_refused_also_where_the_first_is_today() -> None:
    for cells in ({Column.FROM: "2027-01-02", Column.UNTIL: "2027-01-01"}, {Column.UNTIL: "2026-11-30"}):
        assert wrong(planned(cells)[0]) == [(Column.UNTIL, "days-reversed")]


def test_what_was_shown_is_kept_word_for_word() -> None:
    rows = planned({}, {Column.PERSON: "“Ms Ñ, R.”", Column.HOW: "nv", Column.UNTIL: "2027-01-01"})
    kept = [each for each in rows if isinstance(each, Planned)]
    assert kept_imports.read(kept_imports.kept("a; b.csv", kept)) == ("a; b.csv", tuple(each.new for each in kept))
