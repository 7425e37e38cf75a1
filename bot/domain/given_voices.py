"""Answers to a named poll as they stand: whose, by whose hand, and how they came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.collation import collated
from bot.domain.ids import OptionId
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Member
from bot.domain.representatives import How


@dataclass(frozen=True, slots=True)
class GivenVoice:
    """`by` set or changed it last, at `at`, for `mechanism` in a poll by mechanism. Nothing chosen: it abstained.

    `how` it came where an organiser entered it.
    """

    by: Member
    mechanism: Mechanism | None
    chosen: frozenset[OptionId]
    at: datetime | None
    how: How | None = None

    @property
    def abstained(self) -> bool:
        return not self.chosen


def for_option(given: Iterable[GivenVoice], option: OptionId) -> tuple[GivenVoice, ...]:
    return tuple(each for each in given if option in each.chosen)


def abstaining(given: Iterable[GivenVoice]) -> tuple[GivenVoice, ...]:
    return tuple(each for each in given if each.abstained)


def mechanisms_of(given: Iterable[GivenVoice]) -> tuple[Mechanism, ...]:
    """Whose voices these are, in alphabetical order."""
    return alphabetical(each.mechanism for each in given if each.mechanism is not None)


def missing(register: Iterable[Mechanism], given: Iterable[GivenVoice]) -> tuple[Mechanism, ...]:
    """Those of the register that are active and have not answered."""
    answered = {each.id for each in mechanisms_of(given)}
    return alphabetical(each for each in register if each.is_active and each.id not in answered)


def alphabetical(mechanisms: Iterable[Mechanism]) -> tuple[Mechanism, ...]:
    """By what people call them."""
    return tuple(sorted(mechanisms, key=lambda each: collated(each.title)))
