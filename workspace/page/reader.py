"""Who looks at the page: their zone and language, what time it is, and the names that they see in place of ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from workspace.files import SharedFile
from workspace.members import Channel, Member
from workspace.state import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a select offers. `kind` tells conversations apart, in the words of Slack's filter."""

    value: str
    label: str
    description: str = ""
    group: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """`now` is the simulated time; `people` and `rooms` hold names by id, `files` what the reader has uploaded.

    The offers are what selects list.
    """

    zone: ZoneInfo
    now: datetime
    locale: str = "en-US"
    people: Mapping[str, str] = field(default_factory=dict)
    rooms: Mapping[str, str] = field(default_factory=dict)
    users: tuple[Offer, ...] = ()
    conversations: tuple[Offer, ...] = ()
    files: Mapping[str, SharedFile] = field(default_factory=dict)

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone)


def reader_of(workspace: Workspace, viewer: Member) -> Reader:
    return Reader(
        zone=ZoneInfo(viewer.zone),
        now=workspace.clock(),
        locale=viewer.locale,
        people={member.id: name_of(member) for member in workspace.members.values()},
        rooms={channel.id: channel.name for channel in workspace.channels.values()},
        users=tuple(
            Offer(value=member.id, label=name_of(member), description="app" if member.is_bot else role_of(member))
            for member in workspace.members.values()
            if not member.deleted
        ),
        conversations=tuple(_offered(workspace, viewer)),
        files={file.id: file for file in workspace.files if file.user == viewer.id},
    )


def name_of(member: Member) -> str:
    """A real name without what stands in brackets behind it."""
    return (member.real_name or member.name.title()).partition(" (")[0]


def role_of(member: Member) -> str:
    """What stands in brackets behind a real name."""
    return member.real_name.partition(" (")[2].removesuffix(")")


def is_outsider(workspace: Workspace, member: Member) -> bool:
    """Whether they come from another workspace, into a channel that is shared with it."""
    return member.is_stranger or member.team_id != workspace.team_id


def _offered(workspace: Workspace, viewer: Member) -> list[Offer]:
    """Public channels, and whatever else that member is in."""
    return [
        Offer(value=channel.id, label=_label(workspace, channel), kind=_kind(channel))
        for channel in workspace.channels.values()
        if not channel.is_archived and (viewer.id in channel.members or _kind(channel) == "public")
    ]


def _kind(channel: Channel) -> str:
    if channel.is_im:
        return "im"
    return "private" if channel.is_private else "public"


def _label(workspace: Workspace, channel: Channel) -> str:
    return name_of(workspace.members[workspace.bot_user_id]) if channel.is_im else f"#{channel.name}"
