"""What becomes of reminders that fell due while nobody could send them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, create_engine

from bot.domain.gates import Pace
from bot.domain.ids import ChannelId, UserId
from bot.domain.members import Profile, Sender, Standing
from bot.domain.webinar_grammar import parse
from bot.domain.webinar_plans import NewWebinar
from bot.usecases import deliveries, members, signups, webinars
from bot.usecases.reminders import switch
from storage.engine import parse_url

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
START = datetime(2026, 12, 10, 8, tzinfo=UTC)
TERMS = deliveries.Terms(timedelta(seconds=30), timedelta(), Pace(recipient=timedelta(), workspace=timedelta()))
ANA = Sender("T1", "T1", UserId("U1"), ChannelId("C1"))


@pytest.fixture
def tx(new_database: Callable[[str], str]) -> Iterator[Connection]:
    """Ana has a seat on the tenth; nothing is sent meanwhile."""
    new = parse('new "T" on 2026-12-10 in Zurich morning 09:00-11:00 remind 1d 1h', NOW.date())
    assert isinstance(new, NewWebinar)
    engine = create_engine(parse_url(new_database("sqlite")))
    with engine.begin() as opened:
        members.recognise(opened, "T1")
        members.meet(opened, ANA)
        members.remember(opened, "T1", [Profile(ANA.user, "Ana", None, None, Standing.ORGANISER)], now=NOW)
        webinars.create(opened, ANA, new, cause="1", insisted=False, private=False, now=NOW)
        signups.sign_up(opened, ANA, 1, "morning", now=NOW)
        yield opened
    engine.dispose()


def reminded_at(tx: Connection, now: datetime) -> list[str]:
    workspace = members.recognise(tx, "T1").id
    claimed = deliveries.claim(tx, workspace, TERMS, now=now, real_now=now, limit=9)
    return [each.kind for each in claimed if each.member is not None]


def test_what_fell_due_while_reminders_were_off_is_not_made_up_for(tx: Connection) -> None:
    switch(tx, ANA, on=False, now=NOW)
    switch(tx, ANA, on=True, now=START - timedelta(hours=2))
    assert reminded_at(tx, START - timedelta(hours=2)) == []
    assert reminded_at(tx, START - timedelta(hours=1)) == ["lead-1h"]


def test_turning_on_what_is_on_already_loses_no_reminder_that_is_just_due(tx: Connection) -> None:
    switch(tx, ANA, on=True, now=START - timedelta(hours=2))
    assert reminded_at(tx, START - timedelta(hours=2)) == ["lead-1d"]
