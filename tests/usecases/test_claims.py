"""Claiming what is due, as far as the gates admit it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, Engine, text

from bot.domain.deliveries import Claimed, NotSent, Priority, RateLimited, Result, Unknown
from bot.domain.gates import Gate, Pace, fresh, unanswered
from bot.domain.ids import ChannelId, WorkspaceId
from bot.usecases import deliveries, members
from storage import gates
from storage.engine import open_engine, parse_url
from tests.crashes.owing import DUE, IN_CHANNEL, owe
from workspace.state import Workspace

SECOND = timedelta(seconds=1)
PACE = Pace(recipient=SECOND * 60, workspace=SECOND * 0.1)
TERMS = deliveries.Terms(SECOND * 30, SECOND * 2, PACE)
OF_ALL = 50


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Four people are owed a reminder each, and their channel `IN_CHANNEL` messages."""
    made = open_engine(parse_url(database_url), threads=3)
    owe(made, Workspace(), people=4)
    yield made
    made.dispose()


def workspace_of(tx: Connection) -> WorkspaceId:
    return members.recognise(tx, Workspace().team_id).id


def claim(tx: Connection, limit: int = OF_ALL, after: timedelta = timedelta()) -> list[Claimed]:
    return deliveries.claim(tx, workspace_of(tx), TERMS, now=DUE, real_now=DUE + after, limit=limit)


def finish(tx: Connection, claimed: Claimed, result: Result) -> None:
    assert deliveries.finish(tx, claimed, result, 0, real_now=DUE)


def test_the_most_pressing_is_claimed_first_and_one_message_a_recipient(engine: Engine) -> None:
    with engine.begin() as tx:
        claimed = claim(tx)
        assert claimed[0].kind == "webinar"
        assert len(claimed) == len({each.recipient for each in claimed}) == 5
        assert [each.send_at for each in claimed] == [DUE + PACE.workspace * place for place in range(5)]
        assert not claim(tx), "what is left waits for the channel"


def test_a_channel_that_is_owed_more_than_is_looked_at_starves_nobody(engine: Engine) -> None:
    with engine.begin() as tx:
        claimed = claim(tx, limit=2)
        assert [each.kind for each in claimed] == ["webinar", "lead-1h"]
        assert claimed[1].member is not None


def test_a_claim_that_may_not_have_reached_slack_counts_as_an_attempt_and_no_other_does(engine: Engine) -> None:
    with engine.begin() as tx:
        for result, attempts in ((NotSent("late", 0), 1), (RateLimited(0), 1), (Unknown("no-answer"), 1)):
            (claimed,) = claim(tx, limit=1, after=SECOND * 3600)
            assert claimed.attempts == attempts
            finish(tx, claimed, result)
            tx.execute(text("DELETE FROM channel_gates"))
            tx.execute(text("UPDATE workspace_gates SET opens_at = slowed_at"))
        (doubted,) = [
            each
            for found in deliveries.in_doubt(tx, workspace_of(tx), attempted_before=DUE + SECOND)
            for each in found.deliveries
        ]
        deliveries.found(tx, [(doubted, NotSent("not-in-slack", 0))], real_now=DUE)
        assert claim(tx, limit=1, after=SECOND * 7200)[0].attempts == 1, "it was not in Slack"


def test_what_was_claimed_before_the_gate_was_shut_is_not_sent(engine: Engine) -> None:
    with engine.begin() as tx:
        first, second, *_ = claim(tx)
        finish(tx, first, RateLimited(30))
        look = partial(deliveries.to_send, tx, second, now=DUE)
        assert look(real_now=DUE + SECOND * 29) == NotSent("gate-shut", 0)
        assert not isinstance(look(real_now=DUE + SECOND * 30), NotSent)
        for _ in range(5):
            gates.change(tx, workspace_of(tx), unanswered)
        assert look(real_now=DUE + SECOND * 30) == NotSent("gate-shut", 0)


def test_two_senders_who_begin_at_once_share_one_gate(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer")
    with ThreadPoolExecutor(1) as threads, engine.connect() as one:
        workspace = workspace_of(one)
        gate = gates.lock(one, workspace, fresh(PACE, DUE))
        other = threads.submit(_locked, engine, workspace)
        gates.set_(one, workspace, unanswered(gate))
        _until_it_waits(engine)
        one.commit()
        assert other.result().unknowns == 1


def _locked(engine: Engine, workspace: WorkspaceId) -> Gate:
    with engine.begin() as tx:
        return gates.lock(tx, workspace, fresh(PACE, DUE))


def _until_it_waits(engine: Engine) -> None:
    """Until somebody waits for a lock in this database."""
    waiting = text("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as tx:
        while tx.execute(waiting).first() is None:
            pass


def test_everything_is_claimed_in_the_end(engine: Engine) -> None:
    with engine.begin() as tx:
        claimed = [each for hour in range(IN_CHANNEL) for each in claim(tx, after=SECOND * 3600 * hour)]
        assert len({each.id for each in claimed}) == len(claimed) == 4 + IN_CHANNEL


def as_letters(tx: Connection) -> None:
    tx.execute(text(f"UPDATE deliveries SET priority = {Priority.LETTER} WHERE member_id IS NOT NULL"))


def test_a_letter_waits_until_its_reader_can_be_written_to_and_a_reminder_does_not(engine: Engine) -> None:
    with engine.begin() as tx:
        assert {each.kind for each in claim(tx)} == {"webinar", "lead-1h"}
        tx.execute(text("UPDATE deliveries SET state = 'pending'"))
        tx.execute(text("DELETE FROM channel_gates"))
        as_letters(tx)
        assert [each.member for each in claim(tx, after=SECOND * 60)] == [None], "what is the channel's alone"
        (first, *_) = members.without_direct(tx, workspace_of(tx), limit=9)
        members.direct_opened(tx, first, ChannelId("D1"))
        assert [each.recipient for each in claim(tx, after=SECOND * 120) if each.member] == [first.user]


def test_who_can_not_be_written_to_gets_no_letter_and_the_others_do(engine: Engine) -> None:
    with engine.begin() as tx:
        as_letters(tx)
        (first, *others) = members.without_direct(tx, workspace_of(tx), limit=9)
        deliveries.unreachable(tx, first, "user_disabled", now=DUE)
        failed = text("SELECT recipient FROM deliveries WHERE state = 'failed'")
        assert tx.execute(failed).scalars().all() == [first.user]
        assert len(others) == 3


def test_direct_messages_with_those_who_are_owed_what_is_pressing_are_opened_first(engine: Engine) -> None:
    with engine.begin() as tx:
        (first, second, *_) = members.without_direct(tx, workspace_of(tx), limit=9)
        letter = {"letter": Priority.LETTER, "member": first.id}
        tx.execute(text("UPDATE deliveries SET priority = :letter WHERE member_id = :member"), letter)
        assert members.without_direct(tx, workspace_of(tx), limit=1) == [second]
