"""When a poll is posted and closes, as its form asks for it: a date and a time each, in the sender's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain.refusal_places import Places
from bot.domain.refusals import Refusal
from bot.domain.times import to_utc
from bot.domain.webinar_entries import read_clock, read_day

ON_DATE, ON_TIME, END_DATE, END_TIME = "on-date", "on-time", "end-date", "end-time"
"""The inputs, by the names under which their refusals are returned."""


@dataclass(frozen=True, slots=True)
class TimeEntry:
    """As the pickers send it (ISO); both empty where nothing is asked for."""

    date: str = ""
    time: str = ""


AT_NO_TIME = TimeEntry()


@dataclass(frozen=True, slots=True)
class FilledIn:
    """When a form was filled in, and in whose zone."""

    now: datetime
    zone: ZoneInfo


def read(places: Places, entry: TimeEntry, names: tuple[str, str], filled_in: FilledIn) -> datetime | None:
    """The UTC instant; None where none is asked for, or where it is refused beside one of its two inputs."""
    if entry == AT_NO_TIME:
        return None
    day = places.read(names[0], partial(read_day, entry.date))
    clock = places.read(names[1], partial(read_clock, entry.time))
    if day is None or clock is None:
        return None
    at = places.read(names[1], partial(to_utc, datetime.combine(day, clock), filled_in.zone))
    if at is not None and at <= filled_in.now:
        places.refused[names[0]] = Refusal("when-past", typed=f"{entry.date} {entry.time}", at=at)
        return None
    return at
