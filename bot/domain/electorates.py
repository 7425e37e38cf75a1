"""Whose voice counts in a poll, and whose a click is: the person's own, or that of a mechanism they speak for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.given_voices import alphabetical
from bot.domain.ids import MechanismId
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Member
from bot.domain.polls import Poll
from bot.domain.refusals import Refusal
from bot.domain.representatives import Representative, speaking
from bot.domain.votes import Voice


@dataclass(frozen=True, slots=True)
class Voter:
    """Who clicks. In a poll by mechanism `standing` is what they are named as or claim to be, whatever the days.

    `voices` are those that they may set, by name, as far as they have said anything; of an anonymous poll none.
    """

    member: Member
    standing: tuple[Representative, ...] = ()
    voices: Mapping[str, Voice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Holder:
    """A voice: the member's own, or that of `mechanism`."""

    member: Member
    mechanism: Mechanism | None = None

    def name_in(self, poll: Poll) -> str:
        """What stands for it in the ballots."""
        return poll.voice_of(self.member.id if self.mechanism is None else self.mechanism.id)


def holders(poll: Poll, voter: Voter, now: datetime) -> tuple[Holder, ...]:
    """The voices that the voter may set now: one of their own, or those of the mechanisms they speak for.

    Raises:
        Refusal("voice-none"): by mechanism, and nobody has named them, or confirmed what they claim.
    """
    if not poll.by_mechanism:
        return (Holder(voter.member),)
    spoken_for = {each.mechanism.id: each.mechanism for each in speaking(voter.standing, now)}
    if not spoken_for:
        raise Refusal("voice-none", number=poll.number)
    return tuple(Holder(voter.member, each) for each in alphabetical(spoken_for.values()))


def chosen(among: tuple[Holder, ...], asked: MechanismId | None) -> Holder | None:
    """The voice that is meant; None where there are several and it wasn't said which.

    Raises:
        Refusal("voice-not-yours"): of a mechanism that the voter doesn't speak for, or not any more.
    """
    if asked is None:
        return among[0] if len(among) == 1 else None
    found = next((each for each in among if each.mechanism is not None and each.mechanism.id == asked), None)
    if found is None:
        raise Refusal("voice-not-yours")
    return found
