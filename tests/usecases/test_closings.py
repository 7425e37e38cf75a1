from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Engine

from bot.domain.audit import Action, Authority
from bot.domain.new_polls import NewPoll
from bot.domain.polls import PollState, SameAgain
from bot.usecases import closings, poll_answers, poll_running, polls, votes
from storage.polls import to_wipe
from tests.domain.refused import key
from tests.usecases.polling import ANA, BEN, HOUR, MINUTE, NOW, acts, click, current, home, make, opened, owed, stand

ENDS = NOW + HOUR
ASKED = NewPoll("Which?", ("A", "B"), end=ENDS)
SECOND = timedelta(seconds=1)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with opened(database_url) as found:
        yield found


def test_a_poll_closes_once_its_time_is_over_and_the_record_says_that_nobody_did_it(engine: Engine) -> None:
    with engine.begin() as tx:
        poll = stand(tx, ASKED)
        assert closings.due(tx, home(tx), now=ENDS - SECOND) == []
        assert closings.due(tx, home(tx), now=ENDS) == [poll.id]
    with engine.begin() as tx:
        assert closings.close_due(tx, home(tx), poll.id, now=ENDS)
    with engine.begin() as tx:
        found = current(tx, poll.id)
        assert (found.state, found.closed_at) == (PollState.CLOSED, ENDS)
        assert acts(tx)[-1] == (Action.POLL_CLOSED, Authority.SYSTEM, None)
        assert closings.due(tx, home(tx), now=ENDS) == []


def test_a_poll_closes_once_however_many_bots_look(engine: Engine) -> None:
    with engine.begin() as tx:
        poll = stand(tx, ASKED)
        both = closings.due(tx, home(tx), now=ENDS) + closings.due(tx, home(tx), now=ENDS)
    closed = []
    for each in both:
        with engine.begin() as tx:
            closed.append(closings.close_due(tx, home(tx), each, now=ENDS))
    assert closed == [True, False]
    with engine.begin() as tx:
        assert [action for action, _, _ in acts(tx)] == [Action.POLL_MADE, Action.POLL_CLOSED]
        assert current(tx, poll.id).closed_at == ENDS


def test_no_vote_counts_from_the_end_on_though_nothing_has_closed_it(engine: Engine) -> None:
    with engine.begin() as tx:
        poll = stand(tx, ASKED)
        option = poll.options[0].id
        votes.vote(tx, BEN, option, clicked=click(), now=ENDS - SECOND)
        for late in (ENDS, ENDS + HOUR):
            assert key(partial(votes.vote, tx, ANA, option, clicked=click(), now=late)) == "poll-ended"
            assert key(partial(votes.take_back, tx, BEN, poll.id, clicked=click(), now=late)) == "poll-ended"
        closings.close_due(tx, home(tx), poll.id, now=ENDS + 9 * HOUR)
        found = current(tx, poll.id)
        assert [each.votes for each in found.options] == [1, 0]
        assert found.closed_at == ENDS, "though the bot was down until nine hours later"


def test_an_anonymous_poll_that_closes_by_itself_leaves_counts_alone(engine: Engine) -> None:
    with engine.begin() as tx:
        poll = stand(tx, replace(ASKED, anonymous=True))
        votes.vote(tx, BEN, poll.options[1].id, clicked=click(), now=NOW)
        closings.close_due(tx, home(tx), poll.id, now=ENDS)
        found = current(tx, poll.id)
        assert (found.key, [each.votes for each in found.options], found.voters) == (None, [0, 1], 1)
        assert to_wipe(tx, home(tx)) == [poll.id]


def test_a_poll_that_never_stood_in_its_channel_is_withdrawn_and_not_closed(engine: Engine) -> None:
    with engine.begin() as tx:
        poll = make(tx, ASKED)
        assert closings.close_due(tx, home(tx), poll.id, now=ENDS)
        assert current(tx, poll.id).state is PollState.TAKEN_BACK
        assert owed(tx, poll.id) == [("poll", "expired", NOW)], "which its maker is told"
        assert acts(tx)[-1] == (Action.POLL_TAKEN_BACK, Authority.SYSTEM, None)


def test_closing_by_hand_says_when(engine: Engine) -> None:
    with engine.begin() as tx:
        poll = stand(tx, ASKED)
        polls.close(tx, BEN, poll=poll.id, now=NOW + MINUTE)
        assert current(tx, poll.id).closed_at == NOW + MINUTE


# Posting later.


def test_a_poll_for_later_is_owed_then_and_takes_no_vote_before(engine: Engine) -> None:
    later = NOW + HOUR
    with engine.begin() as tx:
        poll = make(tx, NewPoll("Which?", ("A", "B"), on=later))
        assert owed(tx, poll.id) == [("poll", "pending", later)]
        option = poll.options[0].id
        assert key(lambda: votes.vote(tx, BEN, option, clicked=click(), now=later - SECOND)) == "poll-not-yet"
        votes.vote(tx, BEN, option, clicked=click(), now=later)


def test_a_poll_to_come_is_taken_back_at_any_time_and_closed_at_none(engine: Engine) -> None:
    with engine.begin() as tx:
        poll = make(tx, NewPoll("Which?", ("A", "B"), on=NOW + 2 * HOUR))
        assert key(lambda: polls.close(tx, BEN, poll=poll.id, now=NOW + HOUR)) == "poll-to-come"
        assert key(lambda: polls.take_poll_back(tx, BEN, poll.id, now=NOW + 2 * HOUR)) == "take-back-late"
        polls.take_poll_back(tx, BEN, poll.id, now=NOW + HOUR)
        assert owed(tx, poll.id) == [("poll", "cancelled", NOW + 2 * HOUR)]
        assert poll_running.show_list(tx, BEN, closed=False, now=NOW).outcome.polls == ()


def test_the_same_words_with_an_end_a_moment_later_ask_first_and_with_another_end_do_not(engine: Engine) -> None:
    with engine.begin() as tx:
        make(tx, ASKED)
        again = [
            polls.create(
                tx,
                BEN,
                replace(ASKED, end=end),
                ("A", "B"),
                cause=f"again {end}",
                insisted=False,
                private=False,
                now=NOW,
            ).outcome
            for end in (ENDS + timedelta(seconds=20), ENDS + HOUR)
        ]
        assert [isinstance(each, SameAgain) for each in again] == [True, False]


# Hidden counts.


@pytest.mark.parametrize("anonymous", [False, True])
def test_hidden_counts_are_shown_to_nobody_until_it_closes(engine: Engine, anonymous: bool) -> None:  # noqa: FBT001 - a case
    with engine.begin() as tx:
        poll = stand(tx, NewPoll("Which?", ("A", "B"), progress="hidden", anonymous=anonymous))
        votes.vote(tx, ANA, poll.options[0].id, clicked=click(), now=NOW)
        assert not current(tx, poll.id).shows_counts
        refused = key(lambda: poll_answers.who(tx, BEN, poll.id))
        assert refused == ("poll-is-anonymous" if anonymous else "poll-counts-hidden")
        polls.close(tx, BEN, poll=poll.id, now=NOW)
        assert current(tx, poll.id).shows_counts
