"""Who speaks for which mechanism: rows that are ended or refused, and never deleted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, insert, select, update

from bot.domain.capacities import NewClaim
from bot.domain.ids import MechanismId, MemberId, RepresentativeId, UserId, WorkspaceId
from bot.domain.members import Member
from bot.domain.namings import Naming
from bot.domain.representatives import How, RepresentationState, Representative
from bot.domain.roles import Role
from bot.ports import Tx
from storage import mechanisms as register
from storage import members as people
from storage.consultation_tables import mechanisms, representatives
from storage.tables import members as member_rows

STANDING = (RepresentationState.CLAIMED, RepresentationState.NAMED)
COLUMNS = (
    *register.COLUMNS,
    representatives.c.id.label("representative_id"),
    representatives.c.role,
    representatives.c.since,
    representatives.c.until,
    representatives.c.state,
    representatives.c.how,
    representatives.c.named_by_id,
)
"""They stand beside a member's."""

WHOLE = (
    select(*people.COLUMNS, *COLUMNS)
    .select_from(
        people.JOINED.join(representatives, representatives.c.member_id == member_rows.c.id).join(
            mechanisms, mechanisms.c.id == representatives.c.mechanism_id
        )
    )
    .order_by(representatives.c.id)
)
"""A row a representation, with its mechanism and its member."""

ADD_EACH = insert(representatives).returning(representatives.c.id, sort_by_parameter_order=True)
CHANGE_EACH = update(representatives).where(
    representatives.c.workspace_id == bindparam("workspace"), representatives.c.id == bindparam("representative")
)


def standing(tx: Tx, workspace: WorkspaceId) -> list[Representative]:
    """All that are named or claimed, whatever their days."""
    return _read(tx, workspace, representatives.c.state.in_(STANDING))


def of_member(tx: Tx, workspace: WorkspaceId, member: MemberId) -> list[Representative]:
    """What the member is named as, or claims to be, whatever the days."""
    return _read(tx, workspace, representatives.c.state.in_(STANDING), representatives.c.member_id == member)


def of_members(tx: Tx, workspace: WorkspaceId, among: Collection[MemberId]) -> list[Representative]:
    """What these are named as, or claim to be, whatever the days."""
    return _read(tx, workspace, representatives.c.state.in_(STANDING), representatives.c.member_id.in_(among))


def of_mechanisms(tx: Tx, workspace: WorkspaceId, among: Collection[MechanismId]) -> list[Representative]:
    """Those of these mechanisms who are named or claim to be, whatever the days."""
    return _read(tx, workspace, representatives.c.state.in_(STANDING), representatives.c.mechanism_id.in_(among))


def ever_of_member(tx: Tx, workspace: WorkspaceId, member: MemberId) -> list[Representative]:
    """What the member is or was named as, also where that was taken back."""
    ever = (RepresentationState.NAMED, RepresentationState.REMOVED)
    return _read(tx, workspace, representatives.c.state.in_(ever), representatives.c.member_id == member)


def last_refusal(tx: Tx, member: Member, claim: NewClaim) -> tuple[UserId, datetime] | None:
    """By whom and when the same claim of the member's was refused last."""
    statement = (
        select(member_rows.c.user, representatives.c.changed_at)
        .join(representatives, representatives.c.named_by_id == member_rows.c.id)
        .where(representatives.c.workspace_id == member.workspace.id, representatives.c.member_id == member.id)
        .where(representatives.c.mechanism_id == claim.mechanism.id, representatives.c.role == claim.role)
        .where(representatives.c.state == RepresentationState.REFUSED)
        .order_by(representatives.c.changed_at.desc())
        .limit(1)
    )
    row = tx.execute(statement).one_or_none()
    return None if row is None else (UserId(row.user), row.changed_at)


def get(tx: Tx, workspace: WorkspaceId, representative: RepresentativeId) -> Representative:
    return _read(tx, workspace, representatives.c.id == representative)[0]


def maybe(tx: Tx, workspace: WorkspaceId, representative: RepresentativeId) -> Representative | None:
    return next(iter(_read(tx, workspace, representatives.c.id == representative)), None)


def lock(tx: Tx, workspace: WorkspaceId, representative: RepresentativeId) -> Representative | None:
    """The row as it is and stays until this transaction ends. SQLite has one writer anyway."""
    mine = (representatives.c.workspace_id == workspace) & (representatives.c.id == representative)
    tx.execute(select(representatives.c.id).where(mine).with_for_update(key_share=True))
    return maybe(tx, workspace, representative)


def add(
    tx: Tx,
    workspace: WorkspaceId,
    mechanism: MechanismId,
    member: MemberId,
    role: Role,
    values: Mapping[str, object],
) -> RepresentativeId:
    """`values` are the other columns: since, until, state, how, named_by_id, changed_at."""
    row = {"workspace_id": workspace, "mechanism_id": mechanism, "member_id": member, "role": role, **values}
    statement = insert(representatives).values(**row).returning(representatives.c.id)
    return RepresentativeId(tx.execute(statement).scalar_one())


def change(
    tx: Tx,
    workspace: WorkspaceId,
    representative: RepresentativeId,
    values: Mapping[str, object],
) -> None:
    mine = (representatives.c.workspace_id == workspace) & (representatives.c.id == representative)
    tx.execute(update(representatives).where(mine).values(**values))


def name_each(tx: Tx, organiser: Member, these: Sequence[Naming], now: datetime) -> list[RepresentativeId]:
    """Store what was decided, new rows and changed ones by a statement each for all of them; their ids, in order."""
    workspace = organiser.workspace.id
    values = {"state": RepresentationState.NAMED, "named_by_id": organiser.id, "changed_at": now}
    rows = [
        values | {"since": each.since, "until": each.until, "how": each.asked.how} | _which(each, workspace)
        for each in these
    ]
    changed = [row for row in rows if "representative" in row]
    added = [row for row in rows if "representative" not in row]
    if changed:
        tx.execute(CHANGE_EACH, changed)
    ids = iter(tx.execute(ADD_EACH, added).scalars().all() if added else ())
    return [RepresentativeId(next(ids)) if each.first is None else each.first.id for each in these]


def _which(naming: Naming, workspace: WorkspaceId) -> dict[str, object]:
    """The row that is changed; or whose the new one is."""
    if naming.first is not None:
        return {"workspace": workspace, "representative": naming.first.id}
    asked = naming.asked
    mine = {"workspace_id": workspace, "mechanism_id": asked.mechanism.id, "member_id": asked.member.id}
    return {**mine, "role": asked.new.role}


def _read(tx: Tx, workspace: WorkspaceId, *conditions: ColumnElement[bool]) -> list[Representative]:
    statement = WHOLE.where(representatives.c.workspace_id == workspace, *conditions)
    return [of_row(row) for row in tx.execute(statement)]


def of_row(row: Row[*tuple[Any, ...]]) -> Representative:
    return Representative(
        id=RepresentativeId(row.representative_id),
        mechanism=register.of_row(row),
        member=people.of_row(row),
        role=Role(row.role),
        since=row.since,
        until=row.until,
        state=RepresentationState(row.state),
        how=None if row.how is None else How(row.how),
        named_by=None if row.named_by_id is None else MemberId(row.named_by_id),
    )
