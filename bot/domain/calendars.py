"""A session as an entry in a member's own calendar: a message, and in its thread the file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from bot.domain.deliveries import Owed, Priority
from bot.domain.folding import fold
from bot.domain.members import Member
from bot.domain.refusals import Refusal
from bot.domain.webinars import Session, Webinar

CALENDAR = "calendar"
CALENDAR_FILE = "calendar-file"
KINDS = (CALENDAR, CALENDAR_FILE)
"""The kinds of delivery: the message that bears a key, and the file, which can't bear one."""

MARK = 5
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class CalendarAsked:
    """`stands`: the file of the session as it is now stands in the member's direct messages already."""

    webinar: Webinar
    session: Session
    stands: bool


def owed(webinar: Webinar, session: Session, member: Member, now: datetime) -> Owed:
    """The message. Its file is owed once it stands somewhere."""
    return Owed(
        kind=CALENDAR,
        recipient=member.user,
        due_at=now,
        priority=Priority.ANSWER,
        expires_at=session.ends_at,
        member=member.id,
        webinar=webinar.id,
        session=session.id,
        revision=session.revision,
    )


def check_useful(webinar: Webinar, session: Session, now: datetime) -> None:
    """Refusal("calendar-cancelled"), Refusal("calendar-over"): there is nothing to put into a calendar."""
    if session.is_cancelled:
        raise Refusal("calendar-cancelled", label=session.label, title=webinar.title)
    if now >= session.ends_at:
        raise Refusal("calendar-over", label=session.label, title=webinar.title)


def mark(key: str) -> str:
    """A few letters for a delivery's key: a file in Slack is known by its name alone."""
    return hashlib.sha256(key.encode()).hexdigest()[:MARK]


def file_name(webinar: Webinar, session: Session, key: str) -> str:
    """`regional-reviews-afternoon-3f9c2.ics`, of plain letters whatever the title is written in."""
    kept = (char if char.isascii() and char.isalnum() else " " for char in fold(f"{webinar.title} {session.label}"))
    words = "-".join("".join(kept).split())[:LONGEST_NAME].strip("-")
    return f"{words or CALENDAR}-{mark(key)}.ics"
