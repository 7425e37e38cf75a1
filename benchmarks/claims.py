"""How the bot claims what is due at once, batch by batch as its drain does, and what it looks up again and again."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from benchmarks import owing
from benchmarks.lag import Lag, Watch
from bot.domain.gates import Pace
from bot.domain.ids import WorkspaceId
from bot.usecases import deliveries
from bot.usecases.deliveries import Terms
from scheduler.drain import IN_FLIGHT
from storage import deliveries as stored
from storage.database import PostgresDatabase, SqliteDatabase, open_database
from storage.engine import open_engine, parse_url
from storage.migrate import migrate

UNTHROTTLED = Terms(timedelta(seconds=30), timedelta(seconds=2), Pace(timedelta(), timedelta()))
LOOKS = 20
KEPT = "lead-120m"
"""What is owed in addition, to see how long that takes."""


class Miscounted(Exception):  # noqa: N818 - it says what the figures would be
    """Not all that was due was claimed, or handed over: a figure would mean nothing."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one round took; `batch_ms` is the median claim, or all of it where nothing goes by batches.

    `cpu_ms` is this process's own, and suffers least from whatever else the machine does.
    """

    total_ms: float
    batch_ms: float
    cpu_ms: float
    lag: Lag


@dataclass(frozen=True, slots=True)
class Claims:
    """A database of `rows` reminders, of which `due` are due."""

    db: SqliteDatabase | PostgresDatabase
    workspace: WorkspaceId
    due: int

    async def round(self) -> Taken:
        """Claim all that is due, and have it due again.

        Raises:
            Miscounted: the database says otherwise.
        """
        batches_s, cpu_s = list[float](), time.process_time()
        async with Watch() as watch:
            claimed = 0
            while claimed < self.due:
                started = time.perf_counter()
                batch = await self._claim()
                batches_s.append(time.perf_counter() - started)
                if not batch:
                    break
                claimed += batch
        cpu_ms = (time.process_time() - cpu_s) * 1000
        if claimed != self.due or await self.db.write(owing.restore) != self.due:
            raise Miscounted(claimed)
        return Taken(sum(batches_s) * 1000, statistics.median(batches_s) * 1000, cpu_ms, watch.lag())

    async def tick_ms(self) -> float:
        """The look for what is due, once nothing is any more."""
        while await self._claim():
            pass
        took_ms = await _median_ms(lambda: self.db.read(deliveries.is_any_due, self.workspace, **_times()))
        await self.db.write(owing.restore)
        return took_ms

    async def sweep_ms(self) -> float:
        return await _median_ms(lambda: self.db.write(deliveries.sweep, self.workspace, **_times()))

    async def owe_ms(self) -> float:
        """To owe `due` more, each in a write of its own, as sign-ups that come together do."""
        more = owing.reminders(1, self.due, datetime.now(UTC) + owing.HOUR, KEPT)
        started = time.perf_counter()
        await asyncio.gather(*(self.db.write(stored.owe, self.workspace, (each,)) for each in more))
        took_ms = (time.perf_counter() - started) * 1000
        await self.db.write(owing.forget, KEPT)
        return took_ms

    def close(self) -> None:
        self.db.close()

    async def _claim(self) -> int:
        claimed = await self.db.write(
            deliveries.claim, self.workspace, UNTHROTTLED, limit=min(IN_FLIGHT, self.due), **_times()
        )
        return len(claimed)


def prepare(url: str, rows: int, due: int) -> Claims:
    parsed = parse_url(url)
    migrate(parsed)
    engine = open_engine(parsed, threads=1)
    with engine.begin() as tx:
        workspace = owing.fill(tx, rows, due)
    engine.dispose()
    return Claims(open_database(parsed), workspace, due)


def _times() -> dict[str, datetime]:
    now = datetime.now(UTC)
    return {"now": now, "real_now": now}


async def _median_ms(look: Callable[[], Awaitable[object]]) -> float:
    took_s: list[float] = []
    for _ in range(LOOKS):
        started = time.perf_counter()
        await look()
        took_s.append(time.perf_counter() - started)
    return statistics.median(took_s) * 1000
