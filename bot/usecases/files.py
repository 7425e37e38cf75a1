"""Files on their way: each follows the message in whose thread it belongs."""

from __future__ import annotations

from bot.domain.calendars import CALENDAR, CALENDAR_FILE
from bot.domain.deliveries import Claimed, Owed, Priority
from bot.domain.ids import ChannelId
from bot.ports import Tx
from storage import deliveries, files

FOLLOWING = {CALENDAR: CALENDAR_FILE}
"""By the kind of a message that of the file which belongs in its thread."""


def follow(tx: Tx, claimed: Claimed, channel: ChannelId, ts: str) -> None:
    """A message stands in `channel` under `ts`: owe its file, if it has one, in the same transaction."""
    if claimed.kind not in FOLLOWING:
        return
    file = Owed(
        kind=FOLLOWING[claimed.kind],
        recipient=claimed.recipient,
        due_at=claimed.first_attempt_at,
        priority=Priority.ANSWER,
        member=claimed.member,
        webinar=claimed.webinar,
        session=claimed.session,
        revision=claimed.revision,
        channel=channel,
        thread=ts,
    )
    deliveries.owe(tx, claimed.workspace, (file,))


def uploaded(tx: Tx, claimed: Claimed, file: str) -> bool:
    """Slack has taken the bytes as `file`, which nobody sees yet; False where the claim had passed to another."""
    return files.uploaded(tx, claimed, file)
