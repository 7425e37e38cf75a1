from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine

from storage.engine import open_engine, parse_url
from storage.migrate import is_current, migrate
from storage.schema import metadata


def test_the_migrations_make_the_schema_that_the_tables_describe(database_url: str) -> None:
    engine = open_engine(parse_url(database_url), threads=1)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_migrating_again_changes_nothing(database_url: str) -> None:
    url = parse_url(database_url)
    migrate(url)
    engine = open_engine(url, threads=1)
    assert is_current(engine)
    engine.dispose()


def test_every_table_is_keyed_by_workspace() -> None:
    for table in metadata.tables.values():
        assert table.name == "workspaces" or "workspace_id" in table.c, table.name


def test_conditions_of_indexes_and_checks_are_those_that_the_tables_describe(
    new_database: Callable[[str], str], tmp_path: Path
) -> None:
    """Alembic compares neither; a table that SQLite had to rebuild could have lost them."""
    described = create_engine(f"sqlite:///{tmp_path / 'described.db'}")
    metadata.create_all(described)
    migrated = create_engine(new_database("sqlite"))
    assert len(found := _conditions(migrated)) > 10
    assert found == _conditions(described)


def _conditions(engine: Engine) -> set[tuple[str, str]]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    engine.dispose()
    found: set[tuple[str, str]] = set()
    for name, sql in rows:
        flat = " ".join(sql.replace('"', "").split())
        found |= {(name, condition) for condition in re.findall(r" WHERE .*| CHECK \((?:[^()]|\([^()]*\))*\)", flat)}
    return found
