"""The record of who did what. Rows are added, and the database refuses anything else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert

from bot.domain.audit import Act
from bot.domain.ids import MemberId, WorkspaceId
from bot.ports import Tx
from storage.consultation_tables import audit, audit_mechanisms

ADD = insert(audit).returning(audit.c.id)
ADD_ALONE = insert(audit).inline()


def record(tx: Tx, workspace: WorkspaceId, actor: MemberId | None, act: Act, now: datetime) -> None:
    row = {
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
    if not act.voices:
        tx.execute(ADD_ALONE, row)
        return
    added = tx.execute(ADD, row).scalar_one()
    tx.execute(
        insert(audit_mechanisms),
        [
            {"workspace_id": workspace, "audit_id": added, "mechanism_id": mechanism, "role": role}
            for mechanism, role in act.voices.items()
        ],
    )
