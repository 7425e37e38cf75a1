"""One message owed to one person or channel, and what may become of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import TypeAlias

from bot.domain.ids import ChannelId, DeliveryId, MemberId, PollId, SessionId, UserId, WebinarId, WorkspaceId

SHARDS = 64


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
    """A delivery to be written. `member` is None where the whole channel is addressed."""

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

    def key(self, workspace: WorkspaceId) -> str:
        """What makes this message one message: it is in the row (unique) and in Slack's metadata."""
        subject = f"p{self.poll}" if self.poll else f"w{self.webinar}.s{self.session or 0}"
        return f"{workspace}:{subject}:{self.kind}:{self.recipient}:{self.revision}"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that this process alone may send until its lease runs out. `fence` proves the claim."""

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


@dataclass(frozen=True, slots=True)
class Sent:
    channel: ChannelId
    ts: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Certainly not sent: to be tried again in `retry_in_s` seconds of real time."""

    reason: str
    retry_in_s: float


@dataclass(frozen=True, slots=True)
class Failed:
    """Can never work as it is."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Perhaps sent: Slack has to be asked."""

    reason: str
    channel: ChannelId | None = None


@dataclass(frozen=True, slots=True)
class Pointless:
    """No longer useful; ends in `state` (cancelled, expired or superseded)."""

    state: DeliveryState
    reason: str


Result: TypeAlias = Sent | NotSent | Failed | Unknown | Pointless


def shard_of(workspace: WorkspaceId) -> int:
    return workspace % SHARDS
