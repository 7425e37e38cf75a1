"""The sessions of `/webinar new`: `morning 09:00-11:00, afternoon 2026-12-11 16:00-18:00`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.clock_times import WallRange, parse_range, range_code
from bot.domain.dates import parse_date
from bot.domain.folding import fold
from bot.domain.labels import KEYWORDS, check_distinct, check_label
from bot.domain.markup import plain_words
from bot.domain.part_reader import PartReader
from bot.domain.place_leftovers import refuse_leftover
from bot.domain.poll_quotes import QUOTES
from bot.domain.refusals import Refusal
from bot.domain.webinar_parts import LONGEST_DATE
from bot.domain.webinar_plans import LONGEST_UNSAID, PlannedSession, both_dates_code
from bot.domain.words import Span, exchange, span

MOST_SESSIONS = 10
LONGEST_RANGE = 7  # words
LONGEST_SPAN = 9  # words
_BETWEEN = frozenset({",", ";"})
_ISO = r"\d{4}-\d\d-\d\d"
_SPAN = re.compile(rf"(?P<day>{_ISO}) (?P<start>\S.*?) ?(?:-|to|until) ?(?P<last>{_ISO}) (?P<end>\S.*)")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TypedSession:
    """`day` is its own date, if it has one, and `last_day` its end's; `place` is where dates and range stand."""

    label: str
    day: date | None
    wall: WallRange
    place: Span | None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class _When:
    """What follows a label, and the words that it takes."""

    day: date | None
    wall: WallRange
    last_day: date | None
    start: int
    end: int


def read_session(reader: PartReader, today: date, *, city_end: int = -1) -> TypedSession:
    """`LABEL [[on] DATE] RANGE`, the label being what comes before a date or a range; or `LABEL DATE TIME - DATE TIME`.

    `city_end` is where a city ended, behind which the label may begin with the rest of a place.

    Raises:
        Refusal("webinar-unreadable"): no range follows; the fact `part` holds what does.
        Refusal("place-leftover"), and those of the label, of `parse_date` and of `parse_range`.
    """
    for at in range(reader.at, len(reader.words)):
        day_at = at + (reader.peek(at) == "on")
        dated = reader.longest(lambda text: parse_date(text, today), LONGEST_DATE, day_at)
        when = _spanned(reader, day_at, today) or _ranged(reader, at, day_at, dated)
        if when:
            refuse_leftover(reader, at, city_end)
            label = check_label(plain_words(reader.text(reader.at, at)).strip(QUOTES + " "))
            reader.at = when.end
            return TypedSession(label, when.day, when.wall, span(reader.words[when.start : when.end]), when.last_day)
        if dated or reader.peek(at) in KEYWORDS | _BETWEEN:
            break
    raise Refusal("webinar-unreadable", part=reader.until(KEYWORDS, reader.at))


def _ranged(reader: PartReader, at: int, day_at: int, dated: tuple[date, int] | None) -> _When | None:
    found = reader.longest(parse_range, LONGEST_RANGE, dated[1] if dated else at)
    if not found:
        return None
    return _When(dated[0] if dated else None, found[0], None, day_at if dated else at, found[1])


def _spanned(reader: PartReader, at: int, today: date) -> _When | None:
    found = reader.longest(lambda text: parse_span(text, today), LONGEST_SPAN, at)
    if not found:
        return None
    (day, wall, last_day), end = found
    return _When(day, wall, last_day, at, end)


def parse_span(text: str, today: date) -> tuple[date, WallRange, date]:
    """`2026-12-10 22:00 - 2026-12-11 12:00`; refuses as `parse_range` does where it is none."""
    found = _SPAN.fullmatch(fold(text))
    if not found:
        raise Refusal("range-unreadable", typed=text)
    try:
        wall = parse_range(f"{found['start']} - {found['end']}")
    except Refusal:  # its readings would lose the dates
        raise Refusal("range-unreadable", typed=text) from None
    return parse_date(found["day"], today), wall, parse_date(found["last"], today)


def plan(sessions: Sequence[TypedSession], day: date | None, typed: str = "") -> tuple[PlannedSession, ...]:
    """The sessions of the command `typed` with their dates: their own, or `day`, the webinar's.

    Raises:
        Refusal("sessions-missing"), Refusal("sessions-many"), Refusal("label-twice"), Refusal("date-missing").
        Refusal("session-long"), Refusal("session-backwards").
    """
    if not sessions:
        raise Refusal("sessions-missing")
    if len(sessions) > MOST_SESSIONS:
        raise Refusal("sessions-many", count=len(sessions), limit=MOST_SESSIONS)
    check_distinct(tuple(session.label for session in sessions))
    return tuple(plan_one(session, day, typed) for session in sessions)


def plan_one(session: TypedSession, day: date | None, typed: str = "") -> PlannedSession:
    """One session on its own date or on `day`; refuses as `plan` does."""
    starts_on = session.day or day
    if not starts_on:
        raise Refusal("date-missing", label=session.label)
    start, end = session.wall.start, session.wall.end
    planned = PlannedSession(
        session.label,
        datetime.combine(starts_on, start),
        datetime.combine(session.last_day or starts_on + timedelta(days=end < start), end),
        session.wall.utc_offset,
        session.place,
    )
    _check_length(session, planned, typed)
    return planned


def _check_length(session: TypedSession, planned: PlannedSession, typed: str) -> None:
    """Twelve hours, or a whole day where both dates are written."""
    start, end = planned.wall_start, planned.wall_end
    if end <= start:
        raise Refusal("session-backwards", label=session.label, start=start, end=end)
    if planned.length <= (_DAY if session.last_day else LONGEST_UNSAID):
        return
    codes = _other_codes(session, planned)
    readings = tuple(exchange(typed, session.place, code) for code in codes) if typed and session.place else ()
    raise Refusal("session-long", label=session.label, start=start, end=end, readings=readings)


def _other_codes(session: TypedSession, planned: PlannedSession) -> tuple[str, ...]:
    """Start and end the other way round, where it ran through the night; and both dates written."""
    if session.last_day:
        return ()
    if planned.wall_start.date() == planned.wall_end.date():
        return (both_dates_code(planned),)
    day = f"{session.day.isoformat()} " if session.day else ""
    wall = WallRange(session.wall.end, session.wall.start, session.wall.utc_offset)
    return f"{day}{range_code(wall)}", both_dates_code(planned)
