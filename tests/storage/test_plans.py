from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from bot.domain.gates import Pace
from bot.domain.ids import WorkspaceId
from bot.ports import Tx
from bot.usecases import closings, deliveries, members
from bot.usecases.deliveries import Terms
from storage.engine import open_engine, parse_url

NOW = datetime(2026, 12, 10, tzinfo=UTC)
TERMS = Terms(timedelta(seconds=30), timedelta(seconds=2), Pace(timedelta(), timedelta()))
BY = ("ix_deliveries_pending", "ix_deliveries_in_doubt", "INTEGER PRIMARY KEY")
LOOKS: dict[str, Callable[[Tx, WorkspaceId], object]] = {
    "tick": lambda tx, here: deliveries.is_any_due(tx, here, now=NOW, real_now=NOW),
    "claim": lambda tx, here: deliveries.claim(tx, here, TERMS, now=NOW, real_now=NOW, limit=50),
    "sweep": lambda tx, here: deliveries.sweep(tx, here, now=NOW, real_now=NOW),
    "in doubt": lambda tx, here: deliveries.in_doubt(tx, here, attempted_before=NOW),
}


@pytest.mark.parametrize("name", LOOKS)
def test_what_is_looked_up_again_and_again_walks_only_what_is_still_to_be_sent(
    migrated_sqlite: Path, name: str
) -> None:
    walks = walked(migrated_sqlite, LOOKS[name], "deliveries")
    assert all(any(index in walk for index in BY) for walk in walks), walks


def test_polls_to_close_are_sought_among_the_open_ones_that_end(migrated_sqlite: Path) -> None:
    (walk,) = walked(migrated_sqlite, lambda tx, here: closings.due(tx, here, now=NOW), "polls")
    assert "ix_polls_ends_at" in walk


def walked(path: Path, look: Callable[[Tx, WorkspaceId], object], table: str) -> list[str]:
    """How SQLite walks the table for what is looked up."""
    engine = open_engine(parse_url(f"sqlite:///{path}"), threads=1)
    plans: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def explain(connection: Connection, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "UPDATE")):
            cursor = connection.connection.cursor()
            plans.extend(row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values))

    with engine.connect() as tx:
        look(tx, members.recognise(tx, "T1").id)
        tx.rollback()
    engine.dispose()
    walks = [plan for plan in plans if f" {table}" in plan]
    assert walks
    return walks
