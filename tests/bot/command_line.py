"""`python -m bot`, as a person runs it: in an empty folder, and wherever it goes on in a process of its own."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from aiohttp import ClientSession

from bot import cli
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
OURS = {name.upper() for name in Settings.model_fields}
WAIT_S = 20
"""Far beyond what any of this takes: a test that waits longer has failed."""

LISTENING = re.compile(r"running on (http://[\d.]+:\d+)")


@dataclass(frozen=True, slots=True)
class Finished:
    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


@dataclass(frozen=True, slots=True)
class Serving:
    """`python -m bot run`, listening at `url`; `log` grows with what it writes."""

    process: asyncio.subprocess.Process
    url: str
    log: list[str]
    reading: asyncio.Task[None]

    async def get(self, path: str) -> tuple[int, str]:
        async with ClientSession() as http, http.get(f"{self.url}{path}") as answer:
            return answer.status, await answer.text()

    async def becomes_ready(self) -> None:
        async with asyncio.timeout(WAIT_S):
            while (await self.get("/readyz"))[0] != 200:
                pass

    async def told_to_stop(self) -> int:
        """Its exit status after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(WAIT_S):
            await self.reading
            return await self.process.wait()


def environment(variables: Mapping[str, str]) -> dict[str, str]:
    """This process's, without any setting of ours but `variables`."""
    rest = {name: value for name, value in os.environ.items() if name.upper() not in OURS}
    return {**rest, "PYTHONPATH": str(ROOT), **variables}


async def convene(folder: Path, *arguments: str, **variables: str) -> Finished:
    """A subcommand that ends by itself, in a thread: a process would take two seconds to start."""
    before = os.environ.copy()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    out, err = StringIO(), StringIO()
    try:
        os.environ.clear()
        os.environ.update(environment(variables))
        with chdir(folder), redirect_stdout(out), redirect_stderr(err):
            async with asyncio.timeout(WAIT_S):
                status = await asyncio.to_thread(_status, arguments)
    finally:
        os.environ.clear()
        os.environ.update(before)
        root.handlers[:] = handlers
        root.setLevel(level)
    return Finished(status, out.getvalue(), err.getvalue())


def _status(arguments: Sequence[str]) -> int:
    try:
        return cli.main(arguments)
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else 1


async def process(folder: Path, *arguments: str, **variables: str) -> Finished:
    """The same in a process of its own."""
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=folder,
        env=environment(variables),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(WAIT_S):
            out, err = await started.communicate()
    finally:
        if started.returncode is None:
            started.kill()
            await started.communicate()
    return Finished(started.returncode or 0, out.decode(), err.decode())


@asynccontextmanager
async def serving(folder: Path, **variables: str) -> AsyncIterator[Serving]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,
        env=environment({"PORT": "0"} | variables),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    log: list[str] = []
    listening = asyncio.get_running_loop().create_future()

    async def read(lines: asyncio.StreamReader) -> None:
        async for line in lines:
            log.append(line.decode())
            if (found := LISTENING.search(log[-1])) and not listening.done():
                listening.set_result(found[1])

    reading = asyncio.create_task(read(process.stdout))
    try:
        async with asyncio.timeout(WAIT_S):
            await asyncio.wait({reading, listening}, return_when=asyncio.FIRST_COMPLETED)
        assert listening.done(), "".join(log)
        yield Serving(process, listening.result(), log, reading)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await reading


def nowhere() -> str:
    """An address at which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/api/"
