"""What may or may not have been sent is looked up before it is sent again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from tests.wire.scene import BY_HTTP, NOW, WEBINAR, Scene, people, running, settings_for
from workspace.clock import SimulatedClock
from workspace.faults import Fault, Trouble
from workspace.messages import Message

pytestmark = BY_HTTP  # what is sent takes the same way in Socket Mode

DAY_AHEAD = datetime(2026, 12, 9, 15, 0, tzinfo=UTC)


@pytest_asyncio.fixture
async def scene(house: tuple[str, str]) -> AsyncIterator[Scene]:
    """A bot that looks a lost reply up at once, with W1 announced and Ben signed up."""
    async with (
        people(SimulatedClock(start=NOW)) as found,
        running(found.standin, settings_for(found.standin, *house, delivery_settle_s=0)),
    ):
        await found.types(found.ana, WEBINAR)
        await found.post("Sign up: afternoon")
        await found.types(found.ben, "/signup afternoon")
        yield found


@pytest.mark.parametrize("acted", [True, False], ids=["after it was done", "before it was done"])
@pytest.mark.parametrize("trouble", [Trouble.HANG_UP, Trouble.SERVER_ERROR])
async def test_a_lost_reply_never_doubles_and_never_loses_a_reminder(
    scene: Scene, trouble: Trouble, *, acted: bool
) -> None:
    direct = scene.workspace.open_direct(scene.ben.id)
    scene.workspace.faults.add(Fault(method="chat.postMessage", trouble=trouble, acted=acted, addressee=direct.id))
    scene.clock.move_to(DAY_AHEAD)
    await scene.workspace.until(lambda: scene.workspace.calls_of("conversations.history"), timeout_s=20)
    await scene.direct(scene.ben)
    await scene.types(scene.chu, "/signup afternoon")
    scene.clock.move_to(datetime(2026, 12, 10, 14, 0, tzinfo=UTC))
    told = await scene.direct(scene.ben, 2)
    assert [each.partition("starts in ")[2].partition(".")[0] for each in told] == ["1 day", "1 hour"]


async def test_it_is_found_however_much_was_said_since(scene: Scene) -> None:
    scene.workspace.faults.add(
        Fault(method="chat.postMessage", trouble=Trouble.HANG_UP, acted=True, addressee=scene.channel.id, times=2)
    )
    scene.clock.move_to(DAY_AHEAD)
    await scene.post("*afternoon* session of *Regional reviews* starts in 1 day")
    for number in range(250):
        scene.workspace.put_message(
            Message(
                channel=scene.channel.id,
                ts=scene.workspace.next_ts(),
                user=scene.chu.id,
                is_bot=False,
                text=f"word {number}",
            )
        )
    await scene.workspace.until(
        lambda: [each for each in scene.workspace.calls_of("conversations.history") if each.arguments.get("cursor")],
        timeout_s=20,
    )
    scene.clock.move_to(datetime(2026, 12, 10, 14, 0, tzinfo=UTC))
    await scene.direct(scene.ben)
    reminders = [each for each in scene.posts() if "*afternoon*" in each.text and "starts in 1 day" in each.text]
    assert len(reminders) == 1
