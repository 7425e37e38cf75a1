from __future__ import annotations

import pytest

from bot.domain.import_columns import Column, find_column, find_columns
from bot.domain.sheets import Line, Sheet
from tests.domain import refused


def sheet(headings: tuple[str, ...], *rows: tuple[str, ...]) -> Sheet:
    return Sheet(Line(1, headings), tuple(Line(number, row) for number, row in enumerate(rows or [("x",)], 2)))


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("mechanism", Column.MECHANISM),
        ("ISCM", Column.MECHANISM),
        ("Mécanisme", Column.MECHANISM),
        ("Slack member ID", Column.PERSON),
        ("slack_id", Column.PERSON),
        ("Représentant(e)", Column.PERSON),
        ("Full name", Column.NAME),
        ("Nombre y apellido:", Column.NAME),
        ("ROLE *", Column.ROLE),
        ("Fonction", Column.ROLE),
        ("Start date (first day)", Column.FROM),
        ("start_date", Column.FROM),
        ("À partir du", Column.FROM),
        ("End date", Column.UNTIL),
        ("Jusqu’au", Column.UNTIL),
        ("Hasta", Column.UNTIL),
        ("How it came", Column.HOW),
        ("Notes", None),
        ("Comment", None),
        ("", None),
    ],
)
def test_a_column_is_known_by_the_headings_that_people_give_it(heading: str, column: Column | None) -> None:
    assert find_column(heading) is column


def test_columns_stand_in_any_order() -> None:
    columns = find_columns(sheet(("Role", "Until", "Person", "Mechanism")))
    assert columns.places == {Column.ROLE: 0, Column.UNTIL: 1, Column.PERSON: 2, Column.MECHANISM: 3}
    assert columns.unread == ()


def test_what_is_left_out_is_named_by_its_heading_or_its_letter() -> None:
    headings = ("Role", "Notes", "Person", "Mechanism", "", "")
    assert find_columns(sheet(headings, ("", "", "", "", "", "x"))).unread == ("Notes", "F")
    wide = find_columns(sheet(headings, ("",) * 27 + ("x",)))
    assert wide.unread == ("Notes", "AB")


@pytest.mark.parametrize(
    ("headings", "missing"),
    [
        (("Person", "Role"), ("mechanism",)),
        (("Mechanism", "Role"), ("mechanism", "person")[1:]),
        (("Who", "What"), ("mechanism", "person", "role")),
    ],
)
def test_a_column_that_is_needed_is_asked_for(headings: tuple[str, ...], missing: tuple[str, ...]) -> None:
    refusal = refused.refusal(lambda: find_columns(sheet(headings)))
    assert (refusal.key, refusal.facts["missing"]) == ("column-missing", missing)


def test_a_name_is_enough_of_a_person() -> None:
    assert find_columns(sheet(("Mechanism", "Name", "Role"))).places[Column.NAME] == 1


def test_two_columns_that_mean_the_same_are_refused() -> None:
    assert refused.key(lambda: find_columns(sheet(("Mechanism", "Role", "Person", "From", "Since")))) == "column-twice"


def test_headings_alone_are_no_rows() -> None:
    alone = Sheet(Line(1, ("Mechanism", "Role", "Person")), ())
    assert refused.key(lambda: find_columns(alone)) == "sheet-empty"
