from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.leads import Lead
from bot.domain.webinar_entries import SessionEntry, WebinarEdit, WebinarEntry, read, read_change
from bot.domain.webinar_grammar import parse
from bot.domain.webinar_plans import NewWebinar
from tests.domain.refused import wall

MORNING, AFTERNOON = SessionEntry("morning", "09:00", "11:00"), SessionEntry("afternoon", "16:00", "18:00")
FILLED = WebinarEntry(
    "Regional reviews", "Geneva", "2026-12-10", (MORNING, AFTERNOON), "40", "https://x.org/a", "1d 1h", "C1"
)


def test_a_form_is_read_into_what_a_typed_webinar_is_read_into() -> None:
    typed = parse(
        'new "Regional reviews" on 2026-12-10 in Geneva morning 09:00-11:00, afternoon 16:00-18:00 '
        "seats 40 link https://x.org/a remind 1d 1h channel <#C1|x>",
        wall("2026-12-01 08:00").date(),
    )
    assert isinstance(typed, NewWebinar)
    sessions = tuple(replace(each, place=None) for each in typed.sessions)
    assert read(FILLED) == replace(typed, sessions=sessions, typed="")


def test_a_session_that_ends_before_it_starts_ends_the_next_day() -> None:
    new = read(replace(FILLED, sessions=(SessionEntry("night", "23:00", "01:00"),)))
    assert isinstance(new, NewWebinar)
    assert new.sessions[0].wall_end == wall("2026-12-11 01:00")


def test_a_session_without_a_name_is_left_out() -> None:
    new = read(replace(FILLED, sessions=(replace(MORNING, label=""), AFTERNOON)))
    assert isinstance(new, NewWebinar)
    assert [each.label for each in new.sessions] == ["afternoon"]


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"title": " "}, {"title": "title-empty"}),
        ({"title": "T" * 201}, {"title": "title-too-long"}),
        ({"zone": "Atlantis"}, {"zone": "zone-unknown"}),
        ({"zone": ""}, {"zone": "zone-unknown"}),
        ({"date": ""}, {"date": "date-unreadable"}),
        ({"sessions": ()}, {"label-1": "sessions-missing"}),
        ({"sessions": (MORNING, replace(AFTERNOON, label="Morning"))}, {"label-2": "label-twice"}),
        ({"sessions": (MORNING, replace(AFTERNOON, label="cancel"))}, {"label-2": "label-reserved"}),
        ({"sessions": (replace(MORNING, end=""), AFTERNOON)}, {"end-1": "time-missing"}),
        ({"sessions": (replace(MORNING, end="09:00"), AFTERNOON)}, {"end-1": "range-empty"}),
        ({"seats": "0"}, {"seats": "seats-range"}),
        ({"link": "ftp://x"}, {"link": "link-unreadable"}),
        ({"leads": "soon"}, {"leads": "lead-unreadable"}),
        ({"leads": "91d"}, {"leads": "lead-range"}),
        ({"channel": ""}, {"channel": "channel-missing"}),
        (
            {"title": "", "zone": "x", "leads": ""},
            {"title": "title-empty", "zone": "zone-unknown", "leads": "lead-unreadable"},
        ),
    ],
)  # fmt: skip
def test_each_refusal_names_its_input(changed: dict[str, Any], refused: dict[str, str]) -> None:
    found = read(replace(FILLED, **changed))
    assert not isinstance(found, NewWebinar)
    assert {name: refusal.key for name, refusal in found.items()} == refused


def test_a_change_is_read_likewise() -> None:
    assert read_change("T", "", "", "1h") == WebinarEdit("T", None, None, (Lead(1, "h"),))
    refused = read_change("", "x", "x", "x")
    assert not isinstance(refused, WebinarEdit)
    assert list(refused) == ["title", "seats", "link", "leads"]
