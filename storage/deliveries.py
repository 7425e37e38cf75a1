"""What is owed to people: written with its cause, claimed under a lease, finished under its fence."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, or_, select, update

from bot.domain.deliveries import Claimed, DeliveryState, Owed, shard_of
from bot.domain.ids import DeliveryId, MemberId, PollId, SessionId, WebinarId, WorkspaceId
from bot.ports import Tx
from storage.tables import deliveries
from storage.upserts import upsert

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
)
END_OF_SEAT = (
    update(deliveries)
    .where(
        deliveries.c.workspace_id == bindparam("workspace"),
        deliveries.c.state == DeliveryState.PENDING,
        deliveries.c.session_id == bindparam("session"),
        deliveries.c.member_id == bindparam("member"),
    )
    .values(state=bindparam("ended"), error=bindparam("reason"))
)
GIVEN_UP = (deliveries.c.state == DeliveryState.CANCELLED) | (deliveries.c.state == DeliveryState.SUPERSEDED)


def owe(tx: Tx, workspace: WorkspaceId, owed: Iterable[Owed]) -> None:
    """Write deliveries. One that was cancelled is owed again; one under way or done is left alone."""
    rows = [_row(workspace, each) for each in owed]
    if not rows:
        return
    again = ("state", "error", "due_at")
    tx.execute(upsert(tx.dialect.name, deliveries, ("key",), again, GIVEN_UP), rows)


def give_up(
    tx: Tx, workspace: WorkspaceId, state: DeliveryState, reason: str, *, session: SessionId, member: MemberId
) -> None:
    """End what one member is still owed for one session."""
    seat = {"workspace": workspace, "session": session, "member": member}
    tx.execute(END_OF_SEAT, seat | {"ended": state, "reason": reason})


def give_up_kinds(tx: Tx, workspace: WorkspaceId, webinar: WebinarId, kinds: Collection[str], reason: str) -> None:
    """End what anybody is still owed of these kinds about the webinar."""
    _give_up_about(tx, workspace, webinar, deliveries.c.kind.in_(kinds), reason)


def give_up_in_channel(tx: Tx, workspace: WorkspaceId, webinar: WebinarId, but: str, reason: str) -> None:
    """End what the channel is still owed about the webinar's sessions, except of the kind `but`."""
    reminding = deliveries.c.member_id.is_(None) & deliveries.c.session_id.is_not(None)
    _give_up_about(tx, workspace, webinar, reminding & (deliveries.c.kind != but), reason)


def told_in_channel(tx: Tx, workspace: WorkspaceId, webinar: WebinarId) -> frozenset[SessionId]:
    """The sessions of which the channel has been reminded, or may have been."""
    statement = (
        select(deliveries.c.session_id)
        .where(deliveries.c.workspace_id == workspace, deliveries.c.webinar_id == webinar)
        .where(deliveries.c.member_id.is_(None), deliveries.c.session_id.is_not(None))
        .where(deliveries.c.state.in_((DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)))
    )
    return frozenset(SessionId(each) for each in tx.execute(statement).scalars())


def give_up_poll(tx: Tx, workspace: WorkspaceId, poll: PollId, reason: str) -> None:
    tx.execute(
        update(deliveries)
        .where(deliveries.c.workspace_id == workspace, deliveries.c.state == DeliveryState.PENDING)
        .where(deliveries.c.poll_id == poll)
        .values(state=DeliveryState.CANCELLED, error=reason)
    )


def due_shards(tx: Tx, workspace: WorkspaceId, now: datetime, real_now: datetime) -> set[int]:
    statement = select(deliveries.c.shard).where(*_due(workspace, now, real_now)).distinct()
    return set(tx.execute(statement).scalars())


def next_due(tx: Tx, now: datetime) -> datetime | None:
    statement = select(func.min(deliveries.c.due_at)).where(
        deliveries.c.state == DeliveryState.PENDING, deliveries.c.due_at > now
    )
    return tx.execute(statement).scalar()


def claim(
    tx: Tx, workspace: WorkspaceId, shard: int, now: datetime, real_now: datetime, *, lease: timedelta, limit: int
) -> list[Claimed]:
    """Take at most `limit` due deliveries, the most pressing first; nobody else may send them in the lease.

    `now` is the bot's clock, `real_now` real time.
    """
    due = (
        select(deliveries.c.id)
        .where(deliveries.c.shard == shard, *_due(workspace, now, real_now))
        .order_by(deliveries.c.priority, deliveries.c.due_at, deliveries.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    statement = (
        update(deliveries)
        .where(deliveries.c.id.in_(due.scalar_subquery()))
        .values(
            state=DeliveryState.SENDING,
            lease_until=real_now + lease,
            fence=deliveries.c.fence + 1,
            attempts=deliveries.c.attempts + 1,
            first_attempt_at=case((deliveries.c.first_attempt_at.is_(None), now), else_=deliveries.c.first_attempt_at),
            last_attempt_at=real_now,
        )
        .returning(*COLUMNS)
    )
    return sorted((_claimed(row) for row in tx.execute(statement)), key=lambda each: each.id)


def expire(tx: Tx, now: datetime) -> int:
    """End what is past its use."""
    statement = (
        update(deliveries)
        .where(deliveries.c.state == DeliveryState.PENDING, deliveries.c.expires_at <= now)
        .values(state=DeliveryState.EXPIRED, error="past its use")
    )
    return tx.execute(statement).rowcount


def doubt(tx: Tx, real_now: datetime) -> int:
    """What a sender that died had in hand becomes unknown."""
    statement = (
        update(deliveries)
        .where(deliveries.c.state == DeliveryState.SENDING, deliveries.c.lease_until <= real_now)
        .values(state=DeliveryState.UNKNOWN, error="lease run out")
    )
    return tx.execute(statement).rowcount


def unknown(tx: Tx, workspace: WorkspaceId, attempted_before: datetime, limit: int) -> list[Claimed]:
    """Deliveries in doubt whose last attempt is long enough ago to look them up."""
    statement = (
        select(*COLUMNS)
        .where(deliveries.c.workspace_id == workspace, deliveries.c.state == DeliveryState.UNKNOWN)
        .where(deliveries.c.last_attempt_at <= attempted_before)
        .order_by(deliveries.c.priority, deliveries.c.due_at)
        .limit(limit)
    )
    return [_claimed(row) for row in tx.execute(statement)]


def finish(tx: Tx, delivery: DeliveryId, fence: int, state: DeliveryState, **values: Any) -> bool:
    """Record what became of a claimed delivery; False where the claim had passed to somebody else."""
    statement = (
        update(deliveries)
        .where(deliveries.c.id == delivery, deliveries.c.fence == fence)
        .where(deliveries.c.state.in_((DeliveryState.SENDING, DeliveryState.UNKNOWN)))
        .values(state=state, **values)
    )
    return tx.execute(statement).rowcount == 1


def _give_up_about(tx: Tx, workspace: WorkspaceId, webinar: WebinarId, which: ColumnElement[bool], reason: str) -> None:
    tx.execute(
        update(deliveries)
        .where(deliveries.c.workspace_id == workspace, deliveries.c.state == DeliveryState.PENDING)
        .where(deliveries.c.webinar_id == webinar, which)
        .values(state=DeliveryState.CANCELLED, error=reason)
    )


def _due(workspace: WorkspaceId, now: datetime, real_now: datetime) -> tuple[Any, ...]:
    return (
        deliveries.c.workspace_id == workspace,
        deliveries.c.state == DeliveryState.PENDING,
        deliveries.c.due_at <= now,
        or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= real_now),
        or_(deliveries.c.expires_at.is_(None), deliveries.c.expires_at > now),
    )


def _row(workspace: WorkspaceId, owed: Owed) -> dict[str, Any]:
    return {
        "workspace_id": workspace,
        "key": owed.key(workspace),
        "shard": shard_of(workspace),
        "kind": owed.kind,
        "priority": owed.priority,
        "recipient": owed.recipient,
        "member_id": owed.member,
        "webinar_id": owed.webinar,
        "session_id": owed.session,
        "poll_id": owed.poll,
        "due_at": owed.due_at,
        "expires_at": owed.expires_at,
        "state": DeliveryState.PENDING,
        "error": None,
    }


def _claimed(row: Any) -> Claimed:
    return Claimed(*row)
