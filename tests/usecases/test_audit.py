"""What is recorded of who did what: what changed something, once, with the names of its time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, event, select

from bot.domain.audit import Action, Authority
from bot.domain.deliveries import Failed
from bot.domain.gates import Pace
from bot.domain.ids import ChannelId, DeliveryId, UserId
from bot.domain.leads import Lead
from bot.domain.members import Profile, Sender, Standing
from bot.domain.new_polls import NewPoll
from bot.domain.polls import PollMade
from bot.domain.refusals import Refusal
from bot.domain.webinar_changes import CancelWebinar, MoveWebinar, ReopenWebinar
from bot.domain.webinar_entries import WebinarEdit
from bot.domain.webinar_grammar import parse
from bot.domain.webinar_plans import NewWebinar
from bot.usecases import (
    deliveries,
    members,
    poll_running,
    polls,
    reminders,
    signups,
    troubles,
    votes,
    webinar_changes,
    webinars,
)
from storage.consultation_tables import audit
from storage.engine import parse_url
from tests.domain import refused

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
ANA = Sender("T1", "T1", UserId("U1"), ChannelId("C1"))
BEN = Sender("T1", "T1", UserId("U2"), ChannelId("C1"))
PEOPLE = (
    Profile(ANA.user, "Ana", None, None, Standing.ORGANISER),
    Profile(BEN.user, "Ben", None, None, Standing.MEMBER),
)
TERMS = deliveries.Terms(timedelta(seconds=30), timedelta(), Pace(timedelta(), timedelta()))


@pytest.fixture
def tx(new_database: Callable[[str], str]) -> Iterator[Connection]:
    """Ana, an organiser, has made W1; Ben is a member."""
    engine = create_engine(parse_url(new_database("sqlite")))
    with engine.begin() as opened:
        members.recognise(opened, "T1")
        for each in (ANA, BEN):
            members.meet(opened, each)
        members.remember(opened, "T1", PEOPLE, now=NOW)
        make_webinar(opened)
        yield opened
    engine.dispose()


def make_webinar(tx: Connection) -> None:
    new = parse('new "T" on 2026-12-10 in Zurich morning 09:00-11:00, afternoon 16:00-18:00', NOW.date())
    assert isinstance(new, NewWebinar)
    webinars.create(tx, ANA, new, cause="1", insisted=True, private=False, now=NOW)


def change(tx: Connection, typed: str) -> None:
    asked = parse(typed, NOW.date())
    assert isinstance(asked, MoveWebinar | CancelWebinar | ReopenWebinar)
    webinar_changes.carry_out(tx, ANA, asked, now=NOW)


def make_poll(tx: Connection, sender: Sender) -> int:
    new = NewPoll("Which?", ("A", "B"))
    made = polls.create(tx, sender, new, new.options, cause="p", insisted=False, private=False, now=NOW).outcome
    assert isinstance(made, PollMade)
    return made.poll.number


def acts(tx: Connection) -> list[tuple[Action, Authority, dict[str, Any]]]:
    """What was recorded since W1 was made."""
    rows = tx.execute(select(audit).where(audit.c.action != Action.WEBINAR_MADE).order_by(audit.c.id))
    return [(Action(row.action), Authority(row.authority), row.facts) for row in rows]


W1 = {"number": 1, "title": "T"}
AFTERNOON = W1 | {"label": "afternoon"}


def test_a_webinar_is_recorded_with_its_name_once_however_often_it_is_asked_for(tx: Connection) -> None:
    make_webinar(tx)
    row = tx.execute(select(audit)).one()
    assert (row.action, row.authority, row.facts) == (Action.WEBINAR_MADE, Authority.ORGANISER, W1)


def test_an_edit_is_recorded_with_what_it_changed_and_not_where_it_changed_nothing(tx: Connection) -> None:
    leads = (Lead(1, "d"), Lead(1, "h"))
    webinars.edit(tx, ANA, 1, WebinarEdit("T", None, None, leads), now=NOW)
    assert acts(tx) == []
    webinars.edit(tx, ANA, 1, WebinarEdit("New", 20, None, leads[:1]), now=NOW)
    facts = {"number": 1, "title": "New", "parts": "title seats leads"}
    assert acts(tx) == [(Action.WEBINAR_EDITED, Authority.ORGANISER, facts)]


def test_moves_cancellations_and_reopenings_are_recorded_for_each_session(tx: Connection) -> None:
    change(tx, "move W1 afternoon to 16:30")
    change(tx, 'cancel W1 "ill"')
    change(tx, "reopen W1 afternoon")
    times = {
        "was": "2026-12-10T15:00:00+00:00",
        "ended": "2026-12-10T17:00:00+00:00",
        "start": "2026-12-10T15:30:00+00:00",
        "end": "2026-12-10T17:30:00+00:00",
    }
    assert [(action, facts) for action, _, facts in acts(tx)] == [
        (Action.SESSION_MOVED, AFTERNOON | times),
        (Action.SESSION_CANCELLED, W1 | {"label": "morning", "reason": "ill"}),
        (Action.SESSION_CANCELLED, AFTERNOON | {"reason": "ill"}),
        (Action.SESSION_REOPENED, AFTERNOON),
    ]
    assert {authority for _, authority, _ in acts(tx)} == {Authority.ORGANISER}


def test_seats_are_recorded_by_every_route_and_only_where_they_change(tx: Connection) -> None:
    morning, afternoon = webinars.show(tx, BEN, 1).outcome.webinar.sessions
    signups.sign_up(tx, BEN, 1, "afternoon", now=NOW)
    signups.sign_up(tx, BEN, 1, "afternoon", now=NOW)
    signups.take_session(tx, BEN, afternoon.id, now=NOW)
    signups.take_session(tx, BEN, morning.id, now=NOW)  # asks first
    signups.move_session(tx, BEN, morning.id, now=NOW)
    signups.give_back(tx, BEN, 1, now=NOW)
    signups.give_back(tx, BEN, 1, now=NOW)
    signups.take_session(tx, BEN, morning.id, now=NOW)
    signups.give_back_session(tx, BEN, morning.id, now=NOW)
    signups.move_session(tx, BEN, afternoon.id, now=NOW)
    signups.leave(tx, BEN, webinars.show(tx, BEN, 1).outcome.webinar.id, now=NOW)
    in_morning = W1 | {"label": "morning"}
    assert [(action, facts) for action, _, facts in acts(tx)] == [
        (Action.SEAT_TAKEN, AFTERNOON),
        (Action.SEAT_MOVED, in_morning | {"left": "afternoon"}),
        (Action.SEAT_GIVEN_BACK, in_morning),
        (Action.SEAT_TAKEN, in_morning),
        (Action.SEAT_GIVEN_BACK, in_morning),
        (Action.SEAT_TAKEN, AFTERNOON),
        (Action.SEAT_GIVEN_BACK, AFTERNOON),
    ]
    assert {authority for _, authority, _ in acts(tx)} == {Authority.SELF}


def test_what_is_refused_is_not_recorded(tx: Connection) -> None:
    later = NOW + timedelta(days=10)
    assert refused.key(lambda: signups.sign_up(tx, BEN, 1, "afternoon", now=later)) == "session-started"
    assert refused.key(lambda: change(tx, "reopen W1")) == "not-cancelled"
    assert acts(tx) == []


def test_reminders_are_recorded_where_they_are_switched_and_not_where_they_were_so_already(tx: Connection) -> None:
    for on in (True, False, False, True, True):
        reminders.switch(tx, BEN, on=on, now=NOW)
    assert [(action, authority) for action, authority, _ in acts(tx)] == [
        (Action.REMINDERS_OFF, Authority.SELF),
        (Action.REMINDERS_ON, Authority.SELF),
    ]


def test_a_poll_is_recorded_by_its_number_and_a_vote_never(tx: Connection) -> None:
    number = make_poll(tx, BEN)
    (poll,) = poll_running.show_list(tx, BEN, closed=False, now=NOW).outcome.polls
    votes.vote(tx, BEN, poll.options[0].id, clicked="1.1", now=NOW)
    votes.take_back(tx, BEN, poll.id, clicked="2.1", now=NOW)
    polls.close(tx, ANA, number=number, now=NOW)
    polls.close(tx, BEN, number=number, now=NOW)
    facts = {"number": 1, "question": "Which?"}
    assert acts(tx) == [
        (Action.POLL_MADE, Authority.MAKER, facts),
        (Action.POLL_CLOSED, Authority.ORGANISER, facts),
    ]


def test_a_poll_taken_back_is_recorded_once(tx: Connection) -> None:
    make_poll(tx, BEN)
    (poll,) = poll_running.show_list(tx, BEN, closed=False, now=NOW).outcome.polls
    for _ in range(2):
        polls.take_poll_back(tx, BEN, poll.id, now=NOW)
    assert [(action, authority) for action, authority, _ in acts(tx)] == [
        (Action.POLL_MADE, Authority.MAKER),
        (Action.POLL_TAKEN_BACK, Authority.MAKER),
    ]


@pytest.mark.parametrize("action", [Action.DELIVERIES_SENT_AGAIN, Action.DELIVERIES_LET_BE])
def test_what_is_decided_about_messages_is_recorded_with_how_many_they_are(tx: Connection, action: Action) -> None:
    failed, again = fail_the_announcement(tx), action is Action.DELIVERIES_SENT_AGAIN
    troubles.decide(tx, ANA, failed, again=again, now=NOW)
    with pytest.raises(Refusal, match="trouble-gone"):
        troubles.decide(tx, ANA, failed, again=again, now=NOW)
    assert acts(tx) == [(action, Authority.MAKER, W1 | {"letter": "W", "deliveries": 1})]
    assert tx.execute(select(audit.c.webinar_id).where(audit.c.action == action)).scalar_one() is not None


def fail_the_announcement(tx: Connection) -> DeliveryId:
    workspace = members.recognise(tx, "T1").id
    (claimed,) = deliveries.claim(tx, workspace, TERMS, now=NOW, real_now=NOW, limit=9)
    deliveries.finish(tx, claimed, Failed("is_archived"), 0, real_now=NOW)
    return claimed.id


def test_a_seat_of_somebody_who_represents_nothing_costs_one_statement_more(tx: Connection) -> None:
    statements: list[str] = []

    @event.listens_for(tx, "before_cursor_execute")
    def count(_connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    signups.sign_up(tx, BEN, 1, "afternoon", now=NOW)
    *others, record = statements
    assert len(others) == 7
    assert record.startswith("INSERT INTO audit ")
    assert not [each for each in others if "audit" in each or each.startswith("SELECT representatives")]
