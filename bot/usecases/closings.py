"""Closing polls: by hand, or by themselves when their time is over."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import Act, Action, Authority, Facts
from bot.domain.deliveries import DeliveryState
from bot.domain.ids import PollId, WorkspaceId
from bot.domain.polls import Poll, PollState
from bot.ports import Tx
from bot.usecases import poll_files
from storage import audit, deliveries, messages, poll_nudges, polls


def due(tx: Tx, workspace: WorkspaceId, *, now: datetime) -> list[PollId]:
    """Polls whose time is over, open as they may still be: the bot was down, or it is this very second."""
    return polls.due_to_close(tx, workspace, now)


def close_due(tx: Tx, workspace: WorkspaceId, poll: PollId, *, now: datetime) -> bool:
    """Close a poll whose time is over, once however many bots look; False where somebody else has.

    One that never stood in its channel asked nobody: it is withdrawn, and its maker is told that it did not go out.
    """
    found = polls.lock(tx, workspace, poll)
    if found is None or found.state is not PollState.OPEN or not found.has_ended(now):
        return False
    if deliveries.may_stand(tx, workspace, poll):
        shut(tx, found, now)
        action = Action.POLL_CLOSED
    else:
        withdraw(tx, found, PollState.TAKEN_BACK)
        deliveries.give_up_poll(tx, workspace, poll, "too-late", DeliveryState.EXPIRED)
        action = Action.POLL_TAKEN_BACK
    facts: Facts = {"number": found.number, "question": found.question}
    audit.record(tx, workspace, None, Act(action, Authority.SYSTEM, poll=poll, facts=facts), now)
    return True


def withdraw(tx: Tx, poll: Poll, state: PollState) -> None:
    """Take a poll back or delete it, as `state` says; of an anonymous one who was nudged goes with the votes."""
    polls.withdraw(tx, poll, state)
    if poll.anonymous:
        poll_nudges.forget(tx, poll)


def shut(tx: Tx, poll: Poll, now: datetime) -> None:
    """Close an open poll that is locked, whoever wants it closed; it was over at its end, however late that is seen."""
    polls.close(tx, poll, now if poll.ends_at is None else min(now, poll.ends_at))
    if poll.anonymous:
        poll_nudges.forget(tx, poll)
    messages.stale(tx, poll=poll.id)
    poll_files.owe(tx, poll.workspace, poll.id, now)
