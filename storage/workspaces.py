"""Workspaces, and the short numbers that are given out in each."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import insert, select, update

from bot.domain.ids import WorkspaceId
from bot.domain.members import Workspace
from bot.ports import Tx
from storage.tables import workspaces

COLUMNS = (workspaces.c.id, workspaces.c.team, workspaces.c.zone, workspaces.c.language)


def get_or_add(tx: Tx, team: str) -> Workspace:
    row = tx.execute(select(*COLUMNS).where(workspaces.c.team == team)).one_or_none()
    if row is None:
        row = tx.execute(insert(workspaces).values(team=team).returning(*COLUMNS)).one()
    return Workspace(*row)


def next_number(tx: Tx, workspace: WorkspaceId, kind: Literal["webinar", "poll"]) -> int:
    """The next W or P number; taking it locks the workspace's row until the transaction ends."""
    column = workspaces.c[f"last_{kind}"]
    statement = update(workspaces).where(workspaces.c.id == workspace).values({column: column + 1}).returning(column)
    return int(tx.execute(statement).scalar_one())
