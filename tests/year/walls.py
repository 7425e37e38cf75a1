"""What clocks on walls show, and when: by trying offsets, in another way than the bot's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(None)
def instants(wall: datetime, zone: str) -> tuple[datetime, ...]:
    """When clocks in `zone` show `wall`: never, once or twice."""
    there, at = ZoneInfo(zone), wall.replace(tzinfo=UTC)
    offsets = {(at + timedelta(days=by)).astimezone(there).utcoffset() or timedelta() for by in (-2, 2)}
    return tuple(sorted(at - by for by in offsets if (at - by).astimezone(there).replace(tzinfo=None) == wall))


@lru_cache(None)
def instant(wall: datetime, zone: str) -> datetime:
    """The first instant of `wall`, or where clocks jump over it, the jump."""
    if found := instants(wall, zone):
        return found[0]
    at = wall.replace(tzinfo=UTC) - timedelta(days=1)
    while at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) < wall:
        at += timedelta(minutes=1)
    return at
