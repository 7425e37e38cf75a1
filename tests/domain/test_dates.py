from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import parse_date
from bot.domain.refusals import Refusal
from tests.domain.refused import answer, refusal

TODAY = date(2026, 11, 24)
TENTH = date(2026, 12, 10)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-12-10",
        "2026–12–10",
        "2026/12/10",
        "10 December 2026",
        "10  december  2026",
        "10th December 2026",
        "10 Dec 2026",
        "10 Dec. 2026",
        "10-Dec-2026",
        "December 10, 2026",
        "Dec 10th 2026",
        "10 décembre 2026",
        "le 10 décembre 2026",
        "10 de diciembre de 2026",
        "Thursday 10 December 2026",
        "Thursday, December 10, 2026",
        "thurs. 10 Dec 2026",
        "Thu 2026-12-10",
        "Thursday the 10th of December 2026",
        "jeudi 10 décembre 2026",
        "el jueves 10 de diciembre de 2026",
        "Thursday 10/12/2026",
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str) -> None:
    assert parse_date(typed, TODAY) == TENTH


@pytest.mark.parametrize("typed", ["10/12/2026", "10.12.2026", "10-12-2026"])
def test_a_date_with_two_readings_is_refused_with_both(typed: str) -> None:
    refused = refusal(lambda: parse_date(typed, TODAY))
    assert (refused.key, refused.facts["choices"]) == ("date-ambiguous", ("2026-12-10", "2026-10-12"))


@pytest.mark.parametrize(
    ("typed", "day"), [("13/12/2026", "2026-12-13"), ("12.13.2026", "2026-12-13"), ("10/10/2026", "2026-10-10")]
)
def test_a_date_in_numbers_with_one_reading_is_taken(typed: str, day: str) -> None:
    assert parse_date(typed, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("typed", "coming"), [("10 December", "2026-12-10"), ("March 1", "2027-03-01"), ("29 feb", "2028-02-29")]
)
def test_a_date_without_a_year_is_refused_with_the_next_one(typed: str, coming: str) -> None:
    refused = refusal(lambda: parse_date(typed, TODAY))
    assert (refused.key, refused.facts["choices"]) == ("date-year-missing", (coming,))


@pytest.mark.parametrize(
    ("typed", "weekday"),
    [
        ("Friday 10 December 2026", "Thursday"),
        ("fri, 2026-12-10", "Thursday"),
        ("vendredi 10 décembre 2026", "jeudi"),
        ("miércoles 10 de diciembre de 2026", "jueves"),
        ("Friday 10 December", "Thursday"),
    ],
)
def test_a_weekday_that_it_is_not_is_refused_with_the_right_one(typed: str, weekday: str) -> None:
    refused = refusal(lambda: parse_date(typed, TODAY))
    assert (refused.key, refused.facts["weekday"]) == ("date-weekday", weekday)
    assert refused.facts["choices"] == ("2026-12-10",)


def test_a_weekday_that_neither_reading_is_leaves_both() -> None:
    assert refusal(lambda: parse_date("Sunday 10/12/2026", TODAY)).facts["choices"] == ("2026-12-10", "2026-10-12")


def test_a_weekday_without_a_year_is_refused_with_the_next_one() -> None:
    refused = refusal(lambda: parse_date("Thursday 10 December", TODAY))
    assert (refused.key, refused.facts["typed"]) == ("date-year-missing", "Thursday 10 December")
    assert refused.facts["choices"] == ("2026-12-10",)


@pytest.mark.parametrize("typed", ["Thursday", "Plenary 10 December 2026", "Thursday 30 feb 2026"])
def test_a_weekday_makes_no_date_of_what_is_none(typed: str) -> None:
    refused = refusal(lambda: parse_date(typed, TODAY))
    assert (refused.key, refused.facts["typed"]) == ("date-unreadable", typed)


@pytest.mark.parametrize("typed", ["10/12/26", "1.2.26"])
def test_a_year_of_two_digits_is_refused(typed: str) -> None:
    assert refusal(lambda: parse_date(typed, TODAY)).key == "date-year-short"


@pytest.mark.parametrize(
    "typed", ["", "2026-02-30", "31/31/2026", "30 feb", "10 Foo 2026", "1999-01-01", "2300-01-01", "today", "12"]
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    refused = refusal(lambda: parse_date(typed, TODAY))
    assert (refused.key, refused.facts["typed"]) == ("date-unreadable", typed)


days = st.dates(date(2000, 1, 1), date(2199, 12, 31))


@given(days, st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%A %d %B %Y", "%a, %b %d %Y"]))
def test_every_day_is_read_back(day: date, pattern: str) -> None:
    assert parse_date(day.strftime(pattern), TODAY) == day


@given(days)
def test_a_day_in_numbers_is_right_or_refused_with_itself_among_the_choices(day: date) -> None:
    try:
        assert parse_date(day.strftime("%d/%m/%Y"), TODAY) == day
    except Refusal as refused:
        choices = refused.facts["choices"]
        assert isinstance(choices, tuple)
        assert day.isoformat() in choices


@given(st.text() | st.from_regex(r"[0-9 ./-]{1,12}[a-z]{0,4}"))
def test_anything_typed_is_a_date_or_refused(typed: str) -> None:
    assert isinstance(answer(lambda: parse_date(typed, TODAY), "date-"), date | None)
