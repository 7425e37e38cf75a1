"""A webinar as it is asked for: wall-clock times first, instants once the zone is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.clock_times import WallRange, offset_code, range_code
from bot.domain.leads import Lead
from bot.domain.refusals import Refusal
from bot.domain.times import around_gap, first_instant, instants_of, to_utc, to_wall
from bot.domain.words import Span, exchange

LONGEST_UNSAID = timedelta(hours=12)
"""A longer session is taken for a slip unless both its dates are written."""


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """`utc_offset` picks one reading of a repeated time; `place` is where date and range stand in what was typed."""

    label: str
    wall_start: datetime
    wall_end: datetime
    utc_offset: timedelta | None = None
    place: Span | None = None

    @property
    def length(self) -> timedelta:
        """On the wall clock."""
        return self.wall_end - self.wall_start


@dataclass(frozen=True, slots=True)
class ResolvedSession:
    """A planned session in its zone: `starts_at` and `ends_at` are UTC instants."""

    label: str
    wall_start: datetime
    wall_end: datetime
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class NewWebinar:
    """None is what wasn't said. `typed` is the whole command text, empty where a form was filled in instead."""

    title: str
    zone: ZoneInfo | None
    sessions: tuple[PlannedSession, ...]
    seats: int | None = None
    link: str | None = None
    leads: tuple[Lead, ...] | None = None
    channel: str | None = None
    typed: str = ""


def resolve(new: NewWebinar, zone: ZoneInfo) -> tuple[ResolvedSession, ...]:
    """The sessions in `zone`, in the order typed.

    Raises:
        Refusal("time-skipped"), Refusal("time-repeated"): with `readings` where the webinar was typed.
        Refusal("offset-unmatched"): the offset beside the range isn't the zone's at that time.
    """
    return tuple(resolve_one(session, zone, new.typed) for session in new.sessions)


def check_future(sessions: Sequence[ResolvedSession], now: datetime) -> None:
    """Refuse a session that has begun: Refusal("webinar-past")."""
    for session in sessions:
        if session.starts_at <= now:
            raise Refusal("webinar-past", label=session.label, at=session.starts_at, wall=session.wall_start)


def resolve_one(session: PlannedSession, zone: ZoneInfo, typed: str = "") -> ResolvedSession:
    """One session of the command `typed` in `zone`; refuses as `resolve` does."""
    start, end, offset = session.wall_start, session.wall_end, session.utc_offset
    twice = [len(instants_of(wall, zone)) > 1 for wall in (start, end)]
    try:
        if offset is not None and not any(twice):
            to_utc(start, zone, offset)  # an offset that picks nothing must at least be true
        starts_at = to_utc(start, zone, offset if twice[0] else None)
        ends_at = to_utc(end, zone, offset if twice[1] else None)
    except Refusal as refusal:
        raise _named(refusal, session, typed, zone) from None
    return ResolvedSession(session.label, start, end, starts_at, ends_at)


def _named(refusal: Refusal, session: PlannedSession, typed: str, zone: ZoneInfo) -> Refusal:
    """The refusal with its session's label, and with whole commands to choose from."""
    facts = {**refusal.facts, "label": session.label}
    if session.place and typed and "choices" in facts:
        others = _shifted(session, zone) if refusal.key == "time-skipped" else _with_offsets(session, zone)
        facts["readings"] = tuple(exchange(typed, session.place, _code(other)) for other in others)
    return Refusal(refusal.key, **facts)


def _shifted(session: PlannedSession, zone: ZoneInfo) -> list[PlannedSession]:
    """The session with its start before and after the gap, or where it only ends in the gap, with its length kept."""
    starts = [session.wall_start]
    if not instants_of(session.wall_start, zone):
        starts = list(around_gap(session.wall_start, zone))
    ends = [to_wall(first_instant(start, zone) + session.length, zone) for start in starts]
    return [
        replace(session, wall_start=start, wall_end=end, utc_offset=None)
        for start, end in zip(starts, ends, strict=True)
    ]


def _with_offsets(session: PlannedSession, zone: ZoneInfo) -> list[PlannedSession]:
    walls = (session.wall_start, session.wall_end)
    wall = next(wall for wall in walls if len(instants_of(wall, zone)) > 1)
    offsets = [wall - at.replace(tzinfo=None) for at in instants_of(wall, zone)]
    return [replace(session, utc_offset=offset) for offset in offsets]


def both_dates_code(session: PlannedSession) -> str:
    """`2026-12-10 22:00 - 2026-12-11 12:00`, with an offset if there is one."""
    code = f"{session.wall_start:%Y-%m-%d %H:%M} - {session.wall_end:%Y-%m-%d %H:%M}"
    return code if session.utc_offset is None else f"{code} {offset_code(session.utc_offset)}"


def _code(session: PlannedSession) -> str:
    """Date and range, as they may stand after a label."""
    if session.length > LONGEST_UNSAID:
        return both_dates_code(session)
    wall = WallRange(session.wall_start.time(), session.wall_end.time(), session.utc_offset)
    return f"{session.wall_start.date().isoformat()} {range_code(wall)}"
