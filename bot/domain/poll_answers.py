"""What people are told of a poll's answers: their own, everybody's, and one that was entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.electorates import Voter
from bot.domain.mechanisms import Mechanism
from bot.domain.polls import Poll
from bot.domain.refusals import Refusal
from bot.domain.representatives import How, speaking
from bot.domain.voted import Said


@dataclass(frozen=True, slots=True)
class MyVoices:
    """What the reader has said, for each mechanism that they speak for; None: for themselves."""

    poll: Poll
    voices: tuple[tuple[Mechanism | None, Said], ...]


@dataclass(frozen=True, slots=True)
class WhoChose:
    """A named poll with its answers (`Poll.given`); by mechanism `missing` are those that have not answered.

    `sees_history`: the reader runs the poll.
    """

    poll: Poll
    missing: tuple[Mechanism, ...] = ()
    sees_history: bool = False


@dataclass(frozen=True, slots=True)
class VoiceEntered:
    """`was` is what the voice had said before, if anything. `changed` is false where it was the same already.

    Then it may be `confirmed`: that it came this way is new. What `was` tells a vote, and where that is not for the
    organiser to know, it is entered as if nothing had been said before. `stopped`: an objection, which closed the poll.
    """

    poll: Poll
    mechanism: Mechanism
    said: Said
    how: How
    was: Said | None
    changed: bool
    confirmed: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class LetterObjection:
    """A mechanism objects by letter: the organiser is asked whether that is meant. Nothing is stored yet."""

    poll: Poll
    mechanism: Mechanism
    how: How


def may_know_before(poll: Poll, mechanism: Mechanism, organiser: Voter, now: datetime) -> bool:
    """Whether who enters an answer may read what the voice said before: as far as they could have read it anyhow."""
    if poll.anonymous:
        return False
    return poll.shows_counts or any(each.mechanism.id == mechanism.id for each in speaking(organiser.standing, now))


def may_be_told(poll: Poll) -> None:
    """Who chose what tells the counts, and waits for them.

    Raises:
        Refusal("poll-is-anonymous"), Refusal("poll-counts-hidden")
    """
    if poll.anonymous:
        raise Refusal("poll-is-anonymous", number=poll.number)
    if not poll.shows_counts:
        raise Refusal("poll-counts-hidden", number=poll.number)
