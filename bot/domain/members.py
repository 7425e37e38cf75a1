"""Who is who in a workspace, and what each may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from bot.domain.ids import ChannelId, MemberId, UserId, WorkspaceId
from bot.domain.refusals import Refusal


class Standing(StrEnum):
    """A Slack user's place in the workspace. Until Slack has been asked it is UNKNOWN.

    ORGANISER is an admin or owner; others may be named organisers. NAMED is a person without an account, whom an
    organiser entered. LEFT is somebody whose account is deactivated.
    """

    UNKNOWN = "unknown"
    ORGANISER = "organiser"
    MEMBER = "member"
    GUEST = "guest"
    OUTSIDER = "outsider"
    BOT = "bot"
    NAMED = "named"
    LEFT = "left"


UNSURE = frozenset({Standing.UNKNOWN, Standing.LEFT})
"""Of whom Slack is asked again: who has left may have come back."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a command or a click, as Slack names them.

    `home` is the sender's own team id, which differs from `team` for people of another workspace in a
    shared channel; `team` is where the app is installed.
    """

    team: str
    home: str
    user: UserId
    channel: ChannelId

    def about(self, user: UserId) -> Sender:
        """Somebody whom the sender names, at the same place: of this workspace until Slack says otherwise."""
        return Sender(self.team, self.team, user, self.channel)


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack's `users.info` says of a person. `zone` is an IANA name."""

    user: UserId
    name: str
    zone: str | None
    locale: str | None
    standing: Standing

    @property
    def is_unseen(self) -> bool:
        """Whether Slack knows nobody of that id, or shows the bot nothing of them: then there is no name either."""
        return self.standing is Standing.OUTSIDER and self.name == self.user


@dataclass(frozen=True, slots=True)
class Workspace:
    """`zone` (IANA) and `language` are the workspace's own choice; `zone` is None until one is made."""

    id: WorkspaceId
    team: str
    zone: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Member:
    """`zone` (IANA) and `locale` are None until Slack's profile has been read in the background.

    `reminded`: whether they want reminders; of changes of their session they are told either way. `name` is as Slack
    last said it, or as an organiser entered it. `organises`: an organiser named them one. `represents`: somebody has
    said that they speak for a mechanism, at some time.
    """

    id: MemberId
    workspace: Workspace
    user: UserId
    zone: str | None
    locale: str | None
    standing: Standing
    direct: ChannelId | None = None
    reminded: bool = True
    name: str | None = None
    organises: bool = False
    represents: bool = False

    @property
    def is_organiser(self) -> bool:
        """The workspace's admins and owners, and whom an organiser named; a bot never."""
        return self.standing is Standing.ORGANISER or (self.organises and self.has_account)

    @property
    def has_account(self) -> bool:
        """Whether it is somebody in Slack who can act and be written to."""
        return self.standing not in (Standing.BOT, Standing.NAMED, Standing.LEFT)


def may_organise(member: Member) -> None:
    """Webinars, representatives, invitations and the register are for organisers.

    Raises:
        Refusal("organisers-only")
    """
    if not member.is_organiser:
        raise Refusal("organisers-only")


def may_make_polls(member: Member) -> None:
    """Any full member makes a poll.

    Raises:
        Refusal("full-members-only")
    """
    if not member.is_organiser and member.standing is not Standing.MEMBER:
        raise Refusal("full-members-only")


def may_take_part(member: Member) -> None:
    """People sign up and vote; bots do nothing.

    Raises:
        Refusal("people-only")
    """
    if member.standing is Standing.BOT:
        raise Refusal("people-only")


def check_is_here(member: Member) -> None:
    """Who has left is given nothing new to do or to be: Refusal("member-left")."""
    if member.standing is Standing.LEFT:
        raise Refusal("member-left", user=member.user)


T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T_co]):
    """An outcome, and the member who reads it: in their language and zone."""

    reader: Member
    outcome: T_co
