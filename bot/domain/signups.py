"""A seat in one session of a webinar: taken, moved, given back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from bot.domain.audit import Facts
from bot.domain.ids import SessionId
from bot.domain.refusals import Refusal
from bot.domain.representatives import Representative
from bot.domain.webinars import Session, Webinar


class SignupState(StrEnum):
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class SignedUp:
    webinar: Webinar
    session: Session


@dataclass(frozen=True, slots=True)
class AlreadySignedUp:
    webinar: Webinar
    session: Session


@dataclass(frozen=True, slots=True)
class Moved:
    webinar: Webinar
    session: Session
    left: Session


@dataclass(frozen=True, slots=True)
class Full:
    """No seat was left; the member keeps the one they held elsewhere, if any."""

    webinar: Webinar
    session: Session
    held: Session | None


@dataclass(frozen=True, slots=True)
class HoldsAnother:
    """A button that takes seats was pressed by somebody who has one elsewhere: nothing is moved unasked."""

    webinar: Webinar
    session: Session
    held: Session


@dataclass(frozen=True, slots=True)
class GivenBack:
    webinar: Webinar
    session: Session


@dataclass(frozen=True, slots=True)
class HoldsNoSeat:
    webinar: Webinar


@dataclass(frozen=True, slots=True)
class ToChoose:
    """Nothing was decided: the member has to say which webinar, or which session. `held` are their seats."""

    webinars: tuple[Webinar, ...]
    held: frozenset[SessionId] = frozenset()


@dataclass(frozen=True, slots=True)
class Seats:
    """What the member asked to see: their seats, `held`, among the webinars that are not over.

    `capacities` are those in which they hold them, where they said one.
    """

    webinars: tuple[Webinar, ...]
    held: frozenset[SessionId] = frozenset()
    capacities: Mapping[SessionId, Representative] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SeatForm:
    """What the form offers: webinars to choose from, the sessions of the `chosen` one; `held` are their seats."""

    webinars: tuple[Webinar, ...]
    chosen: Webinar | None
    held: frozenset[SessionId]

    @property
    def seat(self) -> Session | None:
        """The member's seat in the chosen webinar."""
        sessions = () if self.chosen is None else self.chosen.sessions
        return next((each for each in sessions if each.id in self.held), None)


Taken: TypeAlias = SignedUp | AlreadySignedUp | Moved | Full


def take(webinar: Webinar, session: Session, held: Session | None, now: datetime) -> Taken:
    """What taking a seat in `session` comes to for a member who holds `held` in the same webinar.

    `session` is as it was before; whoever stores the outcome raises its `taken`.

    Raises:
        Refusal("webinar-cancelled"), Refusal("session-cancelled"), Refusal("session-started")
    """
    if webinar.is_cancelled:
        raise Refusal("webinar-cancelled", title=webinar.title)
    if session.is_cancelled:
        raise Refusal("session-cancelled", label=session.label, title=webinar.title)
    if held is not None and held.id == session.id:
        return AlreadySignedUp(webinar, session)
    if held is not None:
        check_may_leave(webinar, held, now)
    if session.has_started(now):
        raise Refusal("session-started", label=session.label, title=webinar.title)
    if session.seats_left == 0:
        return Full(webinar, session, held)
    return SignedUp(webinar, session) if held is None else Moved(webinar, session, held)


def check_may_leave(webinar: Webinar, held: Session, now: datetime) -> None:
    """A seat is kept once its session has started, unless that was cancelled: Refusal("session-started")."""
    if held.has_started(now) and not held.is_cancelled:
        raise Refusal("session-started", label=held.label, title=webinar.title)


def facts(webinar: Webinar, session: Session, left: Session | None = None) -> Facts:
    """What the record keeps of a seat: in which session, and out of which it was moved."""
    moved = {} if left is None else {"left": left.label}
    return {"number": webinar.number, "title": webinar.title, "label": session.label, **moved}
