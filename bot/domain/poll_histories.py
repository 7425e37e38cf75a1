"""What became of each voice of a named poll, change by change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import OptionId
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Member
from bot.domain.polls import Poll
from bot.domain.representatives import How

NEWEST = 60
"""Changes read at once; a message holds as many or fewer."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a voice said: options, an abstention, or nothing, as before the first vote and after one was taken back."""

    chosen: frozenset[OptionId] = frozenset()
    abstained: bool = False


@dataclass(frozen=True, slots=True)
class VoiceChanged:
    """`by` is whose hand it was, `mechanism` whose voice in a poll by mechanism; `how` it came if it was entered."""

    by: Member
    mechanism: Mechanism | None
    before: Answered
    after: Answered
    at: datetime
    how: How | None = None


@dataclass(frozen=True, slots=True)
class PollHistory:
    """The newest changes first, of `number` in all."""

    poll: Poll
    changes: tuple[VoiceChanged, ...]
    number: int
