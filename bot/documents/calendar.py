"""A session as an iCalendar file (RFC 5545), which every calendar program opens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

LINE = 75
"""Octets of a line, without its end (RFC 5545, 3.1)."""

_SPECIAL = re.compile(r"[\\;,\n]")
_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""What a text can't hold (RFC 5545, 3.3.11), once line ends are one kind."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry in a calendar. `sequence` rises with each change that matters; `written_at` is when this was made.

    A program that knows the `uid` changes its entry instead of adding one.
    """

    uid: str
    sequence: int
    written_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    location: str | None = None


def ics(event: Event) -> bytes:
    """A whole file with the one event."""
    location = [] if event.location is None else [f"LOCATION:{escape(event.location)}"]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Convene//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{escape(event.uid)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_utc(event.written_at)}",
        f"DTSTART:{_utc(event.starts_at)}",
        f"DTEND:{_utc(event.ends_at)}",
        f"SUMMARY:{escape(event.summary)}",
        f"DESCRIPTION:{escape(event.description)}",
        *location,
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(fold(each) for each in lines)


def escape(text: str) -> str:
    """`text` as a TEXT value (RFC 5545, 3.3.11). Controls that it can't hold are left out."""
    plain = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    return _SPECIAL.sub(lambda found: r"\n" if found[0] == "\n" else "\\" + found[0], plain)


def fold(line: str) -> bytes:
    """A content line in pieces of at most `LINE` octets, none of which cuts a character in two (RFC 5545, 3.1)."""
    pieces, room = [bytearray()], LINE
    for octets in (char.encode() for char in line):
        if len(pieces[-1]) + len(octets) > room:
            pieces.append(bytearray())
            room = LINE - 1  # the space that begins it
        pieces[-1] += octets
    return b"\r\n ".join(pieces) + b"\r\n"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
