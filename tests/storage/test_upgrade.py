"""A database of the first schema, with what people have done in it, brought up to date."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError

from storage.engine import open_engine
from storage.migrate import MIGRATIONS, is_current, migrate
from storage.tables import deliveries, members, sessions, webinars

ROWS = (
    "INSERT INTO workspaces (id, team) VALUES (1, 'T1')",
    "INSERT INTO members (id, workspace_id, \"user\", standing) VALUES (1, 1, 'U1', 'organiser')",
    *(
        "INSERT INTO webinars (id, workspace_id, number, title, zone, channel, organiser_id, state, cause, typed,"
        f" created_at) VALUES ({number}, 1, {number}, 'T', 'UTC', 'C1', 1, '{state}', '{number}', '', '2026-12-01')"
        for number, state in ((1, "open"), (2, "cancelled"))
    ),
    *(
        "INSERT INTO sessions (id, workspace_id, webinar_id, label, position, wall_start, wall_end, fold, starts_at,"
        f" ends_at) VALUES ({number}, 1, {number}, 'morning', 0, '2026-12-10 09:00:00', '2026-12-10 11:00:00', 0,"
        " '2026-12-10 09:00:00', '2026-12-10 11:00:00')"
        for number in (1, 2)
    ),
    *(
        "INSERT INTO deliveries (id, workspace_id, key, shard, kind, priority, recipient, member_id, webinar_id,"
        f" session_id, due_at, state) VALUES ({place}, 1, '{state}', 1, 'lead-1d', 10, 'U1', 1, 1, 1,"
        f" '2026-12-09 09:00:00', '{state}')"
        for place, state in enumerate(("pending", "sent", "failed", "unknown"), start=1)
    ),
)


@pytest.fixture
def upgraded(empty_url: URL) -> Iterator[Engine]:
    old = open_engine(empty_url, threads=1)
    with old.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for row in ROWS:
            connection.execute(text(row))
    old.dispose()
    migrate(empty_url)
    engine = open_engine(empty_url, threads=1)
    yield engine
    engine.dispose()


def test_what_was_stored_is_kept_and_a_cancelled_webinar_has_cancelled_sessions(upgraded: Engine) -> None:
    assert is_current(upgraded)
    with upgraded.connect() as tx:
        states = dict(tx.execute(select(sessions.c.id, sessions.c.state)).all())
        assert states == {1: "open", 2: "cancelled"}
        assert tx.execute(select(webinars.c.revision)).scalars().all() == [0, 0]
        assert tx.execute(select(members.c.reminded)).scalars().all() == [True]
        owed = tx.execute(select(deliveries).order_by(deliveries.c.id)).all()
        assert [each.state for each in owed] == ["pending", "sent", "failed", "unknown"]
        assert {(each.revision, each.since, each.asks, each.report_id) for each in owed} == {(0, None, False, None)}


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE sessions SET state = 'elsewhere'",
        "UPDATE sessions SET taken = -1",
        "UPDATE deliveries SET state = 'elsewhere'",
        "UPDATE deliveries SET report_id = 99",
        "UPDATE deliveries SET key = 'same'",
        "DELETE FROM webinars",
    ],
)
def test_what_the_schema_forbade_it_still_forbids(upgraded: Engine, broken: str) -> None:
    with pytest.raises(IntegrityError), upgraded.begin() as tx:
        tx.execute(text(broken))
