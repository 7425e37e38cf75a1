"""Tables as a workbook (.xlsx), a sheet each. The same tables make the same bytes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as Place
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.domain.tables import Cell, Table

NARROWEST, WIDEST = 10, 60
"""Columns, in digits of the standard font; longer texts are wrapped."""

INSTANT = "yyyy-mm-dd hh:mm"
PACKED = (1980, 1, 1, 0, 0, 0)
"""When each part of the archive was packed: ZIP knows no earlier time."""

_SAVED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML can't hold (XML 1.0, Char)."""


def write(tables: Sequence[Table], written_at: datetime) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "Convene"
    book.properties.created = written_at.astimezone(UTC).replace(tzinfo=None)
    for table in tables:
        _fill(book.create_sheet(table.title), table)
    held = BytesIO()
    book.save(held)
    return _repacked(held.getvalue(), written_at)


def _fill(sheet: Worksheet, table: Table) -> None:
    sheet.freeze_panes = "A2"
    for line in (table.headings, *table.rows):
        sheet.append([_place(sheet, cell) for cell in line])
    for place in sheet[1]:
        place.font = Font(bold=True)
    for column, cells in enumerate(zip(table.headings, *table.rows, strict=True), 1):
        sheet.column_dimensions[get_column_letter(column)].width = _width(cells)


def _place(sheet: Worksheet, cell: Cell) -> Place:
    place = Place(sheet, row=1, column=1)  # until it is appended
    place.alignment = Alignment(vertical="top", wrap_text=isinstance(cell, str))
    match cell:
        case str():
            place.value = _UNWRITABLE.sub("", cell) or None
            place.data_type = "s" if place.value else "n"  # never a formula, whatever it begins with
            place.quotePrefix = True  # nor once somebody has edited it
        case datetime():
            place.value = cell.astimezone(UTC).replace(tzinfo=None)
            place.number_format = INSTANT
        case _:
            place.value = cell
    return place


def _width(cells: Sequence[Cell]) -> int:
    longest = max(_length(line) for cell in cells for line in _text(cell).split("\n"))
    return min(max(longest + 2, NARROWEST), WIDEST)


def _text(cell: Cell) -> str:
    return INSTANT if isinstance(cell, datetime) else str(cell)


def _length(line: str) -> int:
    """In digits: Chinese characters and their like are twice as wide."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def _repacked(content: bytes, written_at: datetime) -> bytes:
    """Without the time of day, which openpyxl puts into the archive and gives as the workbook's last change."""
    saved = rf"\g<1>{written_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode()
    held = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(held, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _SAVED.sub(saved, part)
            new.writestr(ZipInfo(name, PACKED), part, ZIP_DEFLATED)
    return held.getvalue()
