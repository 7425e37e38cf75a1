"""Quoted parts of a command: any kind of quote, escapes, and the refusal of a quote inside a word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.markup import plain_words
from bot.domain.refusals import Refusal

_DOUBLE = '"“”„‟〝〞〟'
_GUILLEMETS = "«»"
QUOTES = _DOUBLE + _GUILLEMETS

_OPENING = re.compile(f"[{QUOTES}]")
_ESCAPED = re.compile(rf"\\([\\{QUOTES}])")


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands between two quotes, shown as words, and where it stands with its quotes."""

    content: str
    start: int
    end: int


def quote(text: str) -> str:
    """`text` in quotes, so that it is read back the same."""
    return '"' + re.sub(rf"[\\{QUOTES}]", lambda char: "\\" + char[0], text) + '"'


def has_quote(text: str) -> bool:
    """Whether a quote of any kind stands in `text`."""
    return _OPENING.search(text) is not None


def read_all(text: str) -> tuple[Quoted, ...]:
    """Every quoted part, in order.

    Raises:
        Refusal("quote-unclosed"), Refusal("quote-in-word").
    """
    parts: list[Quoted] = []
    while part := read_next(text, parts[-1].end if parts else 0):
        parts.append(part)
    return tuple(parts)


def read_next(text: str, start: int = 0) -> Quoted | None:
    """The first quoted part that opens at `start` or after it; refuses as `read_all` does."""
    opening = _OPENING.search(text, start)
    if not opening:
        return None
    at = opening.start()
    if at > 0 and text[at - 1].isalnum():
        raise _in_word(text, at)
    end = _closing(text, at)
    if end < len(text) and text[end].isalnum():
        raise _in_word(text, end - 1)
    inside = _ESCAPED.sub(r"\1", text[at + 1 : end - 1])
    return Quoted(plain_words(inside).strip(), at, end)


def _closing(text: str, opening: int) -> int:
    """Where the part that opens there ends. A double kind is closed by any double kind, a guillemet by any."""
    kinds = _DOUBLE if text[opening] in _DOUBLE else QUOTES
    closing = re.compile(rf"\\[\\{QUOTES}]|[{kinds}]")
    for found in closing.finditer(text, opening + 1):
        if not found[0].startswith("\\"):
            return found.end()
    raise Refusal("quote-unclosed", part=text[opening:])


def _in_word(text: str, at: int) -> Refusal:
    start = text.rfind(" ", 0, at) + 1
    return Refusal("quote-in-word", word=text[start:].split(maxsplit=1)[0])
