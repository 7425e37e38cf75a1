"""What a poll has come to: told to whoever asks, and posted in its channel."""

from __future__ import annotations

from datetime import datetime

from bot.domain import poll_posting as rules
from bot.domain.deliveries import Claimed, DeliveryState, Pointless
from bot.domain.members import Answer, Sender
from bot.domain.poll_posting import PollShared
from bot.domain.poll_times import refuse_unposted
from bot.domain.polls import Poll, PollState, check_there
from bot.domain.refusals import Refusal
from bot.ports import Tx
from bot.usecases import poll_running
from bot.usecases.subjects import PollResult
from storage import deliveries, files, members, polls


def show(tx: Tx, sender: Sender, number: int, *, now: datetime) -> Answer[Poll]:
    """The counts of a poll that the sender sees, where they are shown.

    Raises:
        Refusal("poll-unknown"), Refusal("poll-deleted"), Refusal("poll-unposted"), Refusal("poll-results-later")
    """
    reader = members.get_or_add(tx, sender)
    found = polls.find(tx, reader.workspace.id, number, sender.channel)
    if found is None:
        raise Refusal("poll-unknown", number=number)
    check_there(found)
    refuse_unposted(found, now)
    rules.check_shown(found)
    return Answer(reader, found)


def share(tx: Tx, sender: Sender, number: int, *, now: datetime) -> Answer[PollShared]:
    """Owe the poll's channel its result, once since it was closed.

    Raises:
        Refusal("poll-unposted"), those of `check_closed` and of `poll_running.to_run`.
    """
    answer = poll_running.to_run(tx, sender, number)
    poll = answer.outcome
    refuse_unposted(poll, now)
    rules.check_closed(poll)
    message = rules.to_channel(poll, now)
    key = message.key(poll.workspace)
    stands = files.states(tx, poll.workspace, (key,)).get(key) is DeliveryState.SENT
    if not stands:
        deliveries.owe(tx, poll.workspace, (message,))
        files.owe_again(tx, poll.workspace, (key,))
    return Answer(answer.reader, PollShared(poll, stands))


def when_due(claimed: Claimed, poll: Poll) -> PollResult | Pointless:
    """A poll that was opened again has no result."""
    if poll.state is not PollState.CLOSED or claimed.revision != poll.revision:
        return Pointless(DeliveryState.SUPERSEDED, "poll-reopened")
    return PollResult(poll)
