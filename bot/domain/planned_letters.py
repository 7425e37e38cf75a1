"""Letters and nudges as they stand in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.deliveries import DeliveryState
from bot.domain.ids import DeliveryId, MemberId

INVITATION = "invitation"
NUDGE = "nudge"
"""The kind of a nudge by command; those that go by themselves add their lead: `nudge-7d`."""

PROGRESS = "progress"
"""The kind of the message that counts a webinar's letters, to whoever sent them."""

LET_BE = "let-be"
"""Why a delivery was ended by an organiser, who doesn't want it planned again."""

_GIVEN_UP = (DeliveryState.CANCELLED, DeliveryState.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Planned:
    """A letter or a nudge that stands in the database. `attempted_at` is when it was sent first, on the bot's clock."""

    id: DeliveryId
    kind: str
    member: MemberId
    state: DeliveryState
    reason: str | None
    due_at: datetime
    expires_at: datetime | None
    attempted_at: datetime | None = None

    @property
    def is_free(self) -> bool:
        """Whether it was given up, so that it may be owed again."""
        return self.state in _GIVEN_UP and self.reason != LET_BE

    @property
    def is_given_up_for_good(self) -> bool:
        return self.state is DeliveryState.FAILED or self.reason == LET_BE


def is_letter(kind: str) -> bool:
    """Whether it is an invitation or a nudge."""
    return kind == INVITATION or is_nudge(kind)


def is_nudge(kind: str) -> bool:
    return kind == NUDGE or kind.startswith(f"{NUDGE}-")
