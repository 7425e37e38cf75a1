"""Channel messages that follow the database: a webinar's and a poll's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update

from bot.domain.ids import ChannelId, MessageId, PollId, WebinarId, WorkspaceId
from bot.ports import Tx
from storage.tables import messages, workspaces


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """`ts` is None until Slack has confirmed the post. It is stale while `shown` is less than `version`."""

    id: MessageId
    workspace: WorkspaceId
    webinar: WebinarId | None
    poll: PollId | None
    channel: ChannelId
    ts: str | None
    version: int
    shown: int


KEPT = select(
    messages.c.id,
    messages.c.workspace_id,
    messages.c.webinar_id,
    messages.c.poll_id,
    messages.c.channel,
    messages.c.ts,
    messages.c.version,
    messages.c.shown,
)

STALE = update(messages).values(version=messages.c.version + 1)
STALE_WEBINAR = STALE.where(messages.c.webinar_id == bindparam("subject"))
STALE_POLL = STALE.where(messages.c.poll_id == bindparam("subject"))


def keep(tx: Tx, workspace: WorkspaceId, channel: ChannelId, subject: WebinarId | PollId, kind: str) -> None:
    """A message about the webinar or poll will stand in `channel`; `kind` says which: webinar or poll."""
    tx.execute(insert(messages).values(workspace_id=workspace, channel=channel, **{f"{kind}_id": subject}))


def stale(tx: Tx, *, webinar: WebinarId | None = None, poll: PollId | None = None) -> None:
    """Mark the message about the webinar or poll as behind the database."""
    if webinar is not None:
        tx.execute(STALE_WEBINAR, {"subject": webinar})
    else:
        tx.execute(STALE_POLL, {"subject": poll})


def posted(tx: Tx, workspace: WorkspaceId, kind: str, subject: int, ts: str, shown: int) -> None:
    """Slack has the message, drawn from version `shown`."""
    tx.execute(
        update(messages)
        .where(messages.c.workspace_id == workspace, messages.c[f"{kind}_id"] == subject)
        .values(ts=ts, shown=shown)
    )


def shown(tx: Tx, message: MessageId, version: int) -> None:
    """Slack shows `version` now; an older picture never counts as newer."""
    tx.execute(update(messages).where(messages.c.id == message, messages.c.shown < version).values(shown=version))


def get(tx: Tx, message: MessageId) -> KeptMessage:
    return KeptMessage(*tx.execute(KEPT.where(messages.c.id == message)).one())


def about(tx: Tx, workspace: WorkspaceId, kind: str, subject: int) -> KeptMessage:
    column = messages.c[f"{kind}_id"]
    return KeptMessage(*tx.execute(KEPT.where(messages.c.workspace_id == workspace, column == subject)).one())


def stand_in(tx: Tx, team: str, channel: ChannelId) -> bool:
    """Whether the bot of workspace `team` keeps a message in `channel`."""
    statement = (
        select(messages.c.id)
        .join(workspaces, messages.c.workspace_id == workspaces.c.id)
        .where(workspaces.c.team == team, messages.c.channel == channel)
        .limit(1)
    )
    return tx.execute(statement).first() is not None


def all_stale(tx: Tx, workspace: WorkspaceId) -> Collection[MessageId]:
    behind = (
        (messages.c.workspace_id == workspace) & messages.c.ts.is_not(None) & (messages.c.shown < messages.c.version)
    )
    return [MessageId(each) for each in tx.execute(select(messages.c.id).where(behind)).scalars()]
