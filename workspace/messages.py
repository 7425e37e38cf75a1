"""What was said: messages, ephemeral messages, and a channel's run of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from workspace.files import SharedFile
from workspace.wire import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message as it is now. `user` is its author; `ts` is unique and rising in its channel."""

    channel: str
    ts: str
    user: str
    is_bot: bool
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    files: list[SharedFile] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    is_broadcast: bool = False
    edited: str | None = None
    deleted: bool = False

    @property
    def is_reply(self) -> bool:
        return self.thread_ts not in (None, self.ts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ephemeral:
    """A message that `user` alone sees, in no history. `is_bot` is false for what Slack itself says."""

    channel: str
    user: str
    ts: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    is_bot: bool = True


class Timeline:
    """The messages of one channel, oldest first."""

    def __init__(self) -> None:
        self._order: list[int] = []
        self._messages: dict[int, Message] = {}

    def add(self, message: Message) -> None:
        """Append: its `ts` has to be later than every other's."""
        micros = to_micros(message.ts)
        self._order.append(micros)
        self._messages[micros] = message

    def replace(self, message: Message) -> None:
        self._messages[to_micros(message.ts)] = message

    def get(self, ts: str) -> Message | None:
        """The message of that `ts`, unless it was deleted or never was."""
        message = self._messages.get(to_micros(ts)) if is_ts(ts) else None
        return None if message is None or message.deleted else message

    def between(self, oldest: int, latest: int, *, inclusive: bool) -> Iterator[Message]:
        """Newest first. Bounds are in microseconds."""
        start = (bisect_left if inclusive else bisect_right)(self._order, oldest)
        end = (bisect_right if inclusive else bisect_left)(self._order, latest)
        for index in range(end - 1, start - 1, -1):
            message = self._messages[self._order[index]]
            if not message.deleted:
                yield message

    def __iter__(self) -> Iterator[Message]:
        return (message for message in self._messages.values() if not message.deleted)


def to_ts(micros: int) -> str:
    return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"


def to_micros(ts: str) -> int:
    return int(Decimal(ts) * 1_000_000)


def is_ts(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
