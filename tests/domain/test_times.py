from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.times import around_gap, first_instant, instants_of, to_utc, to_wall
from tests.domain.refused import answer, key, refusal, utc, wall

ZURICH, BERLIN = ZoneInfo("Europe/Zurich"), ZoneInfo("Europe/Berlin")
ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Africa/Cairo",
        "Pacific/Apia",
        "Asia/Kathmandu",
    )
]


@pytest.mark.parametrize(
    ("zone", "shown"), [("Asia/Kathmandu", "2020-09-24 12:45"), ("Pacific/Apia", "2020-09-24 20:00")]
)
def test_nine_in_zurich_is_shown_on_other_clocks(zone: str, shown: str) -> None:
    at = to_utc(wall("2020-09-24 09:00"), ZURICH)
    assert at == utc("2020-09-24 07:00")
    assert to_wall(at, ZoneInfo(zone)) == wall(shown)


def test_an_hour_before_a_start_behind_a_clock_change_is_subtracted_in_utc() -> None:
    before = to_utc(wall("2027-03-28 03:30"), BERLIN) - timedelta(hours=1)
    assert before == utc("2027-03-28 00:30")
    assert to_wall(before, BERLIN) == wall("2027-03-28 01:30")


def test_a_skipped_time_is_refused_with_the_times_before_and_after() -> None:
    refused = refusal(lambda: to_utc(wall("2027-03-28 02:30"), BERLIN))
    assert refused.key == "time-skipped"
    assert refused.facts["choices"] == ("2027-03-28T01:30", "2027-03-28T03:30")
    assert around_gap(wall("2027-03-28 02:30"), BERLIN) == (wall("2027-03-28 01:30"), wall("2027-03-28 03:30"))


def test_a_repeated_time_is_refused_with_both_instants() -> None:
    refused = refusal(lambda: to_utc(wall("2026-10-25 02:30"), BERLIN))
    assert refused.key == "time-repeated"
    assert (refused.facts["first"], refused.facts["second"]) == (utc("2026-10-25 00:30"), utc("2026-10-25 01:30"))
    assert refused.facts["choices"] == ("2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00")


@pytest.mark.parametrize(("hours", "at"), [(2, "2026-10-25 00:30"), (1, "2026-10-25 01:30")])
def test_an_offset_picks_one_of_a_repeated_time(hours: int, at: str) -> None:
    assert to_utc(wall("2026-10-25 02:30"), BERLIN, timedelta(hours=hours)) == utc(at)


def test_an_offset_that_the_zone_does_not_have_then_is_refused() -> None:
    refused = refusal(lambda: to_utc(wall("2026-12-10 09:00"), BERLIN, timedelta(hours=2)))
    assert (refused.key, refused.facts["offsets"]) == ("offset-unmatched", ("UTC+01:00",))
    assert key(lambda: to_utc(wall("2027-03-28 02:30"), BERLIN, timedelta(hours=2))) == "time-skipped"


@pytest.mark.parametrize(
    ("typed", "zone", "at"),
    [
        ("2027-03-28 02:30", "Europe/Berlin", "2027-03-28 01:00"),
        ("2026-10-25 02:30", "Europe/Berlin", "2026-10-25 00:30"),
        ("2026-12-10 09:00", "Europe/Berlin", "2026-12-10 08:00"),
        ("2026-10-04 02:15", "Australia/Lord_Howe", "2026-10-03 15:30"),
        ("2011-12-30 12:00", "Pacific/Apia", "2011-12-30 10:00"),
    ],
)
def test_the_first_instant_of_a_skipped_time_is_the_jump_and_of_a_repeated_one_the_earlier(
    typed: str, zone: str, at: str
) -> None:
    assert first_instant(wall(typed), ZoneInfo(zone)) == utc(at)


walls = st.datetimes(datetime(2010, 1, 1), datetime(2040, 1, 1)).map(lambda at: at.replace(microsecond=0))  # noqa: DTZ001 - naive on purpose


@given(walls, st.sampled_from(ZONES))
def test_the_instants_of_a_wall_time_are_those_at_which_clocks_show_it(shown: datetime, zone: ZoneInfo) -> None:
    around = [shown.replace(tzinfo=UTC) + timedelta(minutes=quarter * 15) for quarter in range(-60, 61)]
    expected = sorted(at for at in around if at.astimezone(zone).replace(tzinfo=None) == shown)
    assert list(instants_of(shown, zone)) == expected


@given(walls, st.sampled_from(ZONES))
def test_a_time_is_read_back_as_it_was_written_or_refused(shown: datetime, zone: ZoneInfo) -> None:
    at = answer(lambda: to_utc(shown, zone), "time-repeated" if instants_of(shown, zone) else "time-skipped")
    assert at is None or to_wall(at, zone) == shown


gaps = st.sampled_from([(zone, year) for zone in ZONES[:4] for year in range(2024, 2036)])


@given(gaps, st.integers(0, 29))
def test_the_jump_is_the_first_instant_that_clocks_show_something_later(
    gap: tuple[ZoneInfo, int], minutes: int
) -> None:
    zone, year = gap
    days = [utc(f"{year}-01-01 00:00") + timedelta(days=day) for day in range(366)]
    day = next(one for one, other in pairwise(days) if _offset(one, zone) < _offset(other, zone))
    halves = [day + timedelta(minutes=30 * half) for half in range(49)]
    jump = next(at for at in halves if _offset(at, zone) > _offset(day, zone))
    skipped = to_wall(jump, zone) - timedelta(minutes=minutes + 1)
    assert first_instant(skipped, zone) == jump


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
