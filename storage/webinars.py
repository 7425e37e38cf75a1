"""Webinars with their sessions and leads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select

from bot.domain.ids import ChannelId, MemberId, SessionId, WebinarId, WorkspaceId
from bot.domain.leads import Lead
from bot.domain.webinars import Session, Webinar, WebinarState
from bot.ports import Tx
from storage.tables import leads, sessions, webinars


def find(tx: Tx, workspace: WorkspaceId, number: int) -> Webinar | None:
    return next(iter(_load(tx, workspace, [webinars.c.number == number])), None)


def maybe(tx: Tx, workspace: WorkspaceId, webinar: WebinarId) -> Webinar | None:
    return next(iter(_load(tx, workspace, [webinars.c.id == webinar])), None)


def get(tx: Tx, workspace: WorkspaceId, webinar: WebinarId) -> Webinar:
    return _load(tx, workspace, [webinars.c.id == webinar])[0]


def lock(tx: Tx, workspace: WorkspaceId, webinar: WebinarId) -> Webinar:
    """The webinar as it is, and as it stays until this transaction ends."""
    tx.execute(
        select(webinars.c.id).where(webinars.c.workspace_id == workspace, webinars.c.id == webinar).with_for_update()
    )
    return get(tx, workspace, webinar)


def of_session(tx: Tx, workspace: WorkspaceId, session: SessionId) -> WebinarId | None:
    statement = select(sessions.c.webinar_id).where(sessions.c.workspace_id == workspace, sessions.c.id == session)
    found = tx.execute(statement).scalar()
    return None if found is None else WebinarId(found)


def upcoming(tx: Tx, workspace: WorkspaceId, now: datetime) -> list[Webinar]:
    """Those that are open and have a session still to start, by number."""
    ahead = select(sessions.c.id).where(sessions.c.webinar_id == webinars.c.id, sessions.c.starts_at > now).exists()
    return _load(tx, workspace, [webinars.c.state == WebinarState.OPEN, ahead])


def made_by(tx: Tx, workspace: WorkspaceId, cause: str) -> Webinar | None:
    return next(iter(_load(tx, workspace, [webinars.c.cause == cause])), None)


def same_typed(tx: Tx, workspace: WorkspaceId, organiser: MemberId, typed: str, since: datetime) -> Webinar | None:
    """The newest webinar that the same organiser made with the same words since then."""
    rows = _load(
        tx,
        workspace,
        [webinars.c.organiser_id == organiser, webinars.c.typed == typed, webinars.c.created_at >= since],
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
    statement = insert(webinars).values(workspace_id=workspace, state=WebinarState.OPEN, **values)
    webinar = WebinarId(tx.execute(statement.returning(webinars.c.id)).scalar_one())
    belongs = {"workspace_id": workspace, "webinar_id": webinar}
    tx.execute(insert(sessions), [belongs | {"position": place} | row for place, row in enumerate(rows)])
    tx.execute(insert(leads), [belongs | {"count": lead.count, "unit": lead.unit} for lead in due])
    return get(tx, workspace, webinar)


def _load(tx: Tx, workspace: WorkspaceId, conditions: list[ColumnElement[bool]]) -> list[Webinar]:
    found = tx.execute(
        select(webinars).where(webinars.c.workspace_id == workspace, *conditions).order_by(webinars.c.number)
    ).all()
    if not found:
        return []
    wanted = [row.id for row in found]
    by_webinar: dict[int, list[Session]] = defaultdict(list)
    for row in tx.execute(select(sessions).where(sessions.c.webinar_id.in_(wanted)).order_by(sessions.c.position)):
        by_webinar[row.webinar_id].append(_session(row))
    due: dict[int, list[Lead]] = defaultdict(list)
    for row in tx.execute(
        select(leads.c.webinar_id, leads.c.count.label("lead_count"), leads.c.unit).where(
            leads.c.webinar_id.in_(wanted)
        )
    ):
        due[row.webinar_id].append(Lead(row.lead_count, row.unit))
    return [_webinar(row, by_webinar[row.id], due[row.id]) for row in found]


def _session(row: Row[Any]) -> Session:
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
    )


def _webinar(row: Row[Any], its_sessions: list[Session], its_leads: list[Lead]) -> Webinar:
    return Webinar(
        id=WebinarId(row.id),
        workspace=WorkspaceId(row.workspace_id),
        number=row.number,
        title=row.title,
        zone_name=row.zone,
        channel=ChannelId(row.channel),
        organiser=MemberId(row.organiser_id),
        link=row.link,
        state=WebinarState(row.state),
        sessions=tuple(its_sessions),
        leads=tuple(sorted(its_leads, key=lambda lead: lead.length, reverse=True)),
    )
