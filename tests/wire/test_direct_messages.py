"""Direct messages are opened ahead of the reminder, which opens them itself where that has failed."""

from __future__ import annotations

import pytest

from tests.wire.scene import Scene
from tests.wire.test_reminders import DAY_AHEAD
from workspace.faults import Fault, Trouble
from workspace.members import Member

pytestmark = pytest.mark.in_time

OPEN = "conversations.open"


def opened(scene: Scene, member: Member) -> int:
    """How often the bot has asked for direct messages with a member."""
    return sum(each.arguments["users"] == member.id for each in scene.workspace.calls_of(OPEN))


async def test_they_are_opened_after_the_sign_up_and_not_when_the_reminder_is_due(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup afternoon")
    await announced.workspace.until(lambda: announced.workspace.direct(announced.ben.id))
    announced.clock.move_to(DAY_AHEAD)
    await announced.direct(announced.ben)
    assert opened(announced, announced.ben) == 1
    assert opened(announced, announced.chu) == 0, "who is owed nothing is not written to"


async def test_where_that_fails_the_reminder_opens_them(announced: Scene) -> None:
    fault = Fault(method=OPEN, trouble=Trouble.SERVER_ERROR, addressee=announced.ben.id)
    announced.workspace.faults.add(fault)
    await announced.types(announced.ben, "/signup afternoon")
    await announced.workspace.until(lambda: opened(announced, announced.ben))
    announced.clock.move_to(DAY_AHEAD)
    assert len(await announced.direct(announced.ben)) == 1
    assert opened(announced, announced.ben) == 2


async def test_people_with_whom_they_can_not_be_opened_keep_nobody_else_waiting(announced: Scene) -> None:
    lost = announced.crowd(3)
    for member in lost:
        fault = Fault(method=OPEN, trouble=Trouble.REFUSAL, error="user_not_found", addressee=member.id, times=10**6)
        announced.workspace.faults.add(fault)
        await announced.types(member, "/signup afternoon")
    await announced.types(announced.ben, "/signup afternoon")
    await announced.workspace.until(lambda: announced.workspace.direct(announced.ben.id))
    assert all(opened(announced, member) == 1 for member in lost), "and they are not asked for again at once"
