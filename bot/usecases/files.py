"""Files on their way: each follows the message in whose thread it belongs."""

from __future__ import annotations

from bot.domain.calendars import CALENDAR, CALENDAR_FILE
from bot.domain.deliveries import Claimed, Owed, Priority
from bot.domain.ids import ChannelId
from bot.domain.poll_posting import EXPORT, TABLE, WORKBOOK
from bot.ports import Tx
from storage import deliveries, files

FOLLOWING = {CALENDAR: (CALENDAR_FILE,), EXPORT: (WORKBOOK, TABLE)}
"""By the kind of a message those of the files which belong in its thread."""


def follow(tx: Tx, claimed: Claimed, channel: ChannelId, ts: str) -> None:
    """A message stands in `channel` under `ts`: owe its files, if it has any, in the same transaction."""
    these = [
        Owed(
            kind=kind,
            recipient=claimed.recipient,
            due_at=claimed.first_attempt_at,
            priority=Priority.ANSWER,
            member=claimed.member,
            webinar=claimed.webinar,
            session=claimed.session,
            revision=claimed.revision,
            poll=claimed.poll,
            channel=channel,
            thread=ts,
        )
        for kind in FOLLOWING.get(claimed.kind, ())
    ]
    deliveries.owe(tx, claimed.workspace, these)


def uploaded(tx: Tx, claimed: Claimed, file: str) -> bool:
    """Slack has taken the bytes as `file`, which nobody sees yet; False where the claim had passed to another."""
    return files.uploaded(tx, claimed, file)
