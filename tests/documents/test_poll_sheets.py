"""Results as CSV and XLSX, read again as a spreadsheet does."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents import csv_tables, xlsx_tables
from bot.domain.poll_results import Objection, Result, Silence, SilenceProcedure, VoiceAnswer
from bot.domain.tables import Cell, Table
from bot.view import poll_results as view
from bot.view.texts import load
from tests.domain.polled import ANSWERS, CLOSED_AT, anonymous, named

TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc"]))


def tables(result: Result) -> tuple[Table, ...]:
    return view.tables(load().of(None), result)


def opened(made: tuple[Table, ...]) -> Mapping[str, Worksheet]:
    book = load_workbook(BytesIO(xlsx_tables.write(made, CLOSED_AT)))
    return {each.title: each for each in book.worksheets}


def lines(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(values_only=True))


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def one(cell: Cell) -> Table:
    return Table("T", ("Heading",), ((cell,),))


def test_a_workbook_holds_the_counts_the_answers_and_what_poll_it_is() -> None:
    sheets = opened(tables(named()))
    assert list(sheets) == ["Result", "Answers", "About the poll"]
    assert lines(sheets["Result"]) == [
        ("Option", "Votes", "Percent"),
        ("Event", 2, 100),
        ("Submission", 1, 50),
        ("Nothing yet", 0, 0),
        ("(abstained)", 1, None),
        ("(not answered)", 1, None),
    ]
    assert ("Question", "Which format?") in lines(sheets["About the poll"])
    assert ("Closed (UTC)", datetime(2026, 12, 10, 17, 0)) in lines(sheets["About the poll"])  # noqa: DTZ001 - a workbook has no zones


def test_by_mechanism_each_has_its_row_in_alphabetical_order() -> None:
    at = datetime(2026, 12, 10, 15, 0)  # noqa: DTZ001 - likewise
    assert lines(opened(tables(named()))["Answers"]) == [
        ("Mechanism", "Code", "Answer", "Given by", "How", "When (UTC)"),
        ("Almaty Process", "almaty", "not answered", None, None, None),
        ("Budapest Process", "budapest", "Event; Submission", "Li Wei", "by letter", at + timedelta(hours=2)),
        ("Éxodo Forum", "exodo", "abstained", "Ben Okoro", "by button", at),
        ("Puebla Process", "rcm", "Event", "Ana Ruiz", "by button", at + timedelta(hours=1)),
    ]


def test_by_person_each_has_their_row() -> None:
    people = tuple(VoiceAnswer(each.given.by, each.given) for each in ANSWERS if each.given)
    rows = lines(opened(tables(replace(named(), by_mechanism=False, answers=people)))["Answers"])
    assert rows[0] == ("Person", "Answer", "Given by", "How", "When (UTC)")
    assert [row[0] for row in rows[1:]] == ["Ana Ruiz", "Ben Okoro", "Li Wei"]


def test_objections_have_their_reasons_and_the_outcome_is_said() -> None:
    objected = Objection("Puebla Process", "Ana Ruiz", CLOSED_AT, "Too soon")
    result = replace(named(), silence=SilenceProcedure(Silence.OBJECTED, 1), objections=(objected,))
    sheets = opened(tables(result))
    assert lines(sheets["Objections"])[1][:3] == ("Puebla Process", "Too soon", "Ana Ruiz")
    assert ("Silence procedure", "Not adopted: 1 objection") in lines(sheets["About the poll"])


def test_an_anonymous_result_has_counts_and_reasons_and_nobodys_name() -> None:
    reasons = frozenset({"Too soon", "", "Too late"})
    result = replace(anonymous(), silence=SilenceProcedure(Silence.OBJECTED, 3), reasons=reasons)
    sheets = opened(tables(result))
    assert list(sheets) == ["Result", "Objections", "About the poll"]
    assert lines(sheets["Objections"]) == [("Reason",), ("Too late",), ("Too soon",)]


def test_headings_stand_out_and_stay_and_columns_are_wide_enough() -> None:
    long = replace(anonymous(options={"An option that is rather long": 1, "很长的选项" * 4: 0}))
    sheet = opened(tables(long))["Result"]
    assert sheet.freeze_panes == "A2"
    assert all(place.font.bold for place in sheet[1])
    assert not any(place.font.bold for place in sheet[2])
    assert sheet.column_dimensions["A"].width >= 40
    assert opened(tables(anonymous(options={"x" * 200: 1, "No": 0})))["Result"].column_dimensions["A"].width == 60


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\tx", '=HYPERLINK("http://x")', "＝1", " =1"]
)
def test_nothing_typed_is_calculated(text: str) -> None:
    place = opened((one(text),))["T"]["A2"]
    assert (place.value, place.data_type, place.quotePrefix) == (text, "s", True)
    assert read(csv_tables.write(one(text))) == [["Heading"], [f"'{text}"]]


@given(TYPED)
@example('a,b;c"d')
@example("نعم، مع تعديلات")
def test_csv_gives_back_what_was_typed(text: str) -> None:
    ((cell,),) = read(csv_tables.write(one(text)))[1:] or [[""]]
    assert cell.removeprefix("'") == text.removeprefix("'")
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))


@given(st.text(max_size=50))
@example("\x00\x0b\ufffe \ud800")
@example("نعم")
def test_any_text_makes_a_workbook_that_opens(text: str) -> None:
    place = opened((one(text),))["T"]["A2"]
    assert place.data_type in ("s", "n")
    if text.isprintable():
        assert (place.value or "") == text


def test_csv_is_marked_as_utf_8_and_has_instants_in_utc() -> None:
    kathmandu = CLOSED_AT.astimezone(timezone(timedelta(hours=5, minutes=45)))
    content = csv_tables.write(Table("T", ("When (UTC)", "Votes", "Nothing"), ((kathmandu, 3, None),)))
    assert content == "\ufeffWhen (UTC),Votes,Nothing\r\n2026-12-10 17:00,3,\r\n".encode()


def test_instants_are_dates_in_utc_and_numbers_are_numbers() -> None:
    kathmandu = CLOSED_AT.astimezone(timezone(timedelta(hours=5, minutes=45)))
    when, number = (opened((one(each),))["T"]["A2"] for each in (kathmandu, 3))
    assert when.is_date
    assert when.value == CLOSED_AT.replace(tzinfo=None)
    assert (number.value, number.data_type) == (3, "n")


def test_the_same_tables_are_the_same_bytes_whenever_they_are_written() -> None:
    content = xlsx_tables.write(tables(named()), CLOSED_AT)
    with ZipFile(BytesIO(content)) as archive:
        assert {each.date_time for each in archive.infolist()} == {xlsx_tables.PACKED}
    kept = load_workbook(BytesIO(content)).properties
    assert kept.created == kept.modified == CLOSED_AT.astimezone(UTC).replace(tzinfo=None)
    assert content == xlsx_tables.write(tables(named()), CLOSED_AT)


def test_labels_of_every_script_stand_in_both_files() -> None:
    options = {"نعم": 1, "是": 0, "Да": 0, "हाँ": 0, "😀": 0}
    first = tables(anonymous(options=options))[0]
    assert [row[0] for row in read(csv_tables.write(first))[1:]] == list(options)
    assert [row[0] for row in lines(opened((first,))["Result"])[1:]] == list(options)
