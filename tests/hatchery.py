"""Processes of a bot's, forked from one that has imported the bot already: importing takes longer than most lives."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.crashes.doomed"])


@dataclass(frozen=True, slots=True)
class Hatched:
    """A process, and what it prints."""

    process: ForkServerProcess
    stdout: asyncio.StreamReader
    pipe: asyncio.ReadTransport

    @property
    def is_alive(self) -> bool:
        return self.process.is_alive()

    def terminate(self) -> None:
        self.process.terminate()

    def kill(self) -> None:
        self.process.kill()

    async def wait(self) -> int:
        """How it ended: its status, or the number of the signal that killed it, as a negative."""
        await asyncio.to_thread(self.process.join)
        self.pipe.close()
        assert self.process.exitcode is not None
        return self.process.exitcode


async def hatch(main: Callable[..., None], *arguments: object, environment: Mapping[str, str]) -> Hatched:
    """Run `main` in a process of its own, with these variables beside our own."""
    reading, writing = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_live, args=(main, arguments, os.environ | environment, writing), daemon=True)
    await asyncio.to_thread(process.start)
    writing.close()
    stdout = asyncio.StreamReader()
    pipe = os.fdopen(os.dup(reading.fileno()), "rb")
    reading.close()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(stdout), pipe
    )
    return Hatched(process, stdout, transport)


def _live(
    main: Callable[..., None], arguments: tuple[object, ...], environment: Mapping[str, str], writing: Connection
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(writing.fileno(), sys.stdout.fileno())
    writing.close()
    main(*arguments)
