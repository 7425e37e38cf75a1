"""Whose turn it is to draw a kept message: one process's at a time, by a lease on real time, and never too often."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, exists, or_, select, update

from bot.domain.drawing import Turn
from bot.domain.ids import MessageId, WorkspaceId
from bot.ports import Tx
from storage import gates
from storage.tables import channel_gates, messages

UPDATES = "chat.update"
"""What stands for all updates of a workspace among the gates of recipients: shut while Slack limits that method."""

OLDER = messages.c.shown < messages.c.version
BEHIND = (
    messages.c.ts.is_not(None) & messages.c.lost.is_(None) & or_(OLDER, messages.c.draw_again_at <= bindparam("now"))
)
INDEXED = or_(OLDER, messages.c.draw_again_at.is_not(None))
"""The condition of `ix_messages_stale`, which SQLite uses only where it stands in the query as well."""

GATE = (channel_gates.c.workspace_id == messages.c.workspace_id) & (channel_gates.c.recipient == UPDATES)
IS_SHUT = exists().where(GATE, channel_gates.c.opens_at > bindparam("now"))
SOON = select(messages.c.id).where(
    messages.c.workspace_id + 0 == bindparam("workspace"),  # else SQLite walks by it all that the workspace has
    INDEXED,
    BEHIND,
    or_(messages.c.drawing_until.is_(None), messages.c.drawing_until <= bindparam("before")),
)
FREE = (
    select(messages.c.draw_again_at)
    .where(messages.c.id == bindparam("message"), BEHIND, ~IS_SHUT)
    .where(or_(messages.c.drawing_until.is_(None), messages.c.drawing_until <= bindparam("now")))
    .with_for_update(of=messages, key_share=True)
)
TAKE = (
    update(messages)
    .where(messages.c.id == bindparam("message"))
    .values(drawing_until=bindparam("until"), draw_again_at=bindparam("again"))
)
WHEN = (
    select(messages.c.drawing_until, channel_gates.c.opens_at)
    .select_from(messages.outerjoin(channel_gates, GATE))
    .where(messages.c.id == bindparam("message"), BEHIND)
)
MINE = (messages.c.id == bindparam("message")) & (messages.c.drawing_until == bindparam("held"))
REST = update(messages).where(MINE).values(drawing_until=bindparam("rests"), draw_again_at=bindparam("again"))
DRAWN = REST.values(shown=bindparam("drawn"))
AGAIN = update(messages).where(messages.c.id == bindparam("message")).values(version=messages.c.version + 1)
LOSE = (
    update(messages)
    .where(messages.c.id == bindparam("message"), messages.c.lost.is_(None))
    .values(lost=bindparam("reason"), drawing_until=None, draw_again_at=None)
)


def stale(tx: Tx, workspace: WorkspaceId, now: datetime, before: datetime) -> list[MessageId]:
    """Those that are behind the database now, and may be drawn before then."""
    rows = tx.execute(SOON, {"workspace": workspace, "now": now, "before": before})
    return [MessageId(each) for each in rows.scalars()]


def take(tx: Tx, message: MessageId, *, now: datetime, until: datetime, again_at: datetime) -> Turn | None:
    """Take the message until then, if it is behind and nobody else holds it or has just drawn it.

    Where nobody gives the turn back, the message is drawn once more at `again_at`.
    """
    row = tx.execute(FREE, {"message": message, "now": now}).one_or_none()
    if row is None:
        return None
    tx.execute(TAKE, {"message": message, "until": until, "again": again_at})
    return Turn(message, now, until, row.draw_again_at)


def free_at(tx: Tx, message: MessageId, now: datetime) -> datetime | None:
    """When the message may be drawn next; None where it needn't be now."""
    row = tx.execute(WHEN, {"message": message, "now": now}).one_or_none()
    if row is None:
        return None
    return max((each for each in (row.drawing_until, row.opens_at) if each is not None), default=None)


def drawn(tx: Tx, turn: Turn, version: int, rests_until: datetime) -> bool:
    """Slack shows `version`, and nobody draws before then; False where the turn had passed to somebody else."""
    settled = {"drawn": version, "rests": rests_until, "again": turn.left_again_at}
    return tx.execute(DRAWN, _held(turn) | settled).rowcount == 1


def rest(tx: Tx, turn: Turn, until: datetime) -> None:
    """Give the turn up: nobody draws the message before then."""
    tx.execute(REST, _held(turn) | {"rests": until, "again": turn.again_at})


def draw_again(tx: Tx, message: MessageId) -> None:
    """What Slack shows may be older than what is recorded."""
    tx.execute(AGAIN, {"message": message})


def limit(tx: Tx, workspace: WorkspaceId, until: datetime) -> None:
    """Slack takes no more updates before then."""
    gates.set_recipients(tx, workspace, {UPDATES: until})


def lose(tx: Tx, message: MessageId, reason: str) -> bool:
    """Slack has the message no longer; False where that was known."""
    return tx.execute(LOSE, {"message": message, "reason": reason}).rowcount == 1


def _held(turn: Turn) -> dict[str, object]:
    return {"message": turn.message, "held": turn.until}
