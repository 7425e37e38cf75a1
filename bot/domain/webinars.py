"""Webinars and their sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.ids import ChannelId, MemberId, SessionId, WebinarId, WorkspaceId
from bot.domain.leads import Lead
from bot.domain.refusals import Refusal


class SessionState(StrEnum):
    OPEN = "open"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Session:
    """One run of a webinar.

    `wall_start` and `wall_end` are naive times in the webinar's zone and are the truth, with the `fold` (PEP 495) of
    the start where clocks repeat it; `starts_at` and `ends_at` are their UTC projection. `seats` is None where there
    is no limit; `taken` counts sign-ups. `reason` is why it was cancelled, if that was said.
    """

    id: SessionId
    label: str
    position: int
    wall_start: datetime
    wall_end: datetime
    starts_at: datetime
    ends_at: datetime
    seats: int | None
    taken: int
    revision: int
    state: SessionState = SessionState.OPEN
    reason: str | None = None
    fold: int = 0

    @property
    def is_cancelled(self) -> bool:
        return self.state is SessionState.CANCELLED

    @property
    def seats_left(self) -> int | None:
        return None if self.seats is None else self.seats - self.taken

    def has_started(self, now: datetime) -> bool:
        """Whether its time has come, were it cancelled or not."""
        return now >= self.starts_at

    def is_open(self, now: datetime) -> bool:
        return not self.is_cancelled and not self.has_started(now)

    def is_at(self, other: Session) -> bool:
        """Whether it takes place at the same time as `other`: on the wall, whatever zone data say of it."""
        return (self.wall_start, self.wall_end, self.fold) == (other.wall_start, other.wall_end, other.fold)


@dataclass(frozen=True, slots=True)
class Webinar:
    """`sessions` stand in their typed order, `leads` longest first. `revision` rises with each change of a session."""

    id: WebinarId
    workspace: WorkspaceId
    number: int
    title: str
    zone_name: str
    channel: ChannelId
    organiser: MemberId
    link: str | None
    sessions: tuple[Session, ...]
    leads: tuple[Lead, ...]
    revision: int = 0

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone_name)

    @property
    def is_cancelled(self) -> bool:
        """Whether none of it takes place."""
        return all(each.is_cancelled for each in self.sessions)

    def session(self, session_id: SessionId) -> Session:
        """The session of that id.

        Raises:
            LookupError: it has none.
        """
        found = next((each for each in self.sessions if each.id == session_id), None)
        if found is None:
            raise LookupError(session_id)
        return found

    def with_seat(self, entered: Session | None, left: Session | None) -> Webinar:
        """The webinar after one seat was taken in `entered` and one given back in `left`."""

        def recount(each: Session) -> Session:
            by = (entered is not None and each.id == entered.id) - (left is not None and each.id == left.id)
            return replace(each, taken=each.taken + by)

        return replace(self, sessions=tuple(recount(each) for each in self.sessions))

    def is_open(self, now: datetime) -> bool:
        """Whether a seat may still be had: a session is still to come, and not cancelled."""
        return any(each.is_open(now) for each in self.sessions)


@dataclass(frozen=True, slots=True)
class WebinarMade:
    webinar: Webinar


@dataclass(frozen=True, slots=True)
class WebinarEdited:
    webinar: Webinar


@dataclass(frozen=True, slots=True)
class WebinarSameAgain:
    """The same words by the same organiser a moment ago: nothing was made; `earlier` stands."""

    earlier: Webinar


@dataclass(frozen=True, slots=True)
class WebinarShown:
    """`held` is the session in which the reader has a seat."""

    webinar: Webinar
    held: Session | None


@dataclass(frozen=True, slots=True)
class WebinarsListed:
    webinars: tuple[Webinar, ...]


@dataclass(frozen=True, slots=True)
class WhereOpen:
    """A webinar that is still to come, and the channel where it is announced."""

    webinar: WebinarId
    channel: ChannelId


def check_taken(webinar: Webinar, seats: int | None) -> None:
    """No session may have fewer seats than are taken: nobody loses a seat by an edit.

    Raises:
        Refusal("seats-below-taken")
    """
    fullest = max(webinar.sessions, key=lambda each: each.taken)
    if seats is not None and seats < fullest.taken:
        raise Refusal("seats-below-taken", label=fullest.label, taken=fullest.taken, count=seats)


def changed_parts(before: Webinar, after: Webinar) -> tuple[str, ...]:
    """What an edit has changed: `title`, `seats`, `link`, `leads`."""
    seats = [each.seats for each in before.sessions] != [each.seats for each in after.sessions]
    changed = {
        "title": before.title != after.title,
        "seats": seats,
        "link": before.link != after.link,
        "leads": before.leads != after.leads,
    }
    return tuple(part for part, is_other in changed.items() if is_other)


def check_open(webinar: Webinar) -> None:
    """Refusal("webinar-not-open"): it was cancelled, and nothing of it is changed."""
    if webinar.is_cancelled:
        raise Refusal("webinar-not-open", number=webinar.number, title=webinar.title)


def meant(open_ones: Iterable[WhereOpen], channel: ChannelId) -> WebinarId | None:
    """The webinar that a bare `/signup` in `channel` means, None where a person has to say.

    It is the only open one announced in this channel, else the only open one of the workspace.

    Raises:
        Refusal("no-webinar"): none is open.
    """
    candidates = tuple(open_ones)
    if not candidates:
        raise Refusal("no-webinar")
    here = tuple(each for each in candidates if each.channel == channel)
    for group in (here, candidates):
        if len(group) == 1:
            return group[0].webinar
    return None
