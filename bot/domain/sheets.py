"""Tables that people send in as files: lines of cells, counted as a spreadsheet counts them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeAlias

from bot.domain.refusals import Refusal

MOST_ROWS = 1_000
HEADED_WITHIN = 10
"""Among so many lines the headings are looked for: people put titles above them."""

Cell: TypeAlias = str | date
"""Text without white space around it, or a date that the file itself holds as one."""

Known: TypeAlias = Callable[[Sequence[Cell]], int]
"""How many of a line's cells are headings that are known."""


@dataclass(frozen=True, slots=True)
class Line:
    """`number` is the one that a spreadsheet shows beside it: empty lines count."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_filled(self) -> bool:
        return any(self.cells)

    def cell(self, place: int | None) -> Cell:
        return self.cells[place] if place is not None and place < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The line of headings, and what is filled in below it."""

    header: Line
    rows: tuple[Line, ...]


def beginning(lines: Iterable[Line]) -> list[Line]:
    """Where the headings may stand."""
    return list(islice((each for each in lines if each.is_filled), HEADED_WITHIN))


def framed(lines: Iterable[Line], known: Known) -> Sheet:
    """The lines as a sheet: its header is, near the beginning, the one with most headings that are known.

    Raises:
        Refusal("sheet-empty"), Refusal("sheet-too-long")
    """
    filled = list(islice((each for each in lines if each.is_filled), HEADED_WITHIN + MOST_ROWS + 1))
    if not filled:
        raise Refusal("sheet-empty")
    place = max(range(min(len(filled), HEADED_WITHIN)), key=lambda each: known(filled[each].cells))
    rows = filled[place + 1 :]
    if len(rows) > MOST_ROWS:
        raise Refusal("sheet-too-long", limit=MOST_ROWS)
    return Sheet(filled[place], tuple(rows))
