"""Voting, and who voted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.domain import objections
from bot.domain import votes as rules
from bot.domain.ids import OptionId, PollId
from bot.domain.members import Answer, Member, Sender, may_take_part
from bot.domain.objections import ReasonAsked
from bot.domain.polls import Poll
from bot.domain.refusals import Refusal
from bot.domain.votes import Voice, Voted, chosen_options
from bot.ports import Tx
from storage import members, messages, polls, votes


def vote(
    tx: Tx, sender: Sender, option: OptionId, *, clicked: str, now: datetime
) -> Answer[Voted] | Answer[ReasonAsked]:
    """A click on an option, at Slack's time `clicked`; whether it comes in time, the bot's clock decides."""
    voter = _member(tx, sender)
    poll = polls.lock_of_option(tx, voter.workspace.id, option)
    if poll is None:
        raise Refusal("option-gone")
    if objections.is_objection(poll, option):
        objections.may_object(poll, now)
        return Answer(voter, ReasonAsked(poll))
    return _say(tx, voter, poll, option, clicked, lambda before: rules.vote(poll, before, option, clicked, now=now))


def take_back(tx: Tx, sender: Sender, poll: PollId, *, clicked: str, now: datetime) -> Answer[Voted]:
    """*Take back my vote*."""
    voter = _member(tx, sender)
    found = _found(polls.lock(tx, voter.workspace.id, poll))
    objections.refuse_withdrawal(found)
    return _say(tx, voter, found, None, clicked, lambda before: rules.take_back(found, before, clicked, now=now))


def my_vote(tx: Tx, sender: Sender, poll: PollId) -> Answer[Voted]:
    """What the reader has chosen; of a closed anonymous poll nobody knows it any more."""
    reader = _member(tx, sender)
    found = _found(polls.get(tx, reader.workspace.id, poll))
    voice = votes.voice(tx, found, found.voice_of(reader.id))
    return Answer(reader, Voted(found, chosen_options(found, voice.chosen), changed=False))


def who(tx: Tx, sender: Sender, poll: PollId) -> Answer[Poll]:
    """A named poll with its voters.

    Raises:
        Refusal("poll-is-anonymous"), Refusal("poll-counts-hidden"): names would tell the counts.
    """
    reader = _member(tx, sender)
    found = _found(polls.get(tx, reader.workspace.id, poll))
    if found.anonymous:
        raise Refusal("poll-is-anonymous", number=found.number)
    if not found.shows_counts:
        raise Refusal("poll-counts-hidden", number=found.number)
    return Answer(reader, votes.with_voters(tx, found))


def _member(tx: Tx, sender: Sender) -> Member:
    member = members.get_or_add(tx, sender)
    may_take_part(member)
    return member


def _say(
    tx: Tx,
    voter: Member,
    poll: Poll,
    option: OptionId | None,
    clicked: str,
    decide: Callable[[Voice], frozenset[OptionId]],
) -> Answer[Voted]:
    """`poll` is locked, so that no other click of this voter comes between."""
    name = poll.voice_of(voter.id)
    before = votes.voice(tx, poll, name)
    chosen = decide(before)
    if rules.seconds(clicked) > rules.seconds(before.clicked):
        votes.record(tx, poll, name, before, Voice(chosen, clicked, option))
    if chosen != before.chosen and poll.shows_counts:
        messages.stale(tx, poll=poll.id)
    return Answer(voter, Voted(poll, chosen_options(poll, chosen), changed=chosen != before.chosen))


def _found(poll: Poll | None) -> Poll:
    if poll is None:
        raise Refusal("poll-gone")
    return poll
