"""Files as people send them: of any program, country and age."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents import sheets
from bot.documents.sheets import ENCRYPTED, OLE
from bot.domain.import_columns import known
from bot.domain.refusals import Refusal
from bot.domain.sheets import MOST_ROWS, Cell, Sheet
from tests.documents.workbooks import rewritten, workbook
from tests.domain import refused

HEADER = ("Mechanism", "Person", "Role")
ROW = ("Processus de Médie", "Ms Ñandú", "chair")
SHEET = "xl/worksheets/sheet1.xml"


def csv(*rows: Sequence[str], delimiter: str = ",") -> str:
    return "".join(delimiter.join(row) + "\r\n" for row in rows)


def cells(sheet: Sheet) -> list[tuple[Cell, ...]]:
    return [each.cells for each in sheet.rows]


def read(content: bytes) -> Sheet:
    return sheets.read(content, known)


def key(content: bytes) -> str:
    return refused.key(lambda: read(content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_the_encodings_and_with_the_delimiters_that_programs_write(
    encoding: str, delimiter: str
) -> None:
    sheet = read(csv(HEADER, ROW, delimiter=delimiter).encode(encoding))
    assert sheet.header.cells == HEADER
    assert cells(sheet) == [ROW]


@pytest.mark.parametrize(
    ("text", "number", "row"),
    [
        (csv(HEADER, ROW), 2, ROW),
        (csv(HEADER, (), ("", "", ""), ROW), 4, ROW),
        (csv(("Representatives in 2026",), (), HEADER, ROW), 4, ROW),
        ("sep=;\n" + csv(HEADER, ROW, delimiter=";"), 3, ROW),
        (csv((*HEADER, "", ""), (*ROW, "", "")), 2, (*ROW, "", "")),
        (csv(HEADER, (" PIDC ", "\xa0Ms A\xa0", "chair ")), 2, ("PIDC", "Ms A", "chair")),
        (csv(HEADER, ('"A, B; C"', '"Ms ""A"" B"', "chair")), 2, ("A, B; C", 'Ms "A" B', "chair")),
        (csv(HEADER, ('"two\nlines"', "Ms A", "chair")), 2, ("two\nlines", "Ms A", "chair")),
        (csv(HEADER, ("A;B", "C;D", "E;F")), 2, ("A;B", "C;D", "E;F")),
        (csv(HEADER, ROW).replace("\r\n", "\r"), 2, ROW),
        (csv(HEADER, ROW).rstrip(), 2, ROW),
        (csv(HEADER, ("PIDC",)), 2, ("PIDC",)),
    ],
    ids=[
        "plain", "empty lines", "a title", "sep=", "trailing columns", "white space", "quotes", "a line break",
        "another delimiter inside", "old Mac", "no last line end", "a short row",
    ],
)  # fmt: skip
def test_csv_is_read_as_spreadsheets_mean_it(text: str, number: int, row: tuple[str, ...]) -> None:
    sheet = read(text.encode())
    assert (sheet.rows[0].number, sheet.rows[0].cells) == (number, row)
    assert len(sheet.rows) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "sheet-empty"),
        (b"\r\n , ,\r\n", "sheet-empty"),
        ((csv(HEADER) + '"open, Ms A, chair\n').encode(), "sheet-quotes"),
        ((csv(HEADER) + '"a"b, Ms A, chair\n').encode(), "sheet-quotes"),
        ((csv(HEADER) + '"' + "x" * 200_000 + '"\n').encode(), "sheet-quotes"),
        (b"Mechanism,Person,Role\n\x81\x8d,a,b\n", "sheet-encoding"),
        (b"\xff\xfeM\x00e\x00c\x00\xd8", "sheet-encoding"),
        (b"Mechanism,Person,Role\nPIDC,\x00,chair\n", "sheet-unreadable"),
        (csv(HEADER, *([ROW] * (MOST_ROWS + 1))).encode(), "sheet-too-long"),
        (OLE + bytes(600), "sheet-old"),
        (OLE + bytes(600) + ENCRYPTED, "sheet-locked"),
        (b"\n<!DOCTYPE html><html><title>Slack</title>", "sheet-page"),
        (b"PK\x03\x04" + bytes(100), "sheet-unreadable"),
    ],
)
def test_what_is_no_sheet_is_refused_with_what_it_is(content: bytes, why: str) -> None:
    assert key(content) == why


def test_as_many_rows_as_there_may_be_are_read() -> None:
    assert len(read(csv(HEADER, *([ROW] * MOST_ROWS)).encode()).rows) == MOST_ROWS
    assert len(read(workbook([HEADER, *([ROW] * MOST_ROWS)])).rows) == MOST_ROWS
    assert key(workbook([HEADER, *([ROW] * (MOST_ROWS + 1))])) == "sheet-too-long"


def test_a_row_is_refused_by_the_number_that_a_spreadsheet_shows() -> None:
    with pytest.raises(Refusal) as refusal:
        read((csv(HEADER, (), ROW) + '"a"b,c,d\n').encode())
    assert refusal.value.facts["row"] == 4


def test_a_workbook_holds_texts_numbers_and_true_dates() -> None:
    midnight = datetime.fromisoformat("2026-12-31")
    days = date(2026, 1, 1), midnight, time(9, 30)
    row = ("PIDC", "  Ms A ", 2026, 2026.0, 1.5, *days, True, None, "x")
    (line,) = read(workbook([(*HEADER, *"abcdefgh"), row])).rows
    assert line.cells == (
        "PIDC", "Ms A", "2026", "2026", "1.5", date(2026, 1, 1), date(2026, 12, 31), "09:30:00", "True", "", "x",
    )  # fmt: skip


def test_a_workbook_of_one_sheet_may_have_a_merged_title_and_empty_rows() -> None:
    def merge(_: Workbook, sheet: Worksheet) -> None:
        sheet.insert_rows(1, 2)
        sheet["A1"] = "Representatives"
        sheet.merge_cells("A1:C1")
        sheet.freeze_panes = "A4"

    sheet = read(workbook([HEADER, ROW, (None, "", " "), ROW], merge))
    assert (sheet.header.number, [each.number for each in sheet.rows]) == (3, [4, 6])


def test_the_first_sheet_with_headings_that_is_not_hidden_is_read() -> None:
    def add(book: Workbook, sheet: Worksheet) -> None:
        hidden, asked, last = (book.create_sheet(each) for each in ("hidden", "asked", "last"))
        hidden.sheet_state = "hidden"
        for each in (hidden, asked, last):
            each.append(HEADER)
            each.append((each.title, "Ms A", "chair"))
        sheet.append(("Please fill in the next sheet",))

    assert cells(read(workbook([], add))) == [("asked", "Ms A", "chair")]


def test_a_sheet_that_is_larger_than_it_says_is_read_whole() -> None:
    wrong = rewritten(workbook([HEADER, ROW, ROW]), SHEET, lambda part: part.replace(b'ref="A1:C3"', b'ref="A1"'))
    assert cells(read(wrong)) == [ROW, ROW]


def test_a_stray_cell_far_away_is_a_row_of_its_own() -> None:
    def stray(_: Workbook, sheet: Worksheet) -> None:
        sheet["XFD1048576"] = "stray"

    assert [each.number for each in read(workbook([HEADER, ROW], stray)).rows] == [2, 1_048_576]


def test_a_formula_is_what_the_program_last_made_of_it() -> None:
    formula = workbook([HEADER, ("=A1", "Ms A", "chair")])
    assert key(formula) == "sheet-formula"
    cached = rewritten(
        formula, SHEET, lambda part: part.replace(b"<v></v>", b"<v>42</v>").replace(b"<v />", b"<v>42</v>")
    )
    assert cells(read(cached)) == [("42", "Ms A", "chair")]
    assert key(workbook([HEADER, ("PIDC", "#N/A", "chair")])) == "sheet-formula"


def test_text_that_looks_like_a_formula_or_an_error_is_text_in_csv() -> None:
    assert cells(read(csv(HEADER, ("=A1", "#N/A", "+1")).encode())) == [("=A1", "#N/A", "+1")]


def test_an_extension_says_nothing() -> None:
    assert cells(read(workbook([HEADER, ROW]))) == cells(read(csv(HEADER, ROW).encode()))


def archive(**parts: bytes) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return held.getvalue()


def with_an_entity(part: bytes) -> bytes:
    named = part.replace("Processus de Médie".encode(), b"&a;")
    assert named != part
    return named.replace(b"<worksheet", b'<!DOCTYPE worksheet [<!ENTITY a "PIDC">]><worksheet', 1)


SHARED = {
    "[Content_Types].xml": """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Override PartName="/xl/workbook.xml"
            ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
        <Override PartName="/xl/sharedStrings.xml"
            ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>""",
    "xl/workbook.xml": """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/>
        <sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": """<Relationships
        xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
        Target="worksheets/sheet1.xml"/></Relationships>""",
    "xl/sharedStrings.xml": """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
        <si><t>Mechanism</t></si><si><t>Role</t></si><si>
        <r><t xml:space="preserve">Colombo </t></r><r><t>Process</t></r></si></sst>""",
    "xl/worksheets/sheet1.xml": """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
        <sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
        <row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3" t="inlineStr"><is><t>chair</t></is></c></row></sheetData>
        </worksheet>""",
}
"""As Excel writes texts: once each, apart from the cells, and in pieces where their letters differ."""


def test_texts_that_stand_apart_from_their_cells_are_found() -> None:
    (line,) = read(archive(**{name: part.encode() for name, part in SHARED.items()})).rows
    assert (line.number, line.cells) == (3, ("Colombo Process", "chair"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (archive(bomb=bytes(20_000_001)), "sheet-too-large"),
        (archive(**{f"bomb{each}": bytes(1_100_000) for each in range(20)}), "sheet-too-large"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "sheet-unreadable"),
        (rewritten(workbook([HEADER, ROW]), SHEET, with_an_entity), "sheet-unreadable"),
        (rewritten(workbook([HEADER, ROW]), SHEET, lambda part: part[: len(part) // 2]), "sheet-unreadable"),
        (
            rewritten(workbook([HEADER, ROW]), SHEET, lambda part: part.replace(b'r="2"', b'r="99999999999"')),
            "sheet-unreadable",
        ),
        (
            rewritten(workbook([HEADER, ROW]), SHEET, lambda part: part.replace(b'<c r="A2"', b'<c r="ZZZZ2"')),
            "sheet-unreadable",
        ),
        (workbook([HEADER, ROW])[:-40], "sheet-unreadable"),
        (workbook([]), "sheet-empty"),
    ],
    ids=["bomb", "small bombs", "ods", "entities", "half", "far row", "far column", "cut", "empty"],
)
def test_an_archive_that_is_no_workbook_or_a_trap_is_refused(content: bytes, why: str) -> None:
    assert key(content) == why


@given(st.binary(max_size=2000) | st.text(alphabet=',;\t\n\r"\0 <éPKa', max_size=500).map(str.encode))
@example(b"PK")
@example(b'"')
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
def test_any_bytes_end_in_rows_or_a_refusal(content: bytes) -> None:
    try:
        sheet = read(content)
    except Refusal:
        return
    assert sheet.header.is_filled
    assert all(each.is_filled for each in sheet.rows)


WHOLE = workbook([HEADER, ROW])


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_ends_in_rows_or_a_refusal(place: int, damage: bytes) -> None:
    try:
        read(WHOLE[:place] + damage + WHOLE[place + len(damage) :])
    except Refusal:
        return
