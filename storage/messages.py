"""Messages that follow the database: a webinar's, a poll's, and one that counts a webinar's letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from bot.domain.deliveries import Claimed
from bot.domain.ids import ChannelId, MessageId, PollId, WebinarId, WorkspaceId
from bot.domain.members import Member
from bot.domain.webinars import Webinar
from bot.ports import Tx
from storage.tables import messages, workspaces


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """`ts` is None until Slack has confirmed the post. It is stale while `shown` is less than `version`.

    `lost`: why Slack has it no longer, in its own code.
    """

    id: MessageId
    workspace: WorkspaceId
    webinar: WebinarId | None
    poll: PollId | None
    letters: WebinarId | None
    channel: ChannelId
    ts: str | None
    version: int
    shown: int
    lost: str | None


KEPT = select(
    messages.c.id,
    messages.c.workspace_id,
    messages.c.webinar_id,
    messages.c.poll_id,
    messages.c.letters_id,
    messages.c.channel,
    messages.c.ts,
    messages.c.version,
    messages.c.shown,
    messages.c.lost,
)

STALE = update(messages).values(version=messages.c.version + 1)
STALE_WEBINAR = STALE.where(messages.c.webinar_id == bindparam("subject"))
STALE_LETTERS = STALE.where(messages.c.letters_id == bindparam("subject"))
STALE_POLL = STALE.where(messages.c.poll_id == bindparam("subject"))


def keep(tx: Tx, workspace: WorkspaceId, channel: ChannelId, subject: WebinarId | PollId, kind: str) -> None:
    """A message about the webinar or poll will stand in `channel`; `kind` says which: webinar or poll."""
    tx.execute(insert(messages).values(workspace_id=workspace, channel=channel, **{f"{kind}_id": subject}))


def follow_letters(tx: Tx, webinar: Webinar, member: Member) -> bool:
    """Keep a direct message to the member that counts the webinar's letters; False where there is one already."""
    places = {member.user, member.direct or member.user}
    of = (messages.c.workspace_id == webinar.workspace) & (messages.c.letters_id == webinar.id)
    if tx.execute(select(messages.c.id).where(of, messages.c.channel.in_(places))).first() is not None:
        return False
    keep(tx, webinar.workspace, ChannelId(member.user), webinar.id, "letters")
    return True


def letters_posted(tx: Tx, claimed: Claimed, channel: ChannelId, ts: str, shown: int) -> None:
    """Slack has the message that counts letters, drawn from version `shown`."""
    of = (messages.c.workspace_id == claimed.workspace) & (messages.c.letters_id == claimed.webinar)
    tx.execute(
        update(messages).where(of, messages.c.channel == claimed.recipient).values(channel=channel, ts=ts, shown=shown)
    )


def letters_version(tx: Tx, claimed: Claimed) -> int:
    """The version of the message that counts letters, as it is about to be posted."""
    of = (messages.c.workspace_id == claimed.workspace) & (messages.c.letters_id == claimed.webinar)
    found = tx.execute(select(messages.c.version).where(of, messages.c.channel == claimed.recipient)).scalar()
    return found or 0


def letters_stale(tx: Tx, webinar: WebinarId) -> None:
    """Some letter of the webinar was sent, or can't be."""
    tx.execute(STALE_LETTERS, {"subject": webinar})


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
        .values(ts=ts, shown=shown, lost=None)
    )


def get(tx: Tx, message: MessageId) -> KeptMessage:
    return _kept(tx.execute(KEPT.where(messages.c.id == message)).one())


def about(tx: Tx, workspace: WorkspaceId, kind: str, subject: int) -> KeptMessage:
    column = messages.c[f"{kind}_id"]
    return _kept(tx.execute(KEPT.where(messages.c.workspace_id == workspace, column == subject)).one())


def stand_in(tx: Tx, team: str, channel: ChannelId) -> bool:
    """Whether the bot of workspace `team` keeps a message in `channel`."""
    statement = (
        select(messages.c.id)
        .join(workspaces, messages.c.workspace_id == workspaces.c.id)
        .where(workspaces.c.team == team, messages.c.channel == channel)
        .limit(1)
    )
    return tx.execute(statement).first() is not None


def _kept(row: Any) -> KeptMessage:
    return KeptMessage(*row)
