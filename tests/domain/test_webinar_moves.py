from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import SessionId
from bot.domain.moved_times import MovedTo
from bot.domain.refusals import Refusal
from bot.domain.times import first_instant
from bot.domain.webinar_changes import MoveWebinar
from bot.domain.webinar_grammar import parse
from bot.domain.webinar_moves import move_all, move_one
from bot.domain.webinar_plans import ResolvedSession
from bot.domain.webinars import Session
from tests.domain.refused import key, readings, refusal, utc, wall

TODAY = date(2026, 11, 24)
ZURICH = ZoneInfo("Europe/Zurich")


def session(start: str, end: str, label: str = "afternoon", zone: ZoneInfo = ZURICH) -> Session:
    starts, ends = wall(start), wall(end)
    return Session(
        SessionId(1), label, 1, starts, ends, first_instant(starts, zone), first_instant(ends, zone), None, 0, 1
    )


AFTERNOON = session("2026-12-10 16:00", "2026-12-10 18:00")


def moved(rest: str, of: Session = AFTERNOON, zone: ZoneInfo = ZURICH) -> ResolvedSession:
    return typed_move(f"move W1 afternoon to {rest}", of, zone)


def typed_move(typed: str, of: Session = AFTERNOON, zone: ZoneInfo = ZURICH) -> ResolvedSession:
    command = parse(typed, TODAY)
    assert isinstance(command, MoveWebinar)
    return move_one(of, command.to, zone, command.typed, command.place)


def shown(found: ResolvedSession) -> str:
    return f"{found.wall_start:%Y-%m-%d %H:%M} {found.wall_end:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("typed", "to"),
    [
        ("16:30", "2026-12-10 16:30 2026-12-10 18:30"),
        ("23:00", "2026-12-10 23:00 2026-12-11 01:00"),
        ("2026-12-11", "2026-12-11 16:00 2026-12-11 18:00"),
        ("2026-12-11 09:00", "2026-12-11 09:00 2026-12-11 11:00"),
        ("09:00-12:00", "2026-12-10 09:00 2026-12-10 12:00"),
        ("2026-12-11 22:00-01:00", "2026-12-11 22:00 2026-12-12 01:00"),
        ("16:00-17:00", "2026-12-10 16:00 2026-12-10 17:00"),
        ("2026-12-11 20:00 - 2026-12-12 12:00", "2026-12-11 20:00 2026-12-12 12:00"),
    ],
)
def test_what_is_not_said_of_the_new_time_stays(typed: str, to: str) -> None:
    assert shown(moved(typed)) == to
    assert moved(typed).label == "afternoon"


def test_a_session_keeps_its_wall_clock_across_a_clock_change() -> None:
    found = moved("2027-04-08")
    assert (found.starts_at, found.ends_at) == (utc("2027-04-08 14:00"), utc("2027-04-08 16:00"))
    night = moved("2027-03-27 23:00", session("2026-12-10 20:00", "2026-12-11 00:30"))
    assert shown(night) == "2027-03-27 23:00 2027-03-28 03:30"
    assert night.ends_at - night.starts_at == timedelta(hours=3, minutes=30)


@pytest.mark.parametrize("typed", ["16:00", "2026-12-10", "16:00-18:00", "2026-12-10 16:00", "4 pm UTC+1"])
def test_the_time_that_a_session_has_already_is_refused(typed: str) -> None:
    refused = refusal(lambda: moved(typed))
    assert (refused.key, refused.facts) == ("move-same", {"label": "afternoon"})


def test_the_other_reading_of_a_repeated_time_is_another_time() -> None:
    second = replace(session("2026-10-25 02:30", "2026-10-25 04:00"), starts_at=utc("2026-10-25 01:30"))
    assert key(lambda: moved("02:30 UTC+1", second)) == "move-same"
    assert moved("02:30 UTC+2", second).starts_at == utc("2026-10-25 00:30")


@pytest.mark.parametrize(
    ("typed", "refused", "offered"),
    [
        ("08:00-21:00", "session-long", ["2026-12-10 08:00 2026-12-10 21:00"]),
        (
            "2026-12-11 11:00-09:00",
            "session-long",
            ["2026-12-11 09:00 2026-12-11 11:00", "2026-12-11 11:00 2026-12-12 09:00"],
        ),
        ("2026-12-11 09:00 - 2026-12-12 12:00", "session-long", []),
        ("2026-12-11 09:00 - 2026-12-10 12:00", "session-backwards", None),
        ("2026-12-11 09:00 UTC+2", "offset-unmatched", None),
        (
            "2027-03-28 02:30",
            "time-skipped",
            ["2027-03-28 01:30 2027-03-28 04:30", "2027-03-28 03:30 2027-03-28 05:30"],
        ),
        ("2026-10-25 02:30", "time-repeated", ["2026-10-25 02:30 2026-10-25 04:30"] * 2),
        ("2026-10-25 00:30", "time-repeated", ["2026-10-25 00:30 2026-10-25 02:30"] * 2),
    ],
)
def test_a_new_time_that_can_not_be_is_refused_with_whole_commands_that_can(
    typed: str, refused: str, offered: list[str] | None
) -> None:
    answer = refusal(lambda: moved(typed))
    assert (answer.key, answer.facts.get("label", "afternoon")) == (refused, "afternoon")
    if offered is not None:
        assert [shown(typed_move(each)) for each in readings(lambda: moved(typed))] == offered


def test_the_readings_of_a_repeated_time_are_two_instants() -> None:
    offered = readings(lambda: moved("2026-10-25 02:30"))
    assert offered == (
        "move W1 afternoon to 2026-10-25 02:30-04:30 UTC+02:00",
        "move W1 afternoon to 2026-10-25 02:30-04:30 UTC+01:00",
    )
    assert [typed_move(each).starts_at for each in offered] == [utc("2026-10-25 00:30"), utc("2026-10-25 01:30")]


def test_a_form_gets_the_refusal_without_commands() -> None:
    for to, refused in (
        (MovedTo(date(2027, 3, 28), time(2, 30), None), "time-skipped"),
        (MovedTo(None, time(8), time(21)), "session-long"),
    ):
        assert key(lambda to=to: move_one(AFTERNOON, to, ZURICH)) == refused  # type: ignore[misc]
        assert refusal(lambda to=to: move_one(AFTERNOON, to, ZURICH)).facts.get("readings", ()) == ()  # type: ignore[misc]


def test_a_session_can_not_end_when_it_starts() -> None:
    assert key(lambda: move_one(AFTERNOON, MovedTo(None, time(9), time(9)), ZURICH)) == "range-empty"


EVENING = session("2026-12-09 22:00", "2026-12-10 01:00", "evening")


def test_a_whole_webinar_is_moved_by_days_so_that_its_first_session_lands_on_the_date() -> None:
    found = move_all((AFTERNOON, EVENING), date(2026, 12, 14), ZURICH)
    assert [(each.label, shown(each)) for each in found] == [
        ("afternoon", "2026-12-15 16:00 2026-12-15 18:00"),
        ("evening", "2026-12-14 22:00 2026-12-15 01:00"),
    ]
    assert [shown(each) for each in move_all((AFTERNOON,), date(2026, 12, 1), ZURICH)] == [
        "2026-12-01 16:00 2026-12-01 18:00"
    ]


def test_a_whole_webinar_that_stays_on_its_day_is_refused() -> None:
    refused = refusal(lambda: move_all((AFTERNOON, EVENING), date(2026, 12, 9), ZURICH))
    assert (refused.key, refused.facts["label"]) == ("move-same", "evening")


def test_a_whole_webinar_that_meets_a_clock_change_is_refused_with_commands_for_a_single_session_alone() -> None:
    night = session("2026-12-10 02:30", "2026-12-10 04:00", "night")
    typed, place = "move W1 to 2027-03-28", (11, 21)
    day = date(2027, 3, 28)
    offered = readings(lambda: move_all((night,), day, ZURICH, typed, place))
    assert [shown(typed_move(each, night)) for each in offered] == [
        "2027-03-28 01:30 2027-03-28 04:00",
        "2027-03-28 03:30 2027-03-28 05:00",
    ]
    refused = refusal(lambda: move_all((night, AFTERNOON), day, ZURICH, typed, place))
    assert (refused.key, refused.facts["label"]) == ("time-skipped", "night")
    assert "readings" not in refused.facts


@given(
    st.sampled_from(["2027-03-28", "2026-10-25", "2026-12-10", "2027-04-30", "2026-10-30"]),
    st.integers(0, 24 * 4 - 1),
    st.integers(1, 20 * 4),
    st.sampled_from(["Europe/Zurich", "Africa/Cairo", "Australia/Lord_Howe", "America/New_York"]),
)
def test_every_move_resolves_forward_or_its_readings_do(day: str, quarter: int, length: int, name: str) -> None:
    zone, step = ZoneInfo(name), timedelta(minutes=15)
    start = datetime.combine(TODAY, time(12))
    held = session(f"{start:%Y-%m-%d %H:%M}", f"{start + length * step:%Y-%m-%d %H:%M}", zone=zone)
    typed = f"{day} {wall(f'{day} 00:00') + quarter * step:%H:%M}"
    try:
        found = [moved(typed, held, zone)]
    except Refusal:
        offered = readings(lambda: moved(typed, held, zone))
        found = [typed_move(each, held, zone) for each in offered]
        assert found
    assert all(each.starts_at < each.ends_at for each in found)
