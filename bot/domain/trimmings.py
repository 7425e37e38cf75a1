"""What people put around words: end punctuation, brackets, bullets, emoji."""

from __future__ import annotations

import re
import unicodedata

REFUSING = "❌✖✗✘❎👎🚫⛔🙅"
"""Emoji that say no: they are no trimming."""

_REFUSING_NAMES = frozenset({
    "x", "-1", "thumbsdown", "no_entry", "no_entry_sign", "no_good", "man-gesturing-no", "woman-gesturing-no",
    "heavy_multiplication_x", "negative_squared_cross_mark",
})  # fmt: skip
_EMOJI_NAME = re.compile(r"(?<!\w):(?P<name>[a-z0-9_+'-]*[a-z0-9_][a-z0-9_+'-]*):(?::skin-tone-\d:)?(?!\w)")
_OPENING = frozenset({"Ps", "Pi", "Pf", "So", "Sk", "Me"})
_CLOSING = frozenset({"Pe", "Pi", "Pf", "Po", "So", "Sk", "Me"})
_BOTH = "'\"`*_~"
_BULLETS = "¿¡•·>"
_PARTS = "#@%&/\\"  # punctuation that belongs to a word


def trim(folded: str) -> str:
    """Folded text without what stands around its words: `"✅ (afternoon), :pray:"` is `afternoon`; `-1` stays."""
    named = _EMOJI_NAME.sub(lambda emoji: emoji[0] if emoji["name"] in _REFUSING_NAMES else " ", folded)
    return " ".join(filter(None, map(_bare, named.split())))


def _bare(word: str) -> str:
    if _EMOJI_NAME.fullmatch(word):
        return word
    start, end = 0, len(word)
    while start < end and _is_trimming(word[start], _OPENING, _BOTH + _BULLETS):
        start += 1
    while start < end and _is_trimming(word[end - 1], _CLOSING, _BOTH):
        end -= 1
    return word[start:end]


def _is_trimming(char: str, kinds: frozenset[str], others: str) -> bool:
    return char in others or (unicodedata.category(char) in kinds and char not in _PARTS + REFUSING)
