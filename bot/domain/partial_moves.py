"""What could be read of a typed move, for the form that is filled with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from bot.domain.folding import fold, without_hiding
from bot.domain.ids import SessionId
from bot.domain.members import Member
from bot.domain.moved_times import MovedTo
from bot.domain.refusals import Refusal
from bot.domain.session_choice import choices, choose_session
from bot.domain.trimmings import trim
from bot.domain.webinar_changes import MoveWebinar, read_change
from bot.domain.webinars import Session, Webinar
from bot.domain.words import short_number, split


@dataclass(frozen=True, slots=True)
class PartialMove:
    """`rest` is what was typed after the number; `asked` is None where it can't be understood."""

    number: int
    asked: MoveWebinar | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True)
class FilledTime:
    """A session's time in the form: on the wall of the webinar's zone."""

    day: date
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class FilledMove:
    """The times that were typed, of the sessions that they are for. `left_out` is what has no place, as typed."""

    times: Mapping[SessionId, FilledTime] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


def read(text: str, today: date) -> PartialMove:
    """`move W1 …`.

    Raises:
        Refusal("draft-gone"): it is something else.
    """
    typed = without_hiding(text).rstrip(" .!")
    words = split(typed)
    moves = len(words) > 1 and trim(fold(words[0].text)) == "move"
    number = short_number(trim(fold(words[1].text)), "W") if moves else None
    if number is None:
        raise Refusal("draft-gone")
    try:
        change = read_change("move", number, typed, words[1].end, today)
    except Refusal:
        change = None
    return PartialMove(number, change if isinstance(change, MoveWebinar) else None, typed[words[1].end :].strip())


def fill(webinar: Webinar, organiser: Member, said: PartialMove, now: datetime) -> FilledMove:
    """What was said of the sessions that may be moved."""
    ahead = [each for each in webinar.sessions if each.is_open(now)]
    moved = _meant(webinar, organiser, said.asked, ahead) if said.asked else []
    if not said.asked or not moved:
        return FilledMove(left_out=(said.rest,) if said.rest else ())
    to = said.asked.to
    if len(moved) == 1:
        return FilledMove({moved[0].id: _at(moved[0], to)})
    first = min(each.wall_start for each in moved)
    by = (to.day or first.date()) - first.date()
    return FilledMove({each.id: _at(each, MovedTo(each.wall_start.date() + by, None, None)) for each in moved})


def _meant(webinar: Webinar, organiser: Member, asked: MoveWebinar, ahead: Sequence[Session]) -> list[Session]:
    """Several where the webinar is moved by days; none where it isn't clear which."""
    if not asked.phrase:
        return list(ahead) if len(ahead) == 1 or asked.to.start is None else []
    try:
        named = choose_session(asked.phrase, choices(webinar, organiser))
    except Refusal:
        return []
    return [each for each in ahead if each.id == named]


def _at(session: Session, to: MovedTo) -> FilledTime:
    begins = datetime.combine(to.day or session.wall_start.date(), to.start or session.wall_start.time())
    ends = begins + (session.wall_end - session.wall_start)
    return FilledTime(begins.date(), begins.time(), to.end or ends.time())
