"""What the bot is held against: a job of APScheduler's a reminder, in its SQL job store.

The store is given the bot's own engine, and so a disk that is written as safely and as fast as the bot's. It runs its
jobs, and deletes each in a commit of its own, on the event loop.
"""

from __future__ import annotations

import asyncio
import pickle
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from typing import Any

from apscheduler.events import EVENT_JOB_EXECUTED
from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from sqlalchemy import Engine, func, insert, select

from benchmarks.claims import Miscounted, Taken
from benchmarks.lag import Watch
from storage.engine import open_engine, parse_url

LATER = timedelta(days=30)
LIMIT_S = 600.0
OPTIONS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


async def nothing(number: int) -> None:
    """The job: a coroutine function, which the scheduler runs with the least ado."""


@dataclass(frozen=True, slots=True)
class Jobs:
    """A store of `rows` jobs, of which `due` are due once `round` has put them there."""

    engine: Engine
    rows: int
    due: int
    numbers: Iterator[int] = field(default_factory=count)

    def fill(self) -> None:
        """Put the jobs that are not due into the store's table."""
        self._put(self.rows - self.due, datetime.now(UTC) + LATER)

    async def round(self) -> Taken:
        """From the scheduler's start until all that is due has been handed to its function.

        Raises:
            Miscounted: the store holds something else afterwards than what is not due.
        """
        self._put(self.due, datetime.now(UTC) - timedelta(minutes=1))
        scheduler, done, handed = self._scheduler(), asyncio.Event(), count(1)

        def note(_: object) -> None:
            if next(handed) == self.due:
                done.set()

        scheduler.add_listener(note, EVENT_JOB_EXECUTED)
        async with Watch() as watch, asyncio.timeout(LIMIT_S):
            started, cpu_s = time.perf_counter(), time.process_time()
            scheduler.start()
            await done.wait()
            total_ms, cpu_ms = (time.perf_counter() - started) * 1000, (time.process_time() - cpu_s) * 1000
        scheduler.shutdown()
        left = self._left()
        if left != self.rows - self.due:
            raise Miscounted(left)
        return Taken(total_ms, total_ms, cpu_ms, watch.lag())

    async def owe_ms(self) -> float:
        """To add `due` more, by the scheduler itself."""
        scheduler = self._scheduler()
        scheduler.start(paused=True)
        added, run_at = [str(each) for each in islice(self.numbers, self.due)], datetime.now(UTC) + LATER
        started = time.perf_counter()
        for each in added:
            scheduler.add_job(nothing, "date", run_date=run_at, args=(int(each),), id=each)
        took_ms = (time.perf_counter() - started) * 1000
        scheduler.shutdown()
        self._forget(added)
        return took_ms

    def close(self) -> None:
        self.engine.dispose()

    def _scheduler(self) -> AsyncIOScheduler:
        store = SQLAlchemyJobStore(engine=self.engine)
        return AsyncIOScheduler(timezone=UTC, job_defaults=OPTIONS, jobstores={"default": store})

    def _put(self, number: int, run_at: datetime) -> None:
        """As the store's `add_job` does, but in one commit: 100,000 would take minutes."""
        table = self._table()
        scheduler = self._scheduler()
        rows = [_row(scheduler, str(each), run_at) for each in islice(self.numbers, number)]
        with self.engine.begin() as tx:
            table.create(tx, checkfirst=True)
            if rows:
                tx.execute(insert(table), rows)

    def _forget(self, ids: Sequence[str]) -> None:
        table = self._table()
        with self.engine.begin() as tx:
            for each in ids:
                tx.execute(table.delete().where(table.c.id == each))

    def _left(self) -> int:
        with self.engine.begin() as tx:
            return int(tx.execute(select(func.count()).select_from(self._table())).scalar_one())

    def _table(self) -> Any:
        return SQLAlchemyJobStore(engine=self.engine).jobs_t


def prepare(url: str, rows: int, due: int) -> Jobs:
    made = Jobs(open_engine(parse_url(url), threads=1), rows, due)
    made.fill()
    return made


def _row(scheduler: AsyncIOScheduler, id_: str, run_at: datetime) -> dict[str, Any]:
    facts = {"func": nothing, "args": (int(id_),), "kwargs": {}, "name": "nothing", "executor": "default"}
    job = Job(scheduler, id=id_, trigger=DateTrigger(run_at, UTC), next_run_time=run_at, **facts, **OPTIONS)
    state = pickle.dumps(job.__getstate__(), pickle.HIGHEST_PROTOCOL)
    return {"id": id_, "next_run_time": run_at.timestamp(), "job_state": state}
