"""A table as CSV that Excel opens as it is meant: UTF-8 with its mark, and nothing in it becomes a formula."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import StringIO

from bot.domain.tables import Cell, Table

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell may begin with that a spreadsheet calculates (OWASP, CSV Injection), full width as well."""


def write(table: Table) -> bytes:
    held = StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow(map(_written, table.headings))
    writer.writerows(map(_written, row) for row in table.rows)
    return held.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell.astimezone(UTC):%Y-%m-%d %H:%M}"
        case int():
            return str(cell)
        case str():
            return _defused(cell)


def _defused(text: str) -> str:
    """An apostrophe before what would be calculated, also where blanks before it would be passed over."""
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text
