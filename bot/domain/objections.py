"""The silence procedure: until its end silence is agreement, and one objection stops it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.cancel_reasons import check_reason
from bot.domain.ids import OptionId
from bot.domain.mechanisms import Mechanism
from bot.domain.poll_results import Silence, silence
from bot.domain.polls import Option, Poll, PollState
from bot.domain.refusals import Refusal

OBJECT = 1
"""The position of the option by which it is objected."""


@dataclass(frozen=True, slots=True)
class ReasonAsked:
    """Somebody is about to object: they are asked why, and whether they mean it. Nothing is stored yet.

    `mechanisms` are those for which they may, in a poll by mechanism; where there are several, they say for which.
    """

    poll: Poll
    mechanisms: tuple[Mechanism, ...] = ()


@dataclass(frozen=True, slots=True)
class Objected:
    """The objection stands, and the poll is closed by it."""

    poll: Poll


def outcome(poll: Poll) -> Silence:
    """What it has come to: silence counts only where it lasted until the end.

    Raises:
        Refusal("option-gone"): it is no silence procedure.
    """
    if not poll.objection or poll.ends_at is None:
        raise Refusal("option-gone")
    return silence(poll.state, int(poll.objected is not None), poll.ends_at, poll.closed_at).outcome


def is_objection(poll: Poll, option: OptionId) -> bool:
    return poll.objection and any(each.id == option and each.position == OBJECT for each in poll.options)


def objection(poll: Poll) -> Option:
    """The option by which it is objected: Refusal("option-gone"): it is no silence procedure."""
    if not poll.objection:
        raise Refusal("option-gone")
    return next(each for each in poll.options if each.position == OBJECT)


def may_object(poll: Poll, now: datetime) -> None:
    """Any voter may, until the end and once for all.

    Raises:
        Refusal("option-gone"), Refusal("objection-early"), Refusal("objection-late")
    """
    objection(poll)
    if poll.state is not PollState.OPEN or poll.has_ended(now):
        raise Refusal("objection-late", number=poll.number)
    if poll.is_to_come(now):
        raise Refusal("objection-early", number=poll.number)


def object_to(poll: Poll, reason: str, now: datetime) -> str | None:
    """The reason that is given, if any.

    Raises:
        Refusal("reason-too-long"), and those of `may_object`.
    """
    may_object(poll, now)
    return check_reason(reason)


def refuse_withdrawal(poll: Poll) -> None:
    """What has been stopped stays stopped.

    Raises:
        Refusal("objection-stays")
    """
    if poll.objection and poll.state is PollState.CLOSED:
        raise Refusal("objection-stays", number=poll.number)
