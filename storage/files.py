"""What files need beside other deliveries: the id of an upload, and being owed again."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, update

from bot.domain.deliveries import Claimed, DeliveryState
from bot.domain.ids import WorkspaceId
from bot.ports import Tx
from storage.tables import deliveries

OWED_AGAIN = (DeliveryState.FAILED, DeliveryState.CANCELLED, DeliveryState.SUPERSEDED)


def uploaded(tx: Tx, claimed: Claimed, file: str) -> bool:
    """Keep the id of what was uploaded; False where the claim had passed to somebody else."""
    statement = (
        update(deliveries)
        .where(deliveries.c.id == claimed.id, deliveries.c.fence == claimed.fence)
        .where(deliveries.c.state == DeliveryState.SENDING)
        .values(file=file)
    )
    return tx.execute(statement).rowcount == 1


def states(tx: Tx, workspace: WorkspaceId, keys: Collection[str]) -> dict[str, DeliveryState]:
    """By key, of those that were ever owed."""
    statement = select(deliveries.c.key, deliveries.c.state)
    found = tx.execute(statement.where(deliveries.c.workspace_id == workspace, deliveries.c.key.in_(keys)))
    return {key: DeliveryState(state) for key, state in found}


def owe_again(tx: Tx, workspace: WorkspaceId, keys: Collection[str]) -> None:
    """Have those sent after all that had been given up, or could not be sent."""
    tx.execute(
        update(deliveries)
        .where(deliveries.c.workspace_id == workspace, deliveries.c.key.in_(keys), deliveries.c.state.in_(OWED_AGAIN))
        .values(
            state=DeliveryState.PENDING,
            error=None,
            not_before=None,
            report_id=None,
            asks=False,
            fence=deliveries.c.fence + 1,
        )
    )
