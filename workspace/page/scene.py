"""What the page shows: a workspace, the commands of its bot, and who has read what."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from workspace.members import Channel, Member
from workspace.messages import to_micros
from workspace.server import StandIn
from workspace.state import Workspace

NextDue = Callable[[], Awaitable[datetime | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A registered command, with its slash, as Slack's own client offers it."""

    name: str
    description: str
    usage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """`next_due` says when the bot owes its next message: through Slack nobody could know."""

    name: str
    standin: StandIn
    next_due: NextDue
    commands: Sequence[Command] = ()
    read: dict[tuple[str, str], int] = field(default_factory=dict)
    """The latest `ts`, in microseconds, that a member has seen in a room."""

    @property
    def workspace(self) -> Workspace:
        return self.standin.workspace

    def people(self) -> list[Member]:
        return [member for member in self.workspace.members.values() if not member.is_bot and not member.deleted]

    def rooms(self, viewer: Member) -> list[Channel]:
        """The channels that a member is in."""
        channels = self.workspace.channels.values()
        return [each for each in channels if not each.is_im and not each.is_archived and viewer.id in each.members]

    def mark_read(self, viewer: Member, room: Channel) -> None:
        self.read[viewer.id, room.id] = max(
            (to_micros(each.ts) for each in self.workspace.messages(room.id)), default=0
        )

    def unread(self, viewer: Member, room: Channel) -> int:
        """How much others have said since that member looked. Replies count in their threads alone, as in Slack."""
        seen = self.read.get((viewer.id, room.id), 0)
        return sum(
            to_micros(each.ts) > seen and each.user != viewer.id and (not each.is_reply or each.is_broadcast)
            for each in self.workspace.messages(room.id)
        )
