"""The sessions of `/webinar new`: `morning 09:00-11:00, afternoon 2026-12-11 16:00-18:00`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.clock_times import WallRange, parse_range
from bot.domain.dates import parse_date
from bot.domain.labels import KEYWORDS, check_distinct, check_label
from bot.domain.markup import plain_words
from bot.domain.part_reader import PartReader
from bot.domain.poll_quotes import QUOTES
from bot.domain.refusals import Refusal
from bot.domain.webinar_parts import LONGEST_DATE
from bot.domain.webinar_plans import PlannedSession
from bot.domain.words import Span, span

MOST_SESSIONS = 10
_LONGEST_RANGE = 7  # words
_BETWEEN = frozenset({",", ";"})


@dataclass(frozen=True, slots=True)
class TypedSession:
    """`day` is its own date, if it has one; `place` is where date and range stand."""

    label: str
    day: date | None
    wall: WallRange
    place: Span


def read_session(reader: PartReader, today: date) -> TypedSession:
    """`LABEL [[on] DATE] RANGE`, the label being what comes before a date or a range.

    Raises:
        Refusal("webinar-unreadable"): no range follows; the fact `part` holds what does.
        Those of the label, of `parse_date` and of `parse_range`.
    """
    for at in range(reader.at, len(reader.words)):
        day_at = at + (reader.peek(at) == "on")
        dated = reader.longest(lambda text: parse_date(text, today), LONGEST_DATE, day_at)
        ranged = reader.longest(parse_range, _LONGEST_RANGE, dated[1] if dated else at)
        if ranged:
            label = check_label(plain_words(reader.text(reader.at, at)).strip(QUOTES + " "))
            place = span(reader.words[day_at if dated else at : ranged[1]])
            reader.at = ranged[1]
            return TypedSession(label, dated[0] if dated else None, ranged[0], place)
        if dated or reader.peek(at) in KEYWORDS | _BETWEEN:
            break
    raise Refusal("webinar-unreadable", part=reader.until(KEYWORDS, reader.at))


def plan(sessions: Sequence[TypedSession], day: date | None) -> tuple[PlannedSession, ...]:
    """The sessions with their dates: their own, or `day`, the webinar's.

    Raises:
        Refusal("sessions-missing"), Refusal("sessions-many"), Refusal("label-twice"), Refusal("date-missing").
    """
    if not sessions:
        raise Refusal("sessions-missing")
    if len(sessions) > MOST_SESSIONS:
        raise Refusal("sessions-many", count=len(sessions), limit=MOST_SESSIONS)
    check_distinct(tuple(session.label for session in sessions))
    return tuple(_planned(session, day) for session in sessions)


def _planned(session: TypedSession, day: date | None) -> PlannedSession:
    starts_on = session.day or day
    if not starts_on:
        raise Refusal("date-missing", label=session.label)
    start, end = session.wall.start, session.wall.end
    ends_on = starts_on + timedelta(days=end < start)
    return PlannedSession(
        session.label,
        datetime.combine(starts_on, start),
        datetime.combine(ends_on, end),
        session.wall.utc_offset,
        session.place,
    )
