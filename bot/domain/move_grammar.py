"""What is moved and where to, as people type it: `afternoon to 2026-12-11 16:30`, `16:00 -> 17:00`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from bot.domain.clock_times import WallRange, parse_time, range_code
from bot.domain.folding import fold
from bot.domain.moved_times import MovedTo, When, behind_lead_in, read_when
from bot.domain.part_reader import PartReader
from bot.domain.refusals import Refusal
from bot.domain.session_choice import names_by_itself, shorter_forms
from bot.domain.words import Span, Word, exchange, offer, span, split_parts

_ARROW = re.compile(r":arrow_right:|[-‐‑‒–—―−=]+>|[→⟶➔➜➡⇒]\ufe0f?")


@dataclass(frozen=True, slots=True)
class TypedMove:
    """`phrase` is the session as typed; `place` is where the new time stands."""

    phrase: str
    to: MovedTo
    place: Span


@dataclass(frozen=True, slots=True)
class _Move:
    """`first` is the first word that may say where to: those before it are in quotes."""

    reader: PartReader
    today: date
    first: int

    @property
    def last(self) -> int:
        return len(self.reader.words)

    def when(self, at: int) -> When | None:
        return read_when(self.reader, at, self.today)


def read_move(typed: str, start: int, quoted_until: int, today: date) -> TypedMove:
    """What stands in `typed` from `start` on; a session's name may be in quotes, up to `quoted_until`.

    An arrow or `to` parts what is moved from where to; without one the new time begins at the first date or time.

    Raises:
        Refusal("move-when-missing"): nothing is said of a time.
        Refusal("move-when-unreadable"): what follows `to` is none.
        Refusal("move-unclear"): `afternoon 16:00 to 18:00` is the new range, or the old start and the new one.
        Refusal("webinar-unreadable"): the fact `part` holds what follows the time.
        Refusal: those of `parse_date` and of `parse_range`, with whole commands as `readings`.
    """
    words = _words(typed, start)
    first = next((at for at, word in enumerate(words) if word.start >= quoted_until), len(words))
    move = _Move(PartReader(typed, words), today, first)
    return _behind_to(move) or _at_first(move)


def _words(typed: str, start: int) -> tuple[Word, ...]:
    """Arrows are words of their own, spaced or not."""
    return tuple(piece for word in split_parts(typed, start) for piece in _pieces(word))


def _pieces(word: Word) -> tuple[Word, ...]:
    edges = (0, *(edge for found in _ARROW.finditer(word.text) for edge in found.span()), len(word.text))
    return tuple(
        Word(word.text[begin:end], word.start + begin, word.start + end)
        for begin, end in pairwise(edges)
        if begin < end
    )


def _behind_to(move: _Move) -> TypedMove | None:
    for at in range(move.first, move.last):
        when = move.when(at + 1) if _is_to(move, at) else None
        if when and when.end == move.last:
            return _parted(move, at, when)
    return None


def _parted(move: _Move, at: int, when: When) -> TypedMove:
    """`2026-12-11 16:00 to 18:00` is one range; without its date it may be two starts, and is asked back."""
    if not names_by_itself(shorter_forms(fold(_phrase(move, at)))[-1]):
        for begin in range(move.first, at):
            ranged = _dated_range(move, begin)
            if ranged:
                return _typed(move, begin, ranged)
            if _is_time(move, begin, at):
                raise _two_starts(move, begin, at, when)
    return _typed(move, at, when)


def _at_first(move: _Move) -> TypedMove:
    for at in range(move.first, move.last):
        when = move.when(at)
        if when and when.end < move.last:
            raise Refusal("webinar-unreadable", part=move.reader.text(when.end, move.last))
        if when and when.to.day is None and any(_is_to(move, each) for each in range(when.start, when.end)):
            raise _two_hours(move, at, when.to)
        if when:
            return _typed(move, at, when)
    raise _missing(move)


def _missing(move: _Move) -> Refusal:
    """An hour alone is offered as a time."""
    reader = move.reader
    places = [at + 1 for at in range(move.first, move.last - 1) if _is_to(move, at)]
    if not places:
        return Refusal("move-when-missing")
    typed = reader.text(places[-1], move.last)
    refusal = Refusal("move-when-unreadable", typed=typed, choices=_hours(typed))
    return offer(refusal, reader.typed, span(reader.words[places[-1] :]))


def _hours(typed: str) -> tuple[str, ...]:
    hour = int(typed) if re.fullmatch(r"[0-9]{1,2}", typed) else 24
    hours = (hour % 12, hour % 12 + 12) if 1 <= hour <= 12 else (hour,)
    return tuple(f"{each:02}:00" for each in hours if each < 24)


def _two_starts(move: _Move, begin: int, at: int, when: When) -> Refusal:
    """`16:00 to 18:00` behind a session's name: the range is offered first, then the new start."""
    old, to = parse_time(move.reader.text(behind_lead_in(move.reader, begin), at)), when.to
    codes = [move.reader.text(when.start, when.end)]
    if to.day is None and to.start not in (None, old.at) and to.end is None:
        codes.insert(0, range_code(WallRange(old.at, to.start, to.utc_offset)))
    return _unclear(move, begin, [f"to {code}" for code in codes])


def _two_hours(move: _Move, begin: int, to: MovedTo) -> Refusal:
    """`16 to 17`: the range is offered first, then the new start, of the session at 16:00 where none is named."""
    ends = WallRange(to.start or time(), to.end or time(), to.utc_offset)
    start = f"to {ends.end:%H:%M}" if begin else f"{ends.start:%H:%M} to {ends.end:%H:%M}"
    return _unclear(move, begin, [f"to {range_code(ends)}", start])


def _unclear(move: _Move, begin: int, codes: Sequence[str]) -> Refusal:
    reader, place = move.reader, span(move.reader.words[begin:])
    readings = tuple(exchange(reader.typed, place, code) for code in codes)
    return Refusal("move-unclear", typed=reader.text(begin, move.last), readings=readings)


def _typed(move: _Move, at: int, when: When) -> TypedMove:
    return TypedMove(_phrase(move, at), when.to, span(move.reader.words[when.start : when.end]))


def _phrase(move: _Move, at: int) -> str:
    """What is moved; `from 16:00` names the session at 16:00."""
    return move.reader.text(1 if at and move.reader.peek(0) == "from" else 0, at)


def _is_to(move: _Move, at: int) -> bool:
    return move.reader.peek(at) == "to" or _ARROW.fullmatch(move.reader.words[at].text) is not None


def _is_time(move: _Move, begin: int, end: int) -> bool:
    try:
        parse_time(move.reader.text(behind_lead_in(move.reader, begin), end))
    except Refusal:
        return False
    return True


def _dated_range(move: _Move, at: int) -> When | None:
    try:
        when = move.when(at)
    except Refusal:  # in a session's name it means nothing
        return None
    return when if when and when.to.day and when.to.end and when.end == move.last else None
