from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.leads import Lead, Unit, looks_like_lead, parse_leads
from bot.domain.times import first_instant, to_utc, to_wall
from tests.domain.refused import answer, key, refusal, utc, wall

BERLIN = ZoneInfo("Europe/Berlin")


def codes(typed: str) -> list[str]:
    return [lead.code for lead in parse_leads(typed)]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7d 1d 1h 10m", ["7d", "1d", "1h", "10m"]),
        ("10m 1h 1d", ["1d", "1h", "10m"]),
        ("1d, 2h", ["1d", "2h"]),
        ("1d2h", ["1d", "2h"]),
        ("1 day and 2 hours", ["1d", "2h"]),
        ("1w", ["7d"]),
        ("2 Weeks", ["14d"]),
        ("30 min", ["30m"]),
        ("1m", ["1m"]),
        ("90d", ["90d"]),
        ("2160h", ["2160h"]),
    ],
)
def test_leads_are_read_the_longest_first(typed: str, read: list[str]) -> None:
    assert codes(typed) == read


@pytest.mark.parametrize(("typed", "read"), [("1d 1d", ["1d"]), ("60m 1h", ["60m"]), ("1w 7d", ["7d"])])
def test_the_same_lead_twice_is_one(typed: str, read: list[str]) -> None:
    assert codes(typed) == read


def test_a_day_and_twenty_four_hours_are_two_leads() -> None:
    assert codes("24h 1d") == ["1d", "24h"]


@pytest.mark.parametrize("typed", ["", "x", "1", "1y", "1d x", "d", "1.5h", "-1h", "99999999999d"])
def test_what_is_no_lead_is_refused(typed: str) -> None:
    assert key(lambda: parse_leads(typed)) == "lead-unreadable"


@pytest.mark.parametrize("typed", ["0m", "91d", "1d 2161h", "13w"])
def test_a_lead_is_from_a_minute_to_ninety_days(typed: str) -> None:
    assert key(lambda: parse_leads(typed)) == "lead-range"


def test_eleven_leads_are_too_many() -> None:
    assert len(parse_leads(" ".join(f"{n}m" for n in range(1, 11)))) == 10
    refused = refusal(lambda: parse_leads(" ".join(f"{n}m" for n in range(1, 12))))
    assert (refused.key, refused.facts) == ("lead-count", {"count": 11, "limit": 10})


def test_a_lead_names_its_kind_of_delivery_as_it_was_typed() -> None:
    assert [lead.kind for lead in parse_leads("1d 60m")] == ["lead-1d", "lead-60m"]


def test_an_hour_before_a_start_behind_the_spring_change() -> None:
    start = wall("2027-03-28 03:30")
    assert Lead(1, "h").before(start, BERLIN, to_utc(start, BERLIN)) == utc("2027-03-28 00:30")


@pytest.mark.parametrize(
    ("start", "lead", "at"),
    [
        ("2026-10-25 12:00", Lead(1, "d"), "2026-10-24 10:00"),  # 25 hours before
        ("2026-10-25 12:00", Lead(24, "h"), "2026-10-24 11:00"),
        ("2027-03-29 02:30", Lead(1, "d"), "2027-03-28 01:00"),  # in the gap: the jump
        ("2026-10-26 02:30", Lead(1, "d"), "2026-10-25 00:30"),  # repeated: the first
        ("2026-12-10 09:00", Lead(7, "d"), "2026-12-03 08:00"),
        ("2026-12-10 09:00", Lead(10, "m"), "2026-12-10 07:50"),
    ],
)
def test_days_are_wall_clock_days_and_hours_elapse(start: str, lead: Lead, at: str) -> None:
    assert lead.before(wall(start), BERLIN, first_instant(wall(start), BERLIN)) == utc(at)


leads = st.builds(Lead, st.integers(1, 90), st.sampled_from(("m", "h", "d")))
starts = st.datetimes(datetime(2026, 1, 1), datetime(2035, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0))  # noqa: DTZ001 - naive on purpose


@given(leads, starts, st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]))
def test_a_lead_is_before_its_session_by_its_length_and_a_day_by_the_wall_clock(
    lead: Lead, start: datetime, name: str
) -> None:
    zone = ZoneInfo(name)
    start_at = first_instant(start, zone)
    due = lead.before(start, zone, start_at)
    assert abs((start_at - due) - lead.length) <= (timedelta(hours=1) if lead.unit == "d" else timedelta())
    if lead.unit == "d":
        assert timedelta() <= to_wall(due, zone) - (start - lead.length) <= timedelta(hours=1)


@given(st.lists(leads, min_size=1, max_size=10))
def test_leads_written_by_us_are_read_back(written: list[Lead]) -> None:
    read = parse_leads(" ".join(lead.code for lead in written))
    units: set[tuple[timedelta, Unit]] = {(lead.length, "d" if lead.unit == "d" else "m") for lead in written}
    assert {(lead.length, "d" if lead.unit == "d" else "m") for lead in read} == units
    assert [lead.length for lead in read] == sorted((lead.length for lead in read), reverse=True)
    assert all(looks_like_lead(lead.code) for lead in written)


@given(st.text() | st.from_regex(r"([0-9]{1,10} ?[mhdwx]?[ ,]?){1,4}"))
def test_anything_typed_is_leads_or_refused(typed: str) -> None:
    assert answer(lambda: parse_leads(typed), "lead-") != ()


def test_a_day_and_24_hours_are_two_leads_that_say_themselves_apart() -> None:
    assert [lead.code for lead in parse_leads("1d 24h")] == ["1d", "24h"]
