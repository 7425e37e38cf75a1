"""From when a poll takes votes and until when: by the clock, whatever has been done about it by then."""

from __future__ import annotations

from datetime import datetime

from bot.domain.new_polls import NewPoll
from bot.domain.polls import Poll, PollState, check_there
from bot.domain.refusals import Refusal
from bot.domain.repetitions import SAME_TYPED


def refuse_untimely(poll: Poll, now: datetime) -> None:
    """A vote counts from the posting of a poll to its end: one at the instant of its end comes too late.

    Raises:
        Refusal("poll-closed"), Refusal("poll-not-yet"), Refusal("poll-ended"), and those of `check_there`.
    """
    check_there(poll)
    if poll.state is not PollState.OPEN:
        raise Refusal("poll-closed", number=poll.number)
    if poll.is_to_come(now):
        raise Refusal("poll-not-yet", number=poll.number)
    if poll.has_ended(now):
        raise Refusal("poll-ended", number=poll.number)


def refuse_to_come(poll: Poll, now: datetime) -> None:
    """What nobody could answer yet is taken back, never closed.

    Raises:
        Refusal("poll-to-come")
    """
    if poll.state is PollState.OPEN and poll.is_to_come(now):
        raise Refusal("poll-to-come", number=poll.number)


def refuse_unposted(poll: Poll, now: datetime) -> None:
    """It has no result yet, and is not called open: Refusal("poll-unposted") says when it will be."""
    if poll.state is PollState.OPEN and poll.posts_at is not None and poll.is_to_come(now):
        raise Refusal("poll-unposted", number=poll.number, time=poll.posts_at)


def are_the_same(new: NewPoll, earlier: Poll) -> bool:
    """Whether they are posted and end at the same time: `in 2 hours` is a little later each time it is typed."""
    pairs = ((new.on, earlier.posts_at), (new.end, earlier.ends_at))
    return all(one == other or (one and other and abs(one - other) <= SAME_TYPED) for one, other in pairs)
