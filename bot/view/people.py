"""People in texts: a mention where they have an account, else their name."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.members import Member
from bot.view.texts import Mrkdwn, inline


def named(member: Member) -> Mrkdwn:
    """Slack shows a mention by the person's own name; an answer to one person alone pings nobody."""
    return Mrkdwn(f"<@{member.user}>") if member.has_account else inline(member.name or "")


def listed(members: Iterable[Member]) -> Mrkdwn:
    return Mrkdwn(", ".join(named(each) for each in members))
