"""Whose turn it is to draw a message, whoever asks; and what is told once it is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, create_engine, select

from bot.domain.drawing import LOST, Turn
from bot.domain.ids import MessageId, PollId, WorkspaceId
from bot.domain.new_polls import NewPoll
from bot.domain.polls import PollMade
from bot.usecases import drawing, members, poll_running, polls, votes
from bot.usecases.drawing import NotYet
from bot.usecases.messages import picture
from storage import messages
from storage.engine import parse_url
from storage.tables import deliveries
from tests.usecases.consultations import ANA, BEN, NOW, settle

S = timedelta(seconds=1)
LEASE = 2 * S


@dataclass(frozen=True, slots=True)
class Post:
    """A poll of Ben's whose message stands in Slack, and is up to date."""

    engine: Engine
    workspace: WorkspaceId
    poll: PollId
    message: MessageId

    def vote(self, clicked: int) -> None:
        with self.engine.begin() as tx:
            options = poll_running.show_list(tx, ANA, closed=False, now=NOW).outcome.polls[0].options
            votes.vote(tx, ANA, options[clicked % 2].id, clicked=f"{clicked}.0", now=NOW)

    def take(self, after_s: float = 0) -> Turn | NotYet | None:
        with self.engine.begin() as tx:
            return drawing.take(tx, self.message, LEASE, real_now=NOW + after_s * S)

    def taken(self, after_s: float = 0) -> Turn:
        turn = self.take(after_s)
        assert isinstance(turn, Turn)
        return turn

    def drawn(self, turn: Turn, version: int, after_s: float) -> None:
        with self.engine.begin() as tx:
            drawing.drawn(tx, turn, version, rests_until=NOW + after_s * S)

    def version(self) -> int:
        with self.engine.begin() as tx:
            return picture(tx, self.message).message.version

    def stale(self, after_s: float) -> list[MessageId]:
        with self.engine.begin() as tx:
            return drawing.stale(tx, self.workspace, before=NOW + after_s * S)

    def lose(self) -> bool:
        with self.engine.begin() as tx:
            return drawing.lose(tx, messages.get(tx, self.message), "message_not_found", now=NOW)

    def told(self) -> list[str]:
        with self.engine.begin() as tx:
            owed = select(deliveries.c.recipient).where(deliveries.c.kind == LOST)
            return list(tx.execute(owed).scalars())


@pytest.fixture
def post(database_url: str) -> Iterator[Post]:
    engine = create_engine(parse_url(database_url))
    with engine.begin() as tx:
        settle(tx)
        workspace = members.recognise(tx, "T1").id
        poll = _poll(tx)
        messages.posted(tx, workspace, "poll", poll, "1.0", shown=0)
        message = messages.about(tx, workspace, "poll", poll).id
    yield Post(engine, workspace, poll, message)
    engine.dispose()


def _poll(tx: Connection) -> PollId:
    made = polls.create(
        tx, BEN, NewPoll("Q?", ("A", "B")), ("A", "B"), cause="1", insisted=True, private=False, now=NOW
    ).outcome
    assert isinstance(made, PollMade)
    return made.poll.id


def test_nobody_takes_a_message_that_is_up_to_date(post: Post) -> None:
    assert post.take() is None
    post.vote(1)
    assert isinstance(post.take(), Turn)


def test_one_at_a_time_draws_a_message_and_another_after_its_rest(post: Post) -> None:
    post.vote(1)
    turn = post.taken()
    assert post.take(0.1) == NotYet(NOW + LEASE)
    post.drawn(turn, post.version(), after_s=1.5)
    assert post.take(0.6) is None
    post.vote(2)
    assert post.take(0.6) == NotYet(NOW + 1.5 * S)
    assert post.stale(0.6) == []
    assert post.stale(1.5) == [post.message]
    assert isinstance(post.take(1.5), Turn)


def test_whoever_dies_while_drawing_is_followed_once_its_lease_has_run_out(post: Post) -> None:
    post.vote(1)
    post.taken()
    assert isinstance(post.take(1.9), NotYet)
    assert isinstance(post.take(2), Turn)


def test_who_drew_past_its_lease_has_the_newest_drawn_again(post: Post) -> None:
    post.vote(1)
    slept = post.taken()
    other = post.taken(2)
    post.drawn(other, post.version(), after_s=3)
    assert post.take(3) is None
    post.drawn(slept, 1, after_s=3)
    assert isinstance(post.take(3), Turn), "what it put there may be older than what the other one drew"


def test_a_vote_that_comes_while_a_picture_is_drawn_is_drawn_next(post: Post) -> None:
    post.vote(1)
    turn, drawn_from = post.taken(), post.version()
    post.vote(2)
    post.drawn(turn, drawn_from, after_s=1)
    assert isinstance(post.take(1), Turn)


def test_a_limit_of_slacks_holds_back_every_message_of_the_workspace(post: Post) -> None:
    with post.engine.begin() as tx:
        other = messages.about(tx, post.workspace, "webinar", 1).id
        messages.posted(tx, post.workspace, "webinar", 1, "2.0", shown=0)
        messages.stale(tx, webinar=messages.get(tx, other).webinar)
    post.vote(1)
    with post.engine.begin() as tx:
        drawing.limited(tx, post.taken(), post.workspace, until=NOW + 4 * S)
        assert drawing.take(tx, other, LEASE, real_now=NOW + 3.9 * S) == NotYet(NOW + 4 * S)
        assert isinstance(drawing.take(tx, other, LEASE, real_now=NOW + 4 * S), Turn)
    assert isinstance(post.take(4), Turn)


def test_a_message_that_is_gone_is_found_out_once_told_to_the_maker_and_not_drawn_again(post: Post) -> None:
    post.vote(1)
    assert post.lose()
    assert not post.lose()
    assert post.told() == [BEN.user]
    post.vote(2)
    assert post.take(60) is None
    assert post.stale(60) == []


def test_of_a_poll_that_was_taken_back_nobody_is_told_that_its_message_is_gone(post: Post) -> None:
    with post.engine.begin() as tx:
        polls.take_poll_back(tx, BEN, post.poll, now=NOW)
    post.lose()
    assert post.told() == []
