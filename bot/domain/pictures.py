"""A picture of bars, ready worded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """`figures` say what the bar shows; `stand_in` names it where `text` can't be drawn."""

    text: str
    stand_in: str
    percent: int
    figures: str


@dataclass(frozen=True, slots=True)
class Picture:
    """`headline` stands between title and bars, `rows` below them.

    `stand_in` is for a title that can't be drawn; `left_out` is said below where any text can't be.
    """

    title: str
    stand_in: str
    bars: tuple[Bar, ...]
    rows: tuple[str, ...]
    left_out: str
    headline: str = ""
