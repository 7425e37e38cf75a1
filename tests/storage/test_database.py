from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from bot.domain.refusals import Refusal
from bot.ports import Tx
from storage.database import SqliteDatabase
from storage.engine import parse_url
from storage.tables import workspaces


@pytest.fixture
def path(new_database: Callable[[str], str]) -> Path:
    return Path(new_database("sqlite").removeprefix("sqlite:///"))


@pytest_asyncio.fixture
async def database(path: Path) -> AsyncIterator[SqliteDatabase]:
    opened = SqliteDatabase(parse_url(f"sqlite:///{path}"))
    yield opened
    opened.close()


def _add(tx: Tx, team: str) -> str:
    tx.execute(insert(workspaces).values(team=team))
    return team


def _teams(tx: Tx) -> set[str]:
    return set(tx.execute(select(workspaces.c.team)).scalars())


def _refuse(tx: Tx) -> None:
    _add(tx, "refused")
    raise Refusal("people-only")


def _fill(tx: Tx) -> None:
    """Write more than the disk holds: SQLite then gives the whole transaction up."""
    tx.execute(text("PRAGMA max_page_count = 1"))
    for number in range(200):
        _add(tx, f"full{number}" + "x" * 4000)


async def _together(database: SqliteDatabase, *use_cases: Callable[[Tx], object]) -> list[object]:
    """Have these share a commit: they queue up while the writer is busy."""
    busy, free = threading.Event(), threading.Event()

    def hold(_: Tx) -> None:
        busy.set()
        free.wait()

    holding = asyncio.create_task(database.write(hold))
    await asyncio.to_thread(busy.wait)
    waiting = [asyncio.create_task(database.write(use_case)) for use_case in use_cases]
    await asyncio.sleep(0)
    free.set()
    await holding
    return list(await asyncio.gather(*waiting, return_exceptions=True))


async def test_writes_that_share_a_commit_fail_each_for_itself(database: SqliteDatabase) -> None:
    outcomes = await _together(database, lambda tx: _add(tx, "T1"), _refuse, lambda tx: _add(tx, "T2"))
    assert outcomes[0] == "T1"
    assert isinstance(outcomes[1], Refusal)
    assert outcomes[2] == "T2"
    assert await database.read(_teams) == {"T1", "T2"}


async def test_nobody_is_told_that_it_is_stored_where_the_disk_is_full(database: SqliteDatabase) -> None:
    adds = [lambda tx, team=f"T{number}": _add(tx, team) for number in range(5)]
    outcomes = await _together(database, *adds[:3], _fill, *adds[3:])
    told = {each for each in outcomes if isinstance(each, str)}
    assert told <= await database.read(_teams)
    assert any(isinstance(each, DBAPIError | sqlite3.Error) for each in outcomes)


async def test_a_reader_cant_write(database: SqliteDatabase) -> None:
    with pytest.raises(DBAPIError):
        await database.read(_add, "T1")


async def test_wiping_says_whether_somebody_still_read_what_was_deleted(database: SqliteDatabase, path: Path) -> None:
    await database.write(_add, "before")
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM workspaces").fetchall()
        await database.write(_add, "after")
        assert await database.forget() is False
        reader.rollback()
    assert await database.forget() is True
    assert path.with_name(path.name + "-wal").stat().st_size == 0


async def test_a_use_case_that_ends_by_stop_iteration_keeps_nobody_waiting(database: SqliteDatabase) -> None:
    def stop(_: Tx) -> None:
        next(iter(()))

    stopped, added = await _together(database, stop, lambda tx: _add(tx, "T1"))
    assert isinstance(stopped, RuntimeError)
    assert added == "T1"
