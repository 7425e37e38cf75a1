"""The clock: a handful of fixed, idempotent jobs. What is owed stands in the database, never here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.deliveries import Failed, NotSent, RateLimited, Unknown, shard_of
from bot.domain.ids import UserId
from bot.domain.members import Profile, Workspace
from bot.ports import Announcer, Clock, Database, Directory, Work
from bot.usecases import closings, deliveries, letters, members, polls, troubles, zone_data

log = logging.getLogger(__name__)

TICK_S = 1
SWEEP_S = 5
REPORT_S = 1
LETTERS_S = 3
PROFILES_S = 2
ZONES_S = 86_400
"""At the start, that is: zone data come with a new release."""

SILENCE = timedelta(minutes=1)
"""How long a person whom Slack did not tell of is passed over: others don't wait for them."""

UNREACHABLE = timedelta(hours=1)
"""How long somebody is whom Slack says that nobody can write to."""

UNSIGNED = timedelta(minutes=1)
"""How long letters rest while no sign says that anything about them has changed."""

FIXED = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


@dataclass(frozen=True, slots=True)
class Times:
    """Of real time: how long a lost reply rests before it is looked up, how long a search before the next one, and how
    long the opening of direct messages. `often`: how many times as often as usual the jobs run that look for changes.
    """

    settle: timedelta
    between_searches: timedelta
    between_directs: timedelta
    often: float = 1.0


@dataclass(slots=True)
class Engine:
    """`clock` is the bot's time, `real` real time."""

    db: Database
    work: Work
    announcer: Announcer
    directory: Directory
    workspace: Workspace
    clock: Clock
    real: Clock
    times: Times
    zone_data: str
    last_tick: datetime | None = None
    history_opens_at: datetime | None = None
    directs_open_at: datetime | None = None
    letters_signs: letters.Signs | None = None
    letters_due_at: datetime | None = None
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    silent: dict[UserId, datetime] = field(default_factory=dict)
    unopened: dict[UserId, datetime] = field(default_factory=dict)
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
        self.stopping.set()
        self.scheduler.pause()
        if self.running:
            await asyncio.wait(self.running, timeout=timeout_s)
        self.scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Hint at what is due and at what is stale."""
        if await self.db.read(deliveries.is_any_due, self.workspace.id, now=self.clock(), real_now=self.real()):
            self.work.submit((shard_of(self.workspace.id),))
        self.work.redraw()
        self.last_tick = self.real()

    async def sweep(self) -> None:
        await self.db.write(deliveries.sweep, self.workspace.id, now=self.clock(), real_now=self.real())

    async def reconcile(self) -> None:
        """Look up in Slack what may or may not have been sent, one conversation after the other at Slack's pace."""
        if self.history_opens_at is not None and self.real() < self.history_opens_at:
            return
        settled = self.real() - self.times.settle
        for doubted in await self.db.read(deliveries.in_doubt, self.workspace.id, attempted_before=settled):
            if wait_s := await self.announcer.find(doubted):
                self.history_opens_at = self.real() + timedelta(seconds=wait_s)
                return
            if await self._stops_within(self.times.between_searches):
                return

    async def probe(self) -> None:
        """After an outage, see whether Slack answers again."""
        if await self.db.read(deliveries.is_paused, self.workspace.id) and await self.announcer.is_answering():
            await self.db.write(deliveries.resume, self.workspace.id)

    async def directs(self) -> None:
        """Open direct messages with those who will be owed something, so that it isn't done when a reminder is due."""
        if self.directs_open_at is not None and self.real() < self.directs_open_at:
            return
        in_view = 1 + len(self.unopened)
        without = await self.db.read(members.without_direct, self.workspace.id, limit=in_view)
        member = next((each for each in without if not self._rests(self.unopened, each.user)), None)
        if member is None:
            return
        match await self.announcer.open_direct(member):
            case None:
                self.work.submit((shard_of(self.workspace.id),))
            case RateLimited(retry_in_s):
                self.directs_open_at = self.real() + timedelta(seconds=retry_in_s)
            case Failed(reason):
                self.unopened[member.user] = self.real() + UNREACHABLE
                await self.db.write(deliveries.unreachable, member, reason, now=self.clock())
            case NotSent() | Unknown():
                self.unopened[member.user] = self.real() + SILENCE

    async def profiles(self) -> None:
        """Learn zone and language of people who were met: no sign-up waits for it."""
        profiles: list[Profile] = []
        for user in await self.db.read(members.unread, self.workspace.id, now=self.clock()):
            if self._rests(self.silent, user):
                continue
            profile = await self.directory.profile(user)
            if profile is None:
                self.silent[user] = self.real() + SILENCE
            else:
                self.silent.pop(user, None)
                profiles.append(profile)
        if profiles:
            await self.db.write(members.remember, self.workspace.team, profiles, now=self.clock())

    async def report(self) -> None:
        """Tell whoever runs them of messages that could not be sent."""
        if await self.db.read(troubles.is_any_unreported, self.workspace.id):
            before = self.real() - self.times.settle
            await self.db.write(troubles.report, self.workspace.id, real_before=before, now=self.clock())

    async def letters(self) -> None:
        """Who speaks for whom changes by itself, at midnight somewhere: whoever does now is owed the letter."""
        signs = await self.db.read(letters.signs, self.workspace.id, now=self.clock())
        if signs == self.letters_signs and self.letters_due_at is not None and self.real() < self.letters_due_at:
            return
        for webinar in await self.db.read(letters.behind, self.workspace.id, now=self.clock()):
            await self.db.write(letters.reconcile, self.workspace.id, webinar, now=self.clock())
        self.letters_signs, self.letters_due_at = signs, self.real() + UNSIGNED

    async def zones(self) -> None:
        """Zone data may be newer than when a session was planned."""
        moved = await self.db.write(zone_data.refresh, self.workspace.id, self.zone_data, now=self.clock())
        if moved:
            log.warning("zone data %s moved %s sessions", self.zone_data, moved)

    async def close_polls(self) -> None:
        """Polls close by themselves; those that should have while nobody was there close now."""
        due = await self.db.read(closings.due, self.workspace.id, now=self.clock())
        for poll in due:
            await self.db.write(closings.close_due, self.workspace.id, poll, now=self.clock())
        if due:
            self.work.redraw()

    async def wipe(self) -> None:
        """Finish what closing an anonymous poll began, also where somebody read the database or we died just then."""
        closed = await self.db.read(polls.to_wipe, self.workspace.id)
        if closed and await self.db.forget():
            await self.db.write(polls.wiped, self.workspace.id, closed)

    def _rests(self, passed_over: Mapping[UserId, datetime], user: UserId) -> bool:
        return passed_over.get(user, self.real()) > self.real()

    async def _stops_within(self, pause: timedelta) -> bool:
        """Rest for a moment, unless the process is to end."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.stopping.wait(), pause.total_seconds())
        return self.stopping.is_set()

    async def _run(self, job: Callable[[], Awaitable[None]]) -> None:
        """APScheduler awaits this; as a task of its own a job outlives the scheduler's cancelling."""
        task = asyncio.ensure_future(job())
        self.running.add(task)
        task.add_done_callback(self.running.discard)
        await asyncio.shield(task)

    def _jobs(self) -> tuple[tuple[Callable[[], Awaitable[None]], float], ...]:
        """What waits for a lost reply to settle looks no less often than it may have."""
        settling_s = min(SWEEP_S, max(TICK_S / 2, self.times.settle.total_seconds()))
        return (
            (self.tick, TICK_S / self.times.often),
            (self.sweep, settling_s),
            (self.reconcile, settling_s),
            (self.probe, SWEEP_S),
            (self.directs, self.times.between_directs.total_seconds()),
            (self.profiles, PROFILES_S / self.times.often),
            (self.report, min(settling_s, REPORT_S / self.times.often)),
            (self.letters, LETTERS_S / self.times.often),
            (self.zones, ZONES_S),
            (self.close_polls, TICK_S / self.times.often),
            (self.wipe, SWEEP_S),
        )
