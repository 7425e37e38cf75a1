"""A bot is killed while its update of a message is on the way, and the update lands after the next bot's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crashes.voting import ENVIRONMENT, OPTIONS, UPDATE, Click, hall
from workspace.faults import Fault, Trouble

IMPATIENT = ENVIRONMENT | {"SLACK_TIMEOUT_S": "3"}
"""So long after its sender's turn an update may land: longer than a bot takes to start, or nothing would be tested."""


@pytest.mark.soak
async def test_a_picture_that_lands_after_its_sender_died_is_drawn_over_with_the_newest(
    new_database: Callable[[str], str], tmp_path: Path
) -> None:
    async with hall(new_database("postgresql"), tmp_path, voters=2, bots=1, environment=IMPATIENT) as here:
        (bot,), faults = here.bots, here.workspace.faults
        ana, ben = (each for each in here.workspace.members.values() if not each.is_bot)
        faults.add(Fault(method=UPDATE, trouble=Trouble.DELAY))
        assert await here.presses(Click(0, ana, OPTIONS.index("Event")))
        await here.workspace.until(lambda: faults.holding)
        assert await here.presses(Click(0, ben, OPTIONS.index("Event")))
        await bot.kill()
        await bot.start()
        await here.workspace.until(lambda: here.course.voters == [2])
        faults.release()
        await here.workspace.until(lambda: here.course.voters == [2, 1])
        await here.settles()
    assert here.course.voters == [2, 1, 2]
