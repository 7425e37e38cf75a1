"""Whole command texts offered as buttons, so that nobody types them again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.ids import DraftId
from bot.domain.members import Sender
from bot.domain.refusals import Refusal
from bot.ports import Tx
from storage import drafts, members
from storage.drafts import Draft

KEPT = timedelta(hours=24)


def offer(
    tx: Tx, sender: Sender, command: str, texts: Sequence[str], *, insisted: bool, now: datetime
) -> tuple[DraftId, ...]:
    """Keep each of `texts` (without the slash word) for a button that its sender may press for a day."""
    drafts.purge(tx, now - KEPT)
    member = members.get_or_add(tx, sender)
    return tuple(
        drafts.add(
            tx, member.workspace.id, member.id, command, text, channel=sender.channel, insisted=insisted, now=now
        )
        for text in texts
    )


def chosen(tx: Tx, sender: Sender, draft: DraftId, *, now: datetime) -> Draft:
    """The text behind a button, for the member it was offered to and nobody else.

    Raises:
        Refusal("draft-gone")
    """
    member = members.get_or_add(tx, sender)
    found = drafts.find(tx, member.workspace.id, draft, now - KEPT)
    if found is None or found.member != member.id:
        raise Refusal("draft-gone")
    return found


def discard(tx: Tx, sender: Sender, draft: DraftId) -> None:
    """Drop a draft of the sender's; one that is gone stays gone."""
    member = members.get_or_add(tx, sender)
    drafts.drop(tx, member.workspace.id, member.id, draft)
