"""The register of mechanisms in a workspace."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from bot.domain.ids import MechanismId, WorkspaceId
from bot.domain.mechanisms import Mechanism, MechanismFacts, MechanismStatus
from bot.ports import Tx
from storage.consultation_tables import mechanisms
from storage.tables import workspaces

UTC = "UTC"
TEXTS = (
    "code", "name", "abbreviation", "type", "region", "associated_body", "established", "secretariat", "chair_model",
    "confidence", "source", "note",
)  # fmt: skip
"""Columns that are facts as they are; an unknown one is None here and an empty text there."""

OF = "mechanism_"
COLUMNS = (
    *(mechanisms.c[name].label(OF + name) for name in ("id", *TEXTS, "aliases", "status", "retired", "zone")),
    workspaces.c.zone.label("mechanism_home_zone"),
)
"""Labelled, so that they can stand beside a member's."""

JOINED = mechanisms.join(workspaces, mechanisms.c.workspace_id == workspaces.c.id)


def every(tx: Tx, workspace: WorkspaceId) -> list[Mechanism]:
    """All of them, the retired ones too, by what people call them."""
    statement = select(*COLUMNS).select_from(JOINED).where(mechanisms.c.workspace_id == workspace)
    return sorted((of_row(row) for row in tx.execute(statement)), key=lambda each: each.title.casefold())


def get(tx: Tx, workspace: WorkspaceId, mechanism: MechanismId) -> Mechanism | None:
    statement = select(*COLUMNS).select_from(JOINED).where(mechanisms.c.workspace_id == workspace)
    row = tx.execute(statement.where(mechanisms.c.id == mechanism)).one_or_none()
    return None if row is None else of_row(row)


def lock(tx: Tx, workspace: WorkspaceId, among: Collection[MechanismId]) -> None:
    """Have nobody else name representatives of these until this transaction ends. SQLite has one writer anyway.

    Who only refers to one of them, such as the record of a sign-up, does not wait.
    """
    rows = select(mechanisms.c.id).where(mechanisms.c.workspace_id == workspace, mechanisms.c.id.in_(among))
    tx.execute(rows.order_by(mechanisms.c.id).with_for_update(key_share=True))


def zones(tx: Tx, workspace: WorkspaceId) -> frozenset[str]:
    """Where the days of mechanisms begin."""
    zone = func.coalesce(mechanisms.c.zone, workspaces.c.zone, UTC)
    statement = select(zone).select_from(JOINED).where(mechanisms.c.workspace_id == workspace).distinct()
    return frozenset(tx.execute(statement).scalars())


def add(tx: Tx, workspace: WorkspaceId, these: Iterable[tuple[MechanismFacts, str | None]]) -> None:
    """Store mechanisms, each with its own zone (IANA) or None for the workspace's.

    Raises:
        IntegrityError: there is one of that code.
    """
    rows = [{"workspace_id": workspace, "zone": zone, **_columns(facts)} for facts, zone in these]
    if rows:
        tx.execute(insert(mechanisms), rows)


def change(tx: Tx, workspace: WorkspaceId, mechanism: MechanismId, facts: MechanismFacts, zone: str | None) -> None:
    _write(tx, workspace, mechanism, {"zone": zone, **_columns(facts)})


def lock_all(tx: Tx, workspace: WorkspaceId) -> None:
    """Have nobody else change the register until this transaction ends. SQLite has one writer anyway."""
    tx.execute(select(workspaces.c.id).where(workspaces.c.id == workspace).with_for_update(key_share=True))


def retire(tx: Tx, workspace: WorkspaceId, mechanism: MechanismId, *, retired: bool) -> None:
    _write(tx, workspace, mechanism, {"retired": retired})


def of_row(row: Row[*tuple[Any, ...]]) -> Mechanism:
    texts = {name: getattr(row, OF + name) or "" for name in TEXTS}
    aliases = tuple(row.mechanism_aliases.split("\n")) if row.mechanism_aliases else ()
    facts = MechanismFacts(**texts, aliases=aliases, status=MechanismStatus(row.mechanism_status))
    zone = row.mechanism_zone or row.mechanism_home_zone or UTC
    return Mechanism(MechanismId(row.mechanism_id), facts, zone, bool(row.mechanism_retired), row.mechanism_zone)


def _write(tx: Tx, workspace: WorkspaceId, mechanism: MechanismId, values: Mapping[str, object]) -> None:
    mine = (mechanisms.c.workspace_id == workspace) & (mechanisms.c.id == mechanism)
    tx.execute(update(mechanisms).where(mine).values(**values))


def _columns(facts: MechanismFacts) -> dict[str, object]:
    texts = {name: getattr(facts, name) or None for name in TEXTS}
    return texts | {"aliases": "\n".join(facts.aliases), "status": facts.status}
