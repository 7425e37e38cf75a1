"""The bot to compare with: `python -m benchmarks.eager`, `python -m bot run` with an update for each vote."""

from __future__ import annotations

import asyncio
import logging
import sys
from dataclasses import dataclass, field
from typing import cast

from sqlalchemy import update

from bot import app
from bot.cli import main
from bot.domain.ids import MessageId
from bot.ports import Tx
from bot.slack.drawer import SlackDrawer
from bot.usecases import messages
from bot.usecases.messages import Withdrawn
from scheduler.redrawing import Redrawing
from scheduler.work import InProcessWork
from storage.tables import messages as table

log = logging.getLogger(__name__)

POST = MessageId(2)
"""The poll's message on the benchmarks' stage: the webinar's is the first."""


@dataclass(frozen=True, slots=True)
class Never(Redrawing):
    """Draws nothing by itself."""

    async def __call__(self) -> None:
        """Whatever is stale stays so."""


@dataclass(slots=True)
class EagerWork(InProcessWork):
    """Each hint that a message is stale is an update."""

    updates: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        eager = self.redrawing
        self.redrawing = Never(eager.db, eager.drawer, eager.workspace, eager.real)

    def redraw(self) -> None:
        task = asyncio.create_task(self._update())
        self.updates.add(task)
        task.add_done_callback(self.updates.discard)

    async def _update(self) -> None:
        drawer = cast("SlackDrawer", self.redrawing.drawer)
        try:
            picture = await self.redrawing.db.read(messages.picture, POST)
            kept, subject = picture.message, picture.subject
            if kept.ts is None or kept.shown >= kept.version:
                return
            if subject is not None and not isinstance(subject, Withdrawn):
                await drawer.client.chat_update(channel=kept.channel, ts=kept.ts, **drawer.message(subject).content())
                await self.redrawing.db.write(_shown, subject.version)
        except Exception as error:  # noqa: BLE001 - one that fails is made up for by the next
            log.warning("an update of the control's failed: %r", error)


def _shown(tx: Tx, version: int) -> None:
    tx.execute(update(table).where(table.c.id == POST, table.c.shown < version).values(shown=version))


if __name__ == "__main__":
    vars(app)[InProcessWork.__name__] = EagerWork
    sys.exit(main(["run"]))
