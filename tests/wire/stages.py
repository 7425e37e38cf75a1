"""What has to be there before something can be tried: made by use case, as the bot itself would have made it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count

from sqlalchemy import Connection, Engine, select, update

from bot.domain.ids import MechanismId, UserId, WebinarId
from bot.domain.invitations import Invitation
from bot.domain.mechanism_entries import revision_of
from bot.domain.mechanisms import MechanismFacts
from bot.domain.members import Profile, Sender, Standing
from bot.domain.new_polls import NewPoll
from bot.domain.polls import PollMade
from bot.domain.representations import NewRepresentation
from bot.domain.representatives import RepresentationState
from bot.domain.roles import Role
from bot.domain.signup_grammar import TakeSeatAs
from bot.domain.signup_grammar import parse as parse_signup
from bot.domain.webinar_changes import CancelWebinar
from bot.domain.webinar_grammar import parse
from bot.domain.webinar_plans import NewWebinar
from bot.domain.webinars import WebinarMade
from bot.usecases import (
    capacities,
    drafts,
    letters,
    members,
    organisers,
    polls,
    signups,
    webinar_changes,
    webinars,
)
from bot.usecases import mechanisms as register
from bot.usecases import representatives as naming
from storage import invitations, mechanisms, representatives
from storage import members as people
from storage import webinars as webinar_rows
from storage.tables import deliveries
from tests.wire.scene import NOW

Facts = Mapping[str, int | str]
NUMBERS = count(1)
COLOMBO = MechanismFacts("colombo", "Colombo Process")
"""For which a representative speaks."""

MUTE = MechanismFacts("mute", "Mute Dialogue", "MUTE")
"""For which nobody does."""


@dataclass(frozen=True, slots=True)
class Stages:
    """`maker` is an organiser who makes what isn't `actor`'s own; `full` whether the actor may make polls."""

    engine: Engine
    actor: Sender
    maker: Sender
    full: bool = True
    makers: Mapping[str, Callable[[Stages, Connection], Facts]] = field(default_factory=lambda: MAKERS)

    def make(self, name: str) -> Facts:
        """Ids and numbers by the names that the table of authority uses; `n` is another one each time."""
        with self.engine.begin() as tx:
            return {"n": next(NUMBERS), "channel": self.maker.channel, **self.makers[name](self, tx)}

    def of_maker(self) -> Stages:
        """The same for what is the maker's own."""
        return replace(self, actor=self.maker, full=True)

    def draft(self, command: str, text: str) -> int:
        with self.engine.begin() as tx:
            (draft,) = drafts.offer(tx, self.actor, command, (text,), insisted=False, now=NOW)
        return draft


def introduce(tx: Connection, sender: Sender, standing: Standing) -> None:
    """As if Slack had been asked."""
    members.recognise(tx, sender.team)
    members.meet(tx, sender)
    members.remember(tx, sender.team, [Profile(sender.user, "", "Europe/Zurich", "en-US", standing)], now=NOW)


def represent(tx: Connection, sender: Sender, state: RepresentationState) -> None:
    """The sender is Chair of a mechanism, or says so."""
    workspace = members.meet(tx, sender).workspace.id
    if not mechanisms.every(tx, workspace):
        mechanisms.add(tx, workspace, [(COLOMBO, None)])
    colombo = next(each for each in mechanisms.every(tx, workspace) if each.facts.code == COLOMBO.code)
    kept = {"state": state, "changed_at": NOW}
    representatives.add(tx, workspace, colombo.id, members.meet(tx, sender).id, Role.CHAIR, kept)


def _webinar(stages: Stages, tx: Connection) -> Facts:
    number = next(NUMBERS)
    typed = f'new "Webinar {number}" on 2026-12-10 in Europe/Zurich morning 09:00-11:00, afternoon 16:00-18:00'
    new = parse(typed, NOW.date())
    assert isinstance(new, NewWebinar)
    made = webinars.create(tx, stages.maker, new, cause=typed, insisted=True, private=False, now=NOW).outcome
    assert isinstance(made, WebinarMade)
    morning, afternoon = made.webinar.sessions
    return {"w": made.webinar.number, "webinar": made.webinar.id, "session": morning.id, "other": afternoon.id}


def _seat(stages: Stages, tx: Connection) -> Facts:
    facts = _webinar(stages, tx)
    signups.sign_up(tx, stages.actor, int(facts["w"]), "morning", now=NOW)
    return facts


def _cancelled(stages: Stages, tx: Connection) -> Facts:
    facts = _webinar(stages, tx)
    webinar_changes.carry_out(tx, stages.maker, CancelWebinar(int(facts["w"]), "", None), now=NOW)
    return facts


def _trouble(stages: Stages, tx: Connection) -> Facts:
    """The announcement of a webinar could not be sent."""
    facts = _webinar(stages, tx)
    its = (deliveries.c.webinar_id == facts["webinar"]) & (deliveries.c.kind == "webinar")
    tx.execute(update(deliveries).where(its).values(state="failed", error="is_archived"))
    return {**facts, "delivery": tx.execute(select(deliveries.c.id).where(its)).scalar_one()}


def _poll_of(maker: Sender, tx: Connection, *, anonymous: bool) -> Facts:
    return _poll(maker, tx, NewPoll("", anonymous=anonymous))


def _poll(maker: Sender, tx: Connection, settings: NewPoll) -> Facts:
    new, options = replace(settings, question=f"Question {next(NUMBERS)}?"), ("A", "B")
    made = polls.create(tx, maker, new, options, cause=new.question, insisted=True, private=False, now=NOW).outcome
    assert isinstance(made, PollMade)
    first, last = made.poll.options
    return {"p": made.poll.number, "poll": made.poll.id, "option": first.id, "object": last.id}


def _silence(stages: Stages, tx: Connection) -> Facts:
    return _poll(stages.maker, tx, NewPoll("", objection=True, end=NOW + timedelta(days=365)))


def _silence_by_mechanism(stages: Stages, tx: Connection) -> Facts:
    facts = _by_mechanism(stages, tx, NewPoll("", by_mechanism=True, objection=True, end=NOW + timedelta(days=365)))
    mechanism, _, _ = str(facts["asked_for"]).partition(":")
    return {**facts, "objects_for": f"{mechanism}:letter:{facts['poll']}"}


def _own_poll(stages: Stages, tx: Connection) -> Facts:
    """The actor's, if they may make one."""
    return _poll_of(stages.actor if stages.full else stages.maker, tx, anonymous=True)


def _closed_poll(stages: Stages, tx: Connection) -> Facts:
    facts = _poll_of(stages.maker, tx, anonymous=False)
    polls.close(tx, stages.maker, number=int(facts["p"]), now=NOW)
    return facts


def _own_closed_poll(stages: Stages, tx: Connection) -> Facts:
    maker = stages.actor if stages.full else stages.maker
    facts = _poll_of(maker, tx, anonymous=False)
    polls.close(tx, maker, number=int(facts["p"]), now=NOW)
    return facts


def _own_named_poll(stages: Stages, tx: Connection) -> Facts:
    return _poll_of(stages.actor if stages.full else stages.maker, tx, anonymous=False)


def _poll_by_mechanism(stages: Stages, tx: Connection, *, adds_options: bool = False) -> Facts:
    return _by_mechanism(stages, tx, NewPoll("", by_mechanism=True, add_choice=adds_options))


def _by_mechanism(stages: Stages, tx: Connection, new: NewPoll) -> Facts:
    """The register holds a mechanism for which a representative speaks, and one for which nobody does."""
    workspace = members.meet(tx, stages.maker).workspace.id
    there = {each.facts.code for each in mechanisms.every(tx, workspace)}
    mechanisms.add(tx, workspace, [(each, None) for each in (COLOMBO, MUTE) if each.code not in there])
    colombo = next(each for each in mechanisms.every(tx, workspace) if each.facts.code == COLOMBO.code)
    facts = _poll(stages.maker, tx, new)
    asked = {"voted_for": f"{colombo.id}:{facts['option']}", "asked_for": f"{colombo.id}:{facts['poll']}"}
    return {**facts, **asked}


def _draft(stages: Stages, tx: Connection) -> Facts:
    facts = _webinar(stages, tx)
    text = f"status W{facts['w']}"
    (draft,) = drafts.offer(tx, stages.actor, "signup", (text,), insisted=False, now=NOW)
    return {**facts, "draft": draft}


def _mechanism(stages: Stages, tx: Connection) -> Facts:
    workspace, name = members.meet(tx, stages.maker).workspace.id, f"BODY{next(NUMBERS)}X"
    mechanisms.add(tx, workspace, [(MechanismFacts(name.lower(), name, name), None)])
    made = next(each for each in mechanisms.every(tx, workspace) if each.title == name)
    return {"mechanism": name, "mechanism_id": made.id, "revision": revision_of(made)}


def _retired_mechanism(stages: Stages, tx: Connection) -> Facts:
    facts = _mechanism(stages, tx)
    register.retire(tx, stages.maker, str(facts["mechanism"]), retired=True, now=NOW)
    return facts


def _invited(stages: Stages, tx: Connection) -> Facts:
    """The Colombo Process is invited, for which a representative speaks; and somebody without an account is by name."""
    facts = _webinar(stages, tx)
    workspace, name = members.meet(tx, stages.maker).workspace, f"Ms Perera {facts['w']}"
    if COLOMBO.code not in {each.facts.code for each in mechanisms.every(tx, workspace.id)}:
        mechanisms.add(tx, workspace.id, [(COLOMBO, None)])
    colombo = next(each for each in mechanisms.every(tx, workspace.id) if each.facts.code == COLOMBO.code)
    by = members.meet(tx, stages.maker).id
    asked = (
        Invitation(colombo, None, None, by, NOW),
        Invitation(None, people.get_or_add_named(tx, workspace, name), None, by, NOW),
    )
    webinar = webinar_rows.get(tx, workspace.id, WebinarId(int(facts["webinar"])))
    invitations.put(tx, webinar, asked)
    letters.reconcile(tx, workspace.id, webinar.id, now=NOW)
    typed = f"invite W{facts['w']} Colombo Process"
    (draft,) = drafts.offer(tx, stages.actor, "webinar", (typed,), insisted=True, now=NOW)
    return {**facts, "named": name, "draft": draft}


def _somebody(stages: Stages, tx: Connection) -> Facts:
    user = UserId(f"U{next(NUMBERS):09}S")
    introduce(tx, stages.maker.about(user), Standing.MEMBER)
    return {"somebody": user}


def _named_somebody(stages: Stages, tx: Connection) -> Facts:
    facts = _somebody(stages, tx)
    organisers.change(tx, stages.maker, [UserId(str(facts["somebody"]))], organise=True, now=NOW)
    return facts


def _seat_of_somebody(stages: Stages, tx: Connection) -> Facts:
    facts = {**_webinar(stages, tx), **_somebody(stages, tx)}
    their_seat = stages.maker.about(UserId(str(facts["somebody"])))
    signups.sign_up(tx, their_seat, int(facts["w"]), "morning", now=NOW)
    return facts


def _chair(stages: Stages, tx: Connection) -> Facts:
    """Somebody is Chair of a mechanism of its own."""
    return _named(stages, tx, _mechanism(stages, tx), "chair", date(2026, 1, 1))


def _two_chairs(stages: Stages, tx: Connection) -> Facts:
    facts = _named(stages, tx, _chair(stages, tx), "following", date(2026, 7, 1))
    return {**facts, "terms": f"{facts['chair']}:{facts['following']}"}


def _named(stages: Stages, tx: Connection, facts: Facts, called: str, since: date) -> Facts:
    somebody = _somebody(stages, tx)
    mechanism = MechanismId(int(facts["mechanism_id"]))
    new = NewRepresentation(UserId(str(somebody["somebody"])), mechanism, Role.CHAIR, since)
    (row,) = naming.name(tx, stages.maker, [new], now=NOW).outcome.rows
    return {**facts, **somebody, called: row.representative.id}


def _claim(stages: Stages, tx: Connection) -> Facts:
    """Somebody says that they are Chair of a mechanism of its own."""
    facts = {**_webinar(stages, tx), **_mechanism(stages, tx), **_somebody(stages, tx)}
    asked = parse_signup(f"W{facts['w']} morning as chair for {facts['mechanism']}")
    assert isinstance(asked, TakeSeatAs)
    claimant = stages.maker.about(UserId(str(facts["somebody"])))
    claim = capacities.sign_up(tx, claimant, asked, now=NOW).outcome.capacity
    assert claim is not None
    return {**facts, "claim": claim.id}


MAKERS: Mapping[str, Callable[[Stages, Connection], Facts]] = {
    "nothing": lambda *_: {},
    "three rows": lambda *_: {"rows": 3},
    "webinar": _webinar,
    "seat": _seat,
    "cancelled webinar": _cancelled,
    "trouble": _trouble,
    "poll": lambda stages, tx: _poll_of(stages.maker, tx, anonymous=True),
    "named poll": lambda stages, tx: _poll_of(stages.maker, tx, anonymous=False),
    "poll of voters’ options": lambda stages, tx: _poll(stages.maker, tx, NewPoll("", add_choice=True)),
    "silence procedure": _silence,
    "silence procedure by mechanism": _silence_by_mechanism,
    "own poll": _own_poll,
    "closed poll": _closed_poll,
    "own closed poll": _own_closed_poll,
    "own named poll": _own_named_poll,
    "poll by mechanism": _poll_by_mechanism,
    "poll by mechanism of its voters’ options": lambda stages, tx: _poll_by_mechanism(stages, tx, adds_options=True),
    "draft": _draft,
    "mechanism": _mechanism,
    "invited": _invited,
    "retired mechanism": _retired_mechanism,
    "somebody": _somebody,
    "named somebody": _named_somebody,
    "webinar and mechanism": lambda stages, tx: {**_webinar(stages, tx), **_mechanism(stages, tx)},
    "webinar and somebody": lambda stages, tx: {**_webinar(stages, tx), **_somebody(stages, tx)},
    "mechanism and somebody": lambda stages, tx: {**_mechanism(stages, tx), **_somebody(stages, tx)},
    "seat of somebody": _seat_of_somebody,
    "chair": _chair,
    "two chairs": _two_chairs,
    "claim": _claim,
}
