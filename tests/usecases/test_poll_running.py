"""Reopening, deleting and asking polls anew, and the lists of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection

from bot.domain import poll_grammar
from bot.domain.members import Sender
from bot.domain.poll_entries import as_typed
from bot.domain.poll_running import anew
from bot.domain.polls import PollState
from bot.usecases import drawing, messages, poll_running, polls, votes
from bot.usecases.messages import Withdrawn
from storage import messages as kept
from storage import polls as rows
from storage import tables
from tests.domain.refused import key, readings
from tests.usecases.standing_polls import (
    ANA,
    BEN,
    CHU,
    DEE,
    ELSEWHERE,
    NOW,
    acts,
    asks,
    clicks,
    counts,
    owed,
    settle,
    stands,
)

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def tx(blank: Connection) -> Connection:
    settle(blank)
    return blank


def test_a_reopened_poll_keeps_its_votes_and_takes_new_ones(tx: Connection) -> None:
    poll = asks(tx)
    clicks(tx, CHU, poll)
    polls.close(tx, BEN, number=poll.number, now=NOW)
    assert stands(tx, poll).closed_at == NOW
    told = poll_running.reopen(tx, ANA, poll.number, None, now=LATER).outcome
    assert not told.again
    assert (told.poll.state, told.poll.closed_at, told.poll.revision) == (PollState.OPEN, None, 1)
    clicks(tx, DEE, poll)
    assert counts(tx, poll) == [2, 0]
    assert acts(tx) == ["poll-made", "poll-closed", "poll-reopened"]


def test_reopening_an_open_poll_changes_nothing(tx: Connection) -> None:
    poll = asks(tx)
    assert poll_running.reopen(tx, BEN, poll.number, None, now=NOW).outcome.again
    assert stands(tx, poll) == poll


def test_an_anonymous_poll_and_a_silence_procedure_are_asked_anew_instead_of_reopened(tx: Connection) -> None:
    for poll, reason in (
        (asks(tx, anonymous=True), "poll-reopen-anonymous"),
        (asks(tx, objection=True), "poll-reopen-objection"),
    ):
        polls.close(tx, BEN, number=poll.number, now=NOW)
        reopen = partial(poll_running.reopen, tx, BEN, poll.number, None, now=NOW)
        assert key(reopen) == reason
        assert readings(reopen) == (f"duplicate P{poll.number}",)


def test_a_poll_whose_time_has_passed_is_reopened_until_another(tx: Connection) -> None:
    poll = asks(tx, ends_at=NOW)
    polls.close(tx, BEN, number=poll.number, now=NOW)
    assert key(lambda: poll_running.reopen(tx, BEN, poll.number, None, now=LATER)) == "poll-reopen-over"
    until = LATER + timedelta(days=1)
    assert poll_running.reopen(tx, BEN, poll.number, until, now=LATER).outcome.poll.ends_at == until


@pytest.mark.parametrize("anonymous", [False, True])
def test_a_deleted_poll_is_gone_with_its_votes_and_its_message(tx: Connection, *, anonymous: bool) -> None:
    poll = asks(tx, anonymous=anonymous)
    clicks(tx, CHU, poll)
    kept.posted(tx, poll.workspace, "poll", poll.id, "1.1", 0)
    for _ in range(2):
        poll_running.delete(tx, BEN, poll.id, now=NOW)
    assert counts(tx, poll) == [0, 0]
    assert owed(tx, poll) == [("poll", "C1", "cancelled")]
    (stale,) = drawing.stale(tx, poll.workspace, within=timedelta(), real_now=NOW)
    assert isinstance(messages.picture(tx, stale).subject, Withdrawn)
    assert (poll.id in rows.to_wipe(tx, poll.workspace)) is anonymous
    assert acts(tx) == ["poll-made", "poll-deleted"]
    assert poll_running.show_list(tx, BEN, closed=False, now=NOW).outcome.polls == ()


def test_every_command_and_click_says_of_a_deleted_poll_that_it_is(tx: Connection) -> None:
    poll = asks(tx)
    poll_running.delete(tx, ANA, poll.id, now=NOW)
    for tried in (
        lambda: polls.close(tx, BEN, number=poll.number, now=NOW),
        lambda: polls.take_poll_back(tx, BEN, poll.id, now=NOW),
        lambda: poll_running.reopen(tx, BEN, poll.number, None, now=NOW),
        lambda: poll_running.to_run(tx, BEN, poll.number),
        lambda: poll_running.chosen(tx, BEN, poll.id),
        lambda: poll_running.to_duplicate(tx, CHU, poll.number),
        lambda: clicks(tx, CHU, poll),
        lambda: votes.take_back(tx, CHU, poll.id, clicked="9.1", now=NOW),
    ):
        assert key(tried) == "poll-deleted"


def test_who_did_not_make_it_and_does_not_organise_runs_nothing(tx: Connection) -> None:
    poll = asks(tx)
    for tried in (
        lambda: poll_running.delete(tx, CHU, poll.id, now=NOW),
        lambda: poll_running.reopen(tx, CHU, poll.number, None, now=NOW),
        lambda: poll_running.to_run(tx, CHU, poll.number),
        lambda: poll_running.chosen(tx, CHU, poll.id),
    ):
        assert key(tried) == "poll-not-yours"


def test_a_public_poll_is_run_by_its_number_from_anywhere_and_a_private_one_in_its_channel(tx: Connection) -> None:
    public, private = asks(tx), asks(tx, private=True)
    away = replace(BEN, channel=ELSEWHERE)
    for each in (public, private):
        polls.close(tx, BEN, number=each.number, now=NOW)
    assert key(lambda: poll_running.reopen(tx, away, private.number, None, now=NOW)) == "poll-unknown"
    poll_running.reopen(tx, away, public.number, None, now=NOW)
    poll_running.reopen(tx, BEN, private.number, None, now=NOW)
    assert {stands(tx, each).state for each in (public, private)} == {PollState.OPEN}


def test_a_duplicate_is_what_would_be_typed_for_the_same_poll(tx: Connection) -> None:
    poll = asks(tx, ('A "b"', "C\\d", "E"), anonymous=True, choices=2, progress=True)
    polls.close(tx, BEN, number=poll.number, now=NOW)
    asked = poll_running.to_duplicate(tx, CHU, poll.number).outcome
    typed = as_typed(anew(asked))
    assert poll_grammar.parse(typed, NOW, ZoneInfo("UTC")) == anew(poll)


def test_what_is_gone_is_duplicated_by_its_maker_alone(tx: Connection) -> None:
    poll, other = asks(tx), asks(tx)
    poll_running.delete(tx, ANA, poll.id, now=NOW)
    polls.take_poll_back(tx, BEN, other.id, now=NOW)
    for each, reason in ((poll, "poll-deleted"), (other, "poll-unknown")):
        assert poll_running.to_duplicate(tx, BEN, each.number).outcome.question == each.question
        assert key(partial(poll_running.to_duplicate, tx, ANA, each.number)) == reason


def test_a_poll_to_come_is_taken_back_until_it_is_posted(tx: Connection) -> None:
    at = NOW + timedelta(days=1)
    poll, other = asks(tx, posts_at=at), asks(tx, posts_at=at)
    polls.take_poll_back(tx, BEN, poll.id, now=at - timedelta(seconds=1))
    assert stands(tx, poll).state is PollState.TAKEN_BACK
    assert owed(tx, poll) == [("poll", "C1", "cancelled")]
    assert key(lambda: polls.take_poll_back(tx, BEN, other.id, now=at)) == "take-back-late"


def test_ones_own_polls_are_listed_for_thirty_days_after_they_were_closed(tx: Connection) -> None:
    mine = asks(tx)
    polls.close(tx, ANA, number=mine.number, now=NOW)
    asks(tx)

    def listed(sender: Sender, days: int) -> list[int]:
        at = NOW + timedelta(days=days)
        return [each.number for each in poll_running.show_list(tx, sender, closed=True, now=at).outcome.polls]

    assert listed(BEN, 30) == [mine.number]
    assert listed(BEN, 31) == []
    assert listed(ANA, 1) == []


def test_a_poll_whose_message_is_gone_stays_closed_and_can_be_asked_anew(tx: Connection) -> None:
    poll = asks(tx)
    polls.close(tx, BEN, number=poll.number, now=NOW)
    lost = tables.messages.update().where(tables.messages.c.poll_id == poll.id)
    tx.execute(lost.values(lost="message_not_found"))
    reopening = partial(poll_running.reopen, tx, BEN, poll.number, None, now=NOW)
    assert (key(reopening), readings(reopening)) == ("poll-reopen-lost", ("duplicate P1",))
    assert stands(tx, poll).state is PollState.CLOSED
