"""CSV as spreadsheets of all countries write it."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from io import StringIO

from bot.domain.refusals import Refusal
from bot.domain.sheets import Known, Line, Sheet, beginning, framed

DELIMITERS = (",", ";", "\t")
MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
WINDOWS = "cp1252"
"""What Excel writes as CSV in Western Europe and the Americas, where it isn't told to write UTF-8."""

NUL = "\0"


def read(content: bytes, known: Known) -> Sheet:
    """The sheet, by the delimiter under which most headings are known.

    Raises:
        Refusal("sheet-encoding"), Refusal("sheet-unreadable"): it is no text.
        Refusal("sheet-quotes"): quotation marks that don't pair; `row` is where.
        Refusal("sheet-empty"), Refusal("sheet-too-long")
    """
    text = _text(content)
    if NUL in text:
        raise Refusal("sheet-unreadable")
    return framed(_lines(text, max(DELIMITERS, key=lambda each: _headings(text, each, known))), known)


def _headings(text: str, delimiter: str, known: Known) -> int:
    try:
        return max((known(each.cells) for each in beginning(_lines(text, delimiter))), default=0)
    except Refusal:
        return 0


def _lines(text: str, delimiter: str) -> Iterator[Line]:
    number = 0
    try:
        for number, cells in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            yield Line(number, tuple(each.strip() for each in cells))
    except csv.Error:
        raise Refusal("sheet-quotes", row=number + 1) from None


def _text(content: bytes) -> str:
    for encoding in _encodings(content):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("sheet-encoding")


def _encodings(content: bytes) -> tuple[str, ...]:
    """UTF-16 without its mark is known by the zero in every other byte."""
    for mark, encoding in MARKED:
        if content.startswith(mark):
            return (encoding,)
    for place, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if content[place::2].count(0) > len(content) / 4:
            return (encoding,)
    return ("utf-8", WINDOWS)
