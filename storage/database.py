"""The database port: synchronous use cases in a transaction, off the event loop."""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from bot.ports import Tx
from storage.engine import is_sqlite, open_engine

P = ParamSpec("P")
R = TypeVar("R")

READERS = 2
POSTGRES_THREADS = 8
BATCH = 64
"""How many waiting writes share one commit on SQLite at most."""

TRIES = 5
RETRIED = frozenset({"40001", "40P01", "23505"})
"""SQLSTATEs of a lost race: serialization failure, deadlock, unique violation (PostgreSQL, appendix A)."""

REWRITE = """
    PRAGMA secure_delete=ON;
    PRAGMA foreign_keys=OFF;
    PRAGMA temp_store=MEMORY;
    BEGIN IMMEDIATE;
    CREATE TEMP TABLE kept_ballots AS SELECT * FROM ballots;
    CREATE TEMP TABLE kept_voices AS SELECT * FROM voices;
    DELETE FROM ballots;
    DELETE FROM voices;
    INSERT INTO voices SELECT * FROM kept_voices;
    INSERT INTO ballots SELECT * FROM kept_ballots;
    COMMIT;
"""
"""Deleting all rows at once, which held foreign keys would forbid, overwrites whole pages (sqlite.org, DELETE)."""

WIPE_TIMEOUT_S = 1
HELD_UP = "55P03"
"""SQLSTATE of a lock that was not to be had in time (PostgreSQL, appendix A)."""

OTHER_TRANSACTIONS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
"""

UseCase: TypeAlias = Callable[[Tx], object]
_Outcome: TypeAlias = tuple[object, BaseException | None]
"""What a use case returned, and what it raised."""


@dataclass(frozen=True, slots=True)
class _Job:
    use_case: UseCase
    future: asyncio.Future[Any]


class SqliteDatabase:
    """One writer thread; writes that queue up behind it share a commit, each in its own savepoint."""

    def __init__(self, url: URL) -> None:
        self._path = url.database or ""
        self._writer = open_engine(url, threads=1, begin="BEGIN IMMEDIATE")
        self._reader = open_engine(url, threads=READERS)
        event.listen(self._reader, "connect", _only_queries)
        self._readers = ThreadPoolExecutor(READERS, "sqlite-read")
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="sqlite-write", daemon=True)
        self._thread.start()

    async def write(self, use_case: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        answer = asyncio.get_running_loop().create_future()
        self._jobs.put(_Job(lambda tx: use_case(tx, *args, **kwargs), answer))
        result: R = await answer
        return result

    async def read(self, use_case: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        def run() -> R:
            with self._reader.connect() as tx, tx.begin():
                return use_case(tx, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._readers, run)

    async def forget(self) -> bool:
        """Write the tables of the ballots anew, and empty the write-ahead log.

        `secure_delete` overwrites deleted rows, and leaves where each stood and how long it was.
        """

        def run() -> bool:
            with closing(sqlite3.connect(self._path, timeout=WIPE_TIMEOUT_S, isolation_level=None)) as connection:
                try:
                    connection.executescript(REWRITE)
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                        raise
                    return False
                busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                return not busy

        return await asyncio.get_running_loop().run_in_executor(self._readers, run)

    def close(self) -> None:
        """Finish what has been submitted, then let go of the file."""
        self._jobs.put(None)
        self._thread.join()
        self._readers.shutdown()
        self._reader.dispose()
        self._writer.dispose()

    def _work(self) -> None:
        running = True
        while running:
            batch, running = self._waiting()
            if batch:
                _commit(self._writer, batch)

    def _waiting(self) -> tuple[list[_Job], bool]:
        """At least one job, and those that wait behind it; False once the queue is closed."""
        batch: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            if not job.future.cancelled():
                batch.append(job)
            if len(batch) >= BATCH:
                return batch, True
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return batch, True
        return batch, False


class PostgresDatabase:
    """A small pool of threads, a connection each. A use case that lost a race is run again from the start."""

    def __init__(self, url: URL) -> None:
        self._engine = open_engine(url, threads=POSTGRES_THREADS)
        self._snapshots = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._threads = ThreadPoolExecutor(POSTGRES_THREADS, "postgres")

    async def write(self, use_case: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        def run() -> R:
            for _ in range(TRIES - 1):
                try:
                    with self._engine.begin() as tx:
                        return use_case(tx, *args, **kwargs)
                except DBAPIError as error:
                    if getattr(error.orig, "sqlstate", None) not in RETRIED:
                        raise
            with self._engine.begin() as tx:
                return use_case(tx, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._threads, run)

    async def read(self, use_case: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        def run() -> R:
            with self._snapshots.connect() as tx, tx.begin():
                return use_case(tx, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._threads, run)

    async def forget(self) -> bool:
        """Write the tables of the ballots anew: a plain `VACUUM` leaves the bytes of deleted rows in pages and indexes.

        Rows that an older snapshot may still see would be copied, so it waits for a moment without one.
        """

        def run() -> bool:
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                if connection.exec_driver_sql(OTHER_TRANSACTIONS).scalar_one() > 0:
                    return False
                return _rewrite(connection)

        return await asyncio.get_running_loop().run_in_executor(self._threads, run)

    def close(self) -> None:
        self._threads.shutdown()
        self._engine.dispose()


def open_database(url: URL) -> SqliteDatabase | PostgresDatabase:
    return SqliteDatabase(url) if is_sqlite(url) else PostgresDatabase(url)


def _rewrite(connection: Connection) -> bool:
    """Votes wait meanwhile, and for no longer than the timeout where somebody else holds a table; False then."""
    try:
        connection.exec_driver_sql(f"SET lock_timeout = '{WIPE_TIMEOUT_S}s'")
        connection.exec_driver_sql("VACUUM (FULL) ballots, voices, options, polls")
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != HELD_UP:
            raise
        return False
    finally:
        connection.exec_driver_sql("RESET lock_timeout")
    return True


def _only_queries(connection: Any, _: object) -> None:
    connection.execute("PRAGMA query_only=ON")


def _commit(engine: Engine, batch: list[_Job]) -> None:
    """Run a batch in one transaction, and wake its callers together: they share one event loop."""
    outcomes: list[_Outcome]
    try:
        with engine.begin() as tx:
            outcomes = [_attempt(tx, job, alone=len(batch) == 1) for job in batch]
            tx.exec_driver_sql("COMMIT")  # raises where SQLite gave the transaction up, as it does on a full disk
    except BaseException as error:  # noqa: BLE001 - whatever kept the batch from the disk is each caller's answer
        outcomes = [(None, error)] * len(batch)
    loop = batch[0].future.get_loop()
    if not loop.is_closed():
        loop.call_soon_threadsafe(_answer, batch, outcomes)


def _answer(batch: list[_Job], outcomes: list[_Outcome]) -> None:
    for job, (result, error) in zip(batch, outcomes, strict=True):
        if job.future.cancelled():
            continue
        if error is None:
            job.future.set_result(result)
        elif isinstance(error, StopIteration):  # which no future takes: its caller would wait for ever
            job.future.set_exception(RuntimeError("a use case ended by StopIteration"))
        else:
            job.future.set_exception(error)


def _attempt(tx: Connection, job: _Job, *, alone: bool) -> _Outcome:
    """Run one job; what it raises is its own answer and undoes its own writes only."""
    if alone:
        return job.use_case(tx), None
    savepoints = tx.connection.cursor()  # SQLAlchemy's own take as long as three statements
    savepoints.execute("SAVEPOINT job")
    try:
        outcome: _Outcome = job.use_case(tx), None
    except Exception as error:  # noqa: BLE001 - handed to the caller, who waits for it
        savepoints.execute("ROLLBACK TO job")
        outcome = None, error
    savepoints.execute("RELEASE job")
    return outcome
