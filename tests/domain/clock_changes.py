"""When clocks change and what they show, found from UTC to local alone: in that direction there is one answer."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
"""Sessions start in between."""

SCANNED = (FIRST - timedelta(days=100), LAST + timedelta(days=100))
"""With the longest lead before the first, and room for an end after the last."""

NAMES = sorted(zoneinfo.available_timezones())


@dataclass(frozen=True, slots=True)
class Change:
    """At the instant `at` clocks go from `before` to `after`, both what they are ahead of UTC."""

    at: datetime
    before: timedelta
    after: timedelta

    @property
    def size(self) -> timedelta:
        """Of the gap, or below zero of the fold."""
        return self.after - self.before

    @property
    def is_gap(self) -> bool:
        return self.size > timedelta()

    @property
    def walls(self) -> tuple[datetime, ...]:
        """Wall times that are skipped or repeated (the first, one amid, the last minute), with one either side."""
        one, other = _wall(self.at, self.before), _wall(self.at, self.after)
        begin, end, minute = min(one, other), max(one, other), timedelta(minutes=1)
        return (begin - minute, begin, begin + (end - begin) // 2, end - minute, end)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Clocks that are `ahead` of UTC show all that lies from `begins` until before `ends`, once each."""

    begins: datetime
    ends: datetime
    ahead: timedelta


@cache
def changes(name: str) -> tuple[Change, ...]:
    """Every change in the zone, found day by day and then by halving."""
    zone = ZoneInfo(name)
    days = [SCANNED[0] + timedelta(days=n) for n in range((SCANNED[1] - SCANNED[0]).days)]
    ahead = [(day, _ahead(day, zone)) for day in days]
    return tuple(
        Change(_changed(day, next_day, zone), before, after)
        for (day, before), (next_day, after) in pairwise(ahead)
        if before != after
    )


@cache
def stretches(name: str) -> tuple[Stretch, ...]:
    """What clocks show from one change to the next, as wall times: they overlap where these are repeated."""
    found = changes(name)
    edges = [SCANNED[0], *(change.at for change in found), SCANNED[1]]
    ahead = [_ahead(SCANNED[0], ZoneInfo(name)), *(change.after for change in found)]
    return tuple(
        Stretch(_wall(begins, by), _wall(ends, by), by)
        for (begins, ends), by in zip(pairwise(edges), ahead, strict=True)
    )


def changed_between(first: datetime, last: datetime, name: str) -> tuple[Change, ...]:
    return tuple(change for change in changes(name) if first <= change.at < last)


def instants_showing(wall: datetime, name: str) -> list[datetime]:
    """Each instant at which clocks show `wall`, in order."""
    found = [each for each in stretches(name) if each.begins <= wall < each.ends]
    return [(wall - each.ahead).replace(tzinfo=UTC) for each in found]


def first_showing(wall: datetime, name: str) -> datetime:
    """The first instant at which clocks show `wall`, or else the one at which they jump from before it to after it."""
    if instants := instants_showing(wall, name):
        return instants[0]
    return gap_over(wall, name).at


def gap_over(wall: datetime, name: str) -> Change:
    """The change by which clocks jump over `wall`."""
    return next(each for each in changes(name) if _wall(each.at, each.before) <= wall < _wall(each.at, each.after))


def unlike() -> list[str]:
    """One zone of all that have the same clocks."""
    return list({stretches(name): name for name in NAMES}.values())


def _ahead(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _wall(at: datetime, ahead: timedelta) -> datetime:
    return at.replace(tzinfo=None) + ahead


def _changed(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The first second that has another offset than `low`."""
    before = _ahead(low, zone)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
        low, high = (middle, high) if _ahead(middle, zone) == before else (low, middle)
    return high
