from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.wire.scene import Scene
from workspace.faults import Fault, Trouble
from workspace.shown import plain

DAY_AHEAD = datetime(2026, 12, 9, 15, 0, tzinfo=UTC)
HOUR_AHEAD = datetime(2026, 12, 10, 14, 0, tzinfo=UTC)


async def test_each_lead_reaches_the_signed_up_and_the_channel_is_told_once(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup afternoon")
    announced.clock.move_to(DAY_AHEAD)
    (first,) = await announced.direct(announced.ben)
    assert "The *afternoon* session of *Regional reviews* starts in 1 day." in first
    assert "https://meet.example.org" not in first
    await announced.post("starts in 1 day")
    announced.clock.move_to(HOUR_AHEAD)
    _, last = await announced.direct(announced.ben, 2)
    assert "starts in 1 hour" in last
    assert "Join here: https://meet.example.org/w1" in last
    assert not announced.workspace.direct_messages(announced.chu.id)
    assert sum("*afternoon*" in plain(each) and "starts in" in plain(each) for each in announced.posts()) == 1


async def test_the_notification_makes_sense_alone_in_the_readers_own_zone_and_holds_no_link(announced: Scene) -> None:
    await announced.types(announced.chu, "/signup morning")
    await announced.workspace.until(
        lambda: [
            each for each in announced.workspace.calls_of("users.info") if each.arguments["user"] == announced.chu.id
        ]
    )
    announced.clock.move_to(datetime(2026, 12, 10, 7, 0, tzinfo=UTC))
    await announced.direct(announced.chu)
    (message,) = announced.workspace.direct_messages(announced.chu.id)
    assert (
        "starts in 1 hour. Thu 10 Dec 2026, 21:00–23:00 (Apia); Thu 10 Dec 2026, 09:00–11:00 (Zurich)" in message.text
    )
    assert "meet.example.org" not in message.text


async def test_a_lead_that_had_passed_at_sign_up_is_not_sent(announced: Scene) -> None:
    announced.clock.move_to(DAY_AHEAD + timedelta(hours=1))
    await announced.types(announced.ben, "/signup afternoon")
    announced.clock.move_to(HOUR_AHEAD)
    (only,) = await announced.direct(announced.ben)
    assert "starts in 1 hour" in only


async def test_whoever_moved_is_reminded_of_the_new_session_alone(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup morning")
    await announced.types(announced.ben, "/signup afternoon")
    announced.clock.move_to(HOUR_AHEAD - timedelta(hours=2))
    await announced.types(announced.chu, "/signup afternoon")
    announced.clock.move_to(HOUR_AHEAD)
    assert all("*afternoon*" in each for each in await announced.direct(announced.ben))
    await announced.direct(announced.chu)


async def test_whoever_gave_the_seat_back_is_left_alone(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup afternoon")
    await announced.types(announced.chu, "/signup afternoon")
    await announced.types(announced.ben, "/signup cancel")
    announced.clock.move_to(HOUR_AHEAD)
    await announced.direct(announced.chu)
    assert not announced.workspace.direct_messages(announced.ben.id)


async def test_whoever_comes_back_is_reminded_again(announced: Scene) -> None:
    for typed in ("afternoon", "cancel", "afternoon"):
        await announced.types(announced.ben, f"/signup {typed}")
    announced.clock.move_to(HOUR_AHEAD)
    assert "starts in 1 hour" in (await announced.direct(announced.ben))[-1]


async def test_the_seat_is_given_back_from_the_reminder(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup afternoon")
    announced.clock.move_to(DAY_AHEAD)
    await announced.direct(announced.ben)
    (reminder,) = announced.workspace.direct_messages(announced.ben.id)
    told = await announced.told(announced.ben, lambda: announced.presses(announced.ben, reminder, "I can't make it"))
    assert "given back your seat in the *afternoon*" in told
    await announced.post("40 of 40 seats left")


@pytest.mark.in_time
async def test_a_refused_call_is_tried_again_and_the_reminder_comes_once(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup afternoon")
    announced.workspace.faults.add(Fault(method="chat.postMessage", trouble=Trouble.RATE_LIMIT, times=2))
    announced.clock.move_to(DAY_AHEAD)
    assert len(await announced.direct(announced.ben)) == 1
    await announced.post("starts in 1 day")


@pytest.mark.in_time
async def test_one_person_who_cant_be_reached_holds_up_nobody(announced: Scene) -> None:
    fault = Fault(
        method="conversations.open",
        trouble=Trouble.REFUSAL,
        error="user_not_found",
        addressee=announced.ben.id,
        times=100,
    )
    announced.workspace.faults.add(fault)
    await announced.types(announced.ben, "/signup afternoon")
    await announced.types(announced.chu, "/signup afternoon")
    announced.clock.move_to(DAY_AHEAD)
    await announced.direct(announced.chu)
    assert not announced.workspace.direct_messages(announced.ben.id)
