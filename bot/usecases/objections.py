"""Objecting to a silence procedure."""

from __future__ import annotations

from datetime import datetime

from bot.domain import objections as rules
from bot.domain.audit import Act, Action, Authority, Facts
from bot.domain.ids import PollId
from bot.domain.members import Answer, Sender, may_take_part
from bot.domain.objections import Objected
from bot.domain.polls import Poll
from bot.domain.refusals import Refusal
from bot.domain.votes import Voice
from bot.ports import Tx
from bot.usecases import closings
from storage import audit, members, objections, polls, votes


def object_to(tx: Tx, sender: Sender, poll: PollId, reason: str, *, now: datetime) -> Answer[Objected]:
    """Stop a silence procedure, for a reason or none: it closes in the same transaction."""
    voter = members.get_or_add(tx, sender)
    may_take_part(voter)
    found = _found(polls.lock(tx, voter.workspace.id, poll))
    why = rules.object_to(found, reason, now)
    against, name = rules.objection(found), found.voice_of(voter.id)
    before = votes.voice(tx, found, name)
    votes.record(tx, found, name, before, Voice(frozenset({against.id}), _clicked(now), against.id))
    if not found.anonymous:
        objections.explain(tx, found, name, voter.id, why, now)
    closings.shut(tx, found, now)
    if found.anonymous:
        objections.explain_anonymously(tx, found, why)
    _record(tx, found, now)
    return Answer(voter, Objected(_found(polls.get(tx, voter.workspace.id, poll))))


def _record(tx: Tx, poll: Poll, now: datetime) -> None:
    """That it is closed, and never by whose vote."""
    facts: Facts = {"number": poll.number, "question": poll.question}
    act = Act(Action.POLL_CLOSED, Authority.SYSTEM, poll=poll.id, facts=facts)
    audit.record(tx, poll.workspace, None, act, now)


def _clicked(now: datetime) -> str:
    """A form bears no time of Slack's: it is later than any click that led to it."""
    return f"{now.timestamp():.6f}"


def _found(poll: Poll | None) -> Poll:
    if poll is None:
        raise Refusal("poll-gone")
    return poll
