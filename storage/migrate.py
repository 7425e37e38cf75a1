"""Bring a database's schema up to date."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import URL

from storage.engine import is_sqlite, open_engine

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x436F6E76
"""Any number that all our processes share: PostgreSQL's advisory lock for migrating."""


def migrate(url: URL) -> None:
    """Run the migrations that are missing, one process at a time; all of them or none.

    Raises:
        sqlite3.IntegrityError: on SQLite, rows would refer to others that aren't there.
    """
    engine = open_engine(url, threads=1, begin="BEGIN IMMEDIATE", rebuilds=True)
    try:
        with engine.begin() as connection:
            if not is_sqlite(url):
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if is_sqlite(url):
                _check_references(connection)
    finally:
        engine.dispose()


def _check_references(connection: Connection) -> None:
    """What SQLite did not hold while tables were rebuilt (sqlite.org, ALTER TABLE, section 7)."""
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if lost:
        raise sqlite3.IntegrityError(f"after migrating, {len(lost)} references lead nowhere, such as {lost[0]}")


def is_current(engine: Engine) -> bool:
    """Whether the schema is the one that this program was written for."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory.from_config(config).get_current_head()
