"""Letters of invitation and nudges, as deliveries of a webinar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, or_, select, update

from bot.domain.deliveries import DeliveryState, Pointless
from bot.domain.ids import DeliveryId, MemberId
from bot.domain.planned_letters import INVITATION, NUDGE, Planned
from bot.domain.webinars import Webinar
from bot.ports import Tx
from storage.tables import deliveries
from storage.types import UtcDateTime

IS_NUDGE = or_(deliveries.c.kind == NUDGE, deliveries.c.kind.startswith(f"{NUDGE}-"))
IS_LETTER = or_(deliveries.c.kind == INVITATION, IS_NUDGE)
UNDECIDED = (deliveries.c.id == bindparam("delivery")) & (deliveries.c.state == DeliveryState.PENDING)
SHIFT = (
    update(deliveries)
    .where(UNDECIDED)
    .values(due_at=bindparam("due", type_=UtcDateTime()), expires_at=bindparam("ends", type_=UtcDateTime()))
)
END = update(deliveries).where(UNDECIDED).values(state=bindparam("ended"), error=bindparam("reason"))


def planned(tx: Tx, webinar: Webinar, member: MemberId | None = None) -> list[Planned]:
    """All that the webinar owes and has sent, to one `member` or to everybody."""
    statement = select(
        deliveries.c.id,
        deliveries.c.kind,
        deliveries.c.member_id,
        deliveries.c.state,
        deliveries.c.error,
        deliveries.c.due_at,
        deliveries.c.expires_at,
        deliveries.c.first_attempt_at,
    ).where(_of(webinar))
    if member is not None:
        statement = statement.where(deliveries.c.member_id == member)
    return [
        Planned(
            DeliveryId(row.id),
            row.kind,
            MemberId(row.member_id),
            DeliveryState(row.state),
            row.error,
            row.due_at,
            row.expires_at,
            row.first_attempt_at,
        )
        for row in tx.execute(statement)
    ]


def shift(tx: Tx, among: Iterable[tuple[DeliveryId, datetime, datetime]]) -> None:
    """Have them go out at other times, unless they are under way."""
    rows = [{"delivery": each, "due": due, "ends": ends} for each, due, ends in among]
    if rows:
        tx.execute(SHIFT, rows)


def end(tx: Tx, among: Iterable[tuple[DeliveryId, Pointless]]) -> None:
    """End what is not under way."""
    rows = [{"delivery": each, "ended": why.state, "reason": why.reason} for each, why in among]
    if rows:
        tx.execute(END, rows)


def counts(tx: Tx, webinar: Webinar) -> dict[DeliveryState, int]:
    """The letters, nudges left aside."""
    statement = (
        select(deliveries.c.state, func.count())
        .where(_of(webinar), deliveries.c.kind == INVITATION)
        .group_by(deliveries.c.state)
    )
    return {DeliveryState(state): number for state, number in tx.execute(statement)}


def nudged(tx: Tx, webinar: Webinar) -> dict[MemberId, int]:
    """How many nudges were sent to whom."""
    statement = (
        select(deliveries.c.member_id, func.count())
        .where(_of(webinar), IS_NUDGE, deliveries.c.state == DeliveryState.SENT)
        .group_by(deliveries.c.member_id)
    )
    return {MemberId(member): number for member, number in tx.execute(statement)}


def _of(webinar: Webinar) -> ColumnElement[bool]:
    return (deliveries.c.workspace_id == webinar.workspace) & (deliveries.c.webinar_id == webinar.id) & IS_LETTER
