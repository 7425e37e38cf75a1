"""A bot in a process of its own, on the stand-in's clock.

Its settings come from the environment. Once it is at work it prints the port that it listens on.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from bot import app
from bot.app import Convene
from bot.logs import configure
from bot.settings import Settings, load
from storage.engine import parse_url
from storage.migrate import migrate
from workspace.clock import SharedClock


def _as_built(_: Convene) -> None:
    """Nothing is changed."""


def main(clock_file: Path, alter: Callable[[Convene], None] = _as_built) -> None:
    """Run a bot that `alter` has seen to before it starts."""
    asyncio.run(_run(clock_file, alter))


async def _run(clock_file: Path, alter: Callable[[Convene], None]) -> None:
    settings = load(Settings, env_file=None)
    configure(settings.log_level, settings.log_format)
    migrate(parse_url(settings.database_url))
    convene = app.build(settings, SharedClock(clock_file))
    alter(convene)
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind((settings.host, settings.port))
    saying = asyncio.create_task(_say_when_ready(convene, listening))
    await uvicorn.Server(uvicorn.Config(app.serve(convene), log_config=None, access_log=False)).serve([listening])
    saying.cancel()


async def _say_when_ready(convene: Convene, listening: socket.socket) -> None:
    await convene.ready.wait()
    print(listening.getsockname()[1], flush=True)  # noqa: T201 - whoever started this process waits for it
