"""What a poll came to. A named result tells whose voice said what; an anonymous one has no place for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from bot.domain.collation import collated
from bot.domain.polls import Option, PollState, shares
from bot.domain.representatives import How


class Silence(StrEnum):
    """What has become of a silence procedure. ENDED_EARLY: closed by hand before its time, so nothing is adopted."""

    RUNNING = "running"
    ADOPTED = "adopted"
    OBJECTED = "objected"
    ENDED_EARLY = "ended-early"


@dataclass(frozen=True, slots=True)
class SilenceProcedure:
    outcome: Silence
    objections: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """An option and how many voices chose it."""

    text: str
    votes: int


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it stands. Who chose nothing has abstained; `by` is the name of whoever gave it.

    `how` is how it came where an organiser entered it, and None where it was given here.
    """

    chosen: tuple[str, ...]
    by: str
    at: datetime
    how: How | None = None


@dataclass(frozen=True, slots=True)
class VoiceAnswer:
    """A voice by its full name, and its answer; None: it has not answered. `code` is a mechanism's alone."""

    name: str
    given: Given | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """`name` is the voice's, `by` whose hand it was; the reason may be empty."""

    name: str
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What every result says: of voices only how many they are.

    `voted` chose at least one option, which percentages are of; `could` is None where nobody knows. `choices` is how
    many options a voice may choose, 0 for any. `closed_at` is None of an open poll, `ends_at` of one without an end.
    """

    number: int
    question: str
    state: PollState
    tallies: tuple[Tally, ...]
    voted: int
    abstained: int = 0
    could: int | None = None
    choices: int = 1
    by_mechanism: bool = False
    silence: SilenceProcedure | None = None
    ends_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def percents(self) -> tuple[int, ...]:
        """Whole ones, in the order of the options."""
        return shares([each.votes for each in self.tallies], self.voted)

    @property
    def answered(self) -> int:
        """An abstention is an answer; silence is not."""
        return self.voted + self.abstained

    @property
    def unanswered(self) -> int | None:
        return None if self.could is None else max(0, self.could - self.answered)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnonymousResult(Counts):
    """`reasons` are those of objections: a set, since the order in which they came could tell whose they are."""

    reasons: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedResult(Counts):
    """`answers` of all voices that are known, in any order; by mechanism also of those that have not answered."""

    answers: tuple[VoiceAnswer, ...] = ()
    objections: tuple[Objection, ...] = ()

    @property
    def table(self) -> tuple[VoiceAnswer, ...]:
        """The answers in alphabetical order of the names."""
        return tuple(sorted(self.answers, key=lambda each: (collated(each.name), each.code)))


Result: TypeAlias = AnonymousResult | NamedResult


def tallied(options: Sequence[Option]) -> tuple[Tally, ...]:
    """The counts of a poll's options in their order, without who chose them."""
    return tuple(Tally(each.text, each.votes) for each in sorted(options, key=lambda each: each.position))


def silence(state: PollState, objections: int, ends_at: datetime, closed_at: datetime | None) -> SilenceProcedure:
    """One objection is enough; without any, only the end of the time adopts."""
    if objections:
        return SilenceProcedure(Silence.OBJECTED, objections)
    if state is PollState.OPEN:
        return SilenceProcedure(Silence.RUNNING)
    in_time = closed_at is not None and closed_at >= ends_at
    return SilenceProcedure(Silence.ADOPTED if in_time else Silence.ENDED_EARLY)
