from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.refusals import Refusal
from bot.domain.webinar_grammar import parse
from bot.domain.webinar_plans import NewWebinar, PlannedSession, ResolvedSession, check_future, resolve
from tests.domain.refused import key, readings, refusal, utc, wall

TODAY = date(2026, 11, 24)
ZURICH = ZoneInfo("Europe/Zurich")


def resolved(session: str, zone: ZoneInfo = ZURICH) -> tuple[ResolvedSession, ...]:
    new = parse(f'new "T" {session}', TODAY)
    assert isinstance(new, NewWebinar)
    return resolve(new, zone)


def read(typed: str, zone: ZoneInfo = ZURICH) -> str:
    (session,) = resolved(typed.removeprefix('new "T" '), zone)
    return f"{session.starts_at:%d %H:%M} {session.ends_at:%d %H:%M}"


def test_sessions_are_placed_in_the_zone() -> None:
    morning, night = resolved("morning 2026-12-10 9-11, night 2026-12-10 22:00-01:00")
    assert (morning.starts_at, morning.ends_at) == (utc("2026-12-10 08:00"), utc("2026-12-10 10:00"))
    assert (night.starts_at, night.ends_at) == (utc("2026-12-10 21:00"), utc("2026-12-11 00:00"))
    assert (night.label, night.wall_start, night.wall_end) == (
        "night",
        wall("2026-12-10 22:00"),
        wall("2026-12-11 01:00"),
    )


@pytest.mark.parametrize(
    ("typed", "refused", "offered"),
    [
        ("a 2027-03-28 02:30-04:00", "time-skipped", ["28 00:30 28 02:00", "28 01:30 28 03:00"]),
        ("a 2027-03-28 01:30-02:30", "time-skipped", ["28 00:30 28 01:30"]),
        ("a 2027-03-28 02:10-02:50", "time-skipped", ["28 00:10 28 00:50", "28 01:10 28 01:50"]),
        (
            "a 2027-03-28 02:30 - 2027-03-28 16:00",
            "time-skipped",
            ["28 00:30 28 14:00", "28 01:30 28 15:00"],
        ),
        ("a 2026-10-25 02:30-04:00", "time-repeated", ["25 00:30 25 03:00", "25 01:30 25 03:00"]),
        ("a 2026-10-25 01:30-02:30", "time-repeated", ["24 23:30 25 00:30", "24 23:30 25 01:30"]),
        ("a 2026-10-25 02:10-02:50", "time-repeated", ["25 00:10 25 00:50", "25 01:10 25 01:50"]),
    ],
)
def test_a_skipped_or_repeated_time_is_refused_with_whole_commands_that_resolve(
    typed: str, refused: str, offered: list[str]
) -> None:
    answer = refusal(lambda: resolved(typed))
    assert (answer.key, answer.facts["label"]) == (refused, "a")
    assert [read(reading) for reading in readings(lambda: resolved(typed))] == offered


def test_a_reading_moves_the_date_where_clocks_change_at_midnight() -> None:
    cairo = ZoneInfo("Africa/Cairo")  # from Friday 30 April 2027, 00:00, to 01:00
    offered = readings(lambda: resolved("a on 30 April 2027 00:30-02:00", cairo))
    assert offered == ('new "T" a on 2027-04-29 23:30-02:00', 'new "T" a on 2027-04-30 01:30-03:00')


@pytest.mark.parametrize(("offset", "times"), [("UTC+2", "25 00:30 25 03:00"), ("UTC+01:00", "25 01:30 25 03:00")])
def test_an_offset_picks_one_of_the_two(offset: str, times: str) -> None:
    assert read(f"a 2026-10-25 02:30-04:00 {offset}") == times


@pytest.mark.parametrize("typed", ["a 2026-12-10 9-11 UTC+2", "a 2026-10-25 02:30-04:00 UTC+5"])
def test_an_offset_that_is_not_the_zones_is_refused(typed: str) -> None:
    assert key(lambda: resolved(typed)) == "offset-unmatched"


def test_a_true_offset_does_no_harm() -> None:
    assert read("a 2026-12-10 9-11 UTC+1") == read("a 2026-12-10 9-11")


def test_a_form_gets_the_refusal_without_commands() -> None:
    session = PlannedSession("a", wall("2027-03-28 02:30"), wall("2027-03-28 04:00"))
    refused = refusal(lambda: resolve(NewWebinar("T", None, (session,)), ZURICH))
    assert refused.key == "time-skipped"
    assert "readings" not in refused.facts


def test_a_session_that_has_begun_is_refused() -> None:
    sessions = resolved("a 2026-12-10 9-11")
    check_future(sessions, utc("2026-12-10 07:59"))
    refused = refusal(lambda: check_future(sessions, utc("2026-12-10 08:00")))
    assert (refused.key, refused.facts["label"]) == ("webinar-past", "a")


@given(
    st.sampled_from(["2027-03-28", "2026-10-25", "2026-12-10", "2027-04-30", "2026-10-30"]),
    st.integers(0, 23 * 4),
    st.integers(1, 12),
    st.sampled_from(["Europe/Zurich", "Africa/Cairo", "Australia/Lord_Howe", "America/New_York"]),
)
def test_every_session_resolves_forward_or_its_readings_do(day: str, quarter: int, length: int, name: str) -> None:
    start = wall(f"{day} 00:00") + timedelta(minutes=15 * quarter)
    typed = f"a {day} {start:%H:%M}-{start + timedelta(minutes=15 * length):%H:%M}"
    try:
        found = [resolved(typed, ZoneInfo(name))]
    except Refusal:
        offered = readings(lambda: resolved(typed, ZoneInfo(name)))
        found = [resolved(reading.removeprefix('new "T" '), ZoneInfo(name)) for reading in offered]
        assert found
    assert all(session.starts_at < session.ends_at for sessions in found for session in sessions)
