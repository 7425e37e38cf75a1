"""What happens in the workspace, of which Slack would tell an app that subscribed to it."""

from dataclasses import dataclass
from typing import TypeAlias

from workspace.members import Channel
from workspace.messages import Message


@dataclass(frozen=True, slots=True)
class Joined:
    channel: Channel
    user: str


@dataclass(frozen=True, slots=True)
class Left:
    channel: Channel
    user: str


@dataclass(frozen=True, slots=True)
class Said:
    message: Message


@dataclass(frozen=True, slots=True)
class Changed:
    message: Message
    before: Message


@dataclass(frozen=True, slots=True)
class Deleted:
    message: Message


Happening: TypeAlias = Joined | Left | Said | Changed | Deleted
