"""What could not be sent, what is planned, and what an organiser decides about it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, case, func, or_, select, text, update

from bot.domain import calendars
from bot.domain.capacities import CLAIM, DECISION
from bot.domain.deliveries import DeliveryState, shard_of
from bot.domain.ids import ChannelId, DeliveryId, MemberId, PollId, SessionId, UserId, WebinarId, WorkspaceId
from bot.domain.members import Member
from bot.domain.planned_letters import PROGRESS
from bot.domain.poll_nudges import NUDGE
from bot.domain.proxy_seats import SEATED, UNSEATED
from bot.domain.troubles import REPORT, About, Planned, Trouble
from bot.ports import Tx
from storage.poll_tables import polls
from storage.tables import UNREPORTED, deliveries, sessions, webinars
from storage.visibility import may_know

UNTOLD = (REPORT, NUDGE)
"""Kinds of which no trouble is told: whom a nudge about a poll could not reach has not answered, and is not named."""

RUN_BY: ColumnElement[int] = case((deliveries.c.poll_id.is_not(None), polls.c.maker_id), else_=webinars.c.organiser_id)
ABOUT = (
    deliveries.outerjoin(webinars, webinars.c.id == deliveries.c.webinar_id)
    .outerjoin(sessions, sessions.c.id == deliveries.c.session_id)
    .outerjoin(polls, polls.c.id == deliveries.c.poll_id)
)
TROUBLES = (
    select(
        deliveries.c.id,
        deliveries.c.kind,
        deliveries.c.recipient,
        deliveries.c.member_id,
        deliveries.c.state,
        deliveries.c.error,
        deliveries.c.asks,
        deliveries.c.due_at,
        deliveries.c.expires_at,
        deliveries.c.webinar_id,
        deliveries.c.poll_id,
        webinars.c.number.label("webinar"),
        webinars.c.title,
        sessions.c.label,
        polls.c.number.label("poll"),
        polls.c.question,
    )
    .select_from(ABOUT)
    .where(deliveries.c.kind.not_in(UNTOLD))
    .order_by(deliveries.c.due_at.desc(), deliveries.c.id)
)
IS_TROUBLE = deliveries.c.state.in_((DeliveryState.FAILED, DeliveryState.EXPIRED, DeliveryState.UNKNOWN))


PERSONAL = (CLAIM, DECISION, SEATED, UNSEATED)


def seen_by(tx: Tx, reader: Member, here: ChannelId, since: datetime) -> list[Trouble]:
    """Those that fell due since then and that the reader may know of: not what is private to another channel."""
    return _read(tx, reader.workspace.id, IS_TROUBLE, may_know(reader, here), deliveries.c.due_at >= since)


def of_webinar(tx: Tx, workspace: WorkspaceId, webinar: WebinarId) -> list[Trouble]:
    return _read(tx, workspace, IS_TROUBLE, deliveries.c.webinar_id == webinar)


def of_report(tx: Tx, workspace: WorkspaceId, report: DeliveryId) -> list[Trouble]:
    return _read(tx, workspace, IS_TROUBLE, deliveries.c.report_id == report)


def like(tx: Tx, reader: Member, here: ChannelId, chosen: DeliveryId) -> list[Trouble]:
    """The trouble itself, and those about the same thing, if the reader may know of them."""
    workspace = reader.workspace.id
    same = select(deliveries.c.webinar_id, deliveries.c.poll_id).where(deliveries.c.id == chosen)
    found = tx.execute(same.where(deliveries.c.workspace_id == workspace)).one_or_none()
    if found is None:
        return []
    about = (
        deliveries.c.webinar_id == found.webinar_id if found.poll_id is None else deliveries.c.poll_id == found.poll_id
    )
    return _read(tx, workspace, IS_TROUBLE, about, may_know(reader, here))


def is_run_by(tx: Tx, member: Member, chosen: DeliveryId) -> bool:
    """Whether the member made what the delivery is about."""
    statement = select(RUN_BY).select_from(ABOUT).where(deliveries.c.id == chosen)
    return tx.execute(statement.where(deliveries.c.workspace_id == member.workspace.id)).scalar() == member.id


def counts(tx: Tx, workspace: WorkspaceId) -> dict[DeliveryState, int]:
    statement = (
        select(deliveries.c.state, func.count())
        .where(deliveries.c.workspace_id == workspace)
        .group_by(deliveries.c.state)
    )
    return {DeliveryState(state): number for state, number in tx.execute(statement)}


def planned(tx: Tx, workspace: WorkspaceId, webinar: WebinarId) -> list[Planned]:
    """What the webinar owes and has sent, by session and kind; of a session that was moved, what it owes now.

    Without what members asked for themselves, and what is about one of them.
    """
    to_channel = deliveries.c.member_id.is_(None)
    statement = (
        select(
            deliveries.c.session_id,
            deliveries.c.kind,
            to_channel.label("to_channel"),
            deliveries.c.state,
            func.count().label("number"),
            func.min(deliveries.c.due_at).label("due_at"),
        )
        .select_from(deliveries.outerjoin(sessions, sessions.c.id == deliveries.c.session_id))
        .where(deliveries.c.workspace_id == workspace, deliveries.c.webinar_id == webinar)
        .where(deliveries.c.kind.not_in((REPORT, PROGRESS, *calendars.KINDS)))
        .where(*(~deliveries.c.kind.startswith(each) for each in PERSONAL))
        .where(or_(deliveries.c.session_id.is_(None), deliveries.c.revision == sessions.c.revision))
        .where(deliveries.c.state.not_in((DeliveryState.CANCELLED, DeliveryState.SUPERSEDED)))
        .group_by(deliveries.c.session_id, deliveries.c.kind, to_channel, deliveries.c.state)
        .order_by(func.min(deliveries.c.due_at))
    )
    rows: dict[tuple[SessionId | None, str, bool], list[Row[*tuple[Any, ...]]]] = {}
    for row in tx.execute(statement):
        rows.setdefault((row.session_id, row.kind, bool(row.to_channel)), []).append(row)
    return [
        Planned(*key, min(each.due_at for each in alike), {DeliveryState(each.state): each.number for each in alike})
        for key, alike in rows.items()
    ]


def is_any_unreported(tx: Tx, workspace: WorkspaceId) -> bool:
    statement = select(deliveries.c.id).where(deliveries.c.workspace_id == workspace, text(UNREPORTED.format(of="")))
    return tx.execute(statement.where(deliveries.c.kind.not_in(UNTOLD)).limit(1)).first() is not None


def unreported(tx: Tx, workspace: WorkspaceId, real_before: datetime, at_once: int) -> dict[MemberId, list[DeliveryId]]:
    """What nobody has been told of, by who runs it: once one of it was attempted before then, or is so pressing."""
    statement = (
        select(deliveries.c.id, RUN_BY.label("run_by"), deliveries.c.last_attempt_at, deliveries.c.priority)
        .select_from(ABOUT)
        .where(
            deliveries.c.workspace_id == workspace,
            text(UNREPORTED.format(of="deliveries.")),
            deliveries.c.kind.not_in(UNTOLD),
        )
        .order_by(deliveries.c.id)
    )
    by_person: dict[MemberId, list[Row[*tuple[Any, ...]]]] = {}
    for row in tx.execute(statement):
        by_person.setdefault(MemberId(row.run_by), []).append(row)
    return {
        person: [DeliveryId(each.id) for each in rows]
        for person, rows in by_person.items()
        if any(each.priority <= at_once or (each.last_attempt_at or real_before) <= real_before for each in rows)
    }


def reports_to(tx: Tx, workspace: WorkspaceId, member: MemberId) -> int:
    """How many reports the member has been owed so far."""
    statement = select(func.count()).select_from(deliveries)
    mine = (deliveries.c.workspace_id == workspace) & (deliveries.c.member_id == member)
    return tx.execute(statement.where(mine, deliveries.c.kind == REPORT)).scalar_one()


def reported(tx: Tx, workspace: WorkspaceId, among: Collection[DeliveryId], key: str) -> None:
    """The delivery of that key tells of these."""
    report = select(deliveries.c.id).where(deliveries.c.key == key).scalar_subquery()
    tx.execute(
        update(deliveries)
        .where(deliveries.c.workspace_id == workspace, deliveries.c.id.in_(among))
        .values(report_id=report)
    )


def send_again(tx: Tx, workspace: WorkspaceId, among: Collection[DeliveryId]) -> int:
    return _decide(tx, workspace, among, state=DeliveryState.PENDING, not_before=None, report_id=None, asks=False)


def let_be(tx: Tx, workspace: WorkspaceId, among: Collection[DeliveryId]) -> int:
    return _decide(tx, workspace, among, state=DeliveryState.CANCELLED, error="let-be", asks=False)


def _decide(tx: Tx, workspace: WorkspaceId, among: Collection[DeliveryId], **values: Any) -> int:
    undecided = or_(deliveries.c.state == DeliveryState.FAILED, deliveries.c.asks)
    statement = (
        update(deliveries)
        .where(deliveries.c.workspace_id == workspace, deliveries.c.id.in_(among), undecided)
        .values(fence=deliveries.c.fence + 1, **values)
    )
    return tx.execute(statement).rowcount


def _read(tx: Tx, workspace: WorkspaceId, *conditions: ColumnElement[bool]) -> list[Trouble]:
    mine = (deliveries.c.workspace_id == workspace) & (deliveries.c.shard == shard_of(workspace))
    return [_trouble(row) for row in tx.execute(TROUBLES.where(mine, *conditions))]


def _trouble(row: Row[*tuple[Any, ...]]) -> Trouble:
    return Trouble(
        id=DeliveryId(row.id),
        about=_about(row),
        kind=row.kind,
        recipient=ChannelId(row.recipient) if row.member_id is None else UserId(row.recipient),
        to_channel=row.member_id is None,
        state=DeliveryState(row.state),
        reason=row.error or "",
        asks=row.asks,
        due_at=row.due_at,
        expires_at=row.expires_at,
        webinar=None if row.webinar_id is None else WebinarId(row.webinar_id),
        poll=None if row.poll_id is None else PollId(row.poll_id),
    )


def _about(row: Row[*tuple[Any, ...]]) -> About:
    if row.poll is not None:
        return About("P", row.poll, row.question)
    return About("W", row.webinar, row.title, row.label)
