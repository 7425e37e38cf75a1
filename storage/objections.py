"""Objections to silence procedures, and the reasons given for them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import insert, or_, select

from bot.domain.ids import UserId
from bot.domain.polls import Objection, Poll, PollState
from bot.ports import Tx
from storage.consultation_tables import mechanisms
from storage.poll_tables import ballots, voices
from storage.tables import members

NOBODY = "objection"
"""The voice under which the reason of an anonymous objection is kept, once nothing else of the voices is."""


def explain(tx: Tx, poll: Poll, reason: str | None) -> None:
    """Why somebody objected; the poll is closed, and its voices are deleted."""
    if reason is not None:
        belongs = {"workspace_id": poll.workspace, "poll_id": poll.id}
        tx.execute(insert(voices).values(**belongs, voice=NOBODY, clicked="0", reason=reason))


def with_objection(tx: Tx, poll: Poll) -> Poll:
    """A counted poll with what stopped it, if anything did."""
    if not poll.objection or poll.state is not PollState.CLOSED:
        return poll
    against = poll.options[-1]
    if not against.votes:
        return poll
    objected = select(ballots.c.voice).where(ballots.c.poll_id == poll.id, ballots.c.option_id == against.id)
    statement = (
        select(voices.c.reason, members.c.user, mechanisms.c.name, mechanisms.c.abbreviation)
        .outerjoin(members, members.c.id == voices.c.member_id)
        .outerjoin(mechanisms, mechanisms.c.id == voices.c.mechanism_id)
        .where(voices.c.poll_id == poll.id)
        .where(or_(voices.c.voice == NOBODY, voices.c.voice.in_(objected)))
    )
    row = tx.execute(statement.limit(1)).one_or_none()
    if row is None:
        return replace(poll, objected=Objection())
    user = None if row.user is None else UserId(row.user)
    return replace(poll, objected=Objection(user, row.abbreviation or row.name, row.reason))
