"""Drawing a kept message in Slack: who may, until when, and what a refusal of Slack's means for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ids import MessageId

LOST = "lost"
"""The kind of the delivery that tells a poll's maker that its message is gone."""

GONE = frozenset({
    "message_not_found",
    "channel_not_found",
    "cant_update_message",
    "not_in_channel",
    "edit_window_closed",
})  # fmt: skip
"""What Slack answers where a message was deleted, or is out of the bot's reach (docs.slack.dev, chat.update)."""

ARCHIVED = frozenset({"is_archived", "is_inactive"})
"""An archived channel may be opened again, and its messages should be right then."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to draw a message, taken at `since`, which nobody else has before `until`.

    `again_at` is when the message was to be drawn once more, as that stood at `since`: until then an update may land
    that somebody left on its way whose turn ran out.
    """

    message: MessageId
    since: datetime
    until: datetime
    again_at: datetime | None

    @property
    def left_again_at(self) -> datetime | None:
        """What is left of `again_at` by a drawing in this turn: it comes after whatever could land before `since`."""
        return self.again_at if self.again_at is not None and self.again_at > self.since else None


@dataclass(frozen=True, slots=True)
class Rests:
    """How long a message rests after each outcome, and how long one update may take; all of real time.

    `quick` is how long Slack has for an update. One that is given up may still be carried out: the message rests for
    `patient`, and so long is waited for the next. So long after a turn may land what its holder left behind.
    """

    between: timedelta
    quick: timedelta
    patient: timedelta
    spare: timedelta = timedelta(seconds=0.3)
    archived: timedelta = timedelta(hours=1)

    def lease(self, timeout: timedelta) -> timedelta:
        """How long a turn lasts: longer than its update may take, so that two of a message are never under way.

        And no less than the pace: where its holder dies, the next one keeps it too.
        """
        return max(timeout + self.spare, self.between)
