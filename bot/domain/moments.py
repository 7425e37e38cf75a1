"""WHEN: the instant that somebody means by `tomorrow 17:00`, `in 2 days` or `2026-12-01T10:30+01:00`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.clock_times import WallTime, parse_time
from bot.domain.dates import LAST_YEAR, parse_date
from bot.domain.folding import fold
from bot.domain.refusals import Refusal
from bot.domain.times import to_utc, to_wall

_LATER = re.compile(r"in (?P<count>\d{1,6}) ?(?P<unit>m|min|minute|h|hour|d|day|w|week)s?")
_ISO = re.compile(
    r"(?P<day>\d{4}-\d{1,2}-\d{1,2})(?: ?t ?| )(?P<clock>\d{1,2}:\d\d)(?::\d\d)?"
    r" ?(?P<offset>z|utc|(?:utc)?(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?)?",
)
_LARGEST_OFFSET = timedelta(hours=14)
_LONGEST_TIME = 3  # words: "9 p.m. UTC+2"


def parse_when(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant, in `zone` where no offset is given. `17:00` is today's; hours are elapsed, days are wall-clock.

    Raises:
        Refusal("when-unreadable"), Refusal("when-past"), and those of `to_utc` and of `parse_date`.
    """
    at = _later(text, now, zone) or _iso(text, now, zone) or _dated(text, now, zone)
    if at is None or at.year > LAST_YEAR:
        raise Refusal("when-unreadable", typed=text)
    if at <= now:
        raise Refusal("when-past", typed=text, at=at)
    return at


def _later(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    found = _LATER.fullmatch(fold(text))
    if not found:
        return None
    count, unit = int(found["count"]), found["unit"][0]
    if unit in "mh":
        return now.astimezone(UTC) + timedelta(minutes=count * (60 if unit == "h" else 1))
    days = timedelta(days=count * (7 if unit == "w" else 1))
    if now.year + days.days // 365 > LAST_YEAR:
        return None
    return to_utc(to_wall(now, zone) + days, zone)


def _iso(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    found = _ISO.fullmatch(fold(text))
    clock = _clock(found["clock"]) if found else None
    if not found or not clock:
        return None
    wall = datetime.combine(parse_date(found["day"], now.date()), clock.at)
    if not found["offset"]:
        return to_utc(wall, zone)
    size = timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
    if size > _LARGEST_OFFSET:
        return None
    return (wall + size if found["sign"] == "-" else wall - size).replace(tzinfo=UTC)


def _dated(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """`tomorrow 17:00`, `10 December 2026 at 5 pm`, `17:00`: a day or none, and the longest time that ends it."""
    words = text.split()
    for length in range(min(_LONGEST_TIME, len(words)), 0, -1):
        clock = _clock(" ".join(words[-length:]))
        if clock:
            day = _day(" ".join(words[:-length]), to_wall(now, zone).date())
            return to_utc(datetime.combine(day, clock.at), zone, clock.utc_offset)
    return None


def _clock(text: str) -> WallTime | None:
    try:
        return parse_time(text)
    except Refusal:
        return None


def _day(text: str, today: date) -> date:
    match fold(text).removesuffix(" at").removesuffix(","):
        case "" | "at" | "today":
            return today
        case "tomorrow":
            return today + timedelta(days=1)
        case _:
            return parse_date(re.sub(r"(?i)(?:,|\s+at)\s*$", "", text), today)
