from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, select

from storage.engine import parse_url
from storage.tables import deliveries
from tests.wire.scene import BY_HTTP, Scene
from workspace.shown import plain

pytestmark = BY_HTTP


def owed(database_url: str) -> dict[tuple[str, str, str], int]:
    """How many reminders there are, by session, kind and state."""
    engine = create_engine(parse_url(database_url))
    counts: dict[tuple[str, str, str], int] = {}
    with engine.connect() as connection:
        rows = connection.execute(
            select(deliveries.c.recipient, deliveries.c.kind, deliveries.c.state).where(
                deliveries.c.kind.like("lead-%")
            )
        ).all()
    engine.dispose()
    for recipient, kind, state in rows:
        to = "channel" if recipient.startswith("C") else "member"
        counts[to, kind, state] = counts.get((to, kind, state), 0) + 1
    return counts


async def test_the_form_shows_what_stands_and_what_is_changed_is_read_back(announced: Scene) -> None:
    form = await announced.opens(announced.ana, "/webinar edit W1")
    assert "morning: Thu 10 Dec 2026, 09:00–11:00 (Zurich)" in plain(form)
    assert "can't be changed here" in plain(form)
    told = await announced.submits(
        announced.ana, title="Regional reviews 2026", seats="50", link="https://meet.example.org/new", leads="2d 2h"
    )
    assert "Webinar *W1: Regional reviews 2026* is changed" in told
    assert "Seats in each session: 50" in told
    assert "https://meet.example.org/new" in told
    assert "2 days, 2 hours" in told
    await announced.post("Regional reviews 2026", "50 of 50 seats left")
    assert len(announced.posts()) == 1


async def test_nothing_changes_where_nothing_was_changed(announced: Scene, database_url: str) -> None:
    await announced.types(announced.ben, "/signup morning")
    before = owed(database_url)
    await announced.opens(announced.ana, "/webinar edit w1")
    assert "Regional reviews* is changed" in await announced.submits(announced.ana)
    assert owed(database_url) == before


async def test_an_organiser_edits_by_the_button_of_show(announced: Scene) -> None:
    shown = await announced.answered(announced.ana, "/webinar show W1")
    await announced.opens_by(announced.ana, shown, "Edit")
    await announced.submits(announced.ana, seats="")
    await announced.post("0 people signed up")
    assert "Edit" not in await announced.types(announced.ben, "/webinar show W1")


async def test_no_session_gets_fewer_seats_than_are_taken(announced: Scene) -> None:
    for member in (announced.ben, announced.chu):
        await announced.types(member, "/signup afternoon")
    await announced.opens(announced.ana, "/webinar edit W1")
    errors = await announced.is_refused(announced.ana, seats="1")
    assert errors == {"seats": "The afternoon session has 2 people signed up, so 1 is too few. Nothing was stored."}
    await announced.submits(announced.ana, seats="2")
    await announced.post("Full: all 2 seats are taken")


@pytest.mark.parametrize(
    ("entries", "place", "reason"),
    [
        ({"title": "T" * 201}, "title", "200 characters"),
        ({"link": "ftp://x"}, "link", "begins with https://"),
        ({"leads": "soon"}, "leads", "like 7d 1d 1h 10m"),
    ],
)
async def test_what_cant_be_accepted_stands_beside_its_input(
    announced: Scene, entries: dict[str, Any], place: str, reason: str
) -> None:
    await announced.opens(announced.ana, "/webinar edit W1")
    errors = await announced.is_refused(announced.ana, **entries)
    assert list(errors) == [place]
    assert reason in errors[place]


async def test_reminders_are_planned_anew_for_everybody_signed_up_and_the_channel(
    announced: Scene, database_url: str
) -> None:
    await announced.types(announced.ben, "/signup morning")
    await announced.types(announced.chu, "/signup afternoon")
    await announced.opens(announced.ana, "/webinar edit W1")
    await announced.submits(announced.ana, leads="2d 1h")
    assert owed(database_url) == {
        ("member", "lead-1d", "cancelled"): 2,
        ("member", "lead-1h", "pending"): 2,
        ("member", "lead-2d", "pending"): 2,
        ("channel", "lead-1d", "cancelled"): 2,
        ("channel", "lead-2d", "pending"): 2,
    }
    await announced.opens(announced.ana, "/webinar edit W1")
    await announced.submits(announced.ana, leads="1d 1h")
    assert owed(database_url) == {
        ("member", "lead-1d", "pending"): 2,
        ("member", "lead-1h", "pending"): 2,
        ("member", "lead-2d", "cancelled"): 2,
        ("channel", "lead-1d", "pending"): 2,
        ("channel", "lead-2d", "cancelled"): 2,
    }


async def test_the_channel_is_told_at_one_lead_however_many_are_added(announced: Scene, database_url: str) -> None:
    for leads in ("2d", "2d 1d", "2d 1d 3d"):
        await announced.opens(announced.ana, "/webinar edit W1")
        await announced.submits(announced.ana, leads=leads)
    assert owed(database_url) == {("channel", "lead-1d", "pending"): 2, ("channel", "lead-2d", "cancelled"): 2}


async def test_a_reminder_that_was_sent_is_never_owed_again(announced: Scene, database_url: str) -> None:
    await announced.types(announced.ben, "/signup morning")
    announced.clock.advance(timedelta(days=8))
    await announced.direct(announced.ben)
    await announced.post("starts in 1 day")
    for leads in ("1d 2h 1h", "12h 1d", "2h 30m"):
        await announced.opens(announced.ana, "/webinar edit W1")
        await announced.submits(announced.ana, leads=leads)
    found = owed(database_url)
    assert found["channel", "lead-2h", "pending"] == 1, "the channel is told of each session once"
    await announced.opens(announced.ana, "/webinar edit W1")
    await announced.submits(announced.ana, leads="12h 1d")
    found = owed(database_url)
    assert found["member", "lead-1d", "sent"] == 1
    assert found["member", "lead-12h", "pending"] == 1
    assert found["member", "lead-1h", "cancelled"] == 1
    assert found["channel", "lead-1d", "sent"] == 1
    announced.clock.advance(timedelta(hours=12))
    assert len(await announced.direct(announced.ben, 2)) == 2


async def test_the_join_link_moves_to_the_reminder_that_is_the_last_now(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup morning")
    await announced.opens(announced.ana, "/webinar edit W1")
    await announced.submits(announced.ana, leads="1d", link="https://meet.example.org/new")
    announced.clock.advance(timedelta(days=8))
    assert "https://meet.example.org/new" in (await announced.direct(announced.ben))[0]


async def test_only_organisers_edit(announced: Scene) -> None:
    told = await announced.types(announced.ben, "/webinar edit W1")
    assert "Only organisers" in told
    assert "Open the form" not in told


async def test_a_webinar_that_is_not_there_is_not_edited(announced: Scene) -> None:
    told = await announced.types(announced.ana, "/webinar edit W9")
    assert "There is no webinar W9" in told
    assert "Open the form" not in told


async def test_what_is_typed_after_edit_is_refused_and_named_in_the_form(announced: Scene) -> None:
    answer = await announced.answered(announced.ana, "/webinar edit W1 seats 50")
    assert "did not understand “seats 50”" in answer.text
    form = await announced.opens_by(announced.ana, answer, "Open the form")
    assert "what you typed: `seats 50`" in plain(form)
    assert "is changed" in await announced.submits(announced.ana, seats="50")
