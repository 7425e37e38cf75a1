"""A new date or time of a session, as people type it: `16:30`, `2026-12-11 16:30-18:30`, `16:30 on 11 December`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.domain.clock_times import parse_range, parse_time
from bot.domain.dates import parse_date
from bot.domain.part_reader import PartReader
from bot.domain.refusals import Refusal
from bot.domain.webinar_parts import LONGEST_DATE
from bot.domain.webinar_sessions import LONGEST_RANGE, LONGEST_SPAN, parse_span

_LEADS_IN = frozenset({"on", "at", "from", ",", ";"})


@dataclass(frozen=True, slots=True)
class MovedTo:
    """What was said of the new time; None is what stays.

    `end` needs `start`. `last_day` is the end's own date, where both dates were written. `utc_offset` picks one
    reading of a repeated time.
    """

    day: date | None
    start: time | None
    end: time | None
    utc_offset: timedelta | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class When:
    """A new time, in the words from `start` to `end`."""

    to: MovedTo
    start: int
    end: int


def read_when(reader: PartReader, at: int, today: date) -> When | None:
    """The longest new time that follows: a date, a time or range, both in either order, or both ends with dates.

    Refuses as `parse_date` and `parse_range` do, with whole commands as `readings`.
    """
    said = MovedTo(None, None, None)
    start = end = behind_lead_in(reader, at)
    spanned = reader.longest(lambda text: parse_span(text, today), LONGEST_SPAN, start)
    if spanned:
        (day, wall, last_day), end = spanned
        return When(MovedTo(day, wall.start, wall.end, wall.utc_offset, last_day), start, end)
    for _ in range(2):
        begin = behind_lead_in(reader, end)
        dated = None if said.day else reader.longest(lambda text: parse_date(text, today), LONGEST_DATE, begin)
        timed = None if dated or said.start else reader.longest(_parse_clock, LONGEST_RANGE, begin)
        if dated:
            said, end = replace(said, day=dated[0]), dated[1]
        elif timed:
            said, end = replace(timed[0], day=said.day), timed[1]
    return None if end == start else When(said, start, end)


def behind_lead_in(reader: PartReader, at: int) -> int:
    """Past the small words that may stand before a date or a time."""
    while reader.peek(at) in _LEADS_IN:
        at += 1
    return at


def _parse_clock(text: str) -> MovedTo:
    """A range, or else the start alone; refuses as `parse_range` does."""
    try:
        ends = parse_range(text)
    except Refusal as refusal:
        if refusal.key != "range-unreadable":
            raise
    else:
        return MovedTo(None, ends.start, ends.end, ends.utc_offset)
    try:
        start = parse_time(text)
    except Refusal:
        raise Refusal("range-unreadable", typed=text) from None
    return MovedTo(None, start.at, None, start.utc_offset)
