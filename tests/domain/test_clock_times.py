from __future__ import annotations

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock_times import WallRange, offset_code, parse_range, parse_time, range_code
from bot.domain.refusals import Refusal
from tests.domain.refused import key, refusal


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("09:00", "09:00"),
        ("9:00", "09:00"),
        ("9am", "09:00"),
        ("9 AM", "09:00"),
        ("9 a.m.", "09:00"),
        ("9:30pm", "21:30"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("14h30", "14:30"),
        ("14h", "14:00"),
        ("14 h 30", "14:30"),
        ("16.30", "16:30"),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, at: str) -> None:
    assert parse_time(typed).at == time.fromisoformat(at)
    assert parse_time(typed).utc_offset is None


@pytest.mark.parametrize("typed", ["", "16", "24:00", "9:60", "13pm", "0am", "noon", "9-11", "9:5", "UTC+2"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    refused = refusal(lambda: parse_time(typed))
    assert (refused.key, refused.facts["typed"]) == ("time-unreadable", typed)


@pytest.mark.parametrize(
    ("typed", "minutes"), [("09:00 UTC+2", 120), ("9am UTC-05:30", -330), ("09:00 utc−5", -300), ("14h UTC", 0)]
)
def test_a_time_may_carry_an_offset(typed: str, minutes: int) -> None:
    assert parse_time(typed).utc_offset == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("09:00-11:00", "09:00-11:00"),
        ("9-11", "09:00-11:00"),
        ("9–11", "09:00-11:00"),
        ("9—11", "09:00-11:00"),
        ("9 - 11", "09:00-11:00"),
        ("9am-11am", "09:00-11:00"),
        ("14h30-16h", "14:30-16:00"),
        ("09:00 to 11:00", "09:00-11:00"),
        ("9h à 11h", "09:00-11:00"),
        ("9.30-11.15", "09:30-11:15"),
        ("10-16", "10:00-16:00"),
        ("02-04", "02:00-04:00"),
        ("22:00-24:00", "22:00-00:00"),
        ("22:00-01:00", "22:00-01:00"),
        ("9:00-11", "09:00-11:00"),
    ],
)
def test_a_range_is_read_as_people_write_it(typed: str, code: str) -> None:
    assert range_code(parse_range(typed)) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("9–11am", "09:00-11:00"),
        ("9-11pm", "21:00-23:00"),
        ("12-2pm", "12:00-14:00"),
        ("9am-11", "09:00-11:00"),
        ("2pm-4", "14:00-16:00"),
        ("2pm-4:30", "14:00-16:30"),
        ("9-5pm", "09:00-17:00"),
        ("11-1pm", "11:00-13:00"),
        ("11am-1", "11:00-13:00"),
        ("09:00-5pm", "09:00-17:00"),
        ("14-4pm", "14:00-16:00"),
    ],
)
def test_am_or_pm_at_one_end_holds_for_both_unless_the_range_would_run_through_the_night(typed: str, code: str) -> None:
    assert range_code(parse_range(typed)) == code


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("2-4", ("02:00-04:00", "14:00-16:00")),
        ("7-9", ("07:00-09:00", "19:00-21:00")),
        ("9-5", ("09:00-17:00", "21:00-05:00")),
        ("12-2", ("00:00-02:00", "12:00-14:00")),
        ("2-4 UTC+2", ("02:00-04:00 UTC+02:00", "14:00-16:00 UTC+02:00")),
        ("10-12am", ("10:00-00:00", "22:00-00:00")),
    ],
)
def test_bare_hours_of_either_half_of_the_day_are_refused_with_both(typed: str, choices: tuple[str, ...]) -> None:
    refused = refusal(lambda: parse_range(typed))
    assert (refused.key, refused.facts["choices"]) == ("range-ambiguous", choices)


@pytest.mark.parametrize("typed", ["09:00-09:00", "9-9", "9am-9am"])
def test_a_range_that_ends_when_it_starts_is_refused(typed: str) -> None:
    assert key(lambda: parse_range(typed)) == "range-empty"


@pytest.mark.parametrize("typed", ["", "9", "09:00", "25-26", "24:00-3:00", "9-10-11", "a-b", "9:60-10:00", "13am-2pm"])
def test_what_is_no_range_is_refused(typed: str) -> None:
    assert key(lambda: parse_range(typed)) == "range-unreadable"


def test_a_range_may_carry_an_offset() -> None:
    assert parse_range("09:00-11:00 UTC+2").utc_offset == timedelta(hours=2)


times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(times, times, st.none() | offsets)
def test_a_range_written_by_us_is_read_back(start: time, end: time, offset: timedelta | None) -> None:
    wall = WallRange(start, end, offset)
    if start == end:
        assert key(lambda: parse_range(range_code(wall))) == "range-empty"
    else:
        assert parse_range(range_code(wall)) == wall


@given(times, offsets)
def test_a_time_is_read_back_with_its_offset(at: time, offset: timedelta) -> None:
    typed = parse_time(f"{at:%H:%M} {offset_code(offset)}")
    assert (typed.at, typed.utc_offset) == (at, offset)


@given(times)
def test_the_twelve_hour_clock_says_the_same(at: time) -> None:
    assert parse_time(f"{at:%I:%M %p}").at == parse_time(f"{at:%Hh%M}").at == at


@given(st.text() | st.from_regex(r"[0-9]{1,2}[:h.]?[0-9]{0,2} ?[ap]?m?[- to]{1,4}[0-9]{1,2}[:h.]?[0-9]{0,2}[ap]?m?"))
def test_anything_typed_is_a_range_or_refused(typed: str) -> None:
    try:
        wall = parse_range(typed)
    except Refusal as refused:
        assert refused.key in {"range-unreadable", "range-ambiguous", "range-empty"}  # noqa: PT017 - either is right
    else:
        assert wall.start != wall.end
