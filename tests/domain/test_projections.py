from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.ids import SessionId
from bot.domain.projections import project
from bot.domain.webinars import Session

ZURICH = ZoneInfo("Europe/Zurich")


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def session(start: datetime, end: datetime, *, fold: int = 0, projected: datetime | None = None) -> Session:
    """As some zone data projected it: an hour off, or at `projected`."""
    starts_at = projected or start.replace(tzinfo=UTC)
    ends_at = starts_at + (end - start)
    return Session(SessionId(1), "morning", 0, start, end, starts_at, ends_at, None, 0, 0, fold=fold)


def test_walls_stay_and_instants_follow_the_data() -> None:
    before = session(wall("2026-12-10T09:00"), wall("2026-12-10T11:00"))
    after = project(before, ZURICH)
    assert (after.wall_start, after.wall_end) == (before.wall_start, before.wall_end)
    assert after.starts_at == datetime(2026, 12, 10, 8, tzinfo=UTC)
    assert after.ends_at == datetime(2026, 12, 10, 10, tzinfo=UTC)


def test_what_is_right_already_stays_as_it_is() -> None:
    right = project(session(wall("2026-12-10T09:00"), wall("2026-12-10T11:00")), ZURICH)
    assert project(right, ZURICH) == right


def test_a_wall_that_is_skipped_now_is_the_jump_itself() -> None:
    after = project(session(wall("2027-03-28T02:30"), wall("2027-03-28T04:00")), ZURICH)
    assert after.starts_at == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert after.ends_at == datetime(2027, 3, 28, 2, tzinfo=UTC)


def test_a_wall_that_comes_twice_keeps_its_fold() -> None:
    start, end = wall("2026-10-25T02:30"), wall("2026-10-25T04:00")
    assert project(session(start, end), ZURICH).starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert project(session(start, end, fold=1), ZURICH).starts_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_an_end_that_comes_twice_stays_the_one_that_it_was() -> None:
    start, end = wall("2026-10-25T01:00"), wall("2026-10-25T02:30")
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    at = session(start, end, projected=datetime(2026, 10, 24, 23, tzinfo=UTC))
    assert project(at, ZURICH).ends_at == first
    longer = session(start, end + timedelta(hours=1), projected=datetime(2026, 10, 24, 23, tzinfo=UTC))
    longer = Session(**{name: getattr(longer, name) for name in longer.__slots__} | {"wall_end": end})
    assert longer.ends_at == second
    assert project(longer, ZURICH).ends_at == second
