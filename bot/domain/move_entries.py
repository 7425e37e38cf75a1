"""Sessions' times as the form that moves them asks for them, read into new times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain.ids import SessionId
from bot.domain.moved_times import MovedTo
from bot.domain.refusal_places import Places
from bot.domain.refusals import Refusal
from bot.domain.webinar_entries import DATE, END, START, read_clock, read_day
from bot.domain.webinar_moves import move_one
from bot.domain.webinar_plans import ResolvedSession, check_future
from bot.domain.webinars import Session, Webinar

ENDS_WRONG = frozenset({"range-empty", "session-long", "session-backwards"})


@dataclass(frozen=True, slots=True)
class MoveEntry:
    """As it was filled in; empty is what wasn't. `date` as `2026-12-10`, `start` and `end` as `09:00`."""

    session: Session
    date: str
    start: str
    end: str

    @property
    def keeps_clock(self) -> bool:
        return (self.start, self.end) == (f"{self.session.wall_start:%H:%M}", f"{self.session.wall_end:%H:%M}")

    @property
    def stays(self) -> bool:
        return self.keeps_clock and self.date == self.session.wall_start.date().isoformat()


@dataclass(frozen=True, slots=True)
class NewTimes:
    """Of the sessions that were changed in the form: none, perhaps."""

    of: Mapping[SessionId, ResolvedSession]


def place(part: str, session: SessionId, revision: int) -> str:
    """An input's name. It tells the webinar's revision, so that a form is known that has become old."""
    return f"{part}-{session}-{revision}"


def read(entries: Sequence[MoveEntry], webinar: Webinar, now: datetime) -> NewTimes | Mapping[str, Refusal]:
    """The new times of the sessions that were changed, or what is refused of them, by input."""
    places = Places()
    read_times = {
        each.session.id: _read(places, each, webinar.zone, webinar.revision, now) for each in entries if not each.stays
    }
    if places.refused:
        return places.refused
    return NewTimes({session: at for session, at in read_times.items() if at is not None})


def place_of(refusal: Refusal, entries: Sequence[MoveEntry], revision: int) -> str:
    """The input beside which a refusal of the whole stands."""
    named = [each for each in entries if each.session.label == refusal.facts.get("label")]
    return place(DATE, (*named, *entries)[0].session.id, revision)


def _read(places: Places, entry: MoveEntry, zone: ZoneInfo, revision: int, now: datetime) -> ResolvedSession | None:
    names = {part: place(part, entry.session.id, revision) for part in (DATE, START, END)}
    day = places.read(names[DATE], partial(read_day, entry.date))
    start = places.read(names[START], partial(read_clock, entry.start))
    end = places.read(names[END], partial(read_clock, entry.end))
    if day is None or start is None or end is None:
        return None
    try:
        moved = move_one(entry.session, MovedTo(day, start, None if entry.keeps_clock else end), zone)
        check_future([moved], now)
    except Refusal as refusal:
        places.refused[names[_part_of(refusal, entry)]] = refusal
        return None
    return moved


def _part_of(refusal: Refusal, entry: MoveEntry) -> str:
    """Whether a refusal is about the date, the start or the end."""
    if refusal.key in ENDS_WRONG:
        return END
    wall = refusal.facts.get("wall")
    if refusal.key == "webinar-past" or not isinstance(wall, datetime):
        return DATE
    return END if f"{wall:%H:%M}" == entry.end != entry.start else START
