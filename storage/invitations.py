"""Who was invited to a webinar, and its letter."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, or_, select, update

from bot.domain.ids import MechanismId, MemberId, WebinarId, WorkspaceId
from bot.domain.invitations import Invitation
from bot.domain.leads import parse_leads
from bot.domain.letters import Letter
from bot.domain.roles import Role
from bot.domain.webinars import SessionState, Webinar
from bot.ports import Tx
from storage import mechanisms as register
from storage import members as people
from storage.consultation_tables import invitations, letters, mechanisms
from storage.tables import members as member_rows
from storage.tables import sessions
from storage.upserts import upsert

OWN = (invitations.c.roles, invitations.c.invited_by_id, invitations.c.created_at)
OF_MECHANISMS = (
    select(*register.COLUMNS, *OWN)
    .select_from(register.JOINED.join(invitations, invitations.c.mechanism_id == mechanisms.c.id))
    .order_by(invitations.c.id)
)
OF_MEMBERS = (
    select(*people.COLUMNS, *OWN)
    .select_from(people.JOINED.join(invitations, invitations.c.member_id == member_rows.c.id))
    .order_by(invitations.c.id)
)


def of_webinar(tx: Tx, webinar: Webinar) -> list[Invitation]:
    """All of them, in the order in which they were made: mechanisms first."""
    of = (invitations.c.workspace_id == webinar.workspace) & (invitations.c.webinar_id == webinar.id)
    return [
        *(_of_mechanism(row) for row in tx.execute(OF_MECHANISMS.where(of))),
        *(_of_member(row) for row in tx.execute(OF_MEMBERS.where(of))),
    ]


def of_these(
    tx: Tx, webinar: Webinar, mechanism_ids: Collection[MechanismId], member_ids: Collection[MemberId]
) -> list[Invitation]:
    """Those of these mechanisms, and of these members by themselves."""
    of = (invitations.c.workspace_id == webinar.workspace) & (invitations.c.webinar_id == webinar.id)
    by_mechanism = OF_MECHANISMS.where(of, invitations.c.mechanism_id.in_(mechanism_ids)) if mechanism_ids else None
    return [
        *(_of_mechanism(row) for row in (() if by_mechanism is None else tx.execute(by_mechanism))),
        *(_of_member(row) for row in tx.execute(OF_MEMBERS.where(of, invitations.c.member_id.in_(member_ids)))),
    ]


def ahead(tx: Tx, workspace: WorkspaceId, now: datetime) -> list[WebinarId]:
    """The webinars with invitations, and with a session still to come."""
    statement = (
        select(invitations.c.webinar_id)
        .join(sessions, sessions.c.webinar_id == invitations.c.webinar_id)
        .where(invitations.c.workspace_id == workspace)
        .where(sessions.c.state == SessionState.OPEN, sessions.c.starts_at > now)
        .distinct()
        .order_by(invitations.c.webinar_id)
    )
    return [WebinarId(each) for each in tx.execute(statement).scalars()]


def put(tx: Tx, webinar: Webinar, these: Iterable[Invitation]) -> None:
    """Store invitations; of one that stands the roles are written anew."""
    for key in ("mechanism_id", "member_id"):
        rows = [row for each in these if (row := _row(webinar, each))[key] is not None]
        if rows:
            tx.execute(upsert(tx.dialect.name, invitations, ("webinar_id", key), ("roles",)), rows)


def remove(tx: Tx, webinar: Webinar, mechanism_ids: Collection[MechanismId], member_ids: Collection[MemberId]) -> None:
    tx.execute(
        delete(invitations)
        .where(invitations.c.workspace_id == webinar.workspace, invitations.c.webinar_id == webinar.id)
        .where(or_(invitations.c.mechanism_id.in_(mechanism_ids), invitations.c.member_id.in_(member_ids)))
    )


def letter(tx: Tx, webinar: Webinar) -> Letter:
    """The webinar's letter; ours, and the usual nudges, where it has none."""
    statement = select(letters.c.text, letters.c.nudges, letters.c.nudged).where(
        letters.c.workspace_id == webinar.workspace, letters.c.webinar_id == webinar.id
    )
    row = tx.execute(statement).one_or_none()
    if row is None:
        return Letter()
    return Letter(row.text, parse_leads(row.nudges) if row.nudges else (), row.nudged)


def set_letter(tx: Tx, webinar: Webinar, letter: Letter) -> None:
    row = {
        "workspace_id": webinar.workspace,
        "webinar_id": webinar.id,
        "text": letter.text,
        "nudges": " ".join(each.code for each in letter.nudges),
        "nudged": letter.nudged,
    }
    tx.execute(upsert(tx.dialect.name, letters, ("webinar_id",), ("text", "nudges", "nudged")), row)


def count_nudging(tx: Tx, webinar: Webinar) -> None:
    """Those who had not answered were nudged by command once more."""
    tx.execute(
        update(letters)
        .where(letters.c.workspace_id == webinar.workspace, letters.c.webinar_id == webinar.id)
        .values(nudged=letters.c.nudged + 1)
    )


def _row(webinar: Webinar, invitation: Invitation) -> dict[str, Any]:
    roles = invitation.roles
    return {
        "workspace_id": webinar.workspace,
        "webinar_id": webinar.id,
        "mechanism_id": None if invitation.mechanism is None else invitation.mechanism.id,
        "member_id": None if invitation.member is None else invitation.member.id,
        "roles": None if roles is None else ",".join(sorted(roles)),
        "invited_by_id": invitation.invited_by,
        "created_at": invitation.at,
    }


def _of_mechanism(row: Row[*tuple[Any, ...]]) -> Invitation:
    roles = None if row.roles is None else frozenset(Role(each) for each in row.roles.split(","))
    return Invitation(register.of_row(row), None, roles, MemberId(row.invited_by_id), row.created_at)


def _of_member(row: Row[*tuple[Any, ...]]) -> Invitation:
    return Invitation(None, people.of_row(row), None, MemberId(row.invited_by_id), row.created_at)
