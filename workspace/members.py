"""The people of the workspace, and the rooms they meet in."""

from dataclasses import dataclass, field
from typing import TypedDict


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A Slack user. `name` is what is typed after an @; `zone` is an IANA name."""

    id: str
    name: str
    team_id: str
    real_name: str = ""
    zone: str = "Etc/UTC"
    locale: str = "en-US"
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False


class MemberFacts(TypedDict, total=False):
    """What may be said of a member who is admitted; the rest has `Member`'s defaults."""

    id: str
    team_id: str
    real_name: str
    zone: str
    locale: str
    is_admin: bool
    is_owner: bool
    is_restricted: bool
    is_ultra_restricted: bool
    is_stranger: bool
    is_bot: bool
    deleted: bool


@dataclass(slots=True, kw_only=True)
class Channel:
    """A channel, or with `user` the direct messages between the bot and that user."""

    id: str
    name: str
    created: int
    is_private: bool = False
    is_archived: bool = False
    members: set[str] = field(default_factory=set)
    user: str | None = None

    @property
    def is_im(self) -> bool:
        return self.user is not None

    @property
    def kind(self) -> str:
        """The word of this kind of conversation in the names of scopes."""
        if self.is_im:
            return "im"
        return "groups" if self.is_private else "channels"

    @property
    def typed_name(self) -> str:
        """The `channel_name` that a command bears: Slack keeps the names of private rooms to itself."""
        if self.is_im:
            return "directmessage"
        return "privategroup" if self.is_private else self.name
