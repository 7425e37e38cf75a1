"""Making polls, voting, closing."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain import polls as rules
from bot.domain.audit import Action
from bot.domain.deliveries import Owed, Priority
from bot.domain.ids import ChannelId, PollId, WorkspaceId
from bot.domain.members import Answer, Member, Sender, may_make_polls
from bot.domain.new_polls import NewPoll
from bot.domain.poll_times import are_the_same, refuse_to_come
from bot.domain.polls import (
    Making,
    Poll,
    PollClosed,
    PollMade,
    PollState,
    PollTakenBack,
    SameAgain,
)
from bot.domain.refusals import Refusal
from bot.domain.repetitions import SAME_TYPED, digest
from bot.ports import Tx
from bot.usecases import closings
from bot.usecases.poll_access import locked, record, there
from storage import deliveries, mechanisms, members, messages, polls, workspaces


def create(
    tx: Tx,
    sender: Sender,
    new: NewPoll,
    options: Sequence[str],
    *,
    cause: str,
    insisted: bool,
    private: bool,
    now: datetime,
) -> Answer[Making]:
    """Make a poll, once for each `cause`; the same words within a minute ask first unless `insisted`."""
    maker = members.get_or_add(tx, sender)
    may_make_polls(maker)
    workspace = maker.workspace.id
    made = polls.made_by(tx, workspace, cause)
    if made is not None and made.is_gone:
        raise Refusal("draft-gone")
    if made is not None:
        return Answer(maker, PollMade(made))
    typed = digest((sender.channel, replace(new, on=None, end=None)))
    if new.by_mechanism:
        _check_register(tx, workspace)
    earlier = polls.same_typed(tx, workspace, maker.id, typed, now - SAME_TYPED)
    if earlier is not None and are_the_same(new, earlier) and not insisted:
        return Answer(maker, SameAgain(earlier))
    made_once = {"cause": cause, "typed": typed, "created_at": now, "private": private}
    return Answer(maker, PollMade(_store(tx, maker, sender.channel, new, options, made_once)))


def close(
    tx: Tx, sender: Sender, *, poll: PollId | None = None, number: int | None = None, now: datetime
) -> Answer[PollClosed]:
    """Close a poll by its button or by its number; closing a closed one changes nothing."""
    member = members.get_or_add(tx, sender)
    found = locked(tx, member, sender.channel, poll=poll, number=number)
    rules.may_run(found, member)
    rules.check_there(found)
    refuse_to_come(found, now)
    if found.state is PollState.OPEN:
        closings.shut(tx, found, now)
        record(tx, member, Action.POLL_CLOSED, found, now)
    return Answer(member, PollClosed(there(polls.get(tx, member.workspace.id, found.id))))


def take_poll_back(tx: Tx, sender: Sender, poll: PollId, *, now: datetime) -> Answer[PollTakenBack]:
    """Unmake a poll within a minute: its message goes, or never comes."""
    member = members.get_or_add(tx, sender)
    found = locked(tx, member, sender.channel, poll=poll)
    if found.state is not PollState.TAKEN_BACK:
        rules.may_take_poll_back(found, member, now)
        closings.withdraw(tx, found, PollState.TAKEN_BACK)
        record(tx, member, Action.POLL_TAKEN_BACK, found, now)
        deliveries.give_up_poll(tx, member.workspace.id, found.id, "taken-back")
        messages.stale(tx, poll=found.id)
    return Answer(member, PollTakenBack(found))


def to_wipe(tx: Tx, workspace: WorkspaceId) -> list[PollId]:
    """Anonymous polls of which only counts should be left, anywhere in the database's files."""
    return polls.to_wipe(tx, workspace)


def wiped(tx: Tx, workspace: WorkspaceId, these: Iterable[PollId]) -> None:
    polls.wiped(tx, workspace, these)


def _store(
    tx: Tx, maker: Member, channel: ChannelId, new: NewPoll, options: Sequence[str], made_once: dict[str, Any]
) -> Poll:
    """The poll, and the message that it owes its channel."""
    workspace, now = maker.workspace.id, made_once["created_at"]
    values = made_once | {
        "number": workspaces.next_number(tx, workspace, "poll"),
        "question": new.question,
        "channel": channel,
        "maker_id": maker.id,
        "anonymous": new.anonymous,
        "progress": new.shows_progress,
        "choices": new.votes,
        "adds_options": new.add_choice,
        "objection": new.objection,
        "language": new.lang,
        "posts_at": new.on,
        "ends_at": new.end,
        "by_mechanism": new.by_mechanism,
        "key": secrets.token_bytes(32) if new.anonymous else None,
    }
    poll = polls.add(tx, workspace, values, options)
    messages.keep(tx, workspace, channel, poll, "poll")
    deliveries.owe(tx, workspace, (_post(channel, poll, new, now),))
    made = there(polls.get(tx, workspace, poll))
    record(tx, maker, Action.POLL_MADE, made, now)
    return made


def _post(channel: ChannelId, poll: PollId, new: NewPoll, now: datetime) -> Owed:
    """Past its end it is of no use any more, and its maker is told that it never went out."""
    due_at, expires_at = new.on or now, new.end
    return Owed("poll", channel, due_at, Priority.ANSWER, expires_at, poll=poll)


def _check_register(tx: Tx, workspace: WorkspaceId) -> None:
    """Somebody has to have a voice: Refusal("poll-no-mechanisms")."""
    if not any(each.is_active for each in mechanisms.every(tx, workspace)):
        raise Refusal("poll-no-mechanisms")
