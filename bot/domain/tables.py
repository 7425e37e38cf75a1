"""Tables that are handed out as files, ready worded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

Cell: TypeAlias = str | int | datetime | None
"""An instant is written in UTC, which its heading says; None leaves the cell empty."""


@dataclass(frozen=True, slots=True)
class Table:
    """`title` names its sheet in a workbook, in at most 31 characters."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
