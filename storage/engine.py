"""Engines: how each database is opened, and what it promises."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_S = 10


def parse_url(text: str) -> URL:
    """SQLAlchemy's URL of a `DATABASE_URL` as people and hosts write it."""
    url = make_url(text.replace("postgres://", "postgresql://", 1))
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def open_engine(url: URL, *, threads: int, begin: str = "BEGIN", rebuilds: bool = False) -> Engine:
    """An engine for at most `threads` concurrent transactions, each opened on SQLite with `begin`.

    With `rebuilds` tables may be replaced by changed copies, which SQLite's held foreign keys would forbid.
    """
    if not is_sqlite(url):
        return create_engine(url, pool_size=threads, max_overflow=0, pool_pre_ping=True)
    engine = create_engine(
        url,
        pool_size=threads,
        max_overflow=0,
        connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_S},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    if rebuilds:
        event.listen(engine, "connect", _let_rebuild)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.connection.cursor().execute(begin)  # SQLAlchemy's own way takes as long as a statement

    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    """WAL with every commit on disk; foreign keys held; deleted content overwritten."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _let_rebuild(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA foreign_keys=OFF")
