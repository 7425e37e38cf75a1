"""A webinar as a form asks for it, read into what a typed one is read into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from bot.domain.clock_times import WallRange, range_code
from bot.domain.folding import fold
from bot.domain.labels import check_distinct, check_label
from bot.domain.leads import Lead, parse_leads
from bot.domain.markup import plain_words
from bot.domain.refusal_places import Places
from bot.domain.refusals import Refusal
from bot.domain.webinar_parts import check_link, check_seats, check_title
from bot.domain.webinar_plans import NewWebinar, PlannedSession
from bot.domain.zones import find_zone

TITLE, ZONE, DATE, SEATS, LINK, LEADS, CHANNEL = "title", "zone", "date", "seats", "link", "leads", "channel"
LABEL, START, END = "label", "start", "end"
"""The inputs, by the names under which their refusals are returned; a session's are numbered: `label-1`."""


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """`start` and `end` as `09:00`. Without a label it is left out."""

    label: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class WebinarEntry:
    """As it was filled in; empty is what wasn't. `date` as `2026-12-10`."""

    title: str
    zone: str
    date: str
    sessions: tuple[SessionEntry, ...]
    seats: str
    link: str
    leads: str
    channel: str


@dataclass(frozen=True, slots=True)
class WebinarEdit:
    """What is changed of a webinar that stands. `seats` is each session's, None for no limit."""

    title: str
    seats: int | None
    link: str | None
    leads: tuple[Lead, ...]


def read(entry: WebinarEntry) -> NewWebinar | Mapping[str, Refusal]:
    """The webinar that was asked for, or what is refused of it, by input."""
    places = Places()
    title = places.read(TITLE, partial(_title, entry.title))
    zone = places.read(ZONE, partial(find_zone, entry.zone))
    day = places.read(DATE, partial(read_day, entry.date))
    sessions = _sessions(places, entry.sessions, day or date.min)
    seats, link, leads = _options(places, entry.seats, entry.link, entry.leads)
    if not entry.channel:
        places.refused[CHANNEL] = Refusal("channel-missing")
    if title is None or places.refused:
        return places.refused
    return NewWebinar(title, zone, sessions, seats, link, leads, entry.channel)


def read_change(title: str, seats: str, link: str, leads: str) -> WebinarEdit | Mapping[str, Refusal]:
    """What is to be changed, or what is refused of it, by input."""
    places = Places()
    read_title = places.read(TITLE, partial(_title, title))
    read_seats, read_link, read_leads = _options(places, seats, link, leads)
    if read_title is None or read_leads is None or places.refused:
        return places.refused
    return WebinarEdit(read_title, read_seats, read_link, read_leads)


def place_of(refusal: Refusal, entry: WebinarEntry) -> str:
    """The input beside which a refusal of the whole stands: of a session, its start or its end."""
    family = refusal.key.partition("-")[0]
    label = refusal.facts.get("label")
    for place, each in enumerate(entry.sessions, 1):
        if each.label and each.label == label:
            wall = refusal.facts.get("wall")
            ends = isinstance(wall, datetime) and f"{wall:%H:%M}" == each.end != each.start
            return f"{END if ends else START}-{place}"
    return family if family in (ZONE, CHANNEL) else TITLE


def _title(typed: str) -> str:
    return check_title(" ".join(plain_words(typed).split()))


def read_day(typed: str) -> date:
    """A date picker's date: Refusal("date-unreadable")."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Refusal("date-unreadable", typed=typed) from None


def _options(
    places: Places, seats: str, link: str, leads: str
) -> tuple[int | None, str | None, tuple[Lead, ...] | None]:
    return (
        places.read(SEATS, partial(check_seats, seats)) if seats else None,
        places.read(LINK, partial(check_link, link)) if link else None,
        places.read(LEADS, partial(parse_leads, leads)),
    )


def _sessions(places: Places, entries: tuple[SessionEntry, ...], day: date) -> tuple[PlannedSession, ...]:
    rows = [(place, each) for place, each in enumerate(entries, 1) if each.label]
    if not rows:
        places.refused[f"{LABEL}-1"] = Refusal("sessions-missing")
    planned = [_session(places, place, each, day) for place, each in rows]
    for at, (place, _) in enumerate(rows, 1):
        places.read(f"{LABEL}-{place}", partial(_check_distinct, tuple(each.label for _, each in rows[:at])))
    return tuple(each for each in planned if each is not None)


def _session(places: Places, place: int, entry: SessionEntry, day: date) -> PlannedSession | None:
    """A session that ends before it starts ends the next day."""
    label = places.read(f"{LABEL}-{place}", partial(check_label, plain_words(entry.label)))
    start = places.read(f"{START}-{place}", partial(read_clock, entry.start))
    end = places.read(f"{END}-{place}", partial(read_clock, entry.end))
    if label is None or start is None or end is None:
        return None
    if start == end:
        places.refused[f"{END}-{place}"] = Refusal("range-empty", typed=range_code(WallRange(start, end)))
        return None
    ends_on = day + timedelta(days=end < start)
    return PlannedSession(label, datetime.combine(day, start), datetime.combine(ends_on, end))


def _check_distinct(labels: tuple[str, ...]) -> None:
    """Whether the last of them is another than those before."""
    check_distinct((*dict.fromkeys(map(fold, labels[:-1])), labels[-1]))


def read_clock(typed: str) -> time:
    """A time picker's time: Refusal("time-missing")."""
    try:
        return time.fromisoformat(typed)
    except ValueError:
        raise Refusal("time-missing") from None
