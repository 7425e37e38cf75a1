"""Options that voters add."""

from __future__ import annotations

from datetime import datetime

from bot.domain import added_options as rules
from bot.domain import electorates
from bot.domain.added_options import OptionAdded
from bot.domain.ids import PollId
from bot.domain.members import Answer, Member, Sender, may_take_part
from bot.domain.polls import Poll
from bot.ports import Tx
from bot.usecases.poll_access import there
from storage import members, messages, polls, voters


def may_add(tx: Tx, sender: Sender, poll: PollId, *, now: datetime) -> Answer[Poll]:
    """The poll, where an option can be added to it; refuses as `rules.may_add` and `electorates.holders` do."""
    voter = _voter(tx, sender)
    found = there(polls.get(tx, voter.workspace.id, poll))
    _check_voice(tx, sender, found, now)
    rules.may_add(found, now)
    return Answer(voter, found)


def add(tx: Tx, sender: Sender, poll: PollId, text: str, *, now: datetime) -> Answer[OptionAdded]:
    """Add an option for everybody; nobody's vote changes by it. Whose it is, is kept of a named poll alone."""
    voter = _voter(tx, sender)
    found = there(polls.lock(tx, voter.workspace.id, poll))
    _check_voice(tx, sender, found, now)
    added = rules.add(found, text, now)
    polls.add_option(tx, found, added.text, None if found.anonymous else voter.id)
    messages.stale(tx, poll=found.id)
    return Answer(voter, added)


def _voter(tx: Tx, sender: Sender) -> Member:
    member = members.get_or_add(tx, sender)
    may_take_part(member)
    return member


def _check_voice(tx: Tx, sender: Sender, poll: Poll, now: datetime) -> None:
    """Who may not vote in the poll adds nothing to it: by mechanism, whoever speaks for none."""
    if poll.by_mechanism:
        electorates.holders(poll, voters.read(tx, sender, poll), now)
