from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.moments import parse_when
from tests.domain.refused import answer, key, refusal, texts, utc

ZURICH = ZoneInfo("Europe/Zurich")
NOW = utc("2026-11-24 09:00")  # 10:00 in Zurich


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("2026-12-01T10:30", "2026-12-01 09:30"),
        ("2026-12-01 10:30", "2026-12-01 09:30"),
        ("2026-12-01  10:30:00", "2026-12-01 09:30"),
        ("2026-12-01 10:30Z", "2026-12-01 10:30"),
        ("2026-12-01T10:30z", "2026-12-01 10:30"),
        ("2026-12-01 10:30 UTC", "2026-12-01 10:30"),
        ("2026-12-01T10:30+05:45", "2026-12-01 04:45"),
        ("2026-12-01T10:30-0500", "2026-12-01 15:30"),
        ("2026-12-01 10:30 UTC+2", "2026-12-01 08:30"),
        ("2026-12-01 9am", "2026-12-01 08:00"),
        ("10 December 2026 17:00", "2026-12-10 16:00"),
        ("December 10, 2026 at 9:30 p.m.", "2026-12-10 20:30"),
        ("tomorrow 17:00", "2026-11-25 16:00"),
        ("Tomorrow at 5 pm", "2026-11-25 16:00"),
        ("today 17:00", "2026-11-24 16:00"),
        ("17:00", "2026-11-24 16:00"),
        ("14h30", "2026-11-24 13:30"),
        ("in 2 days", "2026-11-26 09:00"),
        ("in 1 week", "2026-12-01 09:00"),
        ("in 3 hours", "2026-11-24 12:00"),
        ("in 10 min", "2026-11-24 09:10"),
        ("2027-10-31 02:30 UTC+1", "2027-10-31 01:30"),
    ],
)
def test_a_when_is_read_in_the_senders_zone_unless_it_bears_an_offset(typed: str, at: str) -> None:
    assert parse_when(typed, NOW, ZURICH) == utc(at)


def test_tomorrow_is_the_senders_tomorrow() -> None:
    late = utc("2026-11-24 12:00")  # the 25th, 01:00, in Apia
    assert parse_when("tomorrow 08:00", late, ZoneInfo("Pacific/Apia")) == utc("2026-11-25 19:00")


def test_days_are_counted_on_the_wall_clock_and_hours_elapse() -> None:
    eve = utc("2026-10-24 10:00")  # noon in Zurich; that night has 25 hours
    assert parse_when("in 1 day", eve, ZURICH) == utc("2026-10-25 11:00")
    assert parse_when("in 24 hours", eve, ZURICH) == utc("2026-10-25 10:00")


@pytest.mark.parametrize("typed", ["09:00", "10:00", "2026-11-24 10:00", "2020-01-01 10:00", "in 0 days"])
def test_the_past_is_refused_and_so_is_this_very_moment(typed: str) -> None:
    assert key(lambda: parse_when(typed, NOW, ZURICH)) == "when-past"


@pytest.mark.parametrize(
    "typed",
    ["", "tomorrow", "soon", "2026-12-01", "2026-12-01 25:00", "in 999999 weeks", "2026-12-01 10:30+99", "in days"],
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    assert key(lambda: parse_when(typed, NOW, ZURICH)) == "when-unreadable"


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("2027-03-28 02:30", "time-skipped"),
        ("2027-10-31 02:30", "time-repeated"),
        ("10/12/2026 17:00", "date-ambiguous"),
        ("2026-02-30 10:00", "date-unreadable"),
        ("10 December 17:00", "date-year-missing"),
        ("17:00 UTC+5", "offset-unmatched"),
    ],
)
def test_a_time_that_means_nothing_or_two_things_is_refused(typed: str, refused: str) -> None:
    assert key(lambda: parse_when(typed, NOW, ZURICH)) == refused


@pytest.mark.parametrize("typed", ["2027-03-28 02:30", "2027-10-31 02:30"])
def test_each_choice_for_a_skipped_or_repeated_time_is_understood(typed: str) -> None:
    refused = refusal(lambda: parse_when(typed, NOW, ZURICH))
    read = [parse_when(choice, NOW, ZURICH) for choice in texts(refused.facts["choices"])]
    assert read[1] - read[0] == timedelta(hours=1)


@given(st.datetimes(datetime(2027, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - Hypothesis wants naive limits
def test_an_instant_written_in_full_is_read_back(at: datetime) -> None:
    minute = at.replace(second=0, microsecond=0)
    assert parse_when(minute.isoformat(), NOW, ZURICH) == minute
    assert parse_when(minute.astimezone(ZURICH).isoformat(timespec="minutes"), NOW, ZURICH) == minute


@given(st.text() | st.from_regex(r"(in|tomorrow|today|2027-0[0-9]-[0-9]{2})[ T][0-9]{1,8}(:[0-9]{2})? ?(pm|days|Z)?"))
def test_anything_typed_is_a_coming_instant_or_refused(typed: str) -> None:
    at = answer(lambda: parse_when(typed, NOW, ZURICH), "when-", "date-", "time-", "offset-")
    assert at is None or at > NOW
