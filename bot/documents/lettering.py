"""Which letters the fonts that come with the bot can draw, and what stands for those that they can't."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import groupby
from pathlib import Path

import manimgx_fonts
import manimgx_fonts_cjk
from fontTools.ttLib import TTFont

from bot.domain.folding import without_hiding, without_invisible

FOLDERS = tuple(Path(each.__file__).parent for each in (manimgx_fonts, manimgx_fonts_cjk))

GAP = "[…]"
"""Stands for what can't be drawn."""

PIECE = 14
"""Characters after which a word may be broken that no line holds."""

_HAN = {
    "Noto Sans CJK JP": re.compile("[\u3040-\u30ff]"),
    "Noto Sans CJK KR": re.compile("[\u1100-\u11ff\uac00-\ud7af]"),
}
_CHINESE = "Noto Sans CJK SC"
_KEYCAP = re.compile("([0-9#*])\ufe0f?\u20e3")
"""A digit in a key, as emoji: fonts hold the digit and the key apart, and one would be drawn across the other."""

_UNBROKEN = re.compile(r"[^\s\u200b\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\U0010ffff]{28,}")
"""Long words, but of scripts that are broken without spaces: Thai, Lao, Burmese, Khmer, Chinese, Japanese, Korean."""


def is_drawable(text: str) -> bool:
    return all(map(_is_covered, _clean(text)))


def drawable(text: str, stand_in: str) -> str:
    """`text`; where some of it can't be drawn, `stand_in` and the rest with gaps, or `stand_in` alone."""
    cleaned = _clean(text)
    if is_drawable(text):
        return cleaned
    kept = "".join("".join(run) if covered else GAP for covered, run in groupby(cleaned, key=_is_covered))
    return f"{stand_in}: {kept}" if any(map(str.isalnum, kept)) else stand_in


def breakable(text: str) -> str:
    """`text` with places to break in words that are longer than a line, as addresses are."""
    return _UNBROKEN.sub(lambda found: "\u200b".join(_pieces(found[0])), text)


def runs_right_to_left(text: str) -> bool:
    """By its first letter that has a direction (UAX #9, P2)."""
    directions = map(unicodedata.bidirectional, text)
    return next((each != "L" for each in directions if each in ("L", "R", "AL")), False)


def chinese_font(text: str) -> str:
    """The family that writes Chinese characters as the language of `text` does, as far as it shows."""
    return next((family for family, shows in _HAN.items() if shows.search(text)), _CHINESE)


def _clean(text: str) -> str:
    """Without controls, but for the ends of lines, and without keys around digits."""
    lines = _KEYCAP.sub(r"\1", without_hiding(text)).splitlines()
    return "\n".join(
        "".join(char for char in line if unicodedata.category(char) != "Cc" or char == "\t") for line in lines
    )


def _is_covered(char: str) -> bool:
    """What shows nothing by itself needs no glyph."""
    return (
        ord(char) in _covered() or char.isspace() or not without_invisible(char) or unicodedata.category(char) == "Cf"
    )


def _pieces(word: str) -> list[str]:
    """Never between a letter and what is set on it."""
    pieces = [""]
    for char in word:
        if len(pieces[-1]) >= PIECE and not unicodedata.category(char).startswith(("M", "Cf")):
            pieces.append("")
        pieces[-1] += char
    return pieces


@cache
def _covered() -> frozenset[int]:
    """The code points for which some font has a glyph."""
    files = sorted(file for folder in FOLDERS for file in folder.glob("*.tt[fc]"))
    return frozenset(code for file in files for code in _code_points(file))


def _code_points(file: Path) -> frozenset[int]:
    with TTFont(file, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())
