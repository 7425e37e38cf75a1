"""What is typed behind a webinar's number to change when it is: `move`, `cancel`, `reopen`; and `reminders`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from bot.domain.cancel_reasons import read_cancel
from bot.domain.folding import fold
from bot.domain.markup import plain_words
from bot.domain.move_grammar import read_move
from bot.domain.moved_times import MovedTo
from bot.domain.poll_quotes import QUOTES, read_next
from bot.domain.refusals import Refusal
from bot.domain.trimmings import trim
from bot.domain.words import Span

__all__ = [
    "VERBS", "CancelWebinar", "MoveWebinar", "MovedTo", "OpenMoveForm", "ReopenWebinar", "ShowReminders",
    "WebinarChange", "read_change",
]  # fmt: skip

VERBS = ("move", "cancel", "reopen", "reminders")

_WHOLE = frozenset({"all", "all sessions", "every session", "everything", "the webinar", "the whole webinar"})


@dataclass(frozen=True, slots=True)
class MoveWebinar:
    """`phrase` is the session as typed, empty where none was named; `place` is where the new time stands in `typed`."""

    number: int
    phrase: str
    to: MovedTo
    place: Span | None
    typed: str


@dataclass(frozen=True, slots=True)
class OpenMoveForm:
    """`move W1` alone."""

    number: int


@dataclass(frozen=True, slots=True)
class CancelWebinar:
    """`phrase` is the session as typed, empty for the whole webinar."""

    number: int
    phrase: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class ReopenWebinar:
    """`phrase` is the session as typed, empty for the whole webinar."""

    number: int
    phrase: str


@dataclass(frozen=True, slots=True)
class ShowReminders:
    """`reminders W1`."""

    number: int


WebinarChange: TypeAlias = MoveWebinar | OpenMoveForm | CancelWebinar | ReopenWebinar | ShowReminders


def read_change(verb: str, number: int, typed: str, start: int, today: date) -> WebinarChange:
    """One of `VERBS` with what follows the webinar's number, from `start` on; refuses as its readers do."""
    rest = typed[start:].strip()
    match verb:
        case "move":
            return _move(number, typed, start, today) if rest else OpenMoveForm(number)
        case "cancel":
            said = read_cancel(typed, start)
            return CancelWebinar(number, _phrase(said.phrase), said.reason)
        case "reopen":
            return ReopenWebinar(number, _phrase(rest))
        case _:
            if rest:
                raise Refusal("webinar-unreadable", part=rest)
            return ShowReminders(number)


def _move(number: int, typed: str, start: int, today: date) -> MoveWebinar:
    named = read_next(typed, start)
    move = read_move(typed, start, named.end if named else start, today)
    return MoveWebinar(number, _phrase(move.phrase), move.to, move.place, typed)


def _phrase(text: str) -> str:
    """What names a session; what means all of them names none."""
    phrase = plain_words(text).strip(QUOTES + " ,;")
    return "" if trim(fold(phrase)) in _WHOLE else phrase
