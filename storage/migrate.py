"""Bring a database's schema up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.engine import URL

from storage.engine import is_sqlite, open_engine

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x436F6E76
"""Any number that all our processes share: PostgreSQL's advisory lock for migrating."""


def migrate(url: URL) -> None:
    """Run the migrations that are missing, one process at a time."""
    engine = open_engine(url, threads=1, begin="BEGIN IMMEDIATE")
    try:
        with engine.begin() as connection:
            if not is_sqlite(url):
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def is_current(engine: Engine) -> bool:
    """Whether the schema is the one that this program was written for."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory.from_config(config).get_current_head()
