"""Deliveries on their way: claimed under a lease, finished under its fence, doubted where a sender died."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, case, func, or_, select, text, update

from bot.domain.deliveries import Claimed, DeliveryState, Priority, shard_of
from bot.domain.ids import ChannelId, DeliveryId, WorkspaceId
from bot.domain.members import Member
from bot.ports import Tx
from storage.tables import IN_DOUBT, channel_gates, deliveries, members
from storage.types import UtcDateTime

COLUMNS = (
    deliveries.c.id,
    deliveries.c.workspace_id,
    deliveries.c.key,
    deliveries.c.kind,
    deliveries.c.recipient,
    deliveries.c.member_id,
    deliveries.c.webinar_id,
    deliveries.c.session_id,
    deliveries.c.poll_id,
    deliveries.c.fence,
    deliveries.c.attempts,
    deliveries.c.first_attempt_at,
    deliveries.c.channel,
    deliveries.c.revision,
    deliveries.c.since,
    deliveries.c.thread,
    deliveries.c.file,
    deliveries.c.lease_until,
)
NOW, REAL_NOW, UNTIL = (bindparam(name, type_=UtcDateTime()) for name in ("now", "real_now", "until"))
IS_DUE = (
    (deliveries.c.workspace_id == bindparam("workspace"))
    & (deliveries.c.shard == bindparam("shard"))
    & (deliveries.c.state == DeliveryState.PENDING)
    & (deliveries.c.due_at <= NOW)
    & or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= REAL_NOW)
    & or_(deliveries.c.expires_at.is_(None), deliveries.c.expires_at > NOW)
)
"""A workspace has one shard, by which the index on what is pending begins."""

OF_WORKSPACE = deliveries.c.workspace_id + 0 == bindparam("workspace")
"""Not by the column: SQLite, which has no statistics, would walk all that the workspace was ever owed."""

ANY_DUE = select(deliveries.c.id).where(IS_DUE).order_by(deliveries.c.due_at).limit(1)
"""In the order of the index: without it PostgreSQL, sure to meet one soon, walks the whole table where none is due."""

IN_A_CHANNEL = (channel_gates.c.workspace_id == deliveries.c.workspace_id) & (
    channel_gates.c.recipient == deliveries.c.recipient
)
IS_NO_LETTER = deliveries.c.priority < Priority.LETTER
HAS_DIRECT = select(members.c.id).where(members.c.id == deliveries.c.member_id, members.c.direct.is_not(None)).exists()
"""A letter waits until direct messages with its reader are opened, which goes more slowly than posting."""

WAITING = (
    select(deliveries.c.id, deliveries.c.recipient)
    .where(IS_DUE, or_(IS_NO_LETTER, HAS_DIRECT))
    .where(~select(channel_gates.c.recipient).where(IN_A_CHANNEL, channel_gates.c.opens_at > UNTIL).exists())
    .order_by(deliveries.c.priority, deliveries.c.due_at, deliveries.c.id)
    .limit(bindparam("limit"))
    .with_for_update(of=deliveries, skip_locked=True)
)
TAKE = (
    update(deliveries)
    .where(deliveries.c.id.in_(bindparam("ids", expanding=True)), deliveries.c.state == DeliveryState.PENDING)
    .values(
        state=DeliveryState.SENDING,
        lease_until=bindparam("lease_until"),
        fence=deliveries.c.fence + 1,
        attempts=deliveries.c.attempts + 1,
        first_attempt_at=case((deliveries.c.first_attempt_at.is_(None), NOW), else_=deliveries.c.first_attempt_at),
        last_attempt_at=REAL_NOW,
    )
    .returning(*COLUMNS)
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery that could leave if the gates let it."""

    id: DeliveryId
    recipient: str


def is_any_due(tx: Tx, workspace: WorkspaceId, now: datetime, real_now: datetime) -> bool:
    return tx.execute(ANY_DUE, _when(workspace, now, real_now)).first() is not None


def next_due(tx: Tx, workspace: WorkspaceId, now: datetime) -> datetime | None:
    statement = (
        select(func.min(deliveries.c.due_at))
        .where(deliveries.c.workspace_id == workspace, deliveries.c.shard == shard_of(workspace))
        .where(deliveries.c.state == DeliveryState.PENDING, deliveries.c.due_at > now)
    )
    return tx.execute(statement).scalar()


def waiting(
    tx: Tx, workspace: WorkspaceId, now: datetime, real_now: datetime, *, until: datetime, limit: int
) -> list[Waiting]:
    """At most `limit` that are due, the most pressing first; not those whose recipient's gate opens after `until`.

    `now` is the bot's clock, `real_now` and `until` real time.
    """
    return [
        Waiting(*row) for row in tx.execute(WAITING, _when(workspace, now, real_now) | {"until": until, "limit": limit})
    ]


def take(
    tx: Tx, ids: Collection[DeliveryId], now: datetime, real_now: datetime, lease: timedelta
) -> dict[DeliveryId, Claimed]:
    """Claim these: nobody else may send them in the lease."""
    values = {"ids": list(ids), "now": now, "real_now": real_now, "lease_until": real_now + lease}
    return {row.id: _claimed(row) for row in tx.execute(TAKE, values)}


def expire(tx: Tx, workspace: WorkspaceId, now: datetime) -> int:
    """End what is past its use; nothing is before it is due."""
    statement = (
        update(deliveries)
        .where(deliveries.c.workspace_id == workspace, deliveries.c.shard == shard_of(workspace))
        .where(deliveries.c.state == DeliveryState.PENDING)
        .where(deliveries.c.due_at <= now, deliveries.c.expires_at <= now)
        .values(state=DeliveryState.EXPIRED, error=func.coalesce(deliveries.c.error, "too-late"))
    )
    return tx.execute(statement).rowcount


def doubt(tx: Tx, workspace: WorkspaceId, real_now: datetime) -> int:
    """What a sender that died had in hand becomes unknown: it may have posted until its lease ran out."""
    statement = (
        update(deliveries)
        .where(text(IN_DOUBT), OF_WORKSPACE)
        .where(deliveries.c.state == DeliveryState.SENDING, deliveries.c.lease_until <= real_now)
        .values(state=DeliveryState.UNKNOWN, error="sender-gone", last_attempt_at=deliveries.c.lease_until)
    )
    return tx.execute(statement, {"workspace": workspace}).rowcount


def fail_letters(tx: Tx, member: Member, reason: str, now: datetime) -> None:
    """End the letters to somebody that are due."""
    tx.execute(
        update(deliveries)
        .where(deliveries.c.workspace_id == member.workspace.id, deliveries.c.member_id == member.id)
        .where(deliveries.c.state == DeliveryState.PENDING, ~IS_NO_LETTER, deliveries.c.due_at <= now)
        .values(state=DeliveryState.FAILED, error=reason)
    )


def in_doubt(tx: Tx, workspace: WorkspaceId, attempted_before: datetime) -> list[Claimed]:
    """What is unknown, and was last attempted long enough ago to be looked up; the most pressing first."""
    statement = (
        select(*COLUMNS)
        .where(text(IN_DOUBT), OF_WORKSPACE, deliveries.c.state == DeliveryState.UNKNOWN)
        .where(deliveries.c.last_attempt_at <= attempted_before, deliveries.c.asks.is_(False))
        .order_by(deliveries.c.priority, deliveries.c.due_at, deliveries.c.id)
    )
    return [_claimed(row) for row in tx.execute(statement, {"workspace": workspace})]


def directs(tx: Tx, workspace: WorkspaceId, among: Sequence[Claimed]) -> dict[DeliveryId, ChannelId | None]:
    """Where each of these went or would have gone; None where the direct messages had not been opened even."""
    statement = (
        select(members.c.id, members.c.direct)
        .where(members.c.workspace_id == workspace)
        .where(members.c.id.in_([each.member for each in among if each.member is not None]))
    )
    opened = {row.id: row.direct for row in tx.execute(statement)}
    return {each.id: each.channel or _direct(each, opened) for each in among}


def finish(tx: Tx, delivery: DeliveryId, fence: int, state: DeliveryState, **values: Any) -> bool:
    """Record what became of a claimed delivery; False where the claim had passed to somebody else."""
    new = {"state": state, **values}
    held = {"delivery": delivery, "held": fence}
    return tx.execute(_finish(tuple(new)), held | {f"new_{name}": value for name, value in new.items()}).rowcount == 1


@cache
def _finish(names: tuple[str, ...]) -> Update:
    """Sets these columns of the delivery while the fence is still the one `held`."""
    return (
        update(deliveries)
        .where(deliveries.c.id == bindparam("delivery"), deliveries.c.fence == bindparam("held"))
        .where(deliveries.c.state.in_((DeliveryState.SENDING, DeliveryState.UNKNOWN)))
        .values({name: bindparam(f"new_{name}") for name in names})
    )


def _when(workspace: WorkspaceId, now: datetime, real_now: datetime) -> dict[str, Any]:
    return {"workspace": workspace, "shard": shard_of(workspace), "now": now, "real_now": real_now}


def _direct(claimed: Claimed, opened: dict[int, str | None]) -> ChannelId | None:
    if claimed.member is None:
        return ChannelId(claimed.recipient)
    found = opened.get(claimed.member)
    return None if found is None else ChannelId(found)


def _claimed(row: Any) -> Claimed:
    return Claimed(*row)
