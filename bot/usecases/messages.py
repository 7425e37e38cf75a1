"""Kept channel messages, as seen from a click on one."""

from __future__ import annotations

from bot.domain.ids import ChannelId
from bot.ports import Tx
from storage import messages


def stand_in(tx: Tx, team: str, channel: ChannelId) -> bool:
    """Whether the bot of workspace `team` keeps a message in `channel`."""
    return messages.stand_in(tx, team, channel)
