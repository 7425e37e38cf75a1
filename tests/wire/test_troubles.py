"""What could not be sent reaches whoever runs it, once, and an organiser decides."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest_asyncio

from tests.wire.scene import BY_HTTP, NOW, WEBINAR, Scene, people, running, settings_for
from workspace.clock import SimulatedClock
from workspace.faults import Fault, Trouble
from workspace.members import Member
from workspace.shown import plain

pytestmark = BY_HTTP  # what is sent, and a click, take the same way in Socket Mode

DAY_AHEAD = datetime(2026, 12, 9, 15, 0, tzinfo=UTC)
HOUR_AHEAD = datetime(2026, 12, 10, 14, 0, tzinfo=UTC)


@pytest_asyncio.fixture
async def scene(house: tuple[str, str]) -> AsyncIterator[Scene]:
    """Troubles are gathered for a moment only. W1 is announced; Ben and Chu have seats in the afternoon."""
    async with (
        people(SimulatedClock(start=NOW)) as found,
        running(found.standin, settings_for(found.standin, *house, delivery_settle_s=0.5)),
    ):
        await found.types(found.ana, WEBINAR)
        await found.post("Sign up: afternoon")
        for each in (found.ben, found.chu):
            await found.types(each, "/signup afternoon")
        yield found


def unreachable(scene: Scene, member: Member, times: int = 1) -> Fault:
    """Slack refuses messages to the member."""
    direct = scene.workspace.open_direct(member.id)
    return Fault(
        method="chat.postMessage", trouble=Trouble.REFUSAL, error="restricted_action", addressee=direct.id, times=times
    )


async def test_many_failures_reach_the_organiser_as_one_message(scene: Scene) -> None:
    for each in (scene.ben, scene.chu):
        scene.workspace.faults.add(unreachable(scene, each))
    scene.clock.move_to(DAY_AHEAD)
    (told,) = await scene.direct(scene.ana)
    assert "Some messages could not be sent, or may not have arrived." in told
    assert "*W1: Regional reviews*, afternoon: reminder 1 day before" in told
    assert scene.ben.id in told or "Ben" in told
    assert scene.chu.id in told or "Chu" in told
    assert "Slack says `restricted_action`" in told
    scene.clock.move_to(HOUR_AHEAD)
    await scene.direct(scene.ben)
    await scene.direct(scene.chu)
    assert len(scene.workspace.direct_messages(scene.ana.id)) == 1


async def test_what_failed_is_sent_again_by_a_button_once_however_often_it_is_pressed(scene: Scene) -> None:
    scene.workspace.faults.add(unreachable(scene, scene.ben))
    scene.clock.move_to(DAY_AHEAD)
    await scene.direct(scene.ana)
    (report,) = scene.workspace.direct_messages(scene.ana.id)
    told = await scene.told(scene.ana, lambda: scene.presses(scene.ana, report, "Send again"))
    assert "1 message is being sent again" in told
    assert "starts in 1 day" in (await scene.direct(scene.ben))[0]
    again = await scene.told(scene.ana, lambda: scene.presses(scene.ana, report, "Send again"))
    assert "decided already, or is settled" in again
    assert len(scene.workspace.direct_messages(scene.ben.id)) == 1


async def test_what_fails_again_is_told_again(scene: Scene) -> None:
    scene.workspace.faults.add(unreachable(scene, scene.ben, times=2))
    scene.clock.move_to(DAY_AHEAD)
    await scene.direct(scene.ana)
    (report,) = scene.workspace.direct_messages(scene.ana.id)
    await scene.presses(scene.ana, report, "Send again")
    assert len(await scene.direct(scene.ana, 2)) == 2


async def test_what_is_let_be_is_shown_no_more(scene: Scene) -> None:
    scene.workspace.faults.add(unreachable(scene, scene.ben))
    scene.clock.move_to(DAY_AHEAD)
    await scene.direct(scene.ana)
    listed = await scene.answered(scene.ana, "/consult deliveries")
    assert "reminder 1 day before" in plain(listed)
    told = await scene.told(scene.ana, lambda: scene.presses(scene.ana, listed, "Let it be"))
    assert "1 message is left as it is" in told
    assert "Nothing went wrong in the last 7 days" in await scene.types(scene.ana, "/consult deliveries")
    assert not scene.workspace.direct_messages(scene.ben.id)


async def test_it_is_too_late_to_send_a_reminder_again_once_the_session_has_begun(scene: Scene) -> None:
    scene.workspace.faults.add(unreachable(scene, scene.ben, times=2))
    scene.clock.move_to(DAY_AHEAD)
    await scene.direct(scene.ana)
    (report,) = scene.workspace.direct_messages(scene.ana.id)
    scene.clock.move_to(HOUR_AHEAD + timedelta(hours=1))
    told = await scene.told(scene.ana, lambda: scene.presses(scene.ana, report, "Send again"))
    assert "too late" in told


async def test_organisers_see_what_is_planned_and_sent(scene: Scene) -> None:
    before = await scene.types(scene.ana, "/webinar reminders W1")
    assert "reminder 1 day before, by direct message: 2 planned" in before
    assert "reminder 1 day before, in the channel: 1 planned" in before
    assert "reminder 1 hour before, by direct message: 2 planned" in before
    scene.clock.move_to(DAY_AHEAD)
    async with asyncio.timeout(10):
        while "reminder 1 day before, by direct message: 2 sent" not in (
            await scene.types(scene.ana, "/webinar reminders W1")
        ):
            pass
    numbers = await scene.types(scene.ana, "/consult deliveries")
    assert "planned" in numbers
    assert "sent" in numbers
    assert "The next one is due" in numbers


async def test_others_than_organisers_see_and_decide_nothing(scene: Scene) -> None:
    for typed in ("/consult deliveries", "/webinar reminders W1"):
        assert "Only organisers may do this" in await scene.types(scene.ben, typed)
    scene.workspace.faults.add(unreachable(scene, scene.chu))
    scene.clock.move_to(DAY_AHEAD)
    await scene.direct(scene.ana)
    listed = await scene.answered(scene.ana, "/consult deliveries")
    (again,) = [
        element["value"]
        for block in listed.blocks
        for element in block.get("elements", ())
        if element.get("action_id", "").startswith("delivery-again")
    ]
    mine = await scene.answered(scene.ben, "/signup status")
    forged = next(
        element for block in mine.blocks for element in block.get("elements", ()) if element.get("type") == "button"
    )
    forged["action_id"], forged["value"] = f"delivery-again:{again}", again
    told = await scene.told(
        scene.ben, lambda: scene.standin.click_stale(scene.ben.id, mine, f"delivery-again:{again}", again)
    )
    assert "Only organisers may do this" in told
    assert not scene.workspace.direct_messages(scene.chu.id)


async def test_a_consult_verb_that_there_is_not_is_answered_with_the_help(scene: Scene) -> None:
    assert "`privacy` is not available yet" in await scene.types(scene.ana, "/consult privacy")
    assert "deliveries" in await scene.types(scene.ana, "/consult")
