"""The bot in a process of its own, killed."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.hatchery import Hatched, hatch
from tests.wire.scene import BY_HTTP, NOW, WEBINAR, Scene, people
from workspace.bot_process import main as serve
from workspace.clock import SimulatedClock
from workspace.faults import Fault, Trouble

HOUR_AHEAD = datetime(2026, 12, 10, 14, 0, tzinfo=UTC)


@asynccontextmanager
async def bot_process(
    scene: Scene, database_url: str, clock_file: Path, transport: str = "http"
) -> AsyncIterator[Hatched]:
    """A bot that answers; killed at the end, if not before."""
    by_http = transport == "http"
    environment = {
        "SLACK_BOT_TOKEN": scene.workspace.bot_token,
        "SLACK_SIGNING_SECRET": scene.workspace.signing_secret if by_http else "",
        "SLACK_APP_TOKEN": "" if by_http else scene.workspace.app_token,
        "SLACK_API_URL": scene.standin.api_url,
        "DATABASE_URL": database_url,
        "PORT": "0",
        "LOG_LEVEL": "warning",
        "DELIVERY_LEASE_S": "2.5",
        "SLACK_TIMEOUT_S": "1",
        "DELIVERY_SETTLE_S": "0.1",
    }
    process = await hatch(serve, clock_file, environment=environment)
    try:
        port = int(await process.stdout.readline())
        if by_http:
            scene.standin.bot_url = f"http://127.0.0.1:{port}/slack/events"
        yield process
    finally:
        process.kill()
        await process.wait()


async def test_what_was_acknowledged_before_a_kill_is_sent_once_after_it(
    house: tuple[str, str], tmp_path: Path
) -> None:
    database_url, transport = house
    clock_file = tmp_path / "clock"
    async with people(SimulatedClock(clock_file, start=NOW)) as scene:
        async with bot_process(scene, database_url, clock_file, transport) as process:
            await scene.types(scene.ana, WEBINAR)
            await scene.post("Sign up: afternoon")
            told = await asyncio.gather(
                *(scene.types(each, "/signup afternoon") for each in (scene.ana, scene.ben, scene.chu))
            )
            assert all("You have a seat" in each for each in told)
            process.kill()
            assert await process.wait() == -signal.SIGKILL
        scene.clock.move_to(HOUR_AHEAD)
        async with bot_process(scene, database_url, clock_file, transport):
            for member in (scene.ana, scene.ben, scene.chu):
                told = await scene.direct(member)
                assert sum("starts in 1 hour" in each for each in told) == 1
            await scene.post("37 of 40 seats left")
            assert "37 of 40" in await scene.types(scene.ben, "/signup afternoon")


@BY_HTTP
async def test_a_sender_killed_before_its_answer_came_sends_once(database_url: str, tmp_path: Path) -> None:
    clock_file = tmp_path / "clock"
    async with people(SimulatedClock(clock_file, start=NOW)) as scene:
        async with bot_process(scene, database_url, clock_file) as process:
            await scene.types(scene.ana, WEBINAR)
            await scene.post("Sign up: afternoon")
            await scene.types(scene.ben, "/signup afternoon")
            scene.workspace.faults.add(
                Fault(method="chat.postMessage", trouble=Trouble.HOLD, acted=True, addressee=scene.channel.id)
            )
            scene.clock.move_to(datetime(2026, 12, 9, 15, 0, tzinfo=UTC))
            await scene.post("*afternoon* session of *Regional reviews* starts in")
            process.kill()
            await process.wait()
        async with bot_process(scene, database_url, clock_file):
            await scene.workspace.until(lambda: scene.workspace.calls_of("conversations.history"), 20)
            scene.clock.move_to(HOUR_AHEAD)
            await scene.workspace.until(
                lambda: [each for each in scene.workspace.direct_messages(scene.ben.id) if "1 hour" in each.text]
            )
        reminders = [each for each in scene.posts() if "*afternoon* session" in each.text and "starts in" in each.text]
        assert len(reminders) == 1
