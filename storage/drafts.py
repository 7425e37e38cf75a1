"""Whole command texts that were offered as buttons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from bot.domain.ids import ChannelId, DraftId, MemberId, WorkspaceId
from bot.ports import Tx
from storage.tables import drafts


@dataclass(frozen=True, slots=True)
class Draft:
    id: DraftId
    member: MemberId
    command: str
    text: str
    channel: ChannelId
    insisted: bool


def add(
    tx: Tx,
    workspace: WorkspaceId,
    member: MemberId,
    command: str,
    text: str,
    *,
    channel: ChannelId,
    insisted: bool,
    now: datetime,
) -> DraftId:
    statement = insert(drafts).values(
        workspace_id=workspace,
        member_id=member,
        command=command,
        text=text,
        channel=channel,
        insisted=insisted,
        created_at=now,
    )
    return DraftId(tx.execute(statement.returning(drafts.c.id)).scalar_one())


def find(tx: Tx, workspace: WorkspaceId, draft: DraftId, since: datetime) -> Draft | None:
    """None where it was offered before `since`."""
    columns = (
        drafts.c.id,
        drafts.c.member_id,
        drafts.c.command,
        drafts.c.text,
        drafts.c.channel,
        drafts.c.insisted,
    )
    row = tx.execute(
        select(*columns).where(drafts.c.workspace_id == workspace, drafts.c.id == draft, drafts.c.created_at >= since)
    ).one_or_none()
    return None if row is None else Draft(*row)


def purge(tx: Tx, before: datetime) -> int:
    return tx.execute(delete(drafts).where(drafts.c.created_at < before)).rowcount


def drop(tx: Tx, workspace: WorkspaceId, member: MemberId, draft: DraftId) -> None:
    mine = (drafts.c.workspace_id == workspace) & (drafts.c.member_id == member)
    tx.execute(delete(drafts).where(mine, drafts.c.id == draft))
