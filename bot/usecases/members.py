"""Meeting people, and learning from Slack who they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.ids import ChannelId, UserId, WorkspaceId
from bot.domain.members import Member, Profile, Sender, Workspace
from bot.ports import Tx
from storage import members, workspaces

PROFILE_TTL = timedelta(hours=12)
PROFILES_AT_ONCE = 100


def recognise(tx: Tx, team: str) -> Workspace:
    """The workspace in which the app is installed, added at the first start."""
    return workspaces.get_or_add(tx, team)


def meet(tx: Tx, sender: Sender) -> Member:
    return members.get_or_add(tx, sender)


def unread(tx: Tx, workspace: WorkspaceId, *, now: datetime) -> list[UserId]:
    """The people whose profile should be read from Slack next."""
    return members.unread(tx, workspace, now - PROFILE_TTL, PROFILES_AT_ONCE)


def remember(tx: Tx, team: str, profiles: Iterable[Profile], *, now: datetime) -> None:
    members.remember(tx, team, profiles, now)


def forget_profile(tx: Tx, team: str, user: UserId) -> None:
    """Slack says that a person's profile has changed: it is read again in the background."""
    members.forget_profile(tx, team, user)


def without_direct(tx: Tx, workspace: WorkspaceId, *, limit: int) -> list[Member]:
    """People who are owed something directly, and with whom direct messages were never opened."""
    return members.without_direct(tx, workspace, limit)


def direct_opened(tx: Tx, member: Member, direct: ChannelId) -> None:
    members.set_direct(tx, member, direct)
