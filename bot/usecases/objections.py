"""Objecting to a silence procedure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain import electorates
from bot.domain import objections as rules
from bot.domain.audit import Act, Action, Authority, Facts
from bot.domain.ids import MechanismId, PollId
from bot.domain.members import Answer, Sender, may_take_part
from bot.domain.objections import Objected
from bot.domain.polls import Poll
from bot.domain.refusals import Refusal
from bot.domain.votes import Hand, Voice
from bot.ports import Tx
from bot.usecases import closings, votes
from bot.usecases.poll_access import there
from storage import audit, objections, polls, voters


def object_to(
    tx: Tx, sender: Sender, poll: PollId, reason: str, *, now: datetime, mechanism: MechanismId | None = None
) -> Answer[Objected]:
    """Stop a silence procedure, for a reason or none: it closes in the same transaction.

    Raises:
        Refusal("poll-gone"), Refusal("voice-not-yours"), those of `objections.object_to` and `electorates.holders`
    """
    found = there(polls.lock_voted(tx, sender.team, poll))
    why = rules.object_to(found, reason, now)
    voter = voters.read(tx, sender, found)
    may_take_part(voter.member)
    holder = electorates.chosen(electorates.holders(found, voter, now), mechanism)
    if holder is None:
        raise Refusal("voice-not-yours")
    hand = replace(votes.hand(found, holder, now), reason=why)
    stop(tx, found, hand, votes.voice_of(tx, found, voter, holder))
    return Answer(voter.member, Objected(there(polls.get(tx, voter.member.workspace.id, poll))))


def stop(tx: Tx, poll: Poll, hand: Hand, before: Voice) -> Voice:
    """Have a voice object, and close the poll by it, which is locked; what the voice says now."""
    chosen, now = frozenset({rules.objection(poll).id}), hand.at
    after = replace(before, chosen=chosen, clicked=_clicked(now), abstained=False)
    votes.store(tx, poll, hand, before, after)
    closings.shut(tx, poll, now)
    if poll.anonymous:
        objections.explain(tx, poll, hand.reason)
    _record(tx, poll, now)
    return after


def _record(tx: Tx, poll: Poll, now: datetime) -> None:
    """That it is closed, and never by whose vote."""
    facts: Facts = {"number": poll.number, "question": poll.question}
    act = Act(Action.POLL_CLOSED, Authority.SYSTEM, poll=poll.id, facts=facts)
    audit.record(tx, poll.workspace, None, act, now)


def _clicked(now: datetime) -> str:
    """A form bears no time of Slack's: it is later than any click that led to it."""
    return f"{now.timestamp():.6f}"
