"""Brings kept messages up to date, one renderer a message, at the pace that Slack allows."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.ids import MessageId, WorkspaceId
from bot.ports import Clock, Database, Drawer
from bot.usecases import drawing

log = logging.getLogger(__name__)

WITHIN = timedelta(seconds=3)
"""A renderer waits for a message that may be drawn so soon; what rests for longer is looked for again by a tick."""


@dataclass(frozen=True, slots=True)
class Redrawing:
    """However many changes there are, a message is drawn once from the newest, and again after its pause.

    Each process has a renderer for a stale message, and the drawer sees to it that they take turns: where one dies,
    another goes on. `real` is real time.
    """

    db: Database
    drawer: Drawer
    workspace: WorkspaceId
    real: Clock
    active: dict[MessageId, asyncio.Task[None]] = field(default_factory=dict)

    async def __call__(self) -> None:
        """Start a renderer for each stale message that has none."""
        for message in await self.db.read(drawing.stale, self.workspace, within=WITHIN, real_now=self.real()):
            if message not in self.active:
                self.active[message] = asyncio.create_task(self._draw(message))

    async def stop(self) -> None:
        """End the renderers: what is stale in the database is drawn after the next start."""
        for task in list(self.active.values()):
            task.cancel()
        await asyncio.gather(*self.active.values(), return_exceptions=True)

    async def _draw(self, message: MessageId) -> None:
        try:
            pause_s = await self.drawer.draw(message)
            while 0 < pause_s <= WITHIN.total_seconds():
                await asyncio.sleep(pause_s)
                pause_s = await self.drawer.draw(message)
        except Exception:
            log.exception("message %s could not be redrawn", message)
        finally:
            del self.active[message]
