"""Sends what is due: claims it, hands each to the announcer when its time comes, and never waits for a slow one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.domain import delivery_logs
from bot.domain.deliveries import Claimed, NotSent, shard_of
from bot.domain.ids import WorkspaceId
from bot.ports import Announcer, Clock, Database
from bot.usecases import deliveries
from bot.usecases.deliveries import Terms

T = TypeVar("T")

log = logging.getLogger(__name__)

IN_FLIGHT = 50
"""Deliveries under way at once in one process. Each takes at most two Slack calls, a file three, within its lease."""

ROOMY = IN_FLIGHT // 2
"""Once so few are under way the next are claimed: not one by one, which would cost a commit each."""


@dataclass(frozen=True, slots=True)
class Drain:
    """`clock` is the bot's time, for what is due; `real` is real time, for leases and gates.

    Only what `workspace` owes is sent: the announcer has its token and no other.
    """

    db: Database
    announcer: Announcer
    clock: Clock
    real: Clock
    terms: Terms
    workspace: WorkspaceId
    in_flight: set[asyncio.Task[Any]] = field(default_factory=set)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    has_room: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, shard: int) -> bool:
        """Start sending what is due in our shard, as far as there is room; whether more may be due."""
        if shard != shard_of(self.workspace) or self.stopping.is_set():
            return False
        room = IN_FLIGHT - len(self.in_flight)
        if room <= 0:
            return True
        return await asyncio.shield(self._started(self._claim(room)))

    async def room(self, timeout_s: float) -> None:
        """Wait until there is room for many; in `timeout_s` there is for those whose turn slow ones don't take."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.has_room.wait(), timeout_s)

    async def finish(self, timeout_s: float) -> None:
        """Let go of what waits for its time, and wait for what is under way.

        What takes longer stays claimed until its lease runs out.
        """
        self.stopping.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                while self.in_flight:
                    await asyncio.wait(self.in_flight)

    def _started(self, work: Coroutine[None, None, T]) -> asyncio.Task[T]:
        """A task that whoever waits for it may leave, and `finish` does not."""
        task = asyncio.create_task(work)
        self.in_flight.add(task)
        task.add_done_callback(self._done)
        return task

    async def _claim(self, room: int) -> bool:
        claimed = await self.db.write(
            deliveries.claim, self.workspace, self.terms, now=self.clock(), real_now=self.real(), limit=room
        )
        for each in claimed:
            self._started(self._deliver(each))
        self._look_for_room()
        return len(claimed) == room

    def _done(self, task: asyncio.Task[Any]) -> None:
        self.in_flight.discard(task)
        self._look_for_room()

    def _look_for_room(self) -> None:
        if len(self.in_flight) <= ROOMY:
            self.has_room.set()
        else:
            self.has_room.clear()

    async def _deliver(self, claimed: Claimed) -> None:
        try:
            if await self._is_time(claimed):
                result = await self.announcer.send(claimed)
                log.info("delivery %s: %s", delivery_logs.named(claimed), delivery_logs.told(claimed, result))
            else:
                await self._let_go(claimed)
        except Exception:
            log.exception("delivery %s came to a fault of ours", delivery_logs.named(claimed))

    async def _is_time(self, claimed: Claimed) -> bool:
        """Wait for the time that the gates gave; False where the process is to end before it."""
        wait_s = 0.0 if claimed.send_at is None else (claimed.send_at - self.real()).total_seconds()
        if wait_s > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), wait_s)
        return not self.stopping.is_set()

    async def _let_go(self, claimed: Claimed) -> None:
        nothing = NotSent("process-ending", 0)
        await self.db.write(deliveries.finish, claimed, nothing, 0, real_now=self.real())
