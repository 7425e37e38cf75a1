"""Who has answered a poll, and how often the others were nudged."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from bot.domain.ids import ChannelId, WebinarId, WorkspaceId
from bot.domain.poll_nudges import NUDGE
from bot.domain.polls import Poll
from bot.ports import Tx
from storage.poll_tables import ballots, polls, voices
from storage.tables import deliveries, webinars


def answered(tx: Tx, poll: Poll) -> frozenset[str]:
    """The voices, by the names that they have in this poll, that chose something or abstained."""
    chose = select(ballots.c.voice).where(ballots.c.poll_id == poll.id)
    abstained = select(voices.c.voice).where(voices.c.poll_id == poll.id, voices.c.abstained)
    return frozenset(tx.execute(chose.union(abstained)).scalars())


def count(tx: Tx, poll: Poll, now: datetime) -> None:
    tx.execute(update(polls).where(polls.c.id == poll.id).values(nudges=polls.c.nudges + 1, nudged_at=now))


def forget(tx: Tx, poll: Poll) -> None:
    """Who was nudged about an anonymous poll had not answered by then: that goes with its ballots."""
    tx.execute(delete(deliveries).where(deliveries.c.poll_id == poll.id, deliveries.c.kind == NUDGE))


def webinars_in(tx: Tx, workspace: WorkspaceId, channel: ChannelId) -> list[WebinarId]:
    """Those that were announced in the channel."""
    statement = select(webinars.c.id).where(webinars.c.workspace_id == workspace, webinars.c.channel == channel)
    return [WebinarId(each) for each in tx.execute(statement).scalars()]
