"""Whose turn it is to draw a message, whoever asks; and what is told once it is gone."""

from __future__ import annotations

import asyncio
from collections import Counter
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
from bot.usecases.messages import Picture, picture
from bot.usecases.subjects import PollPost
from storage import messages
from storage.database import open_database
from storage.engine import parse_url
from storage.tables import deliveries
from tests.usecases.consultations import ANA, BEN, NOW, settle

S = timedelta(seconds=1)
LEASE = 2 * S
PATIENT = 10 * S


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
            return drawing.take(tx, self.message, LEASE, PATIENT, real_now=NOW + after_s * S)

    def taken(self, after_s: float = 0) -> Turn:
        turn = self.take(after_s)
        assert isinstance(turn, Turn)
        return turn

    def drawn(self, turn: Turn, version: int, after_s: float) -> None:
        with self.engine.begin() as tx:
            drawing.drawn(tx, turn, version, rests_until=NOW + after_s * S)

    def rest(self, turn: Turn, after_s: float) -> None:
        with self.engine.begin() as tx:
            drawing.rest(tx, turn, until=NOW + after_s * S)

    def draw(self, after_s: float) -> None:
        """Take the turn, draw the newest, and rest for a second."""
        self.drawn(self.taken(after_s), self.version(), after_s + 1)

    def picture(self) -> Picture:
        with self.engine.begin() as tx:
            return picture(tx, self.message)

    def version(self) -> int:
        return self.picture().message.version

    def stale(self, after_s: float) -> list[MessageId]:
        with self.engine.begin() as tx:
            return drawing.stale(tx, self.workspace, within=timedelta(), real_now=NOW + after_s * S)

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


def test_what_somebody_left_on_its_way_who_died_is_drawn_over_once_it_can_land_no_more(post: Post) -> None:
    post.vote(1)
    post.taken()
    post.draw(2)
    assert post.take(3) is None
    assert (post.take(11.9), post.stale(11.9)) == (None, [])
    assert post.stale(12) == [post.message]
    turn, due = post.taken(12), post.picture()
    assert isinstance(due.subject, PollPost)
    assert post.take(12.1) is None
    post.drawn(turn, due.subject.version, after_s=13)
    assert (post.take(60), post.stale(60)) == (None, [])


def test_what_was_drawn_or_given_back_is_not_drawn_once_more(post: Post) -> None:
    post.vote(1)
    post.rest(post.taken(), after_s=1)
    post.draw(1)
    assert (post.take(60), post.stale(60)) == (None, [])


def test_votes_meanwhile_do_not_settle_what_may_still_land_and_later_ones_do(post: Post) -> None:
    post.vote(1)
    post.taken()
    post.draw(2)
    post.vote(2)
    post.rest(post.taken(5), after_s=6)
    post.draw(6)
    assert (post.take(11.9), post.stale(12)) == (None, [post.message])
    post.vote(3)
    post.draw(13)
    assert (post.take(60), post.stale(60)) == (None, [])


def test_who_could_not_draw_over_what_may_have_landed_leaves_it_to_be_done(post: Post) -> None:
    post.vote(1)
    post.taken()
    post.draw(2)
    post.rest(post.taken(12), after_s=20)
    assert post.take(19.9) == NotYet(NOW + 20 * S)
    post.draw(20)
    assert post.take(60) is None


def test_where_the_next_one_dies_as_well_what_both_left_is_drawn_over(post: Post) -> None:
    post.vote(1)
    post.taken()
    post.taken(2)
    post.draw(4)
    assert post.take(13.9) is None
    post.draw(14)
    assert post.take(60) is None


async def test_of_many_that_ask_at_once_one_has_the_turn(post: Post, database_url: str) -> None:
    post.vote(1)
    db = open_database(parse_url(database_url))
    took = [db.write(drawing.take, post.message, LEASE, PATIENT, real_now=NOW) for _ in range(8)]
    turns = Counter(type(each) for each in await asyncio.gather(*took))
    db.close()
    assert turns == {Turn: 1, NotYet: 7}


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
        assert drawing.take(tx, other, LEASE, PATIENT, real_now=NOW + 3.9 * S) == NotYet(NOW + 4 * S)
        assert isinstance(drawing.take(tx, other, LEASE, PATIENT, real_now=NOW + 4 * S), Turn)
    assert isinstance(post.take(4), Turn)


def test_what_may_land_on_a_message_that_is_gone_is_of_no_concern_to_the_next_one(post: Post) -> None:
    post.vote(1)
    post.taken()
    post.draw(2)
    assert post.lose()
    assert (post.take(12), post.stale(12)) == (None, [])
    with post.engine.begin() as tx:
        messages.posted(tx, post.workspace, "poll", post.poll, "2.0", shown=post.version())
    assert (post.take(12), post.stale(12)) == (None, [])


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
