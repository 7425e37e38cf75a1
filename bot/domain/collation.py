"""The alphabetical order of names, as people sort them."""

from __future__ import annotations

from bot.domain import spellings
from bot.domain.folding import fold

_PLAIN = str.maketrans(
    {"æ": "ae", "ð": "d", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "œ": "oe", "þ": "th", "ŧ": "t"}
)
"""Letters that Unicode takes for no accented form of another, but readers of a list do."""


def collated(name: str) -> tuple[str, str, str]:
    """What names are sorted by: their words without case, accents and punctuation; the rest only parts equals."""
    return " ".join(spellings.words(name)).translate(_PLAIN), fold(name), name
