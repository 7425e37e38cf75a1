"""Polls for tests of use cases: Ana organises, Ben makes them, Chu and Dee are members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, select, update

from bot.domain.ids import ChannelId, PollId, UserId
from bot.domain.members import Profile, Sender, Standing
from bot.domain.new_polls import NewPoll
from bot.domain.polls import Poll, PollMade
from bot.usecases import members, polls, votes
from storage import poll_tables
from storage import polls as rows
from storage.consultation_tables import audit
from storage.tables import deliveries

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
HERE, ELSEWHERE = ChannelId("C1"), ChannelId("C2")
ANA, BEN, CHU, DEE = (Sender("T1", "T1", UserId(f"U{each}"), HERE) for each in range(1, 5))
CLICKS = count(1)


def settle(tx: Connection) -> None:
    members.recognise(tx, "T1")
    named = ((ANA, "Ana", Standing.ORGANISER), *((each, each.user, Standing.MEMBER) for each in (BEN, CHU, DEE)))
    for each, _, _ in named:
        members.meet(tx, each)
    profiles = [Profile(each.user, name, "Europe/Zurich", None, standing) for each, name, standing in named]
    members.remember(tx, "T1", profiles, now=NOW)


def asks(tx: Connection, options: Sequence[str] = ("A", "B"), *, private: bool = False, **settings: Any) -> Poll:
    """A poll of Ben's; `settings` are columns that it differs in from a usual one."""
    anonymous = bool(settings.pop("anonymous", False))
    new = NewPoll(f"Question {next(CLICKS)}?", tuple(options), anonymous=anonymous)
    made = polls.create(tx, BEN, new, options, cause=new.question, insisted=True, private=private, now=NOW).outcome
    assert isinstance(made, PollMade)
    if settings:
        tx.execute(update(poll_tables.polls).where(poll_tables.polls.c.id == made.poll.id).values(settings))
    return stands(tx, made.poll)


def stands(tx: Connection, poll: Poll) -> Poll:
    """As it is now."""
    found = rows.get(tx, poll.workspace, PollId(poll.id))
    assert found is not None
    return found


def clicks(tx: Connection, sender: Sender, poll: Poll, place: int = 0) -> None:
    votes.vote(tx, sender, poll.options[place].id, clicked=f"{next(CLICKS)}.1", now=NOW)


def counts(tx: Connection, poll: Poll) -> list[int]:
    return [each.votes for each in stands(tx, poll).options]


def acts(tx: Connection) -> list[str]:
    return list(tx.execute(select(audit.c.action).order_by(audit.c.id)).scalars())


def owed(tx: Connection, poll: Poll, kind: str = "") -> list[tuple[str, str, str]]:
    """Kind, recipient and state of what the poll owes."""
    columns = (deliveries.c.kind, deliveries.c.recipient, deliveries.c.state)
    about = (deliveries.c.poll_id == poll.id) & deliveries.c.kind.startswith(kind)
    return [
        (kind, to, state) for kind, to, state in tx.execute(select(*columns).where(about).order_by(deliveries.c.id))
    ]
