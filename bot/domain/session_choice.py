"""Which session somebody means: by its name, the part of the day, the time it starts or its place in the list."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import takewhile
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from bot.domain.clock_times import WallRange, parse_range, parse_time
from bot.domain.day_parts import DAY_PARTS
from bot.domain.folding import fold
from bot.domain.ids import SessionId
from bot.domain.members import Member
from bot.domain.refusals import Refusal
from bot.domain.trimmings import trim
from bot.domain.webinars import Webinar

T = TypeVar("T")

_LEADING = frozenset({
    "please", "yes", "i", "i'd", "i'll", "will", "would", "like", "want", "to", "put", "sign",
    "register", "book", "count", "take", "join", "attend", "move", "change", "switch", "pick",
    "choose", "prefer", "me", "my", "seat", "up", "down", "in", "into", "at", "on", "for", "with",
    "the", "a", "an", "one", "session", "number", "option", "pour", "por", "para", "le", "la",
    "les", "el", "l", "de", "un", "une", "seance", "sesion", "-",
})  # fmt: skip
_TRAILING = frozenset({
    "session", "seance", "sesion", "one", "option", "slot", "please", "thanks", "thank", "you", "thx", "seat",
    "merci", "beaucoup", "svp", "gracias", "por", "favor", "obrigado", "obrigada", "-",
})  # fmt: skip
_ORDINALS = (
    {"1st", "first", "1er", "1ere", "premier", "premiere", "primero", "primera"},
    {"2nd", "second", "2e", "2eme", "deuxieme", "seconde", "segundo", "segunda"},
    {"3rd", "third", "3e", "3eme", "troisieme", "tercero", "tercera"},
    {"4th", "fourth", "4e", "4eme", "quatrieme", "cuarto", "cuarta"},
)
_MOST_POLITE = 20  # words
_MOVES = re.compile(
    r"\b(?:move|change|switch|swap)\b.*?\b(?:from .+? to (?P<after>.+)|to (?P<before>.+?) from .+)",
)
_WHOSE = re.compile(r"(?P<at>.+?) (?P<whose>host|my) time")


@dataclass(frozen=True, slots=True)
class SessionChoice(Generic[T]):
    """`position` counts from 1; `reader_start` is the start on the clock of whoever chooses, where it is known.

    A range names a session only where its `wall_end` is known.
    """

    id: T
    label: str
    aliases: tuple[str, ...]
    wall_start: time
    position: int
    reader_start: time | None = None
    wall_end: time | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be called, folded."""
        return tuple(fold(name) for name in (self.label, *self.aliases))

    @property
    def starts(self) -> tuple[time, ...]:
        """When it starts, on the host's clock and on the reader's."""
        return (self.wall_start,) if self.reader_start is None else (self.wall_start, self.reader_start)


Rule = Callable[[str, Sequence[SessionChoice[T]]], list[SessionChoice[T]]]


def choose_session(phrase: str, sessions: Sequence[SessionChoice[T]]) -> T:
    """The one session that `phrase` names: by label or alias, then a prefix or part of the day, times, ordinal, hour.

    Raises:
        Refusal("session-unknown"): none; the facts hold the labels there are.
        Refusal("session-ambiguous"): several; the facts hold their labels.
    """
    for rule in (_by_name, _by_beginning, _by_start, _by_range, _by_position, _by_hour):
        for form in shorter_forms(fold(phrase)):
            found = rule(form, sessions) if form else []
            if len(found) == 1:
                return found[0].id
            if found:
                raise Refusal("session-ambiguous", typed=phrase, matches=tuple(each.label for each in found))
    raise Refusal("session-unknown", typed=phrase, known=tuple(each.label for each in sessions))


def shorter_forms(folded: str) -> tuple[str, ...]:
    """A folded phrase, then without trimmings and ever more of the polite words at its ends; the shortest is last.

    Of `move from morning to afternoon` the last ones are what follows `to`.
    """
    moves = _MOVES.search(folded)
    wished = moves and set(trim(folded[: moves.start()]).split()) <= _LEADING  # "don't move from …" isn't
    target = _shortened(moves["after"] or moves["before"]) if moves and wished else []
    return (folded.strip('"'), *_shortened(folded), *target)


def names_by_itself(folded: str) -> bool:
    """Whether the phrase can mean a session of any webinar: a part of the day, a time, a range, an ordinal."""
    return folded in DAY_PARTS or any(read(folded) is not None for read in (_time, _range, _position))


def _shortened(folded: str) -> list[str]:
    words = trim(folded.replace("l'", "l' ")).split()
    forms: list[str] = []
    for start in takewhile(lambda at: not at or words[at - 1] in _LEADING, range(min(len(words), _MOST_POLITE) + 1)):
        rest = words[start:]
        forms.append(" ".join(rest))
        while rest and rest[-1] in _TRAILING:
            rest = rest[:-1]
            forms.append(" ".join(rest))
    return forms


def _by_name(form: str, sessions: Sequence[SessionChoice[T]]) -> list[SessionChoice[T]]:
    return [each for each in sessions if form in each.names]


def _by_beginning(form: str, sessions: Sequence[SessionChoice[T]]) -> list[SessionChoice[T]]:
    """A word such as `am` is a part of the day and maybe the beginning of `Americas`: then both count."""
    begun = [each for each in sessions if any(name.startswith(form) for name in each.names)]
    if form not in DAY_PARTS:
        return begun
    whole = [each for each in sessions if any(name.startswith(form + " ") for name in each.names)]
    if len(whole) == 1:
        return whole
    in_part = _in_part_of_day(form, sessions)
    return [each for each in sessions if each in begun or each in in_part]


def _in_part_of_day(form: str, sessions: Sequence[SessionChoice[T]]) -> list[SessionChoice[T]]:
    part = DAY_PARTS[form]
    called = [each for each in sessions if part.names & set(each.names)]
    return called or [each for each in sessions if any(part.holds(start) for start in each.starts)]


def _by_start(form: str, sessions: Sequence[SessionChoice[T]]) -> list[SessionChoice[T]]:
    """`16:00` on the host's clock or the reader's; `16:00 host time` on the host's alone."""
    whose = _WHOSE.fullmatch(form)
    at = _time(whose["at"] if whose else form)
    if at is None:
        return []
    match whose and whose["whose"]:
        case "host":
            return [each for each in sessions if each.wall_start == at]
        case "my":
            return [each for each in sessions if each.reader_start == at]
        case _:
            return [each for each in sessions if at in each.starts]


def _by_range(form: str, sessions: Sequence[SessionChoice[T]]) -> list[SessionChoice[T]]:
    wall = _range(form)
    return [each for each in sessions if wall and (wall.start, wall.end) == (each.wall_start, each.wall_end)]


def _by_position(form: str, sessions: Sequence[SessionChoice[T]]) -> list[SessionChoice[T]]:
    position = _position(form)
    return [each for each in sessions if each.position == position] if position else []


def _by_hour(form: str, sessions: Sequence[SessionChoice[T]]) -> list[SessionChoice[T]]:
    """`16` alone, where there are fewer sessions than that."""
    hour = int(form) if re.fullmatch(r"[0-9]{1,2}", form) else 24
    return [each for each in sessions if hour < 24 and time(hour) in each.starts]


def _time(form: str) -> time | None:
    """A time of day; with an offset it would be another clock's."""
    try:
        typed = parse_time(form)
    except Refusal:
        return None
    return typed.at if typed.utc_offset is None else None


def _range(form: str) -> WallRange | None:
    """On the host's clock; with an offset it would be another one."""
    try:
        typed = parse_range(form.removeprefix("from "))
    except Refusal:
        return None
    return typed if typed.utc_offset is None else None


def _position(form: str) -> int | None:
    if number := re.fullmatch(r"#?(\d{1,3})", form):
        return int(number[1])
    return next((place for place, words in enumerate(_ORDINALS, 1) if form in words), None)


def choices(webinar: Webinar, chooser: Member) -> tuple[SessionChoice[SessionId], ...]:
    """A webinar's sessions, as `chooser` may name them."""
    zone = None if chooser.zone is None else ZoneInfo(chooser.zone)
    return tuple(
        SessionChoice(
            id=each.id,
            label=each.label,
            aliases=(),
            wall_start=each.wall_start.time(),
            wall_end=each.wall_end.time(),
            position=each.position + 1,
            reader_start=None if zone is None else each.starts_at.astimezone(zone).time(),
        )
        for each in webinar.sessions
    )
