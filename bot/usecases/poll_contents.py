"""What each delivery about a poll says, from the database as it is now: or that there is nothing to say any more."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from bot.domain.deliveries import Claimed, DeliveryState, Pointless
from bot.domain.drawing import LOST
from bot.domain.poll_nudges import NUDGE
from bot.domain.poll_posting import ENDINGS, EXPORT, RESULT
from bot.domain.polls import PollState
from bot.ports import Tx
from bot.usecases import poll_answers, poll_files, poll_nudges, poll_results
from bot.usecases.subjects import PollExport, PollFile, PollLost, PollNudge, PollPost, PollResult
from storage import members, messages, polls

AboutPoll: TypeAlias = PollPost | PollLost | PollNudge | PollResult | PollExport | PollFile


def of(tx: Tx, claimed: Claimed, *, now: datetime) -> AboutPoll | Pointless:
    poll = None if claimed.poll is None else polls.get(tx, claimed.workspace, claimed.poll)
    if poll is None or poll.is_gone:
        is_deleted = poll is not None and poll.state is PollState.DELETED
        return Pointless(DeliveryState.CANCELLED, "poll-deleted" if is_deleted else "taken-back")
    if claimed.kind == NUDGE and claimed.member is not None:
        return poll_nudges.when_due(tx, claimed, poll, claimed.member, now)
    if claimed.kind == RESULT:
        return poll_results.when_due(claimed, poll)
    if claimed.kind == EXPORT or claimed.kind in ENDINGS:
        return poll_files.when_due(tx, claimed, poll)
    kept = messages.about(tx, claimed.workspace, "poll", poll.id)
    if claimed.kind == LOST and claimed.member is not None:
        return PollLost(poll, kept.lost or "", members.get(tx, claimed.workspace, claimed.member))
    return PollPost(poll_answers.shown(tx, poll), kept.version)
