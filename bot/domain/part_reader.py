"""A command's words, read one part after another, the longest readable part first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.folding import fold
from bot.domain.refusals import Refusal
from bot.domain.words import Word, join, offer, span

T = TypeVar("T")

SEPARATORS = frozenset({",", ";", "and"})
_UNREADABLE = frozenset({"date-unreadable", "range-unreadable"})


@dataclass(slots=True)
class PartReader:
    """`at` is the word that comes next; `typed` is the whole command."""

    typed: str
    words: Sequence[Word]
    at: int = 0

    @property
    def done(self) -> bool:
        """Whether every word was read."""
        return self.at >= len(self.words)

    def peek(self, at: int | None = None) -> str:
        """The word at that place, folded; empty after the last."""
        place = self.at if at is None else at
        return fold(self.words[place].text) if place < len(self.words) else ""

    def take(self) -> str:
        """The next word as typed, which must be there."""
        self.at += 1
        return self.words[self.at - 1].text

    def text(self, start: int, end: int) -> str:
        """The words from `start` up to `end`, as typed."""
        return join(self.typed, self.words[start:end])

    def longest(self, read: Callable[[str], T], limit: int, start: int) -> tuple[T, int] | None:
        """What `read` makes of the most words from `start` on that it can read, and where they end.

        A part that is readable but refused, such as a date with two readings, is refused with whole commands.
        """
        for end in range(min(start + limit, len(self.words)), start, -1):
            try:
                return read(self.text(start, end)), end
            except Refusal as refusal:
                if refusal.key not in _UNREADABLE:
                    raise offer(refusal, self.typed, span(self.words[start:end])) from None
        return None

    def until(self, stops: frozenset[str], start: int) -> str:
        """The words from `start` to the next stop or separator, as typed; at least one."""
        end = start + 1
        while end < len(self.words) and self.peek(end) not in stops | SEPARATORS:
            end += 1
        return self.text(start, end)
