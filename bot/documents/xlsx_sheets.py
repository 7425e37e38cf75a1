"""XLSX, read for its values alone."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES

from bot.domain.refusals import Refusal
from bot.domain.sheets import Cell, Known, Line, Sheet, beginning, framed

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MOST_UNPACKED_MB = 20
MOST_CELLS = 1_000_000
LAST_ROW = 1_048_576
"""Excel's own."""

ENOUGH_HEADINGS = 2


def read(content: bytes, known: Known) -> Sheet:
    """The first sheet that has headings; hidden ones are passed over, and formulas are what Excel last made of them.

    Raises:
        Refusal("sheet-too-large"): unpacked, whatever it says of itself.
        Refusal("sheet-formula"): Excel has not yet made anything of it, or an error; `row` is where.
        Refusal("sheet-unreadable"): it is no workbook, or a broken one.
        Refusal("sheet-empty"), Refusal("sheet-too-long")
    """
    try:
        _check_size(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of what it leaves out: styles, rules, pictures
            return _read(content, known)
    except Refusal:
        raise
    except Exception as error:  # of any make: whatever openpyxl stumbles over is unreadable
        raise Refusal("sheet-unreadable") from error


def _check_size(content: bytes) -> None:
    """What an entry says of itself holds: `zipfile` unpacks no more of it."""
    with ZipFile(BytesIO(content)) as archive:
        unpacked = sum(each.file_size for each in archive.infolist())
    if unpacked > MOST_UNPACKED_MB * 1_000_000:
        raise Refusal("sheet-too-large", limit=MOST_UNPACKED_MB)


def _read(content: bytes, known: Known) -> Sheet:
    """Twice: openpyxl gives what formulas came to, or that they are formulas."""
    values = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    formulas = load_workbook(BytesIO(content), read_only=True, keep_links=False)
    place = _chosen(values.worksheets, known)
    return framed(_checked(values.worksheets[place], formulas.worksheets[place]), known)


def _chosen(sheets: Sequence[ReadOnlyWorksheet], known: Known) -> int:
    """Else the first that is seen, or the first."""
    seen = [place for place, each in enumerate(sheets) if each.sheet_state == "visible"]
    for place in seen:
        headings = (known(each.cells) for each in beginning(_lines(sheets[place])))
        if max(headings, default=0) >= ENOUGH_HEADINGS:
            return place
    return next(iter(seen), 0)


def _lines(sheet: ReadOnlyWorksheet) -> Iterator[Line]:
    sheet.reset_dimensions()  # some programs write a wrong size, by which rows would be left out
    left = MOST_CELLS
    rows = sheet.iter_rows(values_only=True)  # type: ignore[misc] # its stubs know no sheets that are only read
    for number, row in enumerate(rows, 1):
        left -= len(row)
        if left < 0 or number > LAST_ROW:
            raise Refusal("sheet-unreadable")
        if row:
            yield Line(number, tuple(map(_cell, row)))


def _checked(values: ReadOnlyWorksheet, formulas: ReadOnlyWorksheet) -> Iterator[Line]:
    formulas.reset_dimensions()
    written = (row for row in formulas.iter_rows() if row)  # type: ignore[misc] # likewise
    for line, row in zip(_lines(values), written, strict=True):
        for text, cell in zip(line.cells, row, strict=True):
            if text in ERROR_CODES or (cell.data_type == "f" and text == ""):
                raise Refusal("sheet-formula", row=line.number)
        yield line


def _cell(value: object) -> Cell:
    match value:
        case None:
            return ""
        case datetime():
            return value.date()
        case date():
            return value
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()
