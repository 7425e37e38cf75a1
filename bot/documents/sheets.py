"""A file that somebody sent in as a sheet. What it is, its bytes say: names and extensions are often wrong."""

from __future__ import annotations

from bot.documents import csv_sheets, xlsx_sheets
from bot.domain.refusals import Refusal
from bot.domain.sheets import Known, Sheet

ZIP = b"PK"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""A compound file ([MS-CFB] 2.2): a workbook of before 2007, or one of today under a password."""

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds a workbook under a password ([MS-OFFCRYPTO] 2.3.4.4)."""

PAGE = (b"<!doctype html", b"<html")


def read(content: bytes, known: Known) -> Sheet:
    """The sheet in the bytes of a file; `known` says which line of it holds the headings.

    Raises:
        Refusal("sheet-locked"), Refusal("sheet-old"), Refusal("sheet-page")
        Refusal: those of `csv_sheets.read` and `xlsx_sheets.read`.
    """
    if content.startswith(OLE):
        raise Refusal("sheet-locked" if ENCRYPTED in content else "sheet-old")
    if content[:200].lstrip().lower().startswith(PAGE):
        raise Refusal("sheet-page")
    return xlsx_sheets.read(content, known) if content.startswith(ZIP) else csv_sheets.read(content, known)
