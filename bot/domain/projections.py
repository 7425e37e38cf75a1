"""Sessions projected again onto zone data that have changed: walls stay, instants move."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.times import first_instant, instants_of
from bot.domain.webinars import Session

ZONES = "zones-"
"""What the kinds of the deliveries that tell of it begin with; the name of the data follows."""


def project(session: Session, zone: ZoneInfo) -> Session:
    """The session with the instants that its walls mean now. Nothing is refused: it was announced long ago.

    A wall that clocks skip now is the jump itself; of one that comes twice the start keeps its fold, and the end is the
    first that follows the start.
    """
    starts_at = _start(session, zone)
    later = [
        at for at in instants_of(session.wall_end, zone) or (first_instant(session.wall_end, zone),) if at > starts_at
    ]
    ends_at = later[0] if later else starts_at + (session.wall_end - session.wall_start)
    return replace(session, starts_at=starts_at, ends_at=session.ends_at if session.ends_at in later else ends_at)


def _start(session: Session, zone: ZoneInfo) -> datetime:
    instants = instants_of(session.wall_start, zone)
    if not instants:
        return first_instant(session.wall_start, zone)
    return instants[-1] if session.fold else instants[0]
