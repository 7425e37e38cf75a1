"""A poll's result on its way: into its channel, as a picture into its thread, and as files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.deliveries import Owed, Priority
from bot.domain.polls import Poll, PollState
from bot.domain.refusals import Refusal

RESULT = "poll-result"
"""The kind of the message in the channel; once a revision, as all that follows a closing."""


@dataclass(frozen=True, slots=True)
class PollShared:
    """`stands`: it was posted already since the poll was closed."""

    poll: Poll
    stands: bool


def check_shown(poll: Poll) -> None:
    """Refusal("poll-results-later"): its counts are shown to nobody until it is closed."""
    if not poll.shows_counts:
        raise Refusal("poll-results-later", number=poll.number)


def check_closed(poll: Poll) -> None:
    """Refusal("poll-results-open"): its message shows the counts, and what is handed on would soon be wrong."""
    check_shown(poll)
    if poll.state is not PollState.CLOSED:
        raise Refusal("poll-results-open", number=poll.number)


def to_channel(poll: Poll, now: datetime) -> Owed:
    return Owed(RESULT, poll.channel, now, Priority.ANSWER, revision=poll.revision, poll=poll.id)
