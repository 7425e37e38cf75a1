"""The form of `/webinar move W1`."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio

from tests.wire.scene import ON_SQLITE, Scene
from workspace.shown import plain

pytestmark = ON_SQLITE

OLD = "Thu 10 Dec 2026, 16:00–18:00 (Zurich)"
NEW = "Fri 11 Dec 2026, 16:30–18:30 (Zurich)"
TO_NEW = {"afternoon: date": "2026-12-11", "afternoon: start": "16:30", "afternoon: end": "18:30"}


@pytest_asyncio.fixture
async def seated(announced: Scene) -> Scene:
    """Ben has a seat in the afternoon, Chu one in the morning."""
    await announced.types(announced.ben, "/signup afternoon")
    await announced.types(announced.chu, "/signup morning")
    return announced


def names(scene: Scene) -> dict[str, str]:
    """The inputs' names by their labels, in Ana's form."""
    return {
        block["label"]["text"]: block["block_id"] for block in scene.form(scene.ana).blocks if block["type"] == "input"
    }


def state(scene: Scene) -> dict[str, Any]:
    """What Ana's form holds before she changes anything, by label."""
    return {
        block["label"]["text"]: next((v for k, v in block["element"].items() if k.startswith("initial_")), None)
        for block in scene.form(scene.ana).blocks
        if block["type"] == "input"
    }


async def submits(scene: Scene, entries: dict[str, Any] | None = None) -> str:
    named = names(scene)
    return await scene.submits(scene.ana, **{named[label]: value for label, value in (entries or {}).items()})


async def is_refused(scene: Scene, entries: dict[str, Any]) -> dict[str, str]:
    """The texts beside the inputs, by label."""
    named = names(scene)
    errors = await scene.is_refused(scene.ana, **{named[label]: value for label, value in entries.items()})
    labels = {name: label for label, name in named.items()}
    return {labels[name]: text for name, text in errors.items()}


async def test_the_form_shows_when_each_session_takes_place_and_in_which_zone(announced: Scene) -> None:
    form = await announced.opens(announced.ana, "/webinar move W1")
    assert state(announced) == {
        "morning: date": "2026-12-10",
        "morning: start": "09:00",
        "morning: end": "11:00",
        "afternoon: date": "2026-12-10",
        "afternoon: start": "16:00",
        "afternoon: end": "18:00",
    }
    assert "host time zone, Zurich (Europe/Zurich)" in plain(form)


async def test_what_is_changed_is_moved_and_answered_as_the_typed_command_is(seated: Scene) -> None:
    await seated.opens(seated.ana, "/webinar move W1")
    told = await submits(seated, TO_NEW)
    assert "*W1: Regional reviews*" in told
    assert f"afternoon: {NEW}" in told
    assert "morning" not in told
    assert "1 person with a seat is told by direct message" in told
    (notice,) = await seated.direct(seated.ben)
    assert NEW in notice
    assert f"Before: {OLD}" in notice
    await seated.post("has been moved", NEW)
    assert not seated.workspace.direct_messages(seated.chu.id)


async def test_several_sessions_are_moved_at_once_and_the_channel_is_told_once(seated: Scene) -> None:
    await seated.opens(seated.ana, "/webinar move W1")
    told = await submits(seated, TO_NEW | {"morning: start": "10:00"})
    assert "2 people with a seat are told" in told
    assert "10:00–11:00 (Zurich)" in (await seated.direct(seated.chu))[0]
    await seated.post("*morning*", "*afternoon*", "has been moved", NEW)
    assert sum("has been moved" in plain(each) for each in seated.posts()) == 1


@pytest.mark.parametrize(
    ("entries", "place", "reason"),
    [
        ({}, "morning: date", "No date or time was changed"),
        ({"afternoon: date": "2026-11-30"}, "afternoon: date", "would have started already"),
        ({"afternoon: end": "16:00"}, "afternoon: end", "can't end when it starts"),
        ({"afternoon: end": "15:00"}, "afternoon: end", "very long"),
        (
            {"afternoon: date": "2027-03-28", "afternoon: start": "02:30", "afternoon: end": "04:30"},
            "afternoon: start",
            "choose 01:30 or 03:30",
        ),
        (
            {"afternoon: date": "2027-03-28", "afternoon: start": "00:30", "afternoon: end": "02:30"},
            "afternoon: end",
            "does not exist",
        ),
        ({"morning: date": "2027-10-31", "morning: start": "02:30"}, "morning: start", "this time comes twice"),
    ],
)
async def test_what_cant_be_accepted_stands_beside_its_input_and_nothing_is_moved(
    seated: Scene, entries: dict[str, Any], place: str, reason: str
) -> None:
    await seated.opens(seated.ana, "/webinar move W1")
    errors = await is_refused(seated, entries)
    assert list(errors) == [place]
    assert reason in errors[place]
    assert OLD in await seated.types(seated.ana, "/webinar show W1")
    assert not seated.workspace.direct_messages(seated.ben.id)


async def test_one_session_that_cant_be_moved_keeps_the_others_where_they_are(seated: Scene) -> None:
    await seated.opens(seated.ana, "/webinar move W1")
    errors = await is_refused(seated, TO_NEW | {"morning: date": "2026-11-30", "morning: end": "09:00"})
    assert list(errors) == ["morning: end"]
    assert OLD in await seated.types(seated.ana, "/webinar show W1")


async def test_a_session_through_the_night_ends_the_next_day(announced: Scene) -> None:
    await announced.opens(announced.ana, "/webinar move W1")
    told = await submits(announced, {"afternoon: start": "23:00", "afternoon: end": "01:00"})
    assert "Thu 10 Dec 2026, 23:00–Fri 11 Dec 2026, 01:00 (Zurich)" in told


async def test_a_session_of_almost_a_day_keeps_its_length_where_its_date_alone_is_changed(scene: Scene) -> None:
    await scene.types(
        scene.ana, '/webinar new "T" in Zurich vigil 2026-12-10 20:00 - 2026-12-11 19:00, late 2026-12-12 9:00-10:00'
    )
    await scene.opens(scene.ana, "/webinar move W1")
    told = await submits(scene, {"vigil: date": "2026-12-20"})
    assert "Sun 20 Dec 2026, 20:00–Mon 21 Dec 2026, 19:00 (Zurich)" in told


async def test_the_only_session_of_a_webinar_is_not_named_beside_its_inputs(scene: Scene) -> None:
    await scene.types(scene.ana, '/webinar new "T" on 2026-12-10 in Zurich plenary 9-11')
    await scene.opens(scene.ana, "/webinar move W1")
    assert state(scene) == {"Date": "2026-12-10", "Start": "09:00", "End": "11:00"}


async def test_what_somebody_else_changed_meanwhile_is_shown_and_not_overwritten(seated: Scene) -> None:
    await seated.opens(seated.ana, "/webinar move W1")
    await seated.types(seated.ana, "/webinar move W1 morning to 10:00-12:00")
    shown = await submits(seated, TO_NEW)
    assert "somebody changed this webinar, so nothing of yours was stored" in shown
    assert state(seated)["morning: start"] == "10:00"
    assert state(seated)["afternoon: start"] == "16:00"
    assert not seated.workspace.direct_messages(seated.ben.id)
    assert f"afternoon: {NEW}" in await submits(seated, TO_NEW)


async def test_a_form_sent_in_ten_times_moves_once(seated: Scene) -> None:
    form = await seated.opens(seated.ana, "/webinar move W1")
    named = names(seated)
    seated.standin.fill(seated.ana.id, form, {named[label]: value for label, value in TO_NEW.items()})
    await asyncio.gather(*(seated.standin.submit_view(seated.ana.id, form) for _ in range(10)))
    await seated.post("has been moved", NEW)
    seated.clock.move_to(datetime(2026, 12, 10, 15, 30, tzinfo=UTC))
    assert len(await seated.direct(seated.ben, 2)) == 2


async def test_sessions_that_have_begun_or_are_cancelled_are_not_asked_for(announced: Scene) -> None:
    await announced.types(announced.ana, "/webinar cancel W1 afternoon")
    await announced.opens(announced.ana, "/webinar move W1")
    assert "afternoon: date" not in state(announced)
    await announced.types(announced.ana, "/webinar reopen W1")
    announced.clock.move_to(datetime(2026, 12, 10, 8, 30, tzinfo=UTC))
    await announced.opens(announced.ana, "/webinar move W1")
    assert "morning: date" not in state(announced)


async def test_a_session_that_began_while_the_form_was_open_is_not_moved(seated: Scene) -> None:
    seated.clock.move_to(datetime(2026, 12, 10, 7, 30, tzinfo=UTC))
    await seated.opens(seated.ana, "/webinar move W1")
    seated.clock.move_to(datetime(2026, 12, 10, 8, 30, tzinfo=UTC))
    errors = await is_refused(seated, {"morning: date": "2026-12-12"})
    assert "has started, so nothing was changed" in errors["morning: date"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("cancel W1", "has been cancelled"), ("move W9", "There is no webinar W9")],
)
async def test_where_nothing_can_be_moved_no_form_is_opened(announced: Scene, typed: str, reason: str) -> None:
    if typed.startswith("cancel"):
        await announced.types(announced.ana, f"/webinar {typed}")
        typed = "move W1"
    told = await announced.types(announced.ana, f"/webinar {typed}")
    assert reason in told
    assert "Open the form" not in told


async def test_only_organisers_get_the_form(announced: Scene) -> None:
    told = await announced.types(announced.ben, "/webinar move W1")
    assert "Only organisers" in told
    assert "Open the form" not in told


@pytest.mark.parametrize(
    ("typed", "filled"),
    [
        (
            "afternoon to 2027-03-28 02:30",
            {"afternoon: date": "2027-03-28", "afternoon: start": "02:30", "afternoon: end": "04:30"},
        ),
        ("afternoon to 2026-11-30", {"afternoon: date": "2026-11-30"}),
        ("to 2026-11-30", {"morning: date": "2026-11-30", "afternoon: date": "2026-11-30"}),
        ("pm to 16:00-18:00", {}),
    ],
)
async def test_a_refused_move_opens_the_form_with_what_was_understood(
    announced: Scene, typed: str, filled: dict[str, str]
) -> None:
    await announced.opens(announced.ana, "/webinar move W1")
    now = state(announced)
    answer = await announced.answered(announced.ana, f"/webinar move W1 {typed}")
    await announced.opens_by(announced.ana, answer, "Open the form")
    assert state(announced) == now | filled


@pytest.mark.parametrize("typed", ["to 17:00", "evening to 17:00", "afternoon to next week"])
async def test_what_was_typed_and_has_no_place_is_named_in_the_form(announced: Scene, typed: str) -> None:
    answer = await announced.answered(announced.ana, f"/webinar move W1 {typed}")
    form = await announced.opens_by(announced.ana, answer, "Open the form")
    assert f"what you typed: `{typed}`" in plain(form)
    assert f"afternoon: {NEW}" in await submits(announced, TO_NEW)


async def test_a_form_that_is_about_something_else_moves_nothing(announced: Scene) -> None:
    about_a_poll = (await announced.opens(announced.ana, "/poll")).content["private_metadata"]
    an_edit = (await announced.opens(announced.ana, "/webinar edit W1")).content["private_metadata"]
    mine = await announced.opens(announced.ana, "/webinar move W1")
    for forged in (about_a_poll, an_edit, "999", ""):
        announced.workspace.views.update(mine.id, {**mine.content, "private_metadata": forged})
        assert "opened by somebody else" in (await is_refused(announced, TO_NEW))["morning: date"]
    assert OLD in await announced.types(announced.ana, "/webinar show W1")
