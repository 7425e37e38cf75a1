from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.calendars import file_name
from bot.domain.ids import ChannelId, MemberId, SessionId, WebinarId, WorkspaceId
from bot.domain.webinars import Session, Webinar

START = datetime(2026, 12, 10, 15, 0, tzinfo=UTC)
WALL = datetime(2026, 12, 10, 16, 0)  # noqa: DTZ001 - wall time
SESSION = Session(
    SessionId(1), "afternoon", 0, WALL, WALL + timedelta(hours=2), START, START + timedelta(hours=2), None, 0, 0
)
WEBINAR = Webinar(
    WebinarId(1),
    WorkspaceId(1),
    1,
    "Regional reviews",
    "Europe/Zurich",
    ChannelId("C1"),
    MemberId(1),
    None,
    (SESSION,),
    (),
)


@pytest.mark.parametrize(
    ("title", "begins"),
    [
        ("Regional reviews", "regional-reviews-afternoon-"),
        ("Révision: «régionale»/2026", "revision-regionale-2026-afternoon-"),
        ("../../etc/passwd", "etc-passwd-afternoon-"),
        ("区域审查", "afternoon-"),
        ("x" * 200, "x" * 60 + "-"),
    ],
)
def test_a_files_name_is_plain_whatever_the_title(title: str, begins: str) -> None:
    name = file_name(replace(WEBINAR, title=title), SESSION, "key")
    assert re.fullmatch(re.escape(begins) + r"[0-9a-f]{5}\.ics", name)


def test_a_file_without_a_plain_letter_has_a_name_as_well() -> None:
    name = file_name(replace(WEBINAR, title="区域审查"), replace(SESSION, label="下午"), "key")
    assert re.fullmatch(r"calendar-[0-9a-f]{5}\.ics", name)


def test_files_of_two_deliveries_are_told_apart_by_their_names() -> None:
    assert file_name(WEBINAR, SESSION, "1:w1.s1:calendar-file:U1:0") != file_name(
        WEBINAR, SESSION, "1:w1.s1:calendar-file:U1:1"
    )
