"""What could be read of a webinar that was refused, for a form that is filled with it. Nothing here is ever refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from zoneinfo import ZoneInfo

from bot.domain.clock_times import offset_code
from bot.domain.folding import fold
from bot.domain.labels import KEYWORDS
from bot.domain.leads import Lead
from bot.domain.markup import plain_words
from bot.domain.part_reader import SEPARATORS, PartReader
from bot.domain.poll_quotes import QUOTES, read_next
from bot.domain.refusals import Refusal
from bot.domain.webinar_grammar import Parts, read_keyword
from bot.domain.webinar_sessions import TypedSession, read_session
from bot.domain.words import join, split, split_parts

LOOKED_AT = 6
"""How many words of what couldn't be read may stand before a session."""


@dataclass(frozen=True, slots=True)
class PartialSession:
    label: str
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class PartialWebinar:
    """None is what wasn't said or couldn't be read. `left_out` is what the form has no place for, as typed."""

    title: str = ""
    day: date | None = None
    zone: ZoneInfo | None = None
    sessions: tuple[PartialSession, ...] = ()
    seats: int | None = None
    link: str | None = None
    leads: tuple[Lead, ...] | None = None
    channel: str | None = None
    left_out: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    reader: PartReader
    today: date
    parts: Parts = field(default_factory=Parts)
    left_out: list[str] = field(default_factory=list)


def read(text: str, today: date) -> PartialWebinar:
    """What follows `/webinar`, with or without `new`, as far as it can be read."""
    words = split(text)
    start = words[0].end if words and fold(words[0].text) == "new" else 0
    title, end = _title(text, start)
    reading = _Reading(PartReader(text, split_parts(text, end)), today)
    while not reading.reader.done:
        _read_part(reading)
    return _whole(title, reading.parts, reading.left_out)


def _title(text: str, start: int) -> tuple[str, int]:
    """The quoted part that comes first, or else the words before the first keyword; and where it ends."""
    if text[start:].lstrip()[:1] in tuple(QUOTES):
        try:
            quoted = read_next(text, start)
        except Refusal:
            quoted = None
        if quoted is not None:
            return quoted.content, quoted.end
    words = split(text, start)
    stop = next((at for at, word in enumerate(words) if at and fold(word.text) in KEYWORDS), len(words))
    title = plain_words(join(text, words[:stop])).strip(QUOTES + " ")
    return title, words[stop - 1].end if words else len(text)


def _read_part(reading: _Reading) -> None:
    reader, start = reading.reader, reading.reader.at
    word = reader.peek()
    try:
        if word in SEPARATORS:
            reader.take()
        elif word in KEYWORDS:
            read_keyword(reading.parts, reader, reading.today)
        else:
            reading.parts.sessions.append(read_session(reader, reading.today))
    except Refusal:
        _pass_over(reading, start)


def _pass_over(reading: _Reading, start: int) -> None:
    """Leave a part out: to the next keyword or comma, or to a session that can be read before that."""
    reader = reading.reader
    stop = start + 1
    while stop < len(reader.words) and reader.peek(stop) not in KEYWORDS | SEPARATORS:
        stop += 1
    for at in range(start + 2, min(stop, start + LOOKED_AT)):
        session = _session_at(reading, at)
        if session is not None:
            reading.parts.sessions.append(session)
            reading.left_out.append(reader.text(start, at))
            return
    reading.left_out.append(reader.text(start, stop))
    reader.at = stop


def _session_at(reading: _Reading, at: int) -> TypedSession | None:
    """The session that begins there; a label with a number in it is rather a piece of what couldn't be read."""
    reading.reader.at = at
    try:
        session = read_session(reading.reader, reading.today)
    except Refusal:
        return None
    return None if any(char.isdigit() for char in session.label) else session


def _whole(title: str, parts: Parts, left_out: list[str]) -> PartialWebinar:
    """With one date for all: that of the webinar, or else of its first session."""
    day = parts.day or next((each.day for each in parts.sessions if each.day), None)
    for each in parts.sessions:
        if each.day not in (None, day):
            left_out.append(f"{each.label} {each.day}")
        if each.wall.utc_offset is not None:
            left_out.append(f"{each.label} {offset_code(each.wall.utc_offset)}")
    return PartialWebinar(
        title=title,
        day=day,
        zone=parts.zone,
        sessions=tuple(PartialSession(each.label, each.wall.start, each.wall.end) for each in parts.sessions),
        seats=parts.seats,
        link=parts.link,
        leads=parts.leads,
        channel=parts.channel,
        left_out=tuple(left_out),
    )
