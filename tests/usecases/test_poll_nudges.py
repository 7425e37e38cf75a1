"""Nudging those who have not answered a poll, and telling its result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, create_engine, select, update

from bot.domain.deliveries import DeliveryState, Pointless, Sent
from bot.domain.gates import Pace
from bot.domain.ids import ChannelId, UserId
from bot.domain.mechanisms import MechanismFacts
from bot.domain.members import Sender
from bot.domain.poll_nudges import BETWEEN, NUDGE
from bot.domain.polls import Poll
from bot.domain.representatives import RepresentationState
from bot.domain.roles import Role
from bot.usecases import deliveries, members, poll_files, poll_nudges, poll_results, poll_running, polls, reminders
from bot.usecases.subjects import PollNudge, PollResult
from storage import mechanisms, poll_tables, representatives, troubles
from storage.engine import parse_url
from storage.tables import deliveries as rows
from tests.conftest import KINDS
from tests.domain.refused import key, refusal
from tests.usecases.standing_polls import ANA, BEN, CHU, DEE, HERE, NOW, acts, asks, clicks, owed, settle, stands

TERMS = deliveries.Terms(timedelta(seconds=30), timedelta(), Pace(timedelta(), timedelta()))
ALL = [each.user for each in (ANA, BEN, CHU, DEE)]


@dataclass(frozen=True, slots=True)
class Desk:
    tx: Connection

    def nudges(self, poll: Poll, people: list[UserId] | None = ALL, now: datetime = NOW) -> int | None:
        """Ben nudges; how many people he is told of."""
        return poll_nudges.nudge(self.tx, BEN, poll.id, people, now=now).outcome.people

    def subjects(self, poll: Poll, now: datetime = NOW) -> dict[str, object]:
        """What is said to whom, now that it is due."""
        for each in (ANA, BEN, CHU, DEE):
            members.direct_opened(self.tx, members.meet(self.tx, each), ChannelId(f"D{each.user}"))
        found = deliveries.claim(self.tx, poll.workspace, TERMS, now=now, real_now=now, limit=20)
        return {
            each.recipient: deliveries.to_send(self.tx, each, now=now, real_now=now)
            for each in found
            if each.kind != "poll"
        }


@pytest.fixture(params=KINDS)
def desk(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Desk]:
    engine = create_engine(parse_url(new_database(request.param)))
    with engine.begin() as opened:
        settle(opened)
        yield Desk(opened)
    engine.dispose()


def speaks(tx: Connection, sender: Sender, code: str) -> None:
    """The sender is named as Chair of the mechanism of that code."""
    member = members.meet(tx, sender)
    if code not in {each.facts.code for each in mechanisms.every(tx, member.workspace.id)}:
        mechanisms.add(tx, member.workspace.id, [(MechanismFacts(code, code.upper()), "UTC")])
    (found,) = [each for each in mechanisms.every(tx, member.workspace.id) if each.facts.code == code]
    kept = {"state": RepresentationState.NAMED, "changed_at": NOW}
    representatives.add(tx, member.workspace.id, found.id, member.id, Role.CHAIR, kept)


def answers_for(tx: Connection, poll: Poll, code: str) -> None:
    """The mechanism's voice is given."""
    (found,) = [each for each in mechanisms.every(tx, poll.workspace) if each.facts.code == code]
    voice = {"workspace_id": poll.workspace, "poll_id": poll.id, "voice": str(found.id), "clicked": "1.1"}
    tx.execute(poll_tables.voices.insert().values(voice | {"abstained": True}))


def test_those_who_have_not_answered_get_one_message_and_their_number_is_told(desk: Desk) -> None:
    poll = asks(desk.tx)
    clicks(desk.tx, CHU, poll)
    assert desk.nudges(poll) == 3
    assert {to for _, to, _ in owed(desk.tx, poll, NUDGE)} == {ANA.user, BEN.user, DEE.user}
    assert acts(desk.tx)[-1] == "poll-nudged"


def test_whoever_answers_before_it_is_sent_gets_none(desk: Desk) -> None:
    poll = asks(desk.tx)
    desk.nudges(poll)
    clicks(desk.tx, CHU, poll)
    told = desk.subjects(poll)
    assert told[CHU.user] == Pointless(DeliveryState.SUPERSEDED, "answered")
    assert isinstance(told[DEE.user], PollNudge)


def test_who_wants_no_reminders_gets_none(desk: Desk) -> None:
    poll = asks(desk.tx)
    reminders.switch(desk.tx, CHU, on=False, now=NOW)
    desk.nudges(poll)
    assert CHU.user not in {to for _, to, _ in owed(desk.tx, poll, NUDGE)}
    reminders.switch(desk.tx, DEE, on=False, now=NOW)
    assert desk.subjects(poll)[DEE.user] == Pointless(DeliveryState.CANCELLED, "reminders-off")


def test_of_an_anonymous_poll_no_number_is_told_and_nothing_is_left_of_it_once_it_is_closed(desk: Desk) -> None:
    poll = asks(desk.tx, anonymous=True)
    clicks(desk.tx, CHU, poll)
    assert desk.nudges(poll) is None
    assert {to for _, to, _ in owed(desk.tx, poll, NUDGE)} == {ANA.user, BEN.user, DEE.user}
    polls.close(desk.tx, BEN, number=poll.number, now=NOW)
    assert owed(desk.tx, poll, NUDGE) == []


@pytest.mark.parametrize("end", [polls.take_poll_back, poll_running.delete])
def test_who_was_nudged_about_an_anonymous_poll_goes_with_it(desk: Desk, end: Callable[..., object]) -> None:
    poll = asks(desk.tx, anonymous=True)
    desk.nudges(poll)
    end(desk.tx, BEN, poll.id, now=NOW)
    assert owed(desk.tx, poll, NUDGE) == []


def test_whom_a_nudge_could_not_reach_is_named_to_nobody(desk: Desk) -> None:
    poll = asks(desk.tx)
    desk.nudges(poll)
    desk.tx.execute(update(rows).where(rows.c.kind == NUDGE).values(state="failed", error="user_disabled"))
    assert not troubles.is_any_unreported(desk.tx, poll.workspace)
    assert troubles.seen_by(desk.tx, members.meet(desk.tx, ANA), HERE, NOW - timedelta(days=1)) == []


def test_people_are_nudged_at_most_once_in_twelve_hours(desk: Desk) -> None:
    poll = asks(desk.tx)
    desk.nudges(poll)
    soon = NOW + BETWEEN - timedelta(seconds=1)
    refused = refusal(lambda: desk.nudges(poll, now=soon))
    assert (refused.key, refused.facts["next"]) == ("poll-nudged-lately", NOW + BETWEEN)
    assert desk.nudges(poll, now=NOW + BETWEEN) == 4
    assert len(owed(desk.tx, poll, NUDGE)) == 8
    assert stands(desk.tx, poll).nudges == 2


def test_nobody_is_nudged_about_what_cant_be_answered(desk: Desk) -> None:
    later = NOW + timedelta(hours=1)
    assert key(lambda: desk.nudges(asks(desk.tx, posts_at=later))) == "poll-nudge-early"
    ending = asks(desk.tx, ends_at=later)
    assert key(lambda: desk.nudges(ending, now=later)) == "poll-nudge-closed"
    desk.nudges(ending)
    polls.close(desk.tx, BEN, number=ending.number, now=NOW)
    assert set(desk.subjects(ending).values()) == {Pointless(DeliveryState.EXPIRED, "poll-closed")}
    assert key(lambda: desk.nudges(ending, now=NOW + BETWEEN)) == "poll-nudge-closed"


def test_only_who_runs_it_nudges(desk: Desk) -> None:
    poll = asks(desk.tx)
    assert key(lambda: poll_nudges.may_nudge(desk.tx, CHU, poll.number, now=NOW)) == "poll-not-yours"
    assert key(lambda: poll_nudges.nudge(desk.tx, CHU, poll.id, ALL, now=NOW)) == "poll-not-yours"
    assert poll_nudges.may_nudge(desk.tx, ANA, poll.number, now=NOW).outcome.id == poll.id


def test_by_mechanism_its_representatives_are_nudged_until_one_of_them_has_answered(desk: Desk) -> None:
    poll = asks(desk.tx, by_mechanism=True)
    for sender, code in ((ANA, "arcp"), (CHU, "arcp"), (DEE, "bali"), (DEE, "cmc")):
        speaks(desk.tx, sender, code)
    answers_for(desk.tx, poll, "cmc")
    desk.nudges(poll, None)
    assert {to for _, to, _ in owed(desk.tx, poll, NUDGE)} == {ANA.user, CHU.user, DEE.user}
    answers_for(desk.tx, poll, "arcp")
    told = desk.subjects(poll)
    assert told[ANA.user] == told[CHU.user] == Pointless(DeliveryState.SUPERSEDED, "answered")
    word = told[DEE.user]
    assert isinstance(word, PollNudge)
    assert [each.title for each in word.silent] == ["BALI"]


def test_where_slack_does_not_say_who_is_there_and_nobody_was_invited_nobody_is_nudged(desk: Desk) -> None:
    assert desk.nudges(asks(desk.tx), None) == 0


def test_a_result_is_shown_to_whoever_sees_the_poll_once_its_counts_are(desk: Desk) -> None:
    for poll in (asks(desk.tx, anonymous=True), asks(desk.tx, progress=False)):
        for each in (CHU, BEN):
            assert key(partial(poll_results.show, desk.tx, each, poll.number, now=NOW)) == "poll-results-later"
        polls.close(desk.tx, BEN, number=poll.number, now=NOW)
        assert poll_results.show(desk.tx, CHU, poll.number, now=NOW).outcome.id == poll.id
    assert poll_results.show(desk.tx, CHU, asks(desk.tx).number, now=NOW).outcome.voters == 0
    assert key(lambda: poll_results.show(desk.tx, CHU, 99, now=NOW)) == "poll-unknown"


def test_a_result_is_posted_once_since_it_was_closed_and_anew_after_it_was_reopened(desk: Desk) -> None:
    poll = asks(desk.tx)
    assert key(lambda: poll_results.share(desk.tx, BEN, poll.number, now=NOW)) == "poll-results-open"
    assert key(lambda: poll_results.share(desk.tx, CHU, poll.number, now=NOW)) == "poll-not-yours"
    polls.close(desk.tx, BEN, number=poll.number, now=NOW)
    assert [poll_results.share(desk.tx, BEN, poll.number, now=NOW).outcome.stands for _ in range(2)] == [False, False]
    (claimed,) = [
        each
        for each in deliveries.claim(desk.tx, poll.workspace, TERMS, now=NOW, real_now=NOW, limit=9)
        if each.kind == "poll-result"
    ]
    assert isinstance(deliveries.to_send(desk.tx, claimed, now=NOW, real_now=NOW), PollResult)
    deliveries.finish(desk.tx, claimed, Sent(HERE, "2.1"), 0, real_now=NOW)
    assert poll_results.share(desk.tx, BEN, poll.number, now=NOW).outcome.stands
    poll_running.reopen(desk.tx, BEN, poll.number, None, now=NOW)
    polls.close(desk.tx, BEN, number=poll.number, now=NOW)
    assert not poll_results.share(desk.tx, BEN, poll.number, now=NOW).outcome.stands
    sent = select(rows.c.revision).where(rows.c.kind == "poll-result").order_by(rows.c.id)
    assert list(desk.tx.execute(sent).scalars()) == [0, 1]


def test_a_result_of_a_poll_that_was_reopened_meanwhile_is_not_posted(desk: Desk) -> None:
    poll = asks(desk.tx)
    polls.close(desk.tx, BEN, number=poll.number, now=NOW)
    poll_results.share(desk.tx, BEN, poll.number, now=NOW)
    poll_running.reopen(desk.tx, BEN, poll.number, None, now=NOW)
    assert desk.subjects(poll)[HERE] == Pointless(DeliveryState.SUPERSEDED, "poll-reopened")


def test_a_poll_to_come_has_no_result_and_whoever_asks_reads_when_it_is_posted(desk: Desk) -> None:
    at = NOW + timedelta(hours=1)
    poll = asks(desk.tx, posts_at=at)
    for tried in (
        partial(poll_results.show, desk.tx, CHU, poll.number, now=NOW),
        partial(poll_results.share, desk.tx, BEN, poll.number, now=NOW),
        partial(poll_files.export, desk.tx, BEN, poll.number, now=NOW),
        partial(poll_running.reopen, desk.tx, BEN, poll.number, None, now=NOW),
    ):
        assert (key(tried), refusal(tried).facts["time"]) == ("poll-unposted", at)
    assert poll_results.show(desk.tx, CHU, poll.number, now=at).outcome.id == poll.id
