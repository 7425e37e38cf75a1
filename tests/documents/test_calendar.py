"""A calendar file against RFC 5545."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.documents.calendar import LINE, Event, escape, fold, ics

START = datetime(2026, 12, 10, 15, 0, tzinfo=UTC)
TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]))
"""What people type, without controls and line ends."""

LINES = st.lists(TYPED).map("\n".join)
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]))


def event(summary: str = "Regional reviews (afternoon)", description: str = "", location: str | None = None) -> Event:
    return Event(
        uid="w1.s2.m3@t1.convene",
        sequence=4,
        written_at=START - timedelta(days=1),
        starts_at=START,
        ends_at=START + timedelta(hours=2),
        summary=summary,
        description=description,
        location=location,
    )


def unfolded(content: bytes) -> list[str]:
    """The content lines, as a calendar program reads them (RFC 5545, 3.1)."""
    return content.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def value_of(content: bytes, name: str) -> str:
    (value,) = [line.partition(":")[2] for line in unfolded(content) if line.startswith(f"{name}:")]
    return unescaped(value)


@given(LINES, LINES)
@example("a, b; c\\n", "\\\n\\n")
@example(" begins with a space", "\ttab")
def test_a_calendar_program_reads_the_texts_as_they_are(summary: str, description: str) -> None:
    content = ics(event(summary, description, summary))
    assert value_of(content, "SUMMARY") == summary
    assert value_of(content, "DESCRIPTION") == description
    assert value_of(content, "LOCATION") == summary


@given(ANYTHING)
@example("é" * 200)
@example("😀" * 100)
def test_no_line_is_too_long_and_no_character_cut_in_two(text: str) -> None:
    content = ics(event(text, text))
    assert content.endswith(b"\r\n")
    for line in content.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= LINE
        assert line.decode()


@given(ANYTHING)
def test_nothing_that_was_typed_becomes_a_line_of_its_own(text: str) -> None:
    names = [re.split("[:;]", line, maxsplit=1)[0] for line in unfolded(ics(event(text, text)))]
    assert names == [re.split("[:;]", line, maxsplit=1)[0] for line in unfolded(ics(event("plain", "plain")))]
    assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", escape(text))


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028", "\x85", "\v"])
def test_every_kind_of_line_end_is_one(end: str) -> None:
    assert escape(f"one{end}two") == r"one\ntwo"


def test_a_line_is_folded_as_late_as_it_may_be() -> None:
    assert fold("x" * LINE) == b"x" * LINE + b"\r\n"
    assert fold("x" * (LINE + 1)) == b"x" * LINE + b"\r\n x\r\n"
    assert fold("x" * (2 * LINE)) == b"x" * LINE + b"\r\n " + b"x" * (LINE - 1) + b"\r\n x\r\n"


def test_a_whole_file() -> None:
    assert unfolded(
        ics(event(description="Host time: 16:00–18:00 (Zurich)", location="https://meet.example.org/w1"))
    ) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Convene//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:w1.s2.m3@t1.convene",
        "SEQUENCE:4",
        "DTSTAMP:20261209T150000Z",
        "DTSTART:20261210T150000Z",
        "DTEND:20261210T170000Z",
        "SUMMARY:Regional reviews (afternoon)",
        "DESCRIPTION:Host time: 16:00–18:00 (Zurich)",
        "LOCATION:https://meet.example.org/w1",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_times_are_said_in_utc_whatever_zone_they_come_in() -> None:
    from_kathmandu = START.astimezone(timezone(timedelta(hours=5, minutes=45)))
    content = ics(Event("u", 0, START, from_kathmandu, START + timedelta(hours=1), "s", "d"))
    assert "DTSTART:20261210T150000Z" in unfolded(content)
    assert "LOCATION" not in content.decode()
