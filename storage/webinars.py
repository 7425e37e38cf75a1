"""Webinars with their sessions and leads, read in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Text, bindparam, cast, delete, func, insert, or_, select, update

from bot.domain.ids import ChannelId, MemberId, SessionId, WebinarId, WorkspaceId
from bot.domain.leads import Lead, parse_leads
from bot.domain.members import Member
from bot.domain.signups import SignupState
from bot.domain.webinars import Session, SessionState, Webinar, WhereOpen
from bot.ports import Tx
from storage.tables import leads, sessions, signups, webinars
from storage.types import UtcDateTime

LEADS = (
    select(func.aggregate_strings(cast(leads.c.count, Text) + leads.c.unit, " "))
    .where(leads.c.webinar_id == webinars.c.id)
    .scalar_subquery()
    .label("leads")
)
WHOLE = (
    select(
        webinars.c.id.label("webinar_id"),
        webinars.c.workspace_id,
        webinars.c.number,
        webinars.c.title,
        webinars.c.zone,
        webinars.c.channel,
        webinars.c.organiser_id,
        webinars.c.link,
        webinars.c.revision.label("webinar_revision"),
        sessions.c.id,
        sessions.c.label,
        sessions.c.position,
        sessions.c.wall_start,
        sessions.c.wall_end,
        sessions.c.starts_at,
        sessions.c.ends_at,
        sessions.c.seats,
        sessions.c.taken,
        sessions.c.revision,
        sessions.c.state,
        sessions.c.reason,
        sessions.c.fold,
        LEADS,
    )
    .join(sessions, sessions.c.webinar_id == webinars.c.id)
    .order_by(webinars.c.number, sessions.c.position)
)
"""A row a session."""

BY_ID = WHOLE.where(webinars.c.workspace_id == bindparam("workspace"), webinars.c.id == bindparam("webinar"))
LOCK = (
    select(webinars.c.id)
    .where(webinars.c.workspace_id == bindparam("workspace"), webinars.c.id == bindparam("webinar"))
    .with_for_update()
)
SEAT = select(signups.c.session_id).where(
    signups.c.webinar_id == webinars.c.id,
    signups.c.member_id == bindparam("member"),
    signups.c.state == SignupState.CONFIRMED,
)
BY_ID_WITH_SEAT = BY_ID.add_columns(SEAT.scalar_subquery().label("seat"))
AHEAD = sessions.alias()
VISIBLE = (webinars.c.workspace_id == bindparam("workspace")) & or_(
    webinars.c.private.is_(False),
    webinars.c.channel == bindparam("here"),
    select(signups.c.id)
    .where(signups.c.webinar_id == webinars.c.id, signups.c.member_id == bindparam("member"))
    .where(signups.c.state == SignupState.CONFIRMED)
    .correlate(webinars)
    .exists(),
)
"""What a member may see who asks in the channel `here`: one of a private channel elsewhere only with a seat in it."""

IS_UPCOMING = (
    VISIBLE
    & select(AHEAD.c.id)
    .where(AHEAD.c.webinar_id == webinars.c.id, AHEAD.c.state == SessionState.OPEN)
    .where(AHEAD.c.starts_at > bindparam("now", type_=UtcDateTime()))
    .exists()
)
UPCOMING = WHOLE.where(IS_UPCOMING)
NOT_OVER = WHOLE.where(
    VISIBLE,
    select(AHEAD.c.id)
    .where(AHEAD.c.webinar_id == webinars.c.id, AHEAD.c.state == SessionState.OPEN)
    .where(AHEAD.c.ends_at > bindparam("now", type_=UtcDateTime()))
    .exists(),
)
NUMBERED = WHOLE.where(VISIBLE, webinars.c.number == bindparam("number"))
WHERE_OPEN = select(webinars.c.id, webinars.c.channel).where(IS_UPCOMING)


def find(tx: Tx, member: Member, here: ChannelId, number: int) -> Webinar | None:
    """W`number`, if `member` may see it who asks in the channel `here`."""
    return next(iter(_read(tx, NUMBERED, _seen(member, here) | {"number": number})), None)


def numbered(tx: Tx, workspace: WorkspaceId, number: int) -> Webinar | None:
    """W`number`, for somebody who was invited to it wherever it was made."""
    return next(iter(_load(tx, workspace, webinars.c.number == number)), None)


def maybe(tx: Tx, workspace: WorkspaceId, webinar: WebinarId) -> Webinar | None:
    return next(iter(_read(tx, BY_ID, {"workspace": workspace, "webinar": webinar})), None)


def get(tx: Tx, workspace: WorkspaceId, webinar: WebinarId) -> Webinar:
    return _read(tx, BY_ID, {"workspace": workspace, "webinar": webinar})[0]


def lock(tx: Tx, workspace: WorkspaceId, webinar: WebinarId, member: MemberId) -> tuple[Webinar, Session | None]:
    """The webinar and the session in which `member` has a seat, as they are and stay until this transaction ends.

    On SQLite the transaction holds the database anyway. On PostgreSQL the lock is a statement of its own: one that had
    to wait sees joined rows as they were before the wait (PostgreSQL documentation, 13.2.1).
    """
    if tx.dialect.name != "sqlite":
        tx.execute(LOCK, {"workspace": workspace, "webinar": webinar})
    rows = tx.execute(BY_ID_WITH_SEAT, {"workspace": workspace, "webinar": webinar, "member": member}).all()
    found = _webinar(rows)
    return found, None if rows[0].seat is None else found.session(SessionId(rows[0].seat))


def of_session(tx: Tx, workspace: WorkspaceId, session: SessionId) -> WebinarId | None:
    statement = select(sessions.c.webinar_id).where(sessions.c.workspace_id == workspace, sessions.c.id == session)
    found = tx.execute(statement).scalar()
    return None if found is None else WebinarId(found)


def where_open(tx: Tx, member: Member, here: ChannelId, now: datetime) -> list[WhereOpen]:
    """Of each webinar that is still to come, just what says which one is meant."""
    return [WhereOpen(*row) for row in tx.execute(WHERE_OPEN, _seen(member, here) | {"now": now})]


def upcoming(tx: Tx, member: Member, here: ChannelId, now: datetime) -> list[Webinar]:
    """Those that are open and have a session still to start, by number."""
    return _read(tx, UPCOMING, _seen(member, here) | {"now": now})


def not_over(tx: Tx, member: Member, here: ChannelId, now: datetime) -> list[Webinar]:
    """Those with a session that is still to come or going on, by number."""
    return _read(tx, NOT_OVER, _seen(member, here) | {"now": now})


def made_by(tx: Tx, workspace: WorkspaceId, cause: str) -> Webinar | None:
    return next(iter(_load(tx, workspace, webinars.c.cause == cause)), None)


def same_typed(tx: Tx, workspace: WorkspaceId, organiser: MemberId, typed: str, since: datetime) -> Webinar | None:
    """The newest webinar that the same organiser made with the same words since then."""
    rows = _load(
        tx, workspace, webinars.c.organiser_id == organiser, webinars.c.typed == typed, webinars.c.created_at >= since
    )
    return rows[-1] if rows else None


def add(
    tx: Tx,
    workspace: WorkspaceId,
    values: dict[str, Any],
    rows: Sequence[dict[str, Any]],
    due: Iterable[Lead],
) -> Webinar:
    """Store a webinar (`values`: its columns) with its sessions (`rows`: theirs) and leads."""
    statement = insert(webinars).values(workspace_id=workspace, **values)
    webinar = WebinarId(tx.execute(statement.returning(webinars.c.id)).scalar_one())
    belongs = {"workspace_id": workspace, "webinar_id": webinar}
    tx.execute(insert(sessions), [belongs | {"position": place} | row for place, row in enumerate(rows)])
    tx.execute(insert(leads), [belongs | {"count": lead.count, "unit": lead.unit} for lead in due])
    return get(tx, workspace, webinar)


def change(
    tx: Tx, webinar: Webinar, values: Mapping[str, Any], seats: int | None, its_leads: Iterable[Lead]
) -> Webinar:
    """Write a webinar's columns `values`, the seats of each of its sessions, and its leads. It is locked.

    Raises:
        IntegrityError: a session would have fewer seats than are taken.
    """
    mine = {"workspace_id": webinar.workspace, "webinar_id": webinar.id}
    tx.execute(
        update(webinars)
        .where(webinars.c.workspace_id == webinar.workspace, webinars.c.id == webinar.id)
        .values(**values)
    )
    tx.execute(
        update(sessions)
        .where(sessions.c.workspace_id == webinar.workspace, sessions.c.webinar_id == webinar.id)
        .values(seats=seats)
    )
    tx.execute(delete(leads).where(leads.c.workspace_id == webinar.workspace, leads.c.webinar_id == webinar.id))
    tx.execute(insert(leads), [mine | {"count": lead.count, "unit": lead.unit} for lead in its_leads])
    return get(tx, webinar.workspace, webinar.id)


def _seen(member: Member, here: ChannelId) -> dict[str, object]:
    return {"workspace": member.workspace.id, "member": member.id, "here": here}


def _load(tx: Tx, workspace: WorkspaceId, *conditions: ColumnElement[bool]) -> list[Webinar]:
    return _read(tx, WHOLE.where(webinars.c.workspace_id == workspace, *conditions))


def _read(tx: Tx, statement: Select[*tuple[Any, ...]], parameters: Mapping[str, object] | None = None) -> list[Webinar]:
    rows = tx.execute(statement, parameters).all()
    return [_webinar(list(group)) for _, group in groupby(rows, lambda row: row.webinar_id)]


def _webinar(rows: Sequence[Row[*tuple[Any, ...]]]) -> Webinar:
    row = rows[0]
    return Webinar(
        id=WebinarId(row.webinar_id),
        workspace=WorkspaceId(row.workspace_id),
        number=row.number,
        title=row.title,
        zone_name=row.zone,
        channel=ChannelId(row.channel),
        organiser=MemberId(row.organiser_id),
        link=row.link,
        sessions=tuple(_session(each) for each in rows),
        leads=_leads(row.leads),
        revision=row.webinar_revision,
    )


_leads = lru_cache(parse_leads)


def _session(row: Row[*tuple[Any, ...]]) -> Session:
    return Session(
        id=SessionId(row.id),
        label=row.label,
        position=row.position,
        wall_start=row.wall_start,
        wall_end=row.wall_end,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        seats=row.seats,
        taken=row.taken,
        revision=row.revision,
        state=SessionState(row.state),
        reason=row.reason,
        fold=row.fold,
    )
