"""What the log may say of a delivery."""

from __future__ import annotations

from bot.domain.deliveries import Claimed, Result
from bot.domain.poll_nudges import NUDGE


def named(claimed: Claimed) -> str:
    """By its key, which names the recipient; a nudge about a poll by its kind alone: who gets one has not answered."""
    return f"{claimed.id} ({claimed.kind if claimed.kind == NUDGE else claimed.key})"


def told(claimed: Claimed, result: Result) -> str:
    """What came of it; not of a nudge, since that tells whether there was an answer, or in which conversation it is."""
    return "seen to" if claimed.kind == NUDGE else str(result)
