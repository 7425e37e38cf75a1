"""Polls that take votes, to try rules with."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.ids import ChannelId, MemberId, OptionId, PollId, UserId, WorkspaceId
from bot.domain.polls import Option, Poll, PollState

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


def asked(*texts: str) -> Poll:
    """A named poll of a single choice among these, whose ids count from 1."""
    return Poll(
        id=PollId(1),
        workspace=WorkspaceId(1),
        number=1,
        question="Which?",
        channel=ChannelId("C1"),
        maker=MemberId(1),
        maker_user=UserId("U1"),
        anonymous=False,
        progress=True,
        choices=1,
        state=PollState.OPEN,
        key=None,
        options=tuple(Option(OptionId(place + 1), place, each) for place, each in enumerate(texts)),
        voters=0,
        created_at=NOW,
    )
