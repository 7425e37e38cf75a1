"""Letters to many: each once, whoever plans them, and at a cost that does not grow with their number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text

from bot.domain.ids import MemberId
from bot.domain.invitation_letters import Amends
from bot.domain.invitations import Invitation
from bot.usecases import deliveries, letters
from storage import invitations, webinars
from storage.engine import parse_url
from tests.usecases.inviting import (
    NOW,
    claim,
    invite,
    mechanism,
    opened,
    prepare,
    represent,
    rows,
    send_all,
    webinar_id,
    workspace_of,
)

MANY = 60


@pytest.fixture
def postgres_engine(new_database: Callable[[str], str]) -> Iterator[Engine]:
    engine = create_engine(parse_url(new_database("postgresql")))
    with engine.begin() as tx:
        prepare(tx)
        for place in range(1, 6):
            represent(tx, f"U{place}", "colombo")
        webinar = webinars.get(tx, workspace_of(tx), webinar_id(tx))
        invitations.put(tx, webinar, [Invitation(mechanism(tx, "colombo"), None, None, MemberId(1), NOW)])
    yield engine
    engine.dispose()


def reconcile(engine: Engine) -> Amends:
    with engine.begin() as tx:
        return letters.reconcile(tx, workspace_of(tx), webinar_id(tx), now=NOW)


def until_one_waits(engine: Engine) -> None:
    waiting = text("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as tx:
        while tx.execute(waiting).first() is None:
            pass


def test_two_processes_that_plan_at_once_owe_each_letter_once(postgres_engine: Engine) -> None:
    with ThreadPoolExecutor(1) as threads, postgres_engine.connect() as one:
        first = letters.reconcile(one, workspace_of(one), webinar_id(one), now=NOW)
        other = threads.submit(reconcile, postgres_engine)
        until_one_waits(postgres_engine)
        one.commit()
        assert len(first.owe) == 15
        assert not other.result(), "the second finds nothing to do"
    with postgres_engine.begin() as tx:
        assert len(rows(tx)) == 15
        assert len(send_all(tx, NOW)) == 5


@pytest.fixture(params=["sqlite", "postgresql"])
def tx(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Connection]:
    with opened(new_database(request.param)) as found:
        yield found


def statements(tx: Connection, do: Callable[[], object]) -> int:
    """How many round trips that takes: the rows of one statement go together."""
    seen: list[str] = []

    def see(*found: object) -> None:
        seen.append(str(found[2]))

    event.listen(tx, "before_cursor_execute", see)
    do()
    event.remove(tx, "before_cursor_execute", see)
    return len(seen)


def test_owing_many_letters_takes_no_more_statements_than_owing_one(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    few = statements(tx, lambda: invite(tx, "Colombo Process"))
    for place in range(2, MANY):
        represent(tx, f"U{place}", "bali")
    assert statements(tx, lambda: invite(tx, "Bali Process")) <= few + 1
    assert few < 36


def test_what_is_read_for_a_letter_does_not_grow_with_their_number(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    for place in range(2, MANY):
        represent(tx, f"U{place}", "bali")
    invite(tx, "all chairs")
    first = next(each for each in claim(tx, NOW) if each.recipient == "U1")
    assert statements(tx, lambda: deliveries.to_send(tx, first, now=NOW, real_now=NOW)) <= 14


def test_nothing_is_written_where_nothing_has_changed(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    invite(tx, "all chairs")
    assert letters.behind(tx, workspace_of(tx), now=NOW) == []
    represent(tx, "U2", "colombo")
    assert letters.behind(tx, workspace_of(tx), now=NOW) == [webinar_id(tx)]
