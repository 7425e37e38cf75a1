"""Seats. The table's constraints keep one seat a member and webinar, and no more than there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Integer, bindparam, case, or_, select, update

from bot.domain.ids import MemberId, SessionId, WebinarId, WorkspaceId
from bot.domain.members import Member
from bot.domain.representatives import Representative
from bot.domain.signups import SignupState
from bot.domain.webinars import Session, Webinar
from bot.ports import Tx
from storage import members, representatives
from storage.consultation_tables import representatives as represented
from storage.tables import members as people
from storage.tables import sessions, signups
from storage.upserts import upsert

HELD = select(signups.c.session_id).where(
    signups.c.workspace_id == bindparam("workspace"),
    signups.c.webinar_id == bindparam("webinar"),
    signups.c.member_id == bindparam("member"),
    signups.c.state == SignupState.CONFIRMED,
)
ENTERED, LEFT = bindparam("entered", type_=Integer), bindparam("left", type_=Integer)
COUNT = (
    update(sessions)
    .where(sessions.c.workspace_id == bindparam("workspace"), or_(sessions.c.id == ENTERED, sessions.c.id == LEFT))
    .values(taken=sessions.c.taken + case((sessions.c.id == ENTERED, 1), else_=-1))
)


def held(tx: Tx, webinar: Webinar, member: MemberId) -> Session | None:
    """The session in which the member has a seat now."""
    found = tx.execute(HELD, {"workspace": webinar.workspace, "webinar": webinar.id, "member": member}).scalar()
    return None if found is None else webinar.session(SessionId(found))


def held_in(tx: Tx, workspace: WorkspaceId, among: Collection[WebinarId], member: MemberId) -> frozenset[SessionId]:
    statement = select(signups.c.session_id).where(
        signups.c.workspace_id == workspace,
        signups.c.webinar_id.in_(among),
        signups.c.member_id == member,
        signups.c.state == SignupState.CONFIRMED,
    )
    return frozenset(SessionId(each) for each in tx.execute(statement).scalars())


def confirmed(tx: Tx, webinar: Webinar) -> list[tuple[Member, Session]]:
    """Everybody who holds a seat, and in which session."""
    statement = (
        select(*members.COLUMNS, signups.c.session_id)
        .select_from(members.JOINED)
        .join(signups, signups.c.member_id == people.c.id)
        .where(signups.c.workspace_id == webinar.workspace, signups.c.webinar_id == webinar.id)
        .where(signups.c.state == SignupState.CONFIRMED)
    )
    return [(members.of_row(row), webinar.session(SessionId(row.session_id))) for row in tx.execute(statement)]


def capacities(
    tx: Tx, workspace: WorkspaceId, among: Collection[WebinarId], member: MemberId
) -> dict[SessionId, Representative]:
    """In which capacity the member holds their seats, as far as they said one that stands."""
    statement = (
        representatives.WHOLE.add_columns(signups.c.session_id)
        .join(signups, signups.c.representative_id == represented.c.id)
        .where(signups.c.workspace_id == workspace, signups.c.webinar_id.in_(among), signups.c.member_id == member)
        .where(signups.c.state == SignupState.CONFIRMED, represented.c.state.in_(representatives.STANDING))
    )
    return {SessionId(row.session_id): representatives.of_row(row) for row in tx.execute(statement)}


def take(tx: Tx, webinar: Webinar, session: Session, member: MemberId, now: datetime) -> None:
    """Write the member's one seat, wherever it was before. Counting it is `count`'s."""
    row = {
        "workspace_id": webinar.workspace,
        "webinar_id": webinar.id,
        "member_id": member,
        "session_id": session.id,
        "state": SignupState.CONFIRMED,
        "changed_at": now,
    }
    changed = ("session_id", "state", "changed_at")
    tx.execute(upsert(tx.dialect.name, signups, ("webinar_id", "member_id"), changed), row)


def give_back(tx: Tx, webinar: Webinar, member: MemberId, now: datetime) -> None:
    tx.execute(
        update(signups)
        .where(signups.c.workspace_id == webinar.workspace)
        .where(signups.c.webinar_id == webinar.id, signups.c.member_id == member)
        .values(state=SignupState.WITHDRAWN, changed_at=now, representative_id=None)
    )


def mark(tx: Tx, webinar: Webinar, member: MemberId, values: Mapping[str, object]) -> None:
    """Keep in which capacity (`representative_id`) a member holds their seat, and `how` that came."""
    mine = (signups.c.workspace_id == webinar.workspace) & (signups.c.webinar_id == webinar.id)
    tx.execute(update(signups).where(mine, signups.c.member_id == member).values(**values))


def count(tx: Tx, webinar: Webinar, entered: Session | None, left: Session | None) -> None:
    """Move one seat's count from `left` to `entered`, in one statement.

    Raises:
        IntegrityError: there was no seat left; nothing is overbooked.
    """
    changed = {"entered": entered and entered.id, "left": left and left.id}
    tx.execute(COUNT, {"workspace": webinar.workspace} | changed)
