"""Whoever wants no reminders gets none, and is still told what changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.wire.scene import BY_HTTP, Scene
from workspace.shown import plain

pytestmark = BY_HTTP  # a command, a click and a form take the same way in Socket Mode

DAY_AHEAD = datetime(2026, 12, 9, 15, 0, tzinfo=UTC)
HOUR_AHEAD = datetime(2026, 12, 10, 14, 0, tzinfo=UTC)
LINK = "https://meet.example.org/w1"


async def reminded(scene: Scene) -> None:
    """Chu, who has a seat in the afternoon too, has got the reminder that is due: whoever would have, has as well."""
    scene.clock.move_to(HOUR_AHEAD)
    await scene.workspace.until(
        lambda: any("starts in 1 hour" in each.text for each in scene.workspace.direct_messages(scene.chu.id))
    )


async def test_whoever_presses_no_more_reminders_gets_none_from_then_on(announced: Scene) -> None:
    for member in (announced.ben, announced.chu):
        await announced.types(member, "/signup afternoon")
    announced.clock.move_to(DAY_AHEAD)
    await announced.direct(announced.chu)
    await announced.direct(announced.ben)
    (reminder,) = announced.workspace.direct_messages(announced.ben.id)
    told = await announced.told(announced.ben, lambda: announced.presses(announced.ben, reminder, "No more reminders"))
    assert "You will get no more reminders" in told
    await reminded(announced)
    assert len(announced.workspace.direct_messages(announced.ben.id)) == 1


@pytest.mark.parametrize("signs_up", ["before", "after"])
async def test_whoever_types_it_gets_none_whether_the_seat_was_taken_before_or_after(
    announced: Scene, signs_up: str
) -> None:
    await announced.types(announced.chu, "/signup afternoon")
    typed = ["/signup afternoon", "/signup reminders off"]
    for each in typed if signs_up == "before" else reversed(typed):
        await announced.types(announced.ben, each)
    await reminded(announced)
    assert not announced.workspace.direct_messages(announced.ben.id)


async def test_changes_are_told_all_the_same_with_the_link_that_no_reminder_will_bring(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup afternoon")
    await announced.types(announced.ben, "/signup reminders off")
    await announced.types(announced.ana, "/webinar move W1 afternoon to 16:30")
    (told,) = await announced.direct(announced.ben)
    assert "has been moved" in told
    assert f"Join here: {LINK}" in told
    await announced.types(announced.ana, "/webinar cancel W1 afternoon")
    _, told = await announced.direct(announced.ben, 2)
    assert "has been cancelled" in told
    assert LINK not in told


async def test_the_link_is_shown_by_status_and_at_sign_up(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup reminders off")
    assert f"Join here: {LINK}" in await announced.types(announced.ben, "/signup afternoon")
    assert f"Join here: {LINK}" in await announced.types(announced.ben, "/signup status")


async def test_turned_on_again_what_is_still_ahead_comes(announced: Scene) -> None:
    for member in (announced.ben, announced.chu):
        await announced.types(member, "/signup afternoon")
    off = await announced.answered(announced.ben, "/signup reminders off")
    told = await announced.told(announced.ben, lambda: announced.presses(announced.ben, off, "Turn reminders on"))
    assert "You will be reminded" in told
    announced.clock.move_to(DAY_AHEAD)
    assert "starts in 1 day" in (await announced.direct(announced.ben))[0]
    await reminded(announced)
    assert f"Join here: {LINK}" in (await announced.direct(announced.ben, 2))[1]


async def test_a_reminder_that_was_due_in_between_is_not_made_up_for(announced: Scene) -> None:
    for member in (announced.ben, announced.chu):
        await announced.types(member, "/signup afternoon")
    await announced.types(announced.ben, "/signup reminders off")
    announced.clock.move_to(DAY_AHEAD)
    await announced.direct(announced.chu)
    announced.clock.move_to(DAY_AHEAD + timedelta(hours=1))
    await announced.types(announced.ben, "/signup reminders on")
    await reminded(announced)
    (only,) = await announced.direct(announced.ben)
    assert "starts in 1 hour" in only


async def test_it_is_for_all_webinars_and_for_its_member_alone(announced: Scene) -> None:
    await announced.types(announced.ana, '/webinar new "Second" on 2026-12-10 in Zurich late 16:00-17:00')
    for member in (announced.ben, announced.chu):
        for seat in ("W1 afternoon", "W2 late"):
            await announced.types(member, f"/signup {seat}")
    await announced.types(announced.ben, "/signup reminders off")
    announced.clock.move_to(HOUR_AHEAD)
    assert {"Second" in each for each in await announced.direct(announced.chu, 2)} == {True, False}
    assert not announced.workspace.direct_messages(announced.ben.id)


async def test_pressing_it_twice_says_the_same(announced: Scene) -> None:
    first = await announced.types(announced.ben, "/signup reminders off")
    assert await announced.types(announced.ben, "/signup mute") == first
    answer = await announced.answered(announced.ben, "/signup reminders off")
    assert "Turn reminders on" in plain(answer)
