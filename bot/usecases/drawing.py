"""Bringing kept messages up to date: taking turns, recording what came of one, and finding out that one is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.deliveries import Owed, Priority
from bot.domain.drawing import LOST, Turn
from bot.domain.ids import MessageId, WorkspaceId
from bot.domain.polls import Poll, PollState
from bot.ports import Tx
from storage import deliveries, drawing, members, messages, polls

OF_NO_USE = frozenset({PollState.TAKEN_BACK, PollState.DELETED})


@dataclass(frozen=True, slots=True)
class NotYet:
    """Somebody else draws the message, has just drawn it, or Slack takes no updates at the moment."""

    free_at: datetime


def stale(tx: Tx, workspace: WorkspaceId, *, within: timedelta, real_now: datetime) -> list[MessageId]:
    """Messages to draw, of those that may be within that time."""
    return drawing.stale(tx, workspace, real_now, real_now + within)


def take(
    tx: Tx, message: MessageId, lease: timedelta, patient: timedelta, *, real_now: datetime
) -> Turn | NotYet | None:
    """Take the turn to draw a message; None where it is up to date.

    Whoever dies in its turn may leave an update on its way, which lands within `patient` after it: then the message is
    drawn once more, over it.
    """
    until = real_now + lease
    turn = drawing.take(tx, message, now=real_now, until=until, again_at=until + patient)
    if turn is not None:
        return turn
    free_at = drawing.free_at(tx, message, real_now)
    return None if free_at is None else NotYet(free_at)


def drawn(tx: Tx, turn: Turn, version: int, *, rests_until: datetime) -> None:
    """Slack shows `version`.

    Whoever held the turn for too long may have put an older picture over a newer one: the newest is drawn again.
    """
    if not drawing.drawn(tx, turn, version, rests_until):
        drawing.draw_again(tx, turn.message)


def rest(tx: Tx, turn: Turn, *, until: datetime) -> None:
    """It was not drawn, or perhaps not."""
    drawing.rest(tx, turn, until)


def limited(tx: Tx, turn: Turn, workspace: WorkspaceId, *, until: datetime) -> None:
    """Slack takes no updates before then: of no message in the workspace."""
    drawing.limit(tx, workspace, until)
    drawing.rest(tx, turn, until)


def lose(tx: Tx, kept: messages.KeptMessage, reason: str, *, now: datetime) -> bool:
    """Slack has the message no longer: whoever made a poll is told, once. False where that was known."""
    if not drawing.lose(tx, kept.id, reason):
        return False
    poll = None if kept.poll is None else polls.get(tx, kept.workspace, kept.poll)
    if poll is not None and poll.state not in OF_NO_USE:
        deliveries.owe(tx, kept.workspace, (_word(tx, poll, now),))
    return True


def _word(tx: Tx, poll: Poll, now: datetime) -> Owed:
    maker = members.get(tx, poll.workspace, poll.maker)
    return Owed(kind=LOST, recipient=maker.user, due_at=now, priority=Priority.DUE, member=maker.id, poll=poll.id)
