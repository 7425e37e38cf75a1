"""Changing the words of a poll that stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain import poll_edits as rules
from bot.domain.audit import Action
from bot.domain.members import Answer, Sender
from bot.domain.poll_edits import Edited, PollEdit, PollEdited, PollToEdit
from bot.domain.polls import Poll, check_there, may_run
from bot.domain.refusals import Refusal
from bot.ports import Tx
from bot.usecases import poll_running
from bot.usecases.poll_access import locked, record
from storage import members, messages, poll_edits, polls


def to_edit(tx: Tx, sender: Sender, number: int, *, now: datetime) -> Answer[PollToEdit]:
    """P`number` for its form; refuses as `poll_running.to_run` and `check_editing` do."""
    answer = poll_running.to_run(tx, sender, number)
    rules.check_editing(answer.outcome, now)
    return Answer(answer.reader, _to_edit(tx, answer.outcome))


def edit(
    tx: Tx, sender: Sender, number: int, asked: PollEdit, *, now: datetime
) -> Answer[PollEdited | Mapping[str, Refusal]]:
    """Change the poll as its form was filled in; what is refused of that, by input, where it can't be.

    The poll is locked, so that a vote that came while the form was open is seen, and none comes between.
    """
    member = members.get_or_add(tx, sender)
    poll = locked(tx, member, sender.channel, number=number)
    may_run(poll, member)
    check_there(poll)
    rules.check_editing(poll, now)
    standing = _to_edit(tx, _counted(tx, poll))
    edited = rules.decide(standing, asked)
    if not isinstance(edited, Edited):
        return Answer(member, edited)
    if edited == Edited(poll.question, None):
        return Answer(member, PollEdited(poll, changed=False))
    _store(tx, standing, edited, now)
    after = _counted(tx, poll)
    record(tx, member, Action.POLL_EDITED, after, now, rules.facts(standing.poll, after))
    messages.stale(tx, poll=poll.id)
    return Answer(member, PollEdited(after, changed=True))


def _store(tx: Tx, standing: PollToEdit, edited: Edited, now: datetime) -> None:
    """It counts as edited where somebody may have read it before."""
    poll = standing.poll
    poll_edits.ask(tx, poll, edited.question, poll.edited_at if poll.is_to_come(now) else now)
    if edited.options is None:
        return
    if standing.fixed:
        poll_edits.reword(tx, rules.reworded(poll, edited.options))
    else:
        poll_edits.replace(tx, poll, edited.options)


def _to_edit(tx: Tx, poll: Poll) -> PollToEdit:
    return PollToEdit(poll, fixed=poll.objection or poll_edits.was_voted_in(tx, poll))


def _counted(tx: Tx, poll: Poll) -> Poll:
    found = polls.get(tx, poll.workspace, poll.id)
    if found is None:
        raise Refusal("poll-gone")
    return found
