"""Who looks at the page: their zone, what time it is, and the names that they see in place of ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from workspace.members import Member
from workspace.state import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """`now` is the simulated time; `people` and `rooms` hold names by id."""

    zone: ZoneInfo
    now: datetime
    people: Mapping[str, str] = field(default_factory=dict)
    rooms: Mapping[str, str] = field(default_factory=dict)

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone)


def reader_of(workspace: Workspace, viewer: Member) -> Reader:
    return Reader(
        zone=ZoneInfo(viewer.zone),
        now=workspace.clock(),
        people={member.id: name_of(member) for member in workspace.members.values()},
        rooms={channel.id: channel.name for channel in workspace.channels.values()},
    )


def name_of(member: Member) -> str:
    """A real name without what stands in brackets behind it."""
    return (member.real_name or member.name.title()).partition(" (")[0]


def role_of(member: Member) -> str:
    """What stands in brackets behind a real name."""
    return member.real_name.partition(" (")[2].removesuffix(")")
