from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, Engine, select

from bot.domain.audit import Authority
from bot.domain.ids import PollId
from bot.domain.new_polls import NewPoll
from bot.domain.objections import ReasonAsked, outcome
from bot.domain.poll_results import Silence
from bot.domain.polls import Objection, Poll, PollState
from bot.usecases import closings, objections, polls, votes
from storage.poll_tables import ballots, voices
from tests.domain.refused import key
from tests.usecases.polling import ANA, BEN, CHU, HOUR, NOW, acts, click, current, home, make, opened, stand

ENDS = NOW + HOUR
SECOND = timedelta(seconds=1)
SILENCE = NewPoll("Adopt?", ("Agree", "Object"), objection=True, end=ENDS)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with opened(database_url) as found:
        yield found


def object_to(tx: Connection, poll: Poll, reason: str = "") -> Poll:
    return objections.object_to(tx, CHU, poll.id, reason, now=NOW).outcome.poll


def came_to(tx: Connection, poll: PollId) -> Silence:
    return outcome(current(tx, poll))


def test_silence_until_the_end_adopts(engine: Engine) -> None:
    with engine.begin() as tx:
        poll = stand(tx, SILENCE)
        votes.vote(tx, ANA, poll.options[0].id, clicked=click(), now=NOW)
        assert came_to(tx, poll.id) is Silence.RUNNING
        closings.close_due(tx, home(tx), poll.id, now=ENDS)
        assert came_to(tx, poll.id) is Silence.ADOPTED
        assert [each.votes for each in current(tx, poll.id).options] == [1, 0], "who agrees aloud is counted"


def test_a_click_on_object_stores_nothing_and_asks_why(engine: Engine) -> None:
    with engine.begin() as tx:
        poll = stand(tx, SILENCE)
        answer = votes.vote(tx, CHU, poll.options[1].id, clicked=click(), now=NOW)
        assert isinstance(answer.outcome, ReasonAsked)
        assert tx.execute(select(voices)).all() == []
        assert current(tx, poll.id).state is PollState.OPEN


def test_one_objection_stops_it_at_once_and_says_whose_it_is_and_why(engine: Engine) -> None:
    with engine.begin() as tx:
        poll = stand(tx, SILENCE)
        votes.vote(tx, CHU, poll.options[0].id, clicked=click(), now=NOW)
        stopped = object_to(tx, poll, " Not yet ")
        assert (stopped.state, stopped.closed_at) == (PollState.CLOSED, NOW)
        assert stopped.objected == Objection(CHU.user, None, " Not yet ")
        assert outcome(stopped) is Silence.OBJECTED
        assert [each.votes for each in stopped.options] == [0, 1], "the voice that had agreed"
        assert acts(tx)[-1][1:] == (Authority.SYSTEM, None), "votes aren't in the record"


@pytest.mark.parametrize(("given", "kept"), [("Not yet", "Not yet"), ("", None), ("\u200b", None)])
def test_an_anonymous_objection_keeps_its_reason_and_nothing_of_whose_it_is(
    engine: Engine, given: str, kept: str | None
) -> None:
    with engine.begin() as tx:
        poll = stand(tx, replace(SILENCE, anonymous=True))
        stopped = object_to(tx, poll, given)
        assert stopped.objected == Objection(None, None, kept)
        assert tx.execute(select(ballots)).all() == []
        left = [(row.voice, row.member_id, row.changed_at) for row in tx.execute(select(voices))]
        assert left == ([("objection", None, None)] if kept else [])
        assert all(actor is None for _, _, actor in acts(tx)[1:])


def test_ended_by_hand_before_its_time_it_is_not_adopted_and_after_its_time_it_is(engine: Engine) -> None:
    with engine.begin() as tx:
        early, late = stand(tx, SILENCE), stand(tx, SILENCE)
        polls.close(tx, BEN, poll=early.id, now=ENDS - SECOND)
        polls.close(tx, BEN, poll=late.id, now=ENDS)
        assert [came_to(tx, each.id) for each in (early, late)] == [Silence.ENDED_EARLY, Silence.ADOPTED]


def test_what_nobody_could_read_is_never_adopted(engine: Engine) -> None:
    with engine.begin() as tx:
        poll = make(tx, SILENCE)
        closings.close_due(tx, home(tx), poll.id, now=ENDS)
        assert current(tx, poll.id).state is PollState.TAKEN_BACK


def test_an_objection_after_the_end_or_after_another_is_refused(engine: Engine) -> None:
    with engine.begin() as tx:
        over = stand(tx, SILENCE)
        late = partial(objections.object_to, tx, CHU, over.id, "", now=ENDS)
        assert key(late) == "objection-late"
        assert key(partial(votes.vote, tx, CHU, over.options[1].id, clicked=click(), now=ENDS)) == "objection-late"
        poll = stand(tx, SILENCE)
        object_to(tx, poll)
        assert key(partial(objections.object_to, tx, ANA, poll.id, "Me too", now=NOW)) == "objection-late"
        assert current(tx, poll.id).voters == 1


def test_an_objection_cant_be_taken_back_and_an_agreement_can_while_it_runs(engine: Engine) -> None:
    with engine.begin() as tx:
        poll = stand(tx, SILENCE)
        votes.vote(tx, ANA, poll.options[0].id, clicked=click(), now=NOW)
        votes.take_back(tx, ANA, poll.id, clicked=click(), now=NOW)
        assert current(tx, poll.id).voters == 0
        object_to(tx, poll)
        assert key(partial(votes.take_back, tx, CHU, poll.id, clicked=click(), now=NOW)) == "objection-stays"


def test_a_poll_that_is_no_silence_procedure_takes_no_objection_and_a_reason_has_its_limit(engine: Engine) -> None:
    with engine.begin() as tx:
        plain = stand(tx, NewPoll("Which?", ("A", "B")))
        assert key(lambda: object_to(tx, plain)) == "option-gone"
        poll = stand(tx, SILENCE)
        assert key(lambda: object_to(tx, poll, "x" * 501)) == "reason-too-long"
        assert current(tx, poll.id).state is PollState.OPEN
        to_come = stand(tx, replace(SILENCE, on=NOW + timedelta(minutes=30)))
        assert key(lambda: object_to(tx, to_come)) == "objection-early"
