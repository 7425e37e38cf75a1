"""Plays a script to the bot and to the model beside it, from one instant at which something is due to the next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import TypeAlias

from tests.year.house import House
from tests.year.making import Act, Planned
from tests.year.model import Model
from tests.year.script import Script

PAUSES_S = (0.2, 0.2, 0.2, 0.2, 600, 3600)
"""Between two acts of a burst."""

Doing: TypeAlias = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Play:
    """`doings` are still to come, the next one first: whatever falls into a downtime is done after it."""

    house: House
    script: Script
    doings: list[tuple[datetime, int, Doing]] = field(default_factory=list)
    places: count[int] = field(default_factory=count)
    acts: int = 0
    restarts: int = 0

    @property
    def model(self) -> Model:
        return self.script.model

    @property
    def now(self) -> datetime:
        return self.house.scene.clock()

    def plan(self, at: datetime, doing: Doing) -> None:
        heappush(self.doings, (at, next(self.places), doing))

    async def run(self) -> None:
        await self.house.start()
        while self.doings:
            at, _, doing = heappop(self.doings)
            await self._reach(at)
            await doing()
            await self._settle()
        while (due := await self._next_due()) is not None:
            await self._reach(due)
        await self.house.stop()

    async def announce(self, planned: Planned) -> None:
        """Make a webinar, and plan what people will do about it and when the bot will be down."""
        if planned.begins <= self.now:
            return
        await self._do(planned.act)
        random, number = self.script.random, len(self.model.webinars)
        for _ in range(random.randint(8, 18)):
            self.plan(self.script.early(number, self.now), partial(self._joining, number))
        for _ in range(random.randint(10, 16)):
            self.plan(self.script.near(number, self.now), partial(self._something, number))
        for _ in range(random.randint(0, 2)):
            down = timedelta(hours=random.choice((0, 1, 3, 6)), minutes=random.randint(0, 59))
            down = random.choice((timedelta(), down))
            self.plan(self.script.near(number, self.now) - down / 2, partial(self._restart, down))

    async def _reach(self, at: datetime) -> None:
        """Pass every instant on the way at which the bot or the model has something due."""
        while (due := await self._next_due()) is not None and due <= at:
            self.house.scene.clock.move_to(due)
            if self.script.random.random() < 0.05:
                await self.house.tick()
                await self._restart(timedelta())
            await self._settle()
        if at > self.now:
            self.house.scene.clock.move_to(at)

    async def _next_due(self) -> datetime | None:
        known = (self.model.next_due(self.now), await self.house.next_due())
        return min((each for each in known if each is not None), default=None)

    async def _settle(self) -> None:
        self.model.settle(self.now)
        await self.house.settle()

    async def _do(self, act: Act | None) -> None:
        if act is not None:
            await self.house.does(act)
            act.on_model(self.now)
            self.acts += 1

    async def _joining(self, number: int) -> None:
        await self._do(self.script.sign_up(number, self.now))

    async def _something(self, number: int) -> None:
        random = self.script.random
        if random.random() < 0.15:
            await self._burst(number)
        else:
            await self._do(self.script.act(number, self.now))
        if random.random() < 0.1:
            self.plan(self.script.near(number, self.now), partial(self._something, number))

    async def _burst(self, number: int) -> None:
        """Several acts before anybody could be told of the first, within a second or hours; maybe the bot ends then."""
        random = self.script.random
        await self.house.hold()
        for _ in range(random.randint(2, 4)):
            choose = self.script.act if random.random() < 0.4 else self.script.change
            await self._do(choose(number, self.now))
            self.house.scene.clock.advance(timedelta(seconds=random.choice(PAUSES_S)))
        if random.random() < 0.4:
            await self._restart(timedelta(minutes=random.choice((0, 1, 50, 200, 500))))
        else:
            self.house.release()

    async def _restart(self, down: timedelta) -> None:
        await self.house.stop()
        self.house.scene.clock.advance(down)
        await self.house.start()
        self.restarts += 1
