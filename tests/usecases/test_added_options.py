from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import Connection, Engine, select, text

from bot.domain.mechanisms import MechanismFacts
from bot.domain.new_polls import NewPoll
from bot.domain.polls import Poll
from bot.domain.representatives import RepresentationState
from bot.domain.roles import Role
from bot.usecases import added_options, members, polls, votes
from storage import mechanisms, representatives
from storage import polls as rows
from storage.poll_tables import options
from tests.domain.refused import key
from tests.usecases.polling import ANA, BEN, CHU, HOUR, NOW, click, current, home, opened, stand

ASKED = NewPoll("Where?", ("Lima", "Quito"), add_choice=True)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with opened(database_url) as found:
        yield found


def add(tx: Connection, poll: Poll, option: str) -> None:
    added_options.add(tx, CHU, poll.id, option, now=NOW)


def test_an_option_that_a_voter_adds_is_there_for_everybody_and_is_no_vote(engine: Engine) -> None:
    with engine.begin() as tx:
        poll = stand(tx, ASKED)
        add(tx, poll, "Geneva")
        found = current(tx, poll.id)
        assert [(each.text, each.votes) for each in found.options] == [("Lima", 0), ("Quito", 0), ("Geneva", 0)]
        votes.vote(tx, ANA, found.options[2].id, clicked=click(), now=NOW)
        assert current(tx, poll.id).options[2].votes == 1


@pytest.mark.parametrize(("anonymous", "kept"), [(False, 1), (True, 0)])
def test_who_added_an_option_stays_with_it_in_a_named_poll_alone(
    engine: Engine,
    anonymous: bool,  # noqa: FBT001 - a case
    kept: int,
) -> None:
    with engine.begin() as tx:
        add(tx, stand(tx, replace(ASKED, anonymous=anonymous)), "Geneva")
        assert len([each for each in tx.execute(select(options.c.added_by_id)).scalars() if each]) == kept


@pytest.mark.parametrize(
    ("option", "reason"),
    [
        ("", "option-missing"),
        ("\u200b", "option-missing"),
        ("LIMA ", "option-there"),
        ("x" * 201, "option-too-long"),
    ],
)
def test_what_is_no_new_option_is_refused(engine: Engine, option: str, reason: str) -> None:
    with engine.begin() as tx:
        poll = stand(tx, ASKED)
        assert key(lambda: add(tx, poll, option)) == reason
        assert len(current(tx, poll.id).options) == 2


def test_a_poll_has_twenty_options_at_most_and_no_longer_text_than_one_message_holds(engine: Engine) -> None:
    with engine.begin() as tx:
        poll = stand(tx, ASKED)
        for place in range(18):
            add(tx, poll, f"Option {place}")
        assert key(lambda: add(tx, poll, "One more")) == "options-full"
        wide = stand(tx, replace(ASKED, question="&" * 400, options=tuple(f"{n}{'&' * 198}" for n in range(8))))
        assert key(lambda: add(tx, wide, "&" * 200)) == "poll-too-long"


def test_no_option_is_added_where_none_may_be(engine: Engine) -> None:
    with engine.begin() as tx:
        fixed = stand(tx, replace(ASKED, add_choice=False))
        assert key(lambda: add(tx, fixed, "Geneva")) == "options-fixed"
        ended = stand(tx, replace(ASKED, end=NOW + HOUR))
        assert key(partial(added_options.add, tx, CHU, ended.id, "Geneva", now=NOW + HOUR)) == "options-late"
        later = stand(tx, replace(ASKED, on=NOW + HOUR))
        assert key(lambda: add(tx, later, "Geneva")) == "options-late"
        closed = stand(tx, ASKED)
        polls.close(tx, BEN, poll=closed.id, now=NOW)
        assert key(lambda: add(tx, closed, "Geneva")) == "options-late"


def test_by_mechanism_only_who_speaks_for_one_adds_an_option(engine: Engine) -> None:
    with engine.begin() as tx:
        mechanisms.add(tx, home(tx), [(MechanismFacts("colombo", "Colombo Process"), None)])
        poll = stand(tx, replace(ASKED, by_mechanism=True))
        assert key(lambda: add(tx, poll, "Geneva")) == "voice-none"
        assert key(lambda: added_options.may_add(tx, BEN, poll.id, now=NOW)) == "voice-none"
        (colombo,) = mechanisms.every(tx, home(tx))
        kept = {"state": RepresentationState.NAMED, "changed_at": NOW}
        representatives.add(tx, home(tx), colombo.id, members.meet(tx, CHU).id, Role.CHAIR, kept)
        add(tx, poll, "Geneva")
        assert len(current(tx, poll.id).options) == 3


def test_whoever_waited_for_the_lock_sees_the_option_that_was_added_meanwhile(
    new_database: Callable[[str], str],
) -> None:
    """Two bots on PostgreSQL: the one adds while the other waits."""
    with opened(new_database("postgresql")) as engine, ThreadPoolExecutor(1) as other:
        with engine.begin() as tx:
            poll = stand(tx, ASKED)
        with engine.begin() as tx:
            add(tx, poll, "Geneva")
            waiting = other.submit(_locked, engine, poll)
            _until_it_waits(engine)
        assert [each.text for each in waiting.result(timeout=10).options] == ["Lima", "Quito", "Geneva"]


def _locked(engine: Engine, poll: Poll) -> Poll:
    with engine.begin() as tx:
        found = rows.lock(tx, home(tx), poll.id)
        assert found is not None
        return found


def _until_it_waits(engine: Engine) -> None:
    waits = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    waiting = 0
    while not waiting:
        with engine.connect() as connection:
            waiting = connection.execute(waits).scalar_one()
