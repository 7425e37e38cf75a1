"""The clock: a handful of fixed, idempotent jobs. What is owed stands in the database, never here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.ids import UserId
from bot.domain.members import Profile, Workspace
from bot.ports import Announcer, Clock, Database, Directory, Work
from bot.usecases import deliveries, members, polls

TICK_S = 1
SWEEP_S = 5
PROFILES_S = 2
SILENCE = timedelta(minutes=1)
"""How long a person whom Slack did not tell of is passed over: others don't wait for them."""

FIXED = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


@dataclass(slots=True)
class Engine:
    """`clock` is the bot's time, `real` real time; `settle` is how long a lost reply rests before it is looked up."""

    db: Database
    work: Work
    announcer: Announcer
    directory: Directory
    workspace: Workspace
    clock: Clock
    real: Clock
    settle: timedelta
    last_tick: datetime | None = None
    silent: dict[UserId, datetime] = field(default_factory=dict)
    running: set[asyncio.Task[None]] = field(default_factory=set)
    scheduler: AsyncIOScheduler = field(default_factory=lambda: AsyncIOScheduler(timezone=UTC, job_defaults=FIXED))

    def start(self) -> None:
        # APScheduler logs each run of each job at INFO: with a tick a second that hides everything else.
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        for job, seconds in self._jobs():
            run = partial(self._run, job)
            self.scheduler.add_job(
                run, "interval", seconds=seconds, id=job.__name__, name=job.__name__, next_run_time=datetime.now(UTC)
            )
        self.scheduler.start()

    async def stop(self, timeout_s: float) -> None:
        """Start no more jobs, and let those that run finish within `timeout_s`."""
        if not self.scheduler.running:
            return
        self.scheduler.pause()
        if self.running:
            await asyncio.wait(self.running, timeout=timeout_s)
        self.scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Hint at what is due and at what is stale."""
        due = await self.db.read(deliveries.due_shards, self.workspace.id, now=self.clock(), real_now=self.real())
        self.work.submit(due)
        self.work.redraw()
        self.last_tick = self.real()

    async def sweep(self) -> None:
        await self.db.write(deliveries.sweep, now=self.clock(), real_now=self.real())

    async def reconcile(self) -> None:
        """Look up in Slack what may or may not have been sent."""
        for claimed in await self.db.read(
            deliveries.in_doubt, self.workspace.id, attempted_before=self.real() - self.settle
        ):
            await self.announcer.find(claimed)

    async def profiles(self) -> None:
        """Learn zone and language of people who were met: no sign-up waits for it."""
        profiles: list[Profile] = []
        for user in await self.db.read(members.unread, self.workspace.id, now=self.clock()):
            if self.silent.get(user, self.real()) > self.real():
                continue
            profile = await self.directory.profile(user)
            if profile is None:
                self.silent[user] = self.real() + SILENCE
            else:
                self.silent.pop(user, None)
                profiles.append(profile)
        if profiles:
            await self.db.write(members.remember, self.workspace.team, profiles, now=self.clock())

    async def wipe(self) -> None:
        """Finish what closing an anonymous poll began, also where somebody read the database or we died just then."""
        closed = await self.db.read(polls.to_wipe, self.workspace.id)
        if closed and await self.db.forget():
            await self.db.write(polls.wiped, self.workspace.id, closed)

    async def _run(self, job: Callable[[], Awaitable[None]]) -> None:
        """APScheduler awaits this; as a task of its own a job outlives the scheduler's cancelling."""
        task = asyncio.ensure_future(job())
        self.running.add(task)
        task.add_done_callback(self.running.discard)
        await asyncio.shield(task)

    def _jobs(self) -> tuple[tuple[Callable[[], Awaitable[None]], int], ...]:
        return (
            (self.tick, TICK_S),
            (self.sweep, SWEEP_S),
            (self.reconcile, SWEEP_S),
            (self.profiles, PROFILES_S),
            (self.wipe, SWEEP_S),
        )
