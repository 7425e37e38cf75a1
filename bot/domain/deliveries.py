"""One message owed to one person or channel, and what may become of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import TypeAlias

from bot.domain.ids import ChannelId, DeliveryId, MemberId, PollId, SessionId, UserId, WebinarId, WorkspaceId

SHARDS = 64
LEAD = "lead-"
"""What the kinds of reminders begin with."""


class DeliveryState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


class Priority(IntEnum):
    """Lower goes first."""

    ANSWER = 0
    DUE = 10
    LETTER = 20


@dataclass(frozen=True, slots=True)
class Owed:
    """A delivery to be written. `member` is None where the whole channel is addressed.

    `revision` is the session's, or the webinar's where it is about none; `since` is the webinar's revision that the
    recipient of a change last knew. A file goes to `channel`, into the thread of the message whose `ts` is `thread`.
    """

    kind: str
    recipient: UserId | ChannelId
    due_at: datetime
    priority: Priority
    expires_at: datetime | None = None
    member: MemberId | None = None
    webinar: WebinarId | None = None
    session: SessionId | None = None
    revision: int = 0
    poll: PollId | None = None
    since: int | None = None
    channel: ChannelId | None = None
    thread: str | None = None

    def key(self, workspace: WorkspaceId) -> str:
        """What makes this message one message: it is in the row (unique) and in Slack's metadata."""
        subject = f"p{self.poll}" if self.poll else f"w{self.webinar or 0}.s{self.session or 0}"
        return f"{workspace}:{subject}:{self.kind}:{self.recipient}:{self.revision}"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that this process alone may send until `lease_until`, and not before `send_at`; both are real time.

    `fence` proves the claim, and `attempts` counts those that may have reached Slack, this one included. `on_trial`: it
    is the one message that is tried after others were lost. Of a file, `thread` is the `ts` of the message that it
    belongs to, and `file` Slack's id of what was uploaded last, shared or not. What is in doubt is one as well, with
    its last sender's lease.
    """

    id: DeliveryId
    workspace: WorkspaceId
    key: str
    kind: str
    recipient: UserId | ChannelId
    member: MemberId | None
    webinar: WebinarId | None
    session: SessionId | None
    poll: PollId | None
    fence: int
    attempts: int
    first_attempt_at: datetime
    channel: ChannelId | None
    revision: int
    since: int | None
    thread: str | None
    file: str | None
    lease_until: datetime
    send_at: datetime | None = None
    on_trial: bool = False


@dataclass(frozen=True, slots=True)
class Doubted:
    """Deliveries in doubt that went to one conversation; `channel` is None where none had been opened yet.

    A file stands alone: it is looked up by itself.
    """

    channel: ChannelId | None
    deliveries: tuple[Claimed, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """`ts` is None where Slack doesn't say it: of a file that was shared."""

    channel: ChannelId
    ts: str | None


@dataclass(frozen=True, slots=True)
class NotSent:
    """Certainly not sent: to be tried again in `retry_in_s` seconds of real time."""

    reason: str
    retry_in_s: float


@dataclass(frozen=True, slots=True)
class RateLimited:
    """Certainly not sent, and nothing else may be for `retry_in_s` seconds of real time."""

    retry_in_s: float

    @property
    def reason(self) -> str:
        return "rate-limited"


@dataclass(frozen=True, slots=True)
class Failed:
    """Can never work as it is."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Perhaps sent: Slack has to be asked, or with `asks` an organiser, since Slack can't tell."""

    reason: str
    channel: ChannelId | None = None
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Pointless:
    """No longer useful; ends in `state` (cancelled, expired or superseded)."""

    state: DeliveryState
    reason: str


Hitch: TypeAlias = NotSent | RateLimited | Failed | Unknown
"""What came of a call of Slack's that did not do what it should."""

Result: TypeAlias = Sent | Hitch | Pointless


def is_reminder(kind: str) -> bool:
    return kind.startswith(LEAD)


def shard_of(workspace: WorkspaceId) -> int:
    return workspace % SHARDS
