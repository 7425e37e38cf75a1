"""The real bot on the stand-in, over the wire, on a clock that stands between moves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from bot.app import Convene
from bot.domain.deliveries import DeliveryState
from bot.ports import Tx
from bot.usecases import deliveries
from storage import tables
from tests.wire.scene import Scene, people, running, settings_for
from tests.year.making import Act
from tests.year.model import Told
from tests.year.reading import told
from workspace.clock import SimulatedClock
from workspace.members import Member

PATIENCE_S = 30
UNDER_WAY = (DeliveryState.SENDING, DeliveryState.UNKNOWN)


class StandingClock(SimulatedClock):
    """Goes when it is moved, and at no other time: what happens at an instant bears that very instant."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start=start)
        self._now = start

    def __call__(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> None:
        self._now += max(by, timedelta())
        super().advance(by)


def is_anything_due(tx: Tx, now: datetime) -> bool:
    """Whether anything should go out at `now`, or is on its way."""
    rows = tables.deliveries.c
    waits = (rows.state == DeliveryState.PENDING) & (rows.due_at <= now)
    useful = or_(rows.expires_at.is_(None), rows.expires_at > now)
    found = select(rows.id).where(rows.state.in_(UNDER_WAY) | (waits & useful)).limit(1)
    return tx.execute(found).first() is not None


@dataclass(slots=True)
class House:
    """A bot that is stopped and built again on the same database, and the people around it."""

    scene: Scene
    people: Mapping[str, Member]
    database_url: str
    life: AsyncExitStack = field(default_factory=AsyncExitStack)
    bot: Convene | None = None

    @property
    def up(self) -> Convene:
        assert self.bot is not None, "the bot is down"
        return self.bot

    async def start(self) -> None:
        settings = settings_for(self.scene.standin, self.database_url, redraw_interval_s=1)
        self.bot = await self.life.enter_async_context(running(self.scene.standin, settings))

    async def stop(self) -> None:
        await self.life.aclose()
        self.bot = None

    async def does(self, act: Act) -> None:
        answer = await self.scene.types(self.people[act.person], act.typed)
        assert act.answer in answer, f"{self.scene.clock():%F %T} {act.typed}: {answer}"

    async def hold(self) -> None:
        """Have nothing sent until `release`, or until the bot is built again."""
        work = self.up.work
        assert work is not None
        assert work.loop is not None
        work.loop.cancel()
        await asyncio.gather(work.loop, return_exceptions=True)

    def release(self) -> None:
        assert self.up.work is not None
        self.up.work.start()

    async def settle(self) -> None:
        """Have everything sent that is due."""
        bot, now = self.up, self.scene.clock()
        assert bot.work is not None
        async with asyncio.timeout(PATIENCE_S):
            while await bot.db.read(is_anything_due, now):
                await self.tick()
                if under_way := list(bot.work.drain.in_flight):
                    await asyncio.wait(under_way)

    async def tick(self) -> None:
        """Have the bot begin to send what is due."""
        assert self.up.engine is not None
        await self.up.engine.tick()

    async def next_due(self) -> datetime | None:
        assert self.up.engine is not None
        return await self.up.db.read(deliveries.next_due, self.up.engine.workspace.id, now=self.scene.clock())

    def arrived(self) -> list[Told]:
        """What stands in the channel and in everybody's direct messages."""
        names = {member.id: name for name, member in self.people.items()}
        return told(self.scene.workspace, self.scene.channel.id, names)


@asynccontextmanager
async def house(database_url: str, start: datetime, crowd: int) -> AsyncIterator[House]:
    """So many people and Ana, who is their organiser; no bot yet."""
    async with people(StandingClock(start)) as scene:
        everybody = [scene.ana, scene.ben, scene.chu, *scene.crowd(crowd - 2)]
        found = House(scene, {each.name: each for each in everybody}, database_url)
        try:
            yield found
        finally:
            await found.stop()
