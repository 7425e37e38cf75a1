"""The in-process adapter of the work port: hints become drains on the running loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection
from dataclasses import dataclass, field

from scheduler.drain import Drain
from scheduler.redrawing import Redrawing

log = logging.getLogger(__name__)

REST_S = 0.05
"""Between two rounds of work: what a burst of clicks hints at is looked up once, not after each."""


@dataclass(slots=True)
class InProcessWork:
    """Hints that come while work is under way are kept, and carried out once, after it."""

    drain: Drain
    redrawing: Redrawing
    shards: set[int] = field(default_factory=set)
    stale: bool = False
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    loop: asyncio.Task[None] | None = None

    def submit(self, shards: Collection[int]) -> None:
        self.shards.update(shards)
        self.wake.set()

    def redraw(self) -> None:
        self.stale = True
        self.wake.set()

    def start(self) -> None:
        self.loop = asyncio.create_task(self._run())

    async def stop(self, timeout_s: float) -> None:
        """Take no new work, and finish what is in flight within `timeout_s`."""
        if self.loop is not None:
            self.loop.cancel()
            await asyncio.gather(self.loop, return_exceptions=True)
        await self.drain.finish(timeout_s)
        await self.redrawing.stop()

    async def _run(self) -> None:
        while True:
            await self.wake.wait()
            self.wake.clear()
            shards, self.shards = self.shards, set()
            stale, self.stale = self.stale, False
            more = False
            try:
                more = any(await asyncio.gather(*(self._drained(shard) for shard in shards)))
                if stale:
                    await self.redrawing()
            except Exception:
                log.exception("a hint could not be carried out; the next tick repeats it")
            if more:
                await self.drain.room(REST_S)
            else:
                await asyncio.sleep(REST_S)

    async def _drained(self, shard: int) -> bool:
        more = await self.drain(shard)
        if more:
            self.submit((shard,))
        return more
