"""A file in whose sending anything goes wrong stands in its thread once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.slack import outcomes
from tests.wire.calendars import calendar_of, once_recorded
from tests.wire.scene import BY_HTTP, NOW, WEBINAR, Scene, people, running, settings_for
from tests.wire.test_crashes import bot_process
from workspace.clock import SimulatedClock
from workspace.faults import UPLOAD, Fault, Trouble

pytestmark = BY_HTTP  # what is sent takes the same way in Socket Mode

PLACE, SHARE = "files.getUploadURLExternal", "files.completeUploadExternal"
STEPS = (PLACE, UPLOAD, SHARE)
TROUBLES = (
    (Trouble.RATE_LIMIT, False),
    *((trouble, acted) for trouble in (Trouble.SERVER_ERROR, Trouble.HANG_UP) for acted in (False, True)),
)
IDS = [f"{trouble.name.lower()}-{'after' if acted else 'before'}" for trouble, acted in TROUBLES]


@pytest_asyncio.fixture
async def scene(house: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    """A bot that tries again and looks up at once, with W1 announced and Ben signed up."""
    monkeypatch.setattr(outcomes, "RETRY_S", 0.1)
    async with (
        people(SimulatedClock(start=NOW)) as found,
        running(found.standin, settings_for(found.standin, *house, delivery_settle_s=0)),
    ):
        await found.types(found.ana, WEBINAR)
        await found.post("Sign up: afternoon")
        await found.types(found.ben, "/signup afternoon")
        yield found


async def stands_once(scene: Scene) -> None:
    """Exactly one message about the file, and one file, in its thread."""
    await once_recorded(scene, scene.ben)
    message, reply = await calendar_of(scene, scene.ben)
    assert scene.workspace.direct_messages(scene.ben.id) == [message, reply]


def meet(scene: Scene, *faults: Fault) -> None:
    for each in faults:
        scene.workspace.faults.add(each)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("trouble", "acted"), TROUBLES, ids=IDS)
async def test_a_trouble_at_any_step_neither_loses_nor_doubles_it(
    scene: Scene, step: str, trouble: Trouble, *, acted: bool
) -> None:
    fault = Fault(method=step, trouble=trouble, acted=acted)
    meet(scene, fault)
    await scene.types(scene.ben, "/webinar calendar W1")
    await stands_once(scene)
    assert fault.times == 0, "the trouble was met"


@pytest.mark.parametrize("acted", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    "trouble", [Trouble.RATE_LIMIT, Trouble.SERVER_ERROR, Trouble.HANG_UP], ids=lambda each: each.name
)
async def test_where_slack_can_not_tell_of_a_lost_file_it_is_looked_for_in_its_thread(
    scene: Scene, trouble: Trouble, *, acted: bool
) -> None:
    asked = [
        Fault(method="files.info", trouble=trouble),
        Fault(method="files.info", trouble=Trouble.REFUSAL, error="file_not_found", times=2),
        Fault(method="conversations.replies", trouble=Trouble.SERVER_ERROR),
    ]
    meet(scene, Fault(method=SHARE, trouble=Trouble.HANG_UP, acted=acted), *asked)
    await scene.types(scene.ben, "/webinar calendar W1")
    await stands_once(scene)
    assert sum(each.times for each in asked) == 0, "Slack was asked"


@pytest.mark.parametrize("acted", [False, True], ids=["before", "after"])
async def test_without_the_scope_to_read_files_their_thread_tells(scene: Scene, *, acted: bool) -> None:
    scene.workspace.scopes -= {"files:read"}
    meet(scene, Fault(method=SHARE, trouble=Trouble.HANG_UP, acted=acted))
    await scene.types(scene.ben, "/webinar calendar W1")
    await stands_once(scene)


async def test_without_any_scope_to_look_an_organiser_decides(scene: Scene) -> None:
    scene.workspace.scopes -= {"files:read", "im:history"}
    meet(scene, Fault(method=SHARE, trouble=Trouble.HANG_UP, acted=True))
    await scene.types(scene.ben, "/webinar calendar W1")
    direct = scene.workspace.open_direct(scene.ana.id)
    told = await scene.post("calendar file", "Please decide", channel=direct)
    assert "Regional reviews" in told.text
    assert len([each for each in scene.workspace.direct_messages(scene.ben.id) if each.files]) == 1


async def test_a_file_that_slack_refused_is_sent_when_it_is_asked_for_again(scene: Scene) -> None:
    meet(scene, Fault(method=SHARE, trouble=Trouble.REFUSAL, error="posting_to_channel_denied"))
    await scene.types(scene.ben, "/webinar calendar W1")
    await scene.post("calendar file", "could not be sent", channel=scene.workspace.open_direct(scene.ana.id))
    assert not [each for each in scene.workspace.direct_messages(scene.ben.id) if each.files]
    await scene.types(scene.ben, "/webinar calendar W1")
    await stands_once(scene)


async def test_a_message_whose_reply_was_lost_is_found_and_followed_by_its_file(scene: Scene) -> None:
    direct = scene.workspace.open_direct(scene.ben.id)
    meet(scene, Fault(method="chat.postMessage", trouble=Trouble.HANG_UP, acted=True, addressee=direct.id))
    await scene.types(scene.ben, "/webinar calendar W1")
    await stands_once(scene)


@pytest.mark.parametrize("acted", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS[1:])
async def test_a_sender_killed_at_any_step_leaves_one_file(
    house: tuple[str, str], tmp_path: Path, step: str, *, acted: bool
) -> None:
    """Also between the two commits: the id of an upload is kept before it is shared."""
    clock_file = tmp_path / "clock"
    async with people(SimulatedClock(clock_file, start=NOW)) as found:
        async with bot_process(found, house[0], clock_file) as process:
            await found.types(found.ana, WEBINAR)
            await found.post("Sign up: afternoon")
            await found.types(found.ben, "/signup afternoon")
            direct = found.workspace.open_direct(found.ben.id)
            to = direct.id if step == "chat.postMessage" else None
            meet(found, Fault(method=step, trouble=Trouble.HOLD, acted=acted, addressee=to))
            await found.types(found.ben, "/webinar calendar W1")
            await found.workspace.until(lambda: found.workspace.faults.holding)
            process.kill()
            await process.wait()
        async with bot_process(found, house[0], clock_file):
            await stands_once(found)
