"""Seats that an organiser takes or gives back for somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.deliveries import Owed, Priority
from bot.domain.members import Member
from bot.domain.representatives import How, Representative
from bot.domain.signups import GivenBack, HoldsNoSeat, Taken
from bot.domain.webinars import Session, Webinar

SEATED = "seated-"
UNSEATED = "unseated-"
"""What the kinds of the deliveries begin with that tell somebody; the organiser's id follows."""


@dataclass(frozen=True, slots=True)
class SeatFor:
    """What an organiser asked for `member`; `how` it came, where they have no account."""

    taken: Taken
    member: Member
    capacity: Representative | None = None
    how: How | None = None


@dataclass(frozen=True, slots=True)
class SeatGivenBackFor:
    given: GivenBack | HoldsNoSeat
    member: Member
    how: How | None = None


def owed(member: Member, by: Member, webinar: Webinar, session: Session, now: datetime) -> Owed:
    """Word to `member` that they have been signed up. `revision` tells several apart, and is the caller's to set."""
    return Owed(
        kind=f"{SEATED}{by.id}",
        recipient=member.user,
        due_at=now,
        priority=Priority.ANSWER,
        expires_at=session.ends_at,
        member=member.id,
        webinar=webinar.id,
        session=session.id,
    )
