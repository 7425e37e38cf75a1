from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.wire.scene import Scene
from workspace.faults import Fault, Trouble
from workspace.shown import plain

SECOND = '/webinar new "Second" on 2026-12-12 in Zurich early 10:00-11:00, late 17:00-18:00'


def values(scene: Scene) -> list[str]:
    """The values of Ben's radio buttons."""
    (block,) = [each for each in scene.form(scene.ben).blocks if each["block_id"].startswith("session:")]
    return [option["value"] for option in block["element"]["options"]]


async def pick(scene: Scene, place: int) -> str:
    return await scene.submits(scene.ben, **{name(scene): values(scene)[place]})


def name(scene: Scene) -> str:
    places = [str(each["block_id"]) for each in scene.form(scene.ben).blocks]
    return next(place for place in places if place.startswith("session:"))


async def test_a_bare_signup_opens_the_form_with_both_times_and_the_seats_left(announced: Scene) -> None:
    await announced.types(announced.ben, '/poll "Asked so that Slack is asked for the profile" "A" "B"')
    form = await announced.opens(announced.ben, "/signup")
    assert "W1: Regional reviews" in plain(form)
    assert "afternoon · 40 of 40 seats left" in plain(form)
    assert "Thu 10 Dec, 20:45–22:45 (Kathmandu); 16:00–18:00 (Zurich)" in plain(form)
    assert "Webinar\n" not in plain(form), "one webinar is open: there is nothing to choose"
    assert form.content["private_metadata"].isdecimal(), "ids only"


async def test_a_session_chosen_in_the_form_is_a_seat(announced: Scene) -> None:
    await announced.opens(announced.ben, "/signup")
    told = await pick(announced, 1)
    assert "You have a seat in the *afternoon* session" in told
    assert "39 of 40 seats left" in told
    assert "*afternoon*" in await announced.types(announced.ben, "/signup status")


async def test_the_seat_held_is_preselected_and_moved_by_another_choice(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup morning")
    form = await announced.opens(announced.ben, "/signup")
    assert "You have a seat in the *morning* session" in plain(form)
    assert "Move my seat" in plain(form)
    assert "nothing has changed" in await announced.submits(announced.ben)
    await announced.opens(announced.ben, "/signup")
    assert "moved from the morning to the *afternoon*" in await pick(announced, 1)


async def test_the_seat_is_given_back_from_the_form_and_from_its_answer(announced: Scene) -> None:
    for _ in range(2):
        await announced.types(announced.ben, "/signup morning")
        form = await announced.opens(announced.ben, "/signup")
        await announced.presses(announced.ben, form, "Give the seat back")
        await announced.workspace.until(lambda: "given back your seat" in plain(announced.form(announced.ben)))
    assert "You have no seat" in await announced.types(announced.ben, "/signup cancel W1")
    await announced.presses(announced.ben, announced.form(announced.ben), "Sign up: morning")
    await announced.workspace.until(lambda: "You have a seat" in plain(announced.form(announced.ben)))


async def test_a_full_session_is_shown_as_full_and_refused_beside_the_sessions(scene: Scene) -> None:
    await scene.types(scene.ana, '/webinar new "Small" on 2026-12-10 in Zurich early 9-11, late 16:00-18:00 seats 1')
    await scene.types(scene.chu, "/signup early")
    await scene.types(scene.ben, "/signup late")
    form = await scene.opens(scene.ben, "/signup")
    assert "early · Full: the seat is taken" in plain(form)
    errors = await scene.is_refused(scene.ben, **{name(scene): values(scene)[0]})
    assert errors == {
        name(scene): "The early session of Small is full, so no seat was taken. You keep your seat in the late session."
    }


async def test_a_session_that_starts_while_the_form_is_open_is_refused_beside_the_sessions(announced: Scene) -> None:
    announced.clock.advance(timedelta(days=8, hours=23))
    await announced.opens(announced.ben, "/signup")
    announced.clock.advance(timedelta(hours=2))
    errors = await announced.is_refused(announced.ben, **{name(announced): values(announced)[0]})
    assert "has started" in errors[name(announced)]
    assert "morning" not in plain(await announced.opens(announced.ben, "/signup"))


async def test_where_several_webinars_are_open_the_form_asks_which(announced: Scene) -> None:
    await announced.types(announced.ana, SECOND)
    form = await announced.opens(announced.ben, "/signup")
    assert "Choose" not in plain(form)
    assert "session:" not in str(form.blocks), "nothing is guessed"
    await announced.standin.click(announced.ben.id, form, "signup-webinar:0", "2")
    assert "*W2: Second*" in plain(announced.form(announced.ben))
    await announced.standin.click(announced.ben.id, announced.form(announced.ben), "signup-webinar:0", "1")
    await announced.standin.click(announced.ben.id, announced.form(announced.ben), "signup-webinar:0", "2")
    assert "*late* session of *Second*" in await pick(announced, 1)


async def test_a_webinar_sent_in_before_its_sessions_are_shown_shows_them(announced: Scene) -> None:
    await announced.types(announced.ana, SECOND)
    await announced.opens(announced.ben, "/signup")
    assert "*W2: Second*" in await announced.submits(announced.ben, **{"signup-webinar:0": "2"})
    assert "*early* session of *Second*" in await pick(announced, 0)


async def test_the_webinar_named_is_the_one_shown(announced: Scene) -> None:
    await announced.types(announced.ana, SECOND)
    assert "*W2: Second*" in plain(await announced.opens(announced.ben, "/signup W2"))
    assert "There is no webinar W7" in await announced.types(announced.ben, "/signup W7")


async def test_a_form_sent_in_twice_is_one_seat(announced: Scene) -> None:
    form = await announced.opens(announced.ben, "/signup")
    announced.standin.fill(announced.ben.id, form, {name(announced): values(announced)[0]})
    await asyncio.gather(*(announced.standin.submit_view(announced.ben.id, form) for _ in range(2)))
    assert "39 of 40 seats left" in await announced.types(announced.ben, "/signup morning")


@pytest.mark.in_time
@pytest.mark.parametrize(
    "fault",
    [
        Fault(method="views.open", trouble=Trouble.REFUSAL, error="expired_trigger_id"),
        Fault(method="views.open", trouble=Trouble.SERVER_ERROR),
        Fault(method="views.open", trouble=Trouble.RATE_LIMIT),
    ],
)
async def test_where_slack_does_not_open_the_form_the_answer_says_what_to_do(announced: Scene, fault: Fault) -> None:
    announced.workspace.faults.add(replace(fault))
    answer = await announced.answered(announced.ben, "/signup")
    assert "Slack did not open the form in time" in answer.text
    form = await announced.opens_by(announced.ben, answer, "Open the form")
    assert "Regional reviews" in plain(form)


@pytest.mark.in_time
async def test_a_silent_slack_does_not_hold_the_answer_up(announced: Scene) -> None:
    announced.workspace.faults.add(Fault(method="views.open", trouble=Trouble.HOLD))
    assert "Slack did not open the form in time" in await announced.types(announced.ben, "/signup")


@pytest.mark.parametrize("typed", ["evening", "W7 afternoon", "afternoon as chair", "W1 W2"])
async def test_on_a_phone_a_refusal_leads_to_the_form_and_to_a_seat(announced: Scene, typed: str) -> None:
    answer = await announced.answered(announced.ben, f"/signup {typed}")
    await announced.opens_by(announced.ben, answer, "Open the form")
    assert "*morning* session" in await pick(announced, 0)


async def test_where_there_is_no_webinar_no_form_is_offered(scene: Scene) -> None:
    answer = await scene.answered(scene.ben, "/signup")
    assert "No webinar is open" in answer.text
    assert "Open the form" not in plain(answer)


async def test_another_persons_button_and_form_open_and_store_nothing(announced: Scene) -> None:
    theirs = await announced.opens(announced.chu, "/signup")
    mine = await announced.opens(announced.ben, "/signup")
    forged = {**mine.content, "private_metadata": theirs.content["private_metadata"]}
    announced.workspace.views.update(mine.id, forged)
    errors = await announced.is_refused(announced.ben, **{name(announced): values(announced)[0]})
    assert "opened by somebody else" in errors[name(announced)]
    announced.workspace.views.update(mine.id, {**forged, "private_metadata": "W1"})
    assert await announced.is_refused(announced.ben)
    assert "no seat" in await announced.types(announced.ben, "/signup cancel")
