from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, insert, select, text

from bot.domain.drawing import Turn
from bot.domain.gates import Pace
from bot.domain.ids import MessageId, WorkspaceId
from bot.ports import Tx
from bot.usecases import closings, deliveries, drawing, members
from bot.usecases.deliveries import Terms
from storage.engine import open_engine, parse_url
from storage.tables import messages, webinars
from tests.usecases.consultations import settle

Look = Callable[[Tx, WorkspaceId], object]

NOW = datetime(2026, 12, 10, tzinfo=UTC)
TERMS = Terms(timedelta(seconds=30), timedelta(seconds=2), Pace(timedelta(), timedelta()))
BY = ("ix_deliveries_pending", "ix_deliveries_in_doubt", "INTEGER PRIMARY KEY")
LOOKS: dict[str, Look] = {
    "tick": lambda tx, here: deliveries.is_any_due(tx, here, now=NOW, real_now=NOW),
    "claim": lambda tx, here: deliveries.claim(tx, here, TERMS, now=NOW, real_now=NOW, limit=50),
    "sweep": lambda tx, here: deliveries.sweep(tx, here, now=NOW, real_now=NOW),
    "in doubt": lambda tx, here: deliveries.in_doubt(tx, here, attempted_before=NOW),
}
SOON = timedelta(seconds=3)
TURN = Turn(MessageId(1), NOW, NOW + SOON, None)
TURNS: dict[str, Look] = {
    "take": lambda tx, _: drawing.take(tx, TURN.message, SOON, SOON, real_now=NOW),
    "drawn": lambda tx, _: drawing.drawn(tx, TURN, 1, rests_until=NOW),
    "rest": lambda tx, _: drawing.rest(tx, TURN, until=NOW),
}
FRESH = 1000
"""Few enough to be written at once, and enough for PostgreSQL to prefer an index."""


def seek_stale(tx: Tx, here: WorkspaceId) -> object:
    return drawing.stale(tx, here, within=SOON, real_now=NOW)


@pytest.mark.parametrize("name", LOOKS)
def test_what_is_looked_up_again_and_again_walks_only_what_is_still_to_be_sent(
    migrated_sqlite: Path, name: str
) -> None:
    walks = walked(migrated_sqlite, LOOKS[name], "deliveries")
    assert all(any(index in walk for index in BY) for walk in walks), walks


def test_polls_to_close_are_sought_among_the_open_ones_that_end(migrated_sqlite: Path) -> None:
    (walk,) = walked(migrated_sqlite, lambda tx, here: closings.due(tx, here, now=NOW), "polls")
    assert "ix_polls_ends_at" in walk


def test_messages_to_draw_are_sought_among_those_that_are_stale(migrated_sqlite: Path) -> None:
    walks = walked(migrated_sqlite, seek_stale, "messages")
    assert all("ix_messages_stale" in walk for walk in walks), walks


def test_of_many_that_are_up_to_date_none_is_looked_at(database_url: str) -> None:
    engine = open_engine(parse_url(database_url), threads=1)
    with engine.begin() as tx:
        settle(tx)
        here, webinar = tx.execute(select(webinars.c.workspace_id, webinars.c.id)).one()
        fresh = {"workspace_id": here, "letters_id": webinar, "ts": "1.0"}
        tx.execute(insert(messages), [fresh | {"channel": f"C{place}"} for place in range(FRESH)])
        tx.execute(text("ANALYZE"))
    (walk,) = walks_of(engine, seek_stale, "messages")
    assert "ix_messages_stale" in walk


@pytest.mark.parametrize("name", TURNS)
def test_one_message_is_looked_at_for_whose_turn_it_is(migrated_sqlite: Path, name: str) -> None:
    walks = walked(migrated_sqlite, TURNS[name], "messages")
    assert all("INTEGER PRIMARY KEY" in walk for walk in walks), walks


def walked(path: Path, look: Look, table: str) -> list[str]:
    return walks_of(open_engine(parse_url(f"sqlite:///{path}"), threads=1), look, table)


def walks_of(engine: Engine, look: Look, table: str) -> list[str]:
    """How the database walks the table for what is looked up."""
    plans: list[str] = []
    plan = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"

    @event.listens_for(engine, "before_cursor_execute")
    def explain(connection: Connection, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "UPDATE")):
            cursor = connection.connection.cursor()
            cursor.execute(f"{plan} {statement}", values)
            plans.extend(row[-1] for row in cursor.fetchall())

    with engine.connect() as tx:
        look(tx, members.recognise(tx, "T1").id)
        tx.rollback()
    engine.dispose()
    walks = [plan for plan in plans if f" {table}" in plan]
    assert walks
    return walks
