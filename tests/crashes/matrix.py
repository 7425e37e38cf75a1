"""Runs a doomed bot again and again until nothing is owed, and counts what has arrived."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Row, select

from bot.slack.announcer import SlackAnnouncer
from bot.slack.history import EVENT_TYPE
from storage import tables
from storage.engine import open_engine, parse_url
from tests.crashes import doomed
from tests.crashes.doomed import NOTHING_OWED, Doom, Point, is_owed
from tests.crashes.fates import SPARED, Fate
from tests.crashes.owing import DUE, owe
from tests.hatchery import Hatched, hatch
from workspace.clock import SimulatedClock
from workspace.server import StandIn
from workspace.state import Workspace
from workspace.weather import Squall, Weather

LIFE_S = 240
"""Longer than any life should last: then a test fails instead of waiting for ever."""

ENVIRONMENT = {
    "PORT": "0",
    "LOG_LEVEL": "error",
    "SLACK_TIMEOUT_S": "0.5",
    "DELIVERY_LEASE_S": "1.5",
    "DELIVERY_SETTLE_S": "0.2",
    "DELIVERY_CHANNEL_INTERVAL_S": "0.01",
    "DELIVERY_WORKSPACE_PER_MINUTE": "60000",
    "HISTORY_PER_MINUTE": "60000",
    "DIRECTS_PER_MINUTE": "6000",
}


ORDER = (tables.deliveries.c.priority, tables.deliveries.c.due_at, tables.deliveries.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """`twice` counts each message beyond a delivery's first; `unfinished` what isn't recorded as sent."""

    deliveries: int
    kills: int
    troubles: Counter[str]
    messages: int
    missing: int
    twice: int
    unfinished: int

    @property
    def is_exact(self) -> bool:
        """Whether each delivery has one message, and is recorded as sent."""
        return self.missing == self.twice == self.unfinished == 0

    def __str__(self) -> str:
        troubles = ", ".join(f"{number} {name}" for name, number in sorted(self.troubles.items())) or "none"
        return (
            f"{self.deliveries} deliveries, {self.kills} kills, troubles: {troubles}; "
            f"{self.messages} messages, {self.missing} missing, {self.twice} twice, {self.unfinished} not recorded"
        )


@dataclass(frozen=True, slots=True)
class Traces:
    """What had come about of anything owed, when somebody looked."""

    claimed: bool
    posted: bool
    recorded: bool


@dataclass(frozen=True, slots=True)
class World:
    """A stand-in whose people are owed a message each, and its channel a few; no bot yet."""

    standin: StandIn
    environment: dict[str, str]
    clock_file: Path
    engine: Engine

    @property
    def workspace(self) -> Workspace:
        return self.standin.workspace

    async def outlive(
        self, fates: Iterable[Fate], skies: Iterable[Weather] = (), announcer: type[SlackAnnouncer] = SlackAnnouncer
    ) -> Tally:
        """Let one bot after the other live until its fate, and the last until nothing is owed."""
        skies = tuple(skies)
        self.workspace.faults.leave_to(*skies)
        kills = 0
        for fate in chain(fates, (SPARED,)):
            if self._is_owed():
                kills += await self.dies(fate, announcer)
        met: Counter[Squall] = sum((each.met for each in skies), Counter())
        return self.tally(kills, Counter({squall.name.lower(): number for squall, number in met.items()}))

    async def dies(self, fate: Fate, announcer: type[SlackAnnouncer] = SlackAnnouncer) -> bool:
        """Run a bot until it dies (True), or until nothing is owed and it was told to stop."""
        doom = Doom(fate.point, fate.turn)
        process = await hatch(doomed.main, self.clock_file, announcer.__name__, doom, environment=self.environment)
        try:
            async with asyncio.timeout(LIFE_S):
                told = [line async for line in process.stdout if _stop_at(line, process)]
                code = await process.wait()
        finally:
            if process.is_alive:
                process.kill()
                await process.wait()
        assert code == -signal.SIGKILL or NOTHING_OWED in told, f"the bot ended by itself, with {code}"
        return code == -signal.SIGKILL

    @asynccontextmanager
    async def stopped(self, fate: Fate, finishes: int) -> AsyncIterator[None]:
        """A bot that stops at its fate, like a machine that sleeps; it goes on afterwards, and finishes so many.

        It is our own child: the system says only of those when they have stopped.
        """
        call = (self.clock_file, SlackAnnouncer.__name__, fate.point, str(fate.turn), signal.SIGSTOP.name)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", doomed.__name__, *call),
            env=os.environ | self.environment,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        try:
            await asyncio.to_thread(os.waitid, os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
            yield
            process.send_signal(signal.SIGCONT)
            async with asyncio.timeout(LIFE_S):
                while finishes:
                    finishes -= await process.stdout.readline() == NOTHING_OWED
        finally:
            process.kill()
            await process.wait()

    def traces(self) -> Traces:
        states = {row.state for row in self.rows()}
        return Traces(claimed=not states <= {"pending"}, posted=self.arrived().total() > 0, recorded="sent" in states)

    def rows(self) -> Sequence[Row[*tuple[Any, ...]]]:
        """Every delivery, the most pressing first."""
        with self.engine.connect() as tx:
            return tx.execute(select(tables.deliveries).order_by(*ORDER)).all()

    def _is_owed(self) -> bool:
        with self.engine.connect() as tx:
            return is_owed(tx)

    def tally(self, kills: int = 0, troubles: Counter[str] | None = None) -> Tally:
        rows, arrived = self.rows(), self.arrived()
        return Tally(
            deliveries=len(rows),
            kills=kills,
            troubles=troubles or Counter(),
            messages=arrived.total(),
            missing=sum(row.key not in arrived for row in rows),
            twice=sum(number - 1 for number in arrived.values()),
            unfinished=sum(row.state != "sent" for row in rows),
        )

    def arrived(self) -> Counter[str]:
        """How many messages stand in the workspace under each delivery's key."""
        said = (message for channel in self.workspace.channels for message in self.workspace.messages(channel))
        marks = (message.metadata for message in said if message.metadata is not None)
        return Counter(mark["event_payload"]["key"] for mark in marks if mark["event_type"] == EVENT_TYPE)


@asynccontextmanager
async def world(
    database_url: str,
    folder: Path,
    people: int,
    start: datetime = DUE,
    fill: Callable[[Engine, Workspace, int], None] = owe,
) -> AsyncIterator[World]:
    """A workspace that owes so many people a message, on a migrated database; `fill` writes what it owes."""
    clock_file = folder / "clock"
    workspace = Workspace(clock=SimulatedClock(clock_file, start=start))
    engine = open_engine(parse_url(database_url), threads=1)
    fill(engine, workspace, people)
    async with AsyncExitStack() as stack:
        stack.callback(engine.dispose)
        standin = await stack.enter_async_context(await StandIn.start(workspace))
        environment = ENVIRONMENT | {
            "SLACK_BOT_TOKEN": workspace.bot_token,
            "SLACK_SIGNING_SECRET": workspace.signing_secret,
            "SLACK_APP_TOKEN": "",
            "SLACK_API_URL": standin.api_url,
            "DATABASE_URL": database_url,
        }
        yield World(standin, environment, clock_file, engine)


async def killed_once(point: Point, database_url: str, folder: Path, people: int) -> tuple[Traces, Tally]:
    """Kill a bot the first time that it passes `point`; what it left behind, and what came of it with the next bot."""
    async with world(database_url, folder, people) as here:
        assert await here.dies(Fate(point, 1))
        left = here.traces()
        return left, await here.outlive([])


def _stop_at(line: bytes, process: Hatched) -> bool:
    """Tell a bot that owes nothing to stop; whether it is such a line."""
    if line != NOTHING_OWED:
        return False
    if process.is_alive:
        process.terminate()
    return True
