"""Polls to vote in, and people who speak for mechanisms, for tests of use cases."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from bot.domain.members import Sender
from bot.domain.new_polls import NewPoll
from bot.domain.polls import Poll, PollMade
from bot.domain.representatives import RepresentationState
from bot.domain.roles import Role
from bot.domain.voted import Voted
from bot.usecases import members, polls, votes
from storage import polls as rows
from storage import representatives
from storage.poll_tables import ballots, options, voices
from tests.usecases.consultations import ANA, NOW, mechanism


def ask(tx: Connection, new: NewPoll) -> Poll:
    """Ana's poll, made as it is asked for."""
    made = polls.create(tx, ANA, new, new.options, cause=new.question, insisted=True, private=False, now=NOW).outcome
    assert isinstance(made, PollMade)
    return made.poll


def by_mechanism(*texts: str, anonymous: bool = False, choices: int = 1) -> NewPoll:
    return NewPoll("Adopt?", texts or ("Yes", "No"), by_mechanism=True, anonymous=anonymous, votes=choices)


def speaks(
    tx: Connection,
    sender: Sender,
    code: str = "colombo",
    state: RepresentationState = RepresentationState.NAMED,
    until: date | None = None,
) -> None:
    """They are named for the mechanism, or say so."""
    member = members.meet(tx, sender)
    kept = {"state": state, "until": until, "changed_at": NOW}
    representatives.add(tx, member.workspace.id, mechanism(tx, code).id, member.id, Role.CHAIR, kept)


def clicks(tx: Connection, sender: Sender, poll: Poll, place: int, clicked: str, code: str | None = None) -> Voted:
    """A vote for the option in that place, for the mechanism of that code where several are to choose among."""
    chosen = None if code is None else mechanism(tx, code).id
    outcome = votes.vote(tx, sender, poll.options[place].id, clicked=clicked, now=NOW, mechanism=chosen).outcome
    assert isinstance(outcome, Voted)
    return outcome


def abstains(tx: Connection, sender: Sender, poll: Poll, clicked: str) -> Voted:
    outcome = votes.abstain(tx, sender, poll.id, clicked=clicked, now=NOW).outcome
    assert isinstance(outcome, Voted)
    return outcome


def takes_back(tx: Connection, sender: Sender, poll: Poll, clicked: str) -> Voted:
    outcome = votes.take_back(tx, sender, poll.id, clicked=clicked, now=NOW).outcome
    assert isinstance(outcome, Voted)
    return outcome


def removes(tx: Connection, sender: Sender, poll: Poll, place: int, clicked: str, code: str | None = None) -> Voted:
    chosen = None if code is None else mechanism(tx, code).id
    outcome = votes.remove(tx, sender, poll.options[place].id, clicked=clicked, now=NOW, mechanism=chosen).outcome
    assert isinstance(outcome, Voted)
    return outcome


def now(tx: Connection, poll: Poll) -> Poll:
    """The poll as it is counted."""
    found = rows.get(tx, poll.workspace, poll.id)
    assert found is not None
    return found


def counts(tx: Connection, poll: Poll) -> list[int]:
    return [each.votes for each in now(tx, poll).options]


def stored(tx: Connection, poll: Poll) -> dict[str, list[str]]:
    """What each voice has chosen, by the name under which it is stored."""
    statement = (
        select(voices.c.voice, options.c.text)
        .outerjoin(ballots, (ballots.c.poll_id == voices.c.poll_id) & (ballots.c.voice == voices.c.voice))
        .outerjoin(options, options.c.id == ballots.c.option_id)
        .where(voices.c.poll_id == poll.id)
        .order_by(voices.c.voice, options.c.position)
    )
    found: dict[str, list[str]] = {}
    for row in tx.execute(statement):
        found.setdefault(row.voice, []).extend([row.text] if row.text else [])
    return found
