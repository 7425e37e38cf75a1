"""What every act on a poll begins and ends with: the poll, locked, and the record of the act."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import Act, Action, Authority, Facts
from bot.domain.ids import ChannelId, PollId
from bot.domain.members import Member
from bot.domain.polls import Poll
from bot.domain.refusals import Refusal
from bot.ports import Tx
from bot.usecases import audit
from storage import polls


def record(tx: Tx, actor: Member, action: Action, poll: Poll, now: datetime, more: Facts | None = None) -> None:
    """Never a vote: who voted is nobody's business."""
    authority = Authority.MAKER if poll.maker == actor.id else Authority.ORGANISER
    facts: Facts = {"number": poll.number, "question": poll.question, **(more or {})}
    audit.record(tx, actor, Act(action, authority, poll=poll.id, facts=facts), now)


def locked(tx: Tx, member: Member, here: ChannelId, *, poll: PollId | None = None, number: int | None = None) -> Poll:
    """The poll of a button, or that of a number as it is seen in the channel `here`; without its counts.

    Raises:
        Refusal("poll-unknown"), Refusal("poll-gone")
    """
    if poll is None and number is not None:
        numbered = polls.find(tx, member.workspace.id, number, here)
        if numbered is None:
            raise Refusal("poll-unknown", number=number)
        poll = numbered.id
    return there(None if poll is None else polls.lock(tx, member.workspace.id, poll))


def there(poll: Poll | None) -> Poll:
    if poll is None:
        raise Refusal("poll-gone")
    return poll
