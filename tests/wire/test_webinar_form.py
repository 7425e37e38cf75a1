from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.wire.scene import ON_SQLITE, WEBINAR, Scene
from workspace.faults import Fault, Trouble
from workspace.shown import plain

pytestmark = ON_SQLITE

FILLED: dict[str, Any] = {"title": "Regional reviews", "date": "2026-12-10"}


def state(scene: Scene) -> dict[str, Any]:
    """What Ana's form holds before she changes anything, by input."""
    return {
        block["block_id"]: next((v for k, v in block["element"].items() if k.startswith("initial_")), None)
        for block in scene.form(scene.ana).blocks
        if block["type"] == "input"
    }


async def nothing_made(scene: Scene) -> None:
    assert "No webinar is open" in await scene.types(scene.ana, "/webinar list")


@pytest.mark.parametrize("typed", ["/webinar", "/webinar new"])
async def test_a_bare_webinar_is_a_form_with_the_usual_filled_in(scene: Scene, typed: str) -> None:
    await scene.opens(scene.ana, typed)
    assert state(scene) == {
        "title": None,
        "zone": "Zurich",
        "date": None,
        "label-1": "morning",
        "start-1": "09:00",
        "end-1": "11:00",
        "label-2": "afternoon",
        "start-2": "16:00",
        "end-2": "18:00",
        "seats": None,
        "link": None,
        "leads": "1d 1h",
        "channel": scene.channel.id,
    }
    told = await scene.submits(scene.ana, **FILLED, seats="40", link="https://meet.example.org/w1", leads="7d 1d")
    assert "Webinar *W1: Regional reviews* is made" in told
    assert "morning: Thu 10 Dec 2026, 09:00–11:00 (Zurich)" in told
    assert "7 days, 1 day" in told
    assert "Seats in each session: 40" in told
    assert "https://meet.example.org/w1" in told
    await scene.post("Regional reviews", "Sign up: afternoon")


async def test_others_get_the_help(scene: Scene) -> None:
    assert "*Webinars*" in await scene.types(scene.ben, "/webinar")
    assert not scene.workspace.calls_of("views.open")


async def test_a_session_is_added_and_what_was_entered_stays(scene: Scene) -> None:
    form = await scene.opens(scene.ana, "/webinar new")
    scene.standin.fill(scene.ana.id, form, FILLED | {"label-2": "noon", "start-2": "12:00", "end-2": "13:00"})
    for rows in range(3, 11):
        await scene.presses(scene.ana, scene.form(scene.ana), "Add a session")
        assert f"label-{rows}" in state(scene)
    assert "Add a session" not in plain(scene.form(scene.ana))
    last = {"label-10": "night", "start-10": "23:00", "end-10": "01:00"}
    told = await scene.submits(scene.ana, **last)
    assert "noon: Thu 10 Dec 2026, 12:00–13:00" in told
    assert "night: Thu 10 Dec 2026, 23:00–Fri 11 Dec 2026, 01:00" in told
    assert told.count("UTC") == 3, "three sessions, and no more"


async def test_a_session_without_a_name_is_left_out(scene: Scene) -> None:
    await scene.opens(scene.ana, "/webinar new")
    assert "afternoon" not in await scene.submits(scene.ana, **FILLED, **{"label-2": ""})


async def test_a_form_sent_in_ten_times_makes_one_webinar(scene: Scene) -> None:
    form = await scene.opens(scene.ana, "/webinar new")
    scene.standin.fill(scene.ana.id, form, FILLED)
    await asyncio.gather(*(scene.standin.submit_view(scene.ana.id, form) for _ in range(10)))
    assert (await scene.types(scene.ana, "/webinar list")).count("*W") == 1
    await scene.opens(scene.ana, "/webinar new")
    assert "W2" in await scene.submits(scene.ana, **FILLED), "another form is meant as another webinar"


@pytest.mark.parametrize(
    ("entries", "place", "reason"),
    [
        ({"title": "T" * 201}, "title", "200 characters; this one has 201"),
        ({"zone": "Atlantis"}, "zone", "“Atlantis” is no city"),
        ({"date": "2020-09-24"}, "start-1", "would have started already"),
        ({"label-1": "cancel"}, "label-1", "already means something"),
        ({"label-2": "Morning"}, "label-2", "Two sessions are called"),
        ({"end-2": "16:00"}, "end-2", "can't end when it starts"),
        ({"link": "ftp://x"}, "link", "begins with https://"),
        ({"leads": "soon"}, "leads", "Please write them like 7d 1d 1h 10m"),
        ({"leads": "91d"}, "leads", "91d"),
        ({"date": "2027-03-28", "start-1": "02:30"}, "start-1", "does not exist. Please choose 01:30 or 03:30"),
        ({"date": "2027-03-28", "start-1": "01:00", "end-1": "02:30"}, "end-1", "Please choose 01:30 or 03:30"),
        ({"date": "2027-10-31", "start-1": "02:30"}, "start-1", "twice: 02:30 UTC+02:00 or 02:30 UTC+01:00"),
    ],
)
async def test_what_cant_be_accepted_stands_beside_its_input(
    scene: Scene, entries: dict[str, Any], place: str, reason: str
) -> None:
    await scene.opens(scene.ana, "/webinar new")
    errors = await scene.is_refused(scene.ana, **(FILLED | entries))
    assert list(errors) == [place]
    assert reason in errors[place]
    assert "Nothing was stored" in errors[place]
    await nothing_made(scene)


async def test_several_errors_are_shown_at_once(scene: Scene) -> None:
    await scene.opens(scene.ana, "/webinar new")
    errors = await scene.is_refused(scene.ana, **(FILLED | {"zone": "Atlantis", "leads": "soon", "label-2": "list"}))
    assert set(errors) == {"zone", "leads", "label-2"}


async def test_a_channel_where_the_bot_is_not_is_refused_beside_it(scene: Scene) -> None:
    cabinet = scene.workspace.open_channel("cabinet", [scene.ana.id], is_private=True)
    await scene.opens(scene.ana, "/webinar new")
    errors = await scene.is_refused(scene.ana, **FILLED, channel=cabinet.id)
    assert "/invite @Convene" in errors["channel"]
    hall = scene.workspace.open_channel("hall", [scene.ana.id])
    await scene.submits(scene.ana, channel=hall.id)
    await scene.post("Regional reviews", channel=hall)


async def test_on_a_phone_a_refusal_leads_to_the_form_with_what_was_understood(scene: Scene) -> None:
    answer = await scene.answered(
        scene.ana,
        '/webinar new "Regional reviews" on 2026-12-10 in Nairobi early 9-10, late 14h30-16h, last 20:00-21:00 '
        "seats many link https://x.org/a remind 2h",
    )
    form = await scene.opens_by(scene.ana, answer, "Open the form")
    assert "what you typed: `seats many`" in plain(form)
    assert state(scene) | {"channel": None} == {
        "title": "Regional reviews",
        "zone": "Nairobi",
        "date": "2026-12-10",
        "label-1": "early",
        "start-1": "09:00",
        "end-1": "10:00",
        "label-2": "late",
        "start-2": "14:30",
        "end-2": "16:00",
        "label-3": "last",
        "start-3": "20:00",
        "end-3": "21:00",
        "seats": None,
        "link": "https://x.org/a",
        "leads": "2h",
        "channel": None,
    }
    assert "Webinar *W1: Regional reviews* is made" in await scene.submits(scene.ana, seats="12")


async def test_readings_and_the_form_are_offered_side_by_side(scene: Scene) -> None:
    answer = await scene.answered(scene.ana, '/webinar new "T" on 10/12/2026 in Zurich morning 9-11')
    for label in ("Use 1", "Use 2"):
        assert label in plain(answer)
    await scene.opens_by(scene.ana, answer, "Open the form")
    assert "is made" in await scene.submits(scene.ana, date="2026-12-10", **{"label-2": ""})


async def test_whoever_may_not_make_webinars_is_offered_no_form(scene: Scene) -> None:
    told = await scene.types(scene.ben, WEBINAR)
    assert "Only organisers" in told
    assert "Open the form" not in told
    answer = await scene.answered(scene.ben, "/webinar new Reviews")
    told = await scene.told(scene.ben, lambda: scene.presses(scene.ben, answer, "Open the form"))
    assert "Only organisers" in told


async def test_a_form_that_is_about_something_else_makes_nothing(scene: Scene) -> None:
    about_a_poll = (await scene.opens(scene.ana, "/poll")).content["private_metadata"]
    theirs = (await scene.opens(scene.ben, "/poll")).content["private_metadata"]
    mine = await scene.opens(scene.ana, "/webinar new")
    for forged in (about_a_poll, theirs, "999", "W1", "", "-1", "9" * 10, "1" * 40):
        scene.workspace.views.update(mine.id, {**mine.content, "private_metadata": forged})
        assert "opened by somebody else" in (await scene.is_refused(scene.ana, **FILLED))["title"]
    await nothing_made(scene)


async def test_whoever_is_no_organiser_makes_nothing_with_a_forged_form(scene: Scene) -> None:
    mine = await scene.opens(scene.ana, "/webinar new")
    answer = await scene.answered(scene.ben, "/webinar new Reviews")
    draft = next(each["elements"][0]["value"] for each in answer.blocks if each["type"] == "actions")
    theirs = await scene.opens(scene.ben, "/poll")
    scene.workspace.views.update(theirs.id, {**mine.content, "private_metadata": draft})
    assert "Only organisers" in (await scene.is_refused(scene.ben, **FILLED))["title"]
    await nothing_made(scene)


async def test_a_form_of_another_installation_stores_nothing(scene: Scene) -> None:
    mine = await scene.opens(scene.ana, "/webinar new")
    scene.standin.fill(scene.ana.id, mine, FILLED)
    scene.workspace.team_id = "T0ELSEWHERE"
    answer = await scene.standin.submit_view(scene.ana.id, mine)
    assert answer.view is not None
    assert "not installed in your workspace" in plain(answer.view)
    scene.workspace.team_id = scene.ana.team_id
    await nothing_made(scene)


@pytest.mark.in_time
async def test_an_expired_trigger_is_answered_with_what_to_do(scene: Scene) -> None:
    scene.workspace.faults.add(Fault(method="views.open", trouble=Trouble.REFUSAL, error="expired_trigger_id"))
    answer = await scene.answered(scene.ana, "/webinar")
    assert "Slack did not open the form in time" in answer.text
    await scene.opens_by(scene.ana, answer, "Open the form")
    assert "is made" in await scene.submits(scene.ana, **FILLED)
