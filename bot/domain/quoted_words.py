"""Commands as words of which a quoted part is one."""

from __future__ import annotations

from bot.domain.poll_quotes import QUOTES, read_next
from bot.domain.words import Word, split_parts


def split_quoted(text: str, start: int = 0) -> tuple[Word, ...]:
    """The words from `start` on as `split_parts` has them, and each quoted part as one, with its quotes.

    Raises:
        Refusal("quote-unclosed"), Refusal("quote-in-word")
    """
    words: list[Word] = []
    at = start
    while part := read_next(text, at):
        words += split_parts(text, at, part.start)
        words.append(Word(text[part.start : part.end], part.start, part.end))
        at = part.end
    return (*words, *split_parts(text, at))


def is_quoted(word: str) -> bool:
    """Whether a word of `split_quoted` is a quoted part."""
    return word[0] in QUOTES


def unquoted(text: str) -> str:
    """What stands in a quoted part; any other text as it is."""
    part = read_next(text) if text and text[0] in QUOTES else None
    return part.content if part and part.end == len(text) else text
