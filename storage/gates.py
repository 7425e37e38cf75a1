"""The gates of a workspace and of its recipients. Whoever reads the workspace's to change it holds all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, false, select

from bot.domain.gates import Gate
from bot.domain.ids import WorkspaceId
from bot.ports import Tx
from storage.tables import channel_gates, workspace_gates
from storage.upserts import upsert

GATE = select(
    workspace_gates.c.opens_at, workspace_gates.c.interval_ms, workspace_gates.c.slowed_at, workspace_gates.c.unknowns
).where(workspace_gates.c.workspace_id == bindparam("workspace"))
LOCK = GATE.with_for_update()
RECIPIENTS = select(channel_gates.c.recipient, channel_gates.c.opens_at).where(
    channel_gates.c.workspace_id == bindparam("workspace"),
    channel_gates.c.recipient.in_(bindparam("recipients", expanding=True)),
)
CHANGED = ("opens_at", "interval_ms", "slowed_at", "unknowns")
_MS = timedelta(milliseconds=1)


def get(tx: Tx, workspace: WorkspaceId) -> Gate | None:
    """None before the first message."""
    return _gate(tx.execute(GATE, {"workspace": workspace}).one_or_none())


def lock(tx: Tx, workspace: WorkspaceId, fresh: Gate) -> Gate:
    """The gate, `fresh` before the first message; nobody else changes it until this transaction ends."""
    held = _gate(tx.execute(LOCK, {"workspace": workspace}).one_or_none())
    if held is not None:
        return held
    tx.execute(upsert(tx.dialect.name, workspace_gates, ("workspace_id",), CHANGED, false()), _row(workspace, fresh))
    return _gate(tx.execute(LOCK, {"workspace": workspace}).one()) or fresh


def change(tx: Tx, workspace: WorkspaceId, by: Callable[[Gate], Gate]) -> None:
    """Change the gate, if there is one yet."""
    gate = _gate(tx.execute(LOCK, {"workspace": workspace}).one_or_none())
    if gate is not None:
        set_(tx, workspace, by(gate))


def set_(tx: Tx, workspace: WorkspaceId, gate: Gate) -> None:
    tx.execute(upsert(tx.dialect.name, workspace_gates, ("workspace_id",), CHANGED), _row(workspace, gate))


def of_recipients(tx: Tx, workspace: WorkspaceId, recipients: Collection[str]) -> dict[str, datetime]:
    """When the gates of these open, of those that have been used."""
    rows = tx.execute(RECIPIENTS, {"workspace": workspace, "recipients": list(recipients)})
    return {row.recipient: row.opens_at for row in rows}


def set_recipients(tx: Tx, workspace: WorkspaceId, opens_at: Mapping[str, datetime]) -> None:
    rows = [{"workspace_id": workspace, "recipient": each, "opens_at": at} for each, at in opens_at.items()]
    if rows:
        tx.execute(upsert(tx.dialect.name, channel_gates, ("workspace_id", "recipient"), ("opens_at",)), rows)


def forget_open(tx: Tx, workspace: WorkspaceId, before: datetime) -> None:
    """A gate that has been open since `before` says nothing any more."""
    tx.execute(
        delete(channel_gates).where(channel_gates.c.workspace_id == workspace, channel_gates.c.opens_at < before)
    )


def _row(workspace: WorkspaceId, gate: Gate) -> dict[str, Any]:
    return {
        "workspace_id": workspace,
        "opens_at": gate.opens_at,
        "interval_ms": gate.interval // _MS,
        "slowed_at": gate.slowed_at,
        "unknowns": gate.unknowns,
    }


def _gate(row: Row[*tuple[Any, ...]] | None) -> Gate | None:
    return None if row is None else Gate(row.opens_at, row.interval_ms * _MS, row.slowed_at, row.unknowns)
