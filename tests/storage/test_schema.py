from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storage.engine import open_engine, parse_url
from storage.migrate import is_current, migrate
from storage.tables import metadata


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
