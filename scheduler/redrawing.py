"""Brings kept messages up to date, one renderer a message, at the pace that Slack allows."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field

from bot.domain.ids import MessageId, WorkspaceId
from bot.ports import Announcer, Database
from bot.usecases import messages

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Redrawing:
    """However many changes there are, a message is drawn once from the newest, and again after its pause."""

    db: Database
    announcer: Announcer
    workspace: WorkspaceId
    active: dict[MessageId, asyncio.Task[None]] = field(default_factory=dict)

    async def __call__(self) -> None:
        """Start a renderer for each stale message that has none."""
        for message in await self.db.read(messages.stale, self.workspace):
            if message not in self.active:
                self.active[message] = asyncio.create_task(self._draw(message))

    async def stop(self) -> None:
        """End the renderers: what is stale in the database is drawn after the next start."""
        for task in list(self.active.values()):
            task.cancel()
        await asyncio.gather(*self.active.values(), return_exceptions=True)

    async def _draw(self, message: MessageId) -> None:
        try:
            pause_s = await self.announcer.redraw(message)
            while pause_s:
                await asyncio.sleep(pause_s)
                pause_s = await self.announcer.redraw(message)
        except Exception:
            log.exception("message %s could not be redrawn", message)
        finally:
            del self.active[message]
