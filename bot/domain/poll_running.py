"""Running a poll that stands: opening it again, deleting it, asking it anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.members import Member
from bot.domain.new_polls import NewPoll
from bot.domain.poll_commands import verb_text
from bot.domain.poll_meanings import Progress
from bot.domain.polls import Poll, check_there
from bot.domain.refusals import Refusal

RECENT = timedelta(days=30)
"""How long closed polls are listed."""


@dataclass(frozen=True, slots=True)
class PollReopened:
    """`again`: it was open already, and nothing was changed."""

    poll: Poll
    again: bool = False


@dataclass(frozen=True, slots=True)
class PollDeleted:
    poll: Poll


@dataclass(frozen=True, slots=True)
class PollsListed:
    """Open ones and those to come; or those that the reader made and closed lately (`closed`)."""

    polls: tuple[Poll, ...]
    closed: bool = False


def reopened_until(poll: Poll, ends_at: datetime | None) -> datetime | None:
    """When a poll that is opened again ends: at `ends_at`, or when it would have."""
    return poll.ends_at if ends_at is None else ends_at


def check_reopening(poll: Poll, ends_at: datetime | None, now: datetime) -> None:
    """Of an anonymous poll nobody could tell who has voted, and a silence procedure was decided: both are asked anew.

    Raises:
        Refusal("poll-reopen-anonymous"), Refusal("poll-reopen-objection"): `readings` offer a duplicate.
        Refusal("poll-reopen-over"): its time is past, and no other was given.
    """
    anew = (verb_text("duplicate", poll.number),)
    if poll.anonymous:
        raise Refusal("poll-reopen-anonymous", number=poll.number, readings=anew)
    if poll.objection:
        raise Refusal("poll-reopen-objection", number=poll.number, readings=anew)
    until = reopened_until(poll, ends_at)
    if until is not None and until <= now:
        raise Refusal("poll-reopen-over", number=poll.number)


def check_message(poll: Poll, lost: str | None) -> None:
    """Where its message is gone nobody could vote: Refusal("poll-reopen-lost"), with a duplicate in `readings`."""
    if lost is not None:
        raise Refusal("poll-reopen-lost", number=poll.number, readings=(verb_text("duplicate", poll.number),))


def check_duplicating(poll: Poll, member: Member) -> None:
    """What its maker deleted or took back is there for them alone.

    Raises:
        Refusal("poll-unknown"), Refusal("poll-deleted")
    """
    if member.id != poll.maker:
        check_there(poll)


def anew(poll: Poll) -> NewPoll:
    """The same poll as it was asked for, without its times: those are past, or the other poll's."""
    return NewPoll(
        question=poll.question,
        options=() if poll.objection else tuple(each.text for each in poll.options),
        objection=poll.objection,
        anonymous=poll.anonymous,
        progress=_progress(poll),
        votes=poll.choices,
        add_choice=poll.adds_options,
        by_mechanism=poll.by_mechanism,
        lang=poll.language,
    )


def _progress(poll: Poll) -> Progress:
    if poll.progress:
        return "shown" if poll.anonymous else "default"
    return "default" if poll.anonymous else "hidden"
