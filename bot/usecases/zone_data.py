"""New zone data: what they change of sessions still to come, and of what is owed for them."""

from __future__ import annotations

from datetime import datetime

from bot.domain.deliveries import Owed, Priority
from bot.domain.ids import MemberId, WebinarId, WorkspaceId
from bot.domain.projections import ZONES, project
from bot.domain.webinars import Session, Webinar
from bot.ports import Tx
from storage import deliveries, members, messages, sessions, webinars

NOBODY = MemberId(0)
"""Whose seat is asked for where nobody's matters."""


def refresh(tx: Tx, workspace: WorkspaceId, data: str, *, now: datetime) -> int:
    """Project every session still to come again; the number that moved. `data` names the zone data, as in `2026b`.

    What is still owed for a session shifts with it, and the webinar's organiser is told.
    """
    return sum(_refresh(tx, workspace, each, data, now) for each in sessions.ahead(tx, workspace, now))


def _refresh(tx: Tx, workspace: WorkspaceId, webinar_id: WebinarId, data: str, now: datetime) -> int:
    webinar, _ = webinars.lock(tx, workspace, webinar_id, NOBODY)
    projected = [project(each, webinar.zone) for each in webinar.sessions if not each.has_started(now)]
    moved = [each for each in projected if each != webinar.session(each.id)]
    if moved:
        sessions.project(tx, webinar, moved)
        for each in moved:
            _shift(tx, webinar, each)
        deliveries.owe(tx, workspace, (_word(tx, webinar, data, now),))
        messages.stale(tx, webinar=webinar.id)
    return len(moved)


def _shift(tx: Tx, webinar: Webinar, session: Session) -> None:
    due = {lead.kind: lead.before(session.wall_start, webinar.zone, session.starts_at) for lead in webinar.leads}
    deliveries.shift(tx, webinar.workspace, session.id, due, session.starts_at)


def _word(tx: Tx, webinar: Webinar, data: str, now: datetime) -> Owed:
    return Owed(
        kind=f"{ZONES}{data}",
        recipient=members.get(tx, webinar.workspace, webinar.organiser).user,
        due_at=now,
        priority=Priority.DUE,
        member=webinar.organiser,
        webinar=webinar.id,
        revision=webinar.revision,
    )
