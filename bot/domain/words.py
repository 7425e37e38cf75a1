"""Commands as words that know where they stand, so that an answer can repeat a command with one part exchanged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.refusals import Refusal

Span: TypeAlias = tuple[int, int]

_WORD = re.compile(r"\S+")
_PART = re.compile(
    r"<(?:[@#!]|https?:|mailto:)[^<>]*>"  # one of Slack's tokens, spaces and commas included
    r"|https?://\S*[^\s,;]"
    r"|[,;]"
    r"|(?:[^\s,;]|(?<=\d),(?=\d{3}(?!\d)))+",  # 1,000 is one word
)


@dataclass(frozen=True, slots=True)
class Word:
    """`start` and `end` count characters of the whole command."""

    text: str
    start: int
    end: int


def split(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """The words of `text[start:end]`, by white space alone."""
    return _found(_WORD, text, start, end)


def split_parts(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """The words of `text[start:end]`, with commas and semicolons as words of their own and Slack's tokens whole."""
    return _found(_PART, text, start, end)


def join(text: str, words: Sequence[Word]) -> str:
    """What stands in `text` from the first word to the last, as typed."""
    return text[words[0].start : words[-1].end] if words else ""


def span(words: Sequence[Word]) -> Span:
    """Where the words stand; they must be some."""
    return words[0].start, words[-1].end


def exchange(text: str, place: Span, replacement: str) -> str:
    """`text` with another word in that place."""
    return text[: place[0]] + replacement + text[place[1] :]


def offer(refusal: Refusal, text: str, place: Span) -> Refusal:
    """The refusal with whole commands as `readings`: `text` with each of its choices in that place."""
    choices = refusal.facts.get("choices")
    if not isinstance(choices, tuple):
        return refusal
    readings = tuple(exchange(text, place, choice) for choice in choices)
    return Refusal(refusal.key, **{**refusal.facts, "readings": readings})


def short_number(word: str, letter: str) -> int | None:
    """The number in `W1` or `w1`; None where the word isn't one."""
    found = re.fullmatch(rf"{letter}0*([1-9]\d{{0,8}})", word, re.IGNORECASE | re.ASCII)
    return int(found[1]) if found else None


def _found(pattern: re.Pattern[str], text: str, start: int, end: int | None) -> tuple[Word, ...]:
    stop = len(text) if end is None else end
    return tuple(Word(found[0], found.start(), found.end()) for found in pattern.finditer(text, start, stop))
