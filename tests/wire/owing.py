"""The real bot in a workspace where it owes a crowd a reminder each, all due at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from bot.app import Convene
from tests.crashes.doomed import is_owed
from tests.crashes.matrix import World, world
from tests.crashes.owing import DUE, MADE
from tests.wire.scene import running, settings_for
from workspace.members import Channel, Member
from workspace.state import Call, Workspace

POST = "chat.postMessage"
HISTORY = "conversations.history"
FOR_EVER = 10**6
PATIENCE_S = 60
"""Longer than anything here takes: then a test fails instead of waiting for ever."""


@dataclass(frozen=True, slots=True)
class Debt:
    """People who are owed a message each, and their channel `IN_CHANNEL`."""

    world: World
    database_url: str

    @property
    def workspace(self) -> Workspace:
        return self.world.workspace

    @property
    def channel(self) -> Channel:
        found = self.workspace.channel_named("iscm-consultation")
        assert found is not None
        return found

    def member(self, place: int) -> Member:
        """Number 0 is an organiser."""
        found = self.workspace.member_named(f"member{place}")
        assert found is not None
        return found

    def posts(self, channel: Channel | None = None) -> list[Call]:
        """The calls that were to post something, there or anywhere."""
        calls = self.workspace.calls_of(POST)
        return [each for each in calls if channel is None or each.arguments["channel"] == channel.id]

    def history_calls(self, channel: Channel | None = None) -> list[Call]:
        calls = self.workspace.calls_of(HISTORY)
        return [each for each in calls if channel is None or each.arguments["channel"] == channel.id]

    def row(self, *, kind: str | None = None, to: Member | None = None) -> Row[*tuple[Any, ...]]:
        """The one delivery of that kind, or to that member."""
        rows = self.world.rows()
        (found,) = [each for each in rows if kind in (None, each.kind) and (to is None or each.recipient == to.id)]
        return found

    def keeps_pace(self, posts: list[Call], interval: timedelta) -> bool:
        """Whether each came no sooner after the first claim than its turn, however late a busy machine made it."""
        claimed = min(each.last_attempt_at for each in self.world.rows() if each.last_attempt_at is not None)
        since = self.workspace.clock() - datetime.now(UTC) + claimed
        return all(at >= since + interval * turn for turn, at in enumerate(sorted(each.at for each in posts)))

    @asynccontextmanager
    async def bot(self, **settings: Any) -> AsyncIterator[Convene]:
        """A bot at work here, in no hurry and at no pace unless it is said."""
        quick = {"slack_timeout_s": 5, "delivery_settle_s": 0.2, "history_per_minute": 60_000}
        values = settings_for(self.world.standin, self.database_url, **(quick | settings))
        async with running(self.world.standin, values) as convene:
            yield convene


@asynccontextmanager
async def owing(url: str, folder: Path, people: int, start: datetime = DUE) -> AsyncIterator[Debt]:
    async with world(url, folder, people, start) as found:
        yield Debt(found, url)


BEFORE = MADE + timedelta(minutes=1)
"""Nothing but the webinar itself is due."""


async def paid(convene: Convene) -> None:
    """Wait until nothing is owed any more."""
    await comes_true(convene, is_owed, wanted=False)


async def comes_true(convene: Convene, look: Callable[..., bool], *, wanted: bool = True) -> None:
    """Wait until the database says so: nothing else tells of it."""
    async with asyncio.timeout(PATIENCE_S):
        while await convene.db.read(look) is not wanted:  # noqa: ASYNC110 - the database has no event to wait for
            await asyncio.sleep(0.05)


async def ticks(convene: Convene, number: int) -> None:
    """Let the bot's clock tick so many times."""
    assert convene.engine is not None
    for _ in range(number):
        before = convene.engine.last_tick
        async with asyncio.timeout(PATIENCE_S):
            while convene.engine.last_tick == before:  # noqa: ASYNC110 - nor has the bot's clock
                await asyncio.sleep(0.05)
