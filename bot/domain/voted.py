"""What is asked by a click, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.mechanisms import Mechanism
from bot.domain.members import Member
from bot.domain.polls import Option, Poll
from bot.domain.representatives import How


class WishKind(StrEnum):
    VOTE = "vote"
    ABSTAIN = "abstain"
    TAKE_BACK = "take-back"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was clicked: `about` is the id of an option to vote for, and of the poll otherwise."""

    kind: WishKind
    about: int


@dataclass(frozen=True, slots=True)
class ForWhich:
    """Whoever clicked speaks for several mechanisms: nothing is stored until they have said for which it is."""

    poll: Poll
    wish: Wish
    mechanisms: tuple[Mechanism, ...]
    option: Option | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: the options that were chosen, or that none was on purpose."""

    chosen: tuple[Option, ...]
    abstained: bool = False


@dataclass(frozen=True, slots=True)
class Already:
    """By mechanism, in a multiple choice: what was clicked is chosen, and stays so.

    `by` is the colleague who changed the answer last, `how` that came where it was nobody's hand; of an anonymous poll
    neither is known.
    """

    option: Option
    by: Member | None = None
    how: How | None = None


@dataclass(frozen=True, slots=True)
class Voted:
    """The voice as it is now. `changed` is false where the click said nothing new.

    By mechanism: `mechanism` is whose voice it is, `was` what it said before, if anything; `further` asks the same for
    those other mechanisms of whoever clicked that don't say it yet.
    """

    poll: Poll
    chosen: tuple[Option, ...]
    changed: bool
    abstained: bool = False
    mechanism: Mechanism | None = None
    was: Said | None = None
    further: ForWhich | None = None
    already: Already | None = None
