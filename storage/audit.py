"""The record of who did what. Rows are added, and the database refuses anything else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, or_, select

from bot.domain.audit import Act, Action, Authority
from bot.domain.audit_pages import AuditQuery, Recorded
from bot.domain.ids import AuditId, ChannelId, MechanismId, MemberId, PollId, WebinarId, WorkspaceId
from bot.domain.members import Member
from bot.domain.roles import Role
from bot.ports import Tx
from storage import mechanisms as register
from storage import members as people
from storage.consultation_tables import audit, audit_mechanisms, mechanisms
from storage.poll_tables import polls
from storage.tables import members, webinars
from storage.visibility import may_know

ADD = insert(audit).returning(audit.c.id)
ADD_EACH = insert(audit).returning(audit.c.id, sort_by_parameter_order=True)
ADD_ALONE = insert(audit).inline()


def newest(tx: Tx) -> int:
    """The id of the newest act of any workspace; 0 where there is none."""
    return tx.execute(select(audit.c.id).order_by(audit.c.id.desc()).limit(1)).scalar() or 0


def record(tx: Tx, workspace: WorkspaceId, actor: MemberId | None, act: Act, now: datetime) -> None:
    row = _row(workspace, actor, act, now)
    if not act.voices:
        tx.execute(ADD_ALONE, row)
        return
    tx.execute(insert(audit_mechanisms), _voiced(workspace, tx.execute(ADD, row).scalar_one(), act))


def record_each(tx: Tx, workspace: WorkspaceId, actor: MemberId | None, acts: Sequence[Act], now: datetime) -> None:
    """Several acts in their order, each for some mechanism, by a statement for all of them."""
    if not acts:
        return
    added = tx.execute(ADD_EACH, [_row(workspace, actor, act, now) for act in acts]).scalars().all()
    voiced = [row for key, act in zip(added, acts, strict=True) for row in _voiced(workspace, key, act)]
    tx.execute(insert(audit_mechanisms), voiced)


def _row(workspace: WorkspaceId, actor: MemberId | None, act: Act, now: datetime) -> dict[str, object]:
    return {
        "workspace_id": workspace,
        "at": now,
        "actor_id": actor,
        "action": act.action,
        "authority": act.authority,
        "webinar_id": act.webinar,
        "poll_id": act.poll,
        "member_id": act.member,
        "facts": dict(act.facts),
    }


def _voiced(workspace: WorkspaceId, added: int, act: Act) -> list[dict[str, object]]:
    return [
        {"workspace_id": workspace, "audit_id": added, "mechanism_id": mechanism, "role": role}
        for mechanism, role in act.voices.items()
    ]


def page(tx: Tx, reader: Member, here: ChannelId, query: AuditQuery, limit: int) -> tuple[list[Recorded], int]:
    """The newest acts that fit, of those that the reader may know of in the channel `here`; and how many fit in all."""
    workspace = reader.workspace.id
    conditions = (audit.c.workspace_id == workspace, _may_know(reader, here), *_conditions(query, workspace))
    about = audit.outerjoin(webinars, webinars.c.id == audit.c.webinar_id).outerjoin(
        polls, polls.c.id == audit.c.poll_id
    )
    named = (webinars.c.number, webinars.c.title, polls.c.number.label("poll"), polls.c.question)
    found = select(audit, *named).select_from(about).where(*conditions).order_by(audit.c.id.desc()).limit(limit)
    rows = tx.execute(found).all()
    if not rows:
        return [], 0
    number = tx.execute(select(func.count()).select_from(about).where(*conditions)).scalar_one()
    concerned = {each for row in rows for each in (row.actor_id, row.member_id) if each is not None}
    by_id, voices = people.among(tx, workspace, concerned), _voices(tx, workspace, [row.id for row in rows])
    return [_recorded(row, by_id, voices.get(row.id, {})) for row in rows], number


def _may_know(reader: Member, here: ChannelId) -> ColumnElement[bool]:
    about_neither = audit.c.webinar_id.is_(None) & audit.c.poll_id.is_(None)
    return or_(about_neither, may_know(reader, here))


def _conditions(query: AuditQuery, workspace: WorkspaceId) -> list[ColumnElement[bool]]:
    asked = query.asked
    conditions: list[ColumnElement[bool]] = []
    if asked.users or query.people:
        called = members.c.user.in_(asked.users) | members.c.id.in_(query.people)
        mine = (members.c.workspace_id == workspace) & called
        these = select(members.c.id).where(mine)
        conditions.append(audit.c.actor_id.in_(these) | audit.c.member_id.in_(these))
    if query.mechanisms:
        of_act = (audit_mechanisms.c.audit_id == audit.c.id) & audit_mechanisms.c.mechanism_id.in_(query.mechanisms)
        conditions.append(select(audit_mechanisms.c.audit_id).where(of_act).correlate(audit).exists())
    if asked.webinars or asked.polls:
        conditions.append(webinars.c.number.in_(asked.webinars) | polls.c.number.in_(asked.polls))
    if asked.groups:
        conditions.append(audit.c.action.in_(asked.actions))
    if query.since is not None:
        conditions.append(audit.c.at >= query.since)
    if query.until is not None:
        conditions.append(audit.c.at < query.until)
    if asked.before is not None:
        conditions.append(audit.c.id < asked.before)
    return conditions


def _voices(
    tx: Tx, workspace: WorkspaceId, among: Collection[int]
) -> dict[int, dict[MechanismId, tuple[str, Role | None]]]:
    """Of each act its mechanisms, by their titles, and the roles in them."""
    joined = register.JOINED.join(audit_mechanisms, audit_mechanisms.c.mechanism_id == mechanisms.c.id)
    statement = (
        select(*register.COLUMNS, audit_mechanisms.c.audit_id, audit_mechanisms.c.role)
        .select_from(joined)
        .where(audit_mechanisms.c.workspace_id == workspace, audit_mechanisms.c.audit_id.in_(among))
        .order_by(mechanisms.c.id)
    )
    found: dict[int, dict[MechanismId, tuple[str, Role | None]]] = {}
    for row in tx.execute(statement):
        mechanism = register.of_row(row)
        role = None if row.role is None else Role(row.role)
        found.setdefault(row.audit_id, {})[mechanism.id] = (mechanism.title, role)
    return found


def _recorded(
    row: Row[Any], by_id: dict[MemberId, Member], voices: dict[MechanismId, tuple[str, Role | None]]
) -> Recorded:
    act = Act(
        action=Action(row.action),
        authority=Authority(row.authority),
        webinar=None if row.webinar_id is None else WebinarId(row.webinar_id),
        poll=None if row.poll_id is None else PollId(row.poll_id),
        member=None if row.member_id is None else MemberId(row.member_id),
        voices={mechanism: role for mechanism, (_, role) in voices.items()},
        facts=_named_now(row) | row.facts,
    )
    actor, about = by_id.get(row.actor_id), by_id.get(row.member_id)
    return Recorded(AuditId(row.id), row.at, actor, about, act, tuple(voices.values()))


def _named_now(row: Row[Any]) -> dict[str, str | int]:
    """What the act is about as it is called now, for where the record itself doesn't say."""
    if row.poll_id is not None:
        return {"number": row.poll, "question": row.question}
    return {} if row.webinar_id is None else {"number": row.number, "title": row.title}
