"""A workspace with people and polls, for tests of use cases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import Connection, Engine, select, update

from bot.domain.ids import ChannelId, PollId, UserId, WorkspaceId
from bot.domain.members import Profile, Sender, Standing
from bot.domain.new_polls import NewPoll
from bot.domain.polls import Poll, PollMade
from bot.usecases import members, polls
from storage import polls as rows
from storage.consultation_tables import audit
from storage.engine import open_engine, parse_url
from storage.tables import deliveries

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
ANA, BEN, CHU = (Sender("T1", "T1", UserId(f"U{each}"), ChannelId("C1")) for each in (1, 2, 3))
STANDINGS = ((ANA, "Ana", Standing.ORGANISER), (BEN, "Ben", Standing.MEMBER), (CHU, "Chu", Standing.MEMBER))
CAUSES = count(1)
CLICKS = count(1)


@contextmanager
def opened(database_url: str) -> Iterator[Engine]:
    """Ana is an organiser, Ben and Chu are members."""
    engine = open_engine(parse_url(database_url), threads=4)
    with engine.begin() as tx:
        members.recognise(tx, "T1")
        for each, _, _ in STANDINGS:
            members.meet(tx, each)
        profiles = [Profile(each.user, name, None, None, standing) for each, name, standing in STANDINGS]
        members.remember(tx, "T1", profiles, now=NOW)
    yield engine
    engine.dispose()


def home(tx: Connection) -> WorkspaceId:
    return members.recognise(tx, "T1").id


def make(tx: Connection, new: NewPoll, *options: str, maker: Sender = BEN, now: datetime = NOW) -> Poll:
    """The poll, whose message has not been sent yet."""
    texts = options or new.options or ("Yes", "No")
    cause = str(next(CAUSES))
    made = polls.create(tx, maker, new, texts, cause=cause, insisted=True, private=False, now=now).outcome
    assert isinstance(made, PollMade)
    return made.poll


def stand(tx: Connection, new: NewPoll, *options: str, maker: Sender = BEN, now: datetime = NOW) -> Poll:
    """The poll, with its message in the channel."""
    poll = make(tx, new, *options, maker=maker, now=now)
    tx.execute(update(deliveries).where(deliveries.c.poll_id == poll.id).values(state="sent"))
    return poll


def current(tx: Connection, poll: PollId) -> Poll:
    found = rows.get(tx, home(tx), poll)
    assert found is not None
    return found


def click() -> str:
    """Slack's time of a click, later than any before."""
    return f"{next(CLICKS)}.000100"


def acts(tx: Connection) -> list[tuple[str, str, int | None]]:
    """What was recorded: action, authority, actor."""
    statement = select(audit.c.action, audit.c.authority, audit.c.actor_id).order_by(audit.c.id)
    return [(action, authority, actor) for action, authority, actor in tx.execute(statement)]


def owed(tx: Connection, poll: PollId) -> list[tuple[str, str, datetime]]:
    """What the poll owes: kind, state, due."""
    statement = select(deliveries.c.kind, deliveries.c.state, deliveries.c.due_at)
    found = tx.execute(statement.where(deliveries.c.poll_id == poll).order_by(deliveries.c.id))
    return [(kind, state, due_at) for kind, state, due_at in found]
