"""Nudging those who have not answered a poll: once in a while, and never somebody whose answer is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.deliveries import Owed, Priority
from bot.domain.members import Member
from bot.domain.polls import Poll, PollState, check_there
from bot.domain.refusals import Refusal

NUDGE = "poll-nudge"
"""The kind of delivery; its revision is the number of the poll's nudge."""

BETWEEN = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class PollNudged:
    """`people` are how many are written to; None where that would tell who is missing, or isn't known yet."""

    poll: Poll
    people: int | None


def check_nudging(poll: Poll, now: datetime) -> None:
    """Whether people can be asked to answer now.

    Raises:
        Refusal("poll-nudge-closed"), Refusal("poll-nudge-early"), Refusal("poll-nudged-lately"), and those of
        `check_there`.
    """
    check_there(poll)
    if poll.state is not PollState.OPEN or poll.has_ended(now):
        raise Refusal("poll-nudge-closed", number=poll.number)
    if poll.is_to_come(now):
        raise Refusal("poll-nudge-early", number=poll.number)
    if poll.nudged_at is not None and now - poll.nudged_at < BETWEEN:
        raise Refusal("poll-nudged-lately", number=poll.number, next=poll.nudged_at + BETWEEN)


def can_be_nudged(member: Member) -> bool:
    return member.has_account and member.reminded


def owed(poll: Poll, member: Member, now: datetime) -> Owed:
    return Owed(
        kind=NUDGE,
        recipient=member.user,
        due_at=now,
        priority=Priority.LETTER,
        expires_at=poll.ends_at,
        member=member.id,
        revision=poll.nudges + 1,
        poll=poll.id,
    )


def nudged(poll: Poll, people: int) -> PollNudged:
    """Of an anonymous poll, or one whose counts are hidden, nobody learns how many have not answered."""
    return PollNudged(poll, people if poll.shows_counts and not poll.anonymous else None)
