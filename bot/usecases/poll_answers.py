"""A poll's answers: one's own, those of all, and what became of them."""

from __future__ import annotations

from datetime import datetime

from bot.domain import electorates, given_voices, poll_histories
from bot.domain.ids import PollId
from bot.domain.members import Answer, Member, Sender, may_take_part
from bot.domain.poll_answers import MyVoices, WhoChose, may_be_told
from bot.domain.poll_histories import PollHistory
from bot.domain.polls import Poll, check_there, may_run
from bot.ports import Tx
from bot.usecases import votes
from bot.usecases.poll_access import there
from storage import given_voices as given
from storage import mechanisms, members, poll_changes, polls, voters


def mine(tx: Tx, sender: Sender, poll: PollId, *, now: datetime) -> Answer[MyVoices]:
    """What the reader has said; of a closed anonymous poll nobody knows it any more.

    Raises:
        Refusal("poll-gone"), Refusal("poll-closed"), those of `electorates.holders`
    """
    reader = _reader(tx, sender)
    found = _found(tx, reader, poll)
    voter = voters.read(tx, sender, found)
    among = electorates.holders(found, voter, now)
    said = ((each, votes.voice_of(tx, found, voter, each)) for each in among)
    return Answer(reader, MyVoices(found, tuple((each.mechanism, votes.said(found, voice)) for each, voice in said)))


def who(tx: Tx, sender: Sender, poll: PollId) -> Answer[WhoChose]:
    """A named poll with its answers.

    Raises:
        Refusal("poll-gone"), Refusal("poll-deleted"), those of `may_be_told`
    """
    reader = _reader(tx, sender)
    found = _found(tx, reader, poll)
    may_be_told(found)
    shown = given.with_given(tx, found)
    register = mechanisms.every(tx, found.workspace) if found.by_mechanism else []
    runs = reader.is_organiser or reader.id == found.maker
    return Answer(reader, WhoChose(shown, given_voices.missing(register, shown.given), runs))


def history(tx: Tx, sender: Sender, poll: PollId) -> Answer[PollHistory]:
    """What became of each voice, newest first, to whoever runs the poll.

    Raises:
        Refusal("poll-gone"), Refusal("poll-not-yours"), those of `may_be_told`
    """
    reader = _reader(tx, sender)
    found = _found(tx, reader, poll)
    may_run(found, reader)
    may_be_told(found)
    return Answer(reader, poll_changes.newest(tx, found, poll_histories.NEWEST))


def shown(tx: Tx, poll: Poll) -> Poll:
    """The poll as its channel sees it: by mechanism with its answers, unless they are nobody's to see, or not yet."""
    if not poll.by_mechanism or poll.anonymous or not poll.shows_counts:
        return poll
    return given.with_given(tx, poll)


def _reader(tx: Tx, sender: Sender) -> Member:
    reader = members.get_or_add(tx, sender)
    may_take_part(reader)
    return reader


def _found(tx: Tx, reader: Member, poll: PollId) -> Poll:
    found = there(polls.get(tx, reader.workspace.id, poll))
    check_there(found)
    return found
