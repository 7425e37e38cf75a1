"""Organisers: the workspace's admins and owners, and whom they name."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.members import Member, Standing, check_is_here
from bot.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class OrganisersListed:
    """Those whom the bot has met."""

    by_slack: tuple[Member, ...]
    named: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class OrganisersChanged:
    """`changed` may organise from now on, or no longer; of the others that was so already."""

    organise: bool
    changed: tuple[Member, ...]
    same: tuple[Member, ...]


def check_may_be_named(member: Member) -> None:
    """Anybody with an account may be, a guest or a person of another workspace too.

    Raises:
        Refusal("organiser-bot"), Refusal("member-left")
    """
    check_is_here(member)
    if not member.has_account:
        raise Refusal("organiser-bot", user=member.user)


def check_may_be_removed(member: Member) -> None:
    """Refusal("organiser-by-slack"): an admin or owner is one as long as Slack says so."""
    if member.standing is Standing.ORGANISER:
        raise Refusal("organiser-by-slack", user=member.user)
