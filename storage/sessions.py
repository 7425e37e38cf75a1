"""Sessions as they change, and what they were before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.domain.changes import Change
from bot.domain.ids import WebinarId, WorkspaceId
from bot.domain.webinars import Session, SessionState, Webinar
from bot.ports import Tx
from storage import webinars
from storage.tables import sessions, sessions_before
from storage.tables import webinars as webinar_rows

CHANGE = (
    update(sessions)
    .where(sessions.c.workspace_id == bindparam("workspace"), sessions.c.id == bindparam("session"))
    .values({name: bindparam(f"new_{name}") for name in ("wall_start", "wall_end", "fold", "starts_at", "ends_at")})
    .values(state=bindparam("new_state"), reason=bindparam("new_reason"), revision=sessions.c.revision + 1)
)
PROJECT = (
    update(sessions)
    .where(sessions.c.workspace_id == bindparam("workspace"), sessions.c.id == bindparam("session"))
    .values(starts_at=bindparam("new_starts_at"), ends_at=bindparam("new_ends_at"))
)


def change(tx: Tx, webinar: Webinar, changes: Iterable[Change]) -> Webinar:
    """Write sessions as they are now, keep what they were, and raise their revisions and the webinar's.

    The webinar is locked.
    """
    changed = list(changes)
    tx.execute(insert(sessions_before), [_before(webinar, each.before) for each in changed])
    tx.execute(CHANGE, [_after(webinar.workspace, each.after) for each in changed])
    tx.execute(
        update(webinar_rows)
        .where(webinar_rows.c.workspace_id == webinar.workspace, webinar_rows.c.id == webinar.id)
        .values(revision=webinar.revision + 1)
    )
    return webinars.get(tx, webinar.workspace, webinar.id)


def project(tx: Tx, webinar: Webinar, projected: Iterable[Session]) -> None:
    """Write the instants that zone data say now of walls that stay."""
    rows = [
        {
            "workspace": webinar.workspace,
            "session": each.id,
            "new_starts_at": each.starts_at,
            "new_ends_at": each.ends_at,
        }
        for each in projected
    ]
    tx.execute(PROJECT, rows)


def at_revision(tx: Tx, webinar: Webinar, revision: int) -> tuple[Session, ...]:
    """The sessions as they were when the webinar had that revision."""
    statement = (
        select(sessions_before)
        .join(sessions, sessions.c.id == sessions_before.c.session_id)
        .where(sessions.c.workspace_id == webinar.workspace, sessions.c.webinar_id == webinar.id)
        .where(sessions_before.c.until_revision >= revision)
        .order_by(sessions_before.c.until_revision.desc())
    )
    earlier = {row.session_id: row for row in tx.execute(statement)}
    return tuple(_as_before(each, earlier[each.id]) if each.id in earlier else each for each in webinar.sessions)


def ahead(tx: Tx, workspace: WorkspaceId, now: datetime) -> list[WebinarId]:
    """The webinars with a session that hasn't started, cancelled or not."""
    statement = (
        select(sessions.c.webinar_id)
        .where(sessions.c.workspace_id == workspace, sessions.c.starts_at > now)
        .distinct()
        .order_by(sessions.c.webinar_id)
    )
    return [WebinarId(each) for each in tx.execute(statement).scalars()]


def _before(webinar: Webinar, session: Session) -> dict[str, object]:
    return {
        "workspace_id": webinar.workspace,
        "session_id": session.id,
        "until_revision": webinar.revision,
        "wall_start": session.wall_start,
        "wall_end": session.wall_end,
        "fold": session.fold,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "state": session.state,
    }


def _after(workspace: WorkspaceId, session: Session) -> dict[str, object]:
    return {
        "workspace": workspace,
        "session": session.id,
        "new_wall_start": session.wall_start,
        "new_wall_end": session.wall_end,
        "new_fold": session.fold,
        "new_starts_at": session.starts_at,
        "new_ends_at": session.ends_at,
        "new_state": session.state,
        "new_reason": session.reason,
    }


def _as_before(session: Session, row: Row[*tuple[Any, ...]]) -> Session:
    return replace(
        session,
        wall_start=row.wall_start,
        wall_end=row.wall_end,
        fold=row.fold,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        state=SessionState(row.state),
        reason=None,
    )
