"""What stands in the bot's database, by a connection of the test's own."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Engine

from storage.engine import open_engine, parse_url
from storage.schema import metadata

PASSING = {
    "members": {"zone", "locale", "name", "standing", "read_at", "direct"},
    "messages": {"shown", "drawing_until", "draw_again_at"},
    "deliveries": {"fence"},
}
SWEPT = {"channel_gates"}
"""What changes by itself while a bot is at work: columns, and whole tables."""

Rows = Mapping[str, list[tuple[Any, ...]]]


def engine_of(database_url: str) -> Engine:
    return open_engine(parse_url(database_url), threads=1, begin="BEGIN IMMEDIATE")


def stored(database_url: str) -> Rows:
    """Every row of every table, but for what changes by itself."""
    engine = engine_of(database_url)
    with closing(engine.connect()) as connection, connection.begin():
        rows = {}
        for table in (each for each in metadata.sorted_tables if each.name not in SWEPT):
            columns = [each for each in table.columns if each.name not in PASSING.get(table.name, ())]
            rows[table.name] = sorted((tuple(row) for row in connection.execute(select(*columns))), key=repr)
    engine.dispose()
    return rows


def owned(rows: Rows) -> Rows:
    """Without what a bot does about deliveries that are due, and what was typed, which is kept for the form."""
    apart = ("deliveries", "messages", "drafts", "workspace_gates")
    return {name: of_table for name, of_table in rows.items() if name not in apart}
