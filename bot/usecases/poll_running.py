"""Running polls: reopening, deleting, asking anew, listing."""

from __future__ import annotations

from datetime import datetime

from bot.domain import poll_running as rules
from bot.domain.audit import Action
from bot.domain.ids import PollId
from bot.domain.members import Answer, Member, Sender
from bot.domain.poll_running import PollDeleted, PollReopened, PollsListed
from bot.domain.poll_times import refuse_unposted
from bot.domain.polls import Poll, PollState, check_there, may_run
from bot.domain.refusals import Refusal
from bot.ports import Tx
from bot.usecases import closings
from bot.usecases.poll_access import locked, record
from storage import deliveries, members, messages, polls


def to_run(tx: Tx, sender: Sender, number: int) -> Answer[Poll]:
    """P`number` with its counts, for who may run it.

    Raises:
        Refusal("poll-not-yours"), Refusal("poll-unknown"), Refusal("poll-deleted")
    """
    return _run(tx, sender, polls.find(tx, members.get_or_add(tx, sender).workspace.id, number, sender.channel), number)


def chosen(tx: Tx, sender: Sender, poll: PollId) -> Answer[Poll]:
    """The same of the poll whose menu was opened."""
    found = polls.get(tx, members.get_or_add(tx, sender).workspace.id, poll)
    if found is None:
        raise Refusal("poll-gone")
    return _run(tx, sender, found, found.number)


def reopen(tx: Tx, sender: Sender, number: int, ends_at: datetime | None, *, now: datetime) -> Answer[PollReopened]:
    """Open a closed poll again with the votes that it has; an open one stays as it is.

    Raises:
        as `to_run` does, and those of `check_reopening`, `check_message` and `refuse_unposted`.
    """
    member, found = _locked(tx, sender, number)
    refuse_unposted(found, now)
    if found.state is PollState.OPEN:
        return Answer(member, PollReopened(_counted(tx, found), again=True))
    rules.check_reopening(found, ends_at, now)
    rules.check_message(found, messages.about(tx, found.workspace, "poll", found.id).lost)
    polls.reopen(tx, found, rules.reopened_until(found, ends_at))
    record(tx, member, Action.POLL_REOPENED, found, now)
    messages.stale(tx, poll=found.id)
    return Answer(member, PollReopened(_counted(tx, found)))


def delete(tx: Tx, sender: Sender, poll: PollId, *, now: datetime) -> Answer[PollDeleted]:
    """Delete a poll with its votes: its message goes, or never comes; a deleted one stays deleted.

    Raises:
        Refusal("poll-not-yours"), Refusal("poll-unknown"), Refusal("poll-gone")
    """
    member = members.get_or_add(tx, sender)
    found = locked(tx, member, sender.channel, poll=poll)
    may_run(found, member)
    if found.state is not PollState.DELETED:
        check_there(found)
        closings.withdraw(tx, found, PollState.DELETED)
        record(tx, member, Action.POLL_DELETED, found, now)
        deliveries.give_up_poll(tx, member.workspace.id, found.id, "poll-deleted")
        messages.stale(tx, poll=found.id)
    return Answer(member, PollDeleted(found))


def to_duplicate(tx: Tx, sender: Sender, number: int) -> Answer[Poll]:
    """Any poll that the sender sees, also one of their own that is gone.

    Raises:
        Refusal("poll-unknown"), Refusal("poll-deleted")
    """
    member = members.get_or_add(tx, sender)
    found = _found(polls.find(tx, member.workspace.id, number, sender.channel), number)
    rules.check_duplicating(found, member)
    return Answer(member, found)


def show_list(tx: Tx, sender: Sender, *, closed: bool, now: datetime) -> Answer[PollsListed]:
    """The open polls that may be seen here; with `closed`, those of the sender's that were closed lately."""
    reader = members.get_or_add(tx, sender)
    if closed:
        found = polls.closed_of(tx, reader, now - rules.RECENT, sender.channel)
    else:
        found = polls.still_open(tx, reader.workspace.id, sender.channel)
    return Answer(reader, PollsListed(tuple(found), closed))


def _run(tx: Tx, sender: Sender, poll: Poll | None, number: int) -> Answer[Poll]:
    member, found = members.get_or_add(tx, sender), _found(poll, number)
    may_run(found, member)
    check_there(found)
    return Answer(member, found)


def _locked(tx: Tx, sender: Sender, number: int) -> tuple[Member, Poll]:
    member = members.get_or_add(tx, sender)
    found = locked(tx, member, sender.channel, number=number)
    may_run(found, member)
    check_there(found)
    return member, found


def _counted(tx: Tx, poll: Poll) -> Poll:
    return _found(polls.get(tx, poll.workspace, poll.id), poll.number)


def _found(poll: Poll | None, number: int) -> Poll:
    if poll is None:
        raise Refusal("poll-unknown", number=number)
    return poll
