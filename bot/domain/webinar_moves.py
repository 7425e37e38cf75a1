"""The new times of sessions that are moved: what was said, and what stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.clock_times import WallRange, range_code
from bot.domain.moved_times import MovedTo
from bot.domain.refusals import Refusal
from bot.domain.webinar_plans import PlannedSession, ResolvedSession, resolve_one
from bot.domain.webinar_sessions import TypedSession, plan_one
from bot.domain.webinars import Session
from bot.domain.words import Span


def move_one(
    session: Session, to: MovedTo, zone: ZoneInfo, typed: str = "", place: Span | None = None
) -> ResolvedSession:
    """`session` at its new time. Without an end its length on the wall clock stays.

    Raises:
        Refusal("move-same"): it takes place then already.
        Refusal("range-empty"), Refusal("session-long"), Refusal("session-backwards").
        Refusal("time-skipped"), Refusal("time-repeated"): with `readings` where `typed` has the new time at `place`.
        Refusal("offset-unmatched").
    """
    moved = resolve_one(_planned(session, to, typed, place), zone, typed)
    if (moved.wall_start, moved.wall_end, moved.starts_at, moved.ends_at) == (
        session.wall_start,
        session.wall_end,
        session.starts_at,
        session.ends_at,
    ):
        raise Refusal("move-same", label=session.label)
    return moved


def move_all(
    sessions: Sequence[Session], day: date, zone: ZoneInfo, typed: str = "", place: Span | None = None
) -> tuple[ResolvedSession, ...]:
    """Every session, in the order given, by as many days as bring the first one to `day`; refuses as `move_one` does.

    `readings` are given for a single session alone: a text moves several by days only.
    """
    first = min(sessions, key=lambda each: each.wall_start)
    by = day - first.wall_start.date()
    if not by:
        raise Refusal("move-same", label=first.label)
    shown = place if len(sessions) == 1 else None
    planned = (PlannedSession(each.label, each.wall_start + by, each.wall_end + by, place=shown) for each in sessions)
    return tuple(resolve_one(each, zone, typed) for each in planned)


def _planned(session: Session, to: MovedTo, typed: str, place: Span | None) -> PlannedSession:
    day, start = to.day or session.wall_start.date(), to.start or session.wall_start.time()
    if to.end is None:
        begins = datetime.combine(day, start)
        ends = begins + (session.wall_end - session.wall_start)
        return PlannedSession(session.label, begins, ends, to.utc_offset, place)
    wall = WallRange(start, to.end, to.utc_offset)
    if start == to.end and to.last_day is None:
        raise Refusal("range-empty", typed=range_code(wall))
    return plan_one(TypedSession(session.label, to.day, wall, place, to.last_day), day, typed)
