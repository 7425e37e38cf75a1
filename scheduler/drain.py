"""Sends what is due: claims it, hands each delivery to the announcer, and never waits for a slow one."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.deliveries import Claimed
from bot.domain.ids import WorkspaceId
from bot.ports import Announcer, Clock, Database
from bot.usecases import deliveries

log = logging.getLogger(__name__)

IN_FLIGHT = 50
"""Deliveries under way at once in one process. Each takes at most two Slack calls, well within its lease."""


@dataclass(frozen=True, slots=True)
class Drain:
    """`clock` is the bot's time, for what is due; `real` is real time, for leases.

    Only what `workspace` owes is sent: the announcer has its token and no other.
    """

    db: Database
    announcer: Announcer
    clock: Clock
    real: Clock
    lease: timedelta
    workspace: WorkspaceId
    in_flight: set[asyncio.Task[None]] = field(default_factory=set)

    async def __call__(self, shard: int) -> int:
        """Start sending what is due in `shard`, as far as there is room; the number started."""
        room = IN_FLIGHT - len(self.in_flight)
        if room <= 0:
            return 0
        claimed = await self.db.write(
            deliveries.claim,
            self.workspace,
            shard,
            now=self.clock(),
            real_now=self.real(),
            lease=self.lease,
            limit=room,
        )
        for each in claimed:
            task = asyncio.create_task(self._deliver(each))
            self.in_flight.add(task)
            task.add_done_callback(self.in_flight.discard)
        return len(claimed)

    async def finish(self, timeout_s: float) -> None:
        """Wait for what is under way; what takes longer stays claimed until its lease runs out."""
        if self.in_flight:
            await asyncio.wait(self.in_flight, timeout=timeout_s)

    async def _deliver(self, claimed: Claimed) -> None:
        try:
            result = await self.announcer.send(claimed)
        except Exception:
            log.exception("delivery %s (%s) came to a fault of ours", claimed.id, claimed.key)
        else:
            log.info("delivery %s (%s): %s", claimed.id, claimed.key, result)
