"""A poll's result as a picture (PNG): bars with their figures, legible in black and white, for a phone's width.

Typst sets the text: it shapes letters, runs them in both directions within a line, finds for each the font that has it,
and breaks lines as each script does. It sees only the fonts that come with the bot, so that the same picture has the
same bytes on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TypeAlias

import typst

from bot.documents.lettering import FOLDERS, breakable, chinese_font, drawable, is_drawable, runs_right_to_left
from bot.domain.pictures import Bar, Picture

WIDTH = 1_200
"""Pixels, of a page that is 480 points wide."""

PPI = WIDTH * 72 / 480

FIRST = "Noto Sans"
LAST = ("Noto Sans Symbols", "Noto Emoji")
"""Families: figures look alike in all texts, and emoji are what no other font has."""

Said: TypeAlias = dict[str, str | bool | list[str]]


def draw(picture: Picture) -> bytes:
    """The picture as a PNG, as high as its texts need."""
    texts = (picture.title, *(each.text for each in picture.bars))
    whole = all(map(is_drawable, texts))
    rows = picture.rows if whole else (*picture.rows, picture.left_out)
    return _drawn(
        {
            "rtl": 2 * sum(map(runs_right_to_left, texts)) > len(texts),  # most decide where bars begin
            "title": _said(drawable(picture.title, picture.stand_in)),
            "headline": _said(picture.headline) if picture.headline else None,
            "bars": [_bar(each) for each in picture.bars],
            "rows": [_said(each) for each in rows],
        }
    )


def _bar(bar: Bar) -> dict[str, Said | int]:
    return {
        "text": _said(drawable(bar.text, bar.stand_in)),
        "percent": bar.percent,
        "figures": _said(bar.figures),
    }


def _said(text: str) -> Said:
    """A text with the direction it begins in, and the fonts to try for each of its letters."""
    families = [each for each in _fonts().families() if "CJK" not in each and each not in (FIRST, *LAST)]
    return {
        "text": breakable(text),
        "rtl": runs_right_to_left(text),
        "fonts": [FIRST, *families, chinese_font(text), *LAST],
    }


def _drawn(picture: Mapping[str, object]) -> bytes:
    page = resources.files("bot").joinpath("documents", "poll_picture.typ").read_bytes()
    inputs = {"picture": json.dumps(picture)}
    drawn = typst.compile(page, format="png", ppi=PPI, font_paths=_fonts(), sys_inputs=inputs)
    if not isinstance(drawn, bytes):
        raise TypeError("one page makes one picture")
    return drawn


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(FOLDERS))
