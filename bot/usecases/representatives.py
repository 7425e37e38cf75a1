"""Naming representatives, and ending or removing what was named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain import namings
from bot.domain import representations as rules
from bot.domain.audit import Action
from bot.domain.ids import UserId
from bot.domain.mechanisms import Mechanism, choose_mechanism
from bot.domain.members import Answer, Member, Sender, Standing, may_organise
from bot.domain.namings import Asked, Naming, Terms
from bot.domain.refusals import Refusal
from bot.domain.represent_grammar import RemoveRepresentation, Represent, Whom, offering
from bot.domain.representations import (
    Did,
    NewRepresentation,
    Person,
    RepresentationNamed,
    RepresentativesNamed,
    WithoutAccount,
)
from bot.domain.representatives import RepresentationState, Representative
from bot.ports import Tx
from bot.usecases import audit, claims
from storage import mechanisms, members, representatives

ACTIONS: Mapping[Did, Action] = {
    Did.NAMED: Action.REPRESENTATIVE_NAMED,
    Did.DATED: Action.REPRESENTATIVE_DATED,
    Did.SOURCED: Action.REPRESENTATIVE_SOURCED,
}
"""What each change is recorded as."""


def name(tx: Tx, sender: Sender, these: Sequence[NewRepresentation], *, now: datetime) -> Answer[RepresentativesNamed]:
    """Name representatives, all of them or none. Slack has been asked who they are.

    What the same person was named or claims to be in the same role on days that overlap is changed, not doubled.

    Raises:
        Refusal("organisers-only"), Refusal("mechanism-gone"), Refusal("mechanism-out-of-use"),
        Refusal("representative-bot"), Refusal("member-left"), Refusal("days-reversed")
    """
    organiser = organiser_of(tx, sender)
    workspace, concerned = organiser.workspace.id, {each.mechanism for each in these}
    mechanisms.lock(tx, workspace, concerned)
    asked = _asked(tx, organiser, these)
    standing = namings.terms(representatives.of_mechanisms(tx, workspace, concerned))
    rows: dict[int, RepresentationNamed] = {}
    for places in namings.turns(asked):
        decided = [namings.decide(asked[each], standing, now) for each in places]
        rows |= zip(places, _name(tx, organiser, decided, standing, now), strict=True)
    told = namings.beside(asked, [rows[each] for each in range(len(asked))], standing)
    return Answer(organiser, RepresentativesNamed(told))


def represent(tx: Tx, sender: Sender, asked: Represent, *, now: datetime) -> Answer[RepresentativesNamed]:
    """Name people as typed. Where no role is said, it is the one in which they stand.

    Raises:
        Refusal("mechanism-unknown"), Refusal("mechanism-ambiguous"): with whole commands as `readings`.
        Refusal("representation-role-missing"), Refusal("representation-which"), those of `person` and of `name`.
    """
    organiser = organiser_of(tx, sender)
    mechanism = called(tx, organiser, asked)
    these = [_as_typed(tx, asked, mechanism, each, now) for each in whom(tx, sender, organiser, asked.whom)]
    return name(tx, sender, these, now=now)


def register(tx: Tx, sender: Sender) -> Answer[tuple[Mechanism, ...]]:
    """The mechanisms for which an organiser may name somebody: Refusal("organisers-only")."""
    organiser = organiser_of(tx, sender)
    return Answer(organiser, tuple(mechanisms.every(tx, organiser.workspace.id)))


def called(tx: Tx, organiser: Member, asked: Represent | RemoveRepresentation) -> Mechanism:
    """The mechanism that was typed."""
    try:
        return choose_mechanism(asked.whom.mechanism, mechanisms.every(tx, organiser.workspace.id))
    except Refusal as refusal:
        raise offering(refusal, asked.typed, asked.place) from None


def whom(tx: Tx, sender: Sender, organiser: Member, typed: Whom) -> list[Member]:
    """The people that were typed."""
    if typed.name:
        return [members.get_or_add_named(tx, organiser.workspace, rules.check_name(typed.name))]
    return [members.get_or_add(tx, sender.about(each)) for each in typed.users]


def standing_for(tx: Tx, member: Member, mechanism: Mechanism, now: datetime) -> list[Representative]:
    """What a member is named as there, now or from a day to come."""
    today = mechanism.day_at(now)
    theirs = representatives.of_member(tx, member.workspace.id, member.id)
    return [
        each
        for each in theirs
        if each.is_named and each.mechanism.id == mechanism.id and not (each.until and each.until < today)
    ]


def _as_typed(tx: Tx, asked: Represent, mechanism: Mechanism, member: Member, now: datetime) -> NewRepresentation:
    standing = standing_for(tx, member, mechanism, now)
    role = asked.role or rules.only_role(standing, asked.typed, asked.place)
    if member.standing is Standing.NAMED:
        how = asked.how or next((each.how for each in standing if each.role is role), None)
        who = rules.person(None, asked.whom.name, how)
    else:
        who = rules.person(member.user, "", asked.how)
    return NewRepresentation(who, mechanism.id, role, asked.since, asked.until)


def organiser_of(tx: Tx, sender: Sender) -> Member:
    organiser = members.get_or_add(tx, sender)
    may_organise(organiser)
    return organiser


def remove(tx: Tx, organiser: Member, each: Representative, now: datetime) -> Representative:
    """Take a naming back, as if it had never been: the record alone keeps it."""
    values = {"state": RepresentationState.REMOVED, "changed_at": now}
    representatives.change(tx, organiser.workspace.id, each.id, values)
    audit.record_representation(tx, organiser, Action.REPRESENTATIVE_REMOVED, each, now)
    return replace(each, state=RepresentationState.REMOVED)


def _asked(tx: Tx, organiser: Member, these: Sequence[NewRepresentation]) -> list[Asked]:
    """They and their mechanisms as they stand; whoever wasn't known is added."""
    register = {each.id: each for each in mechanisms.every(tx, organiser.workspace.id)}
    people = [each.person for each in these]
    names = [each.name for each in people if isinstance(each, WithoutAccount)]
    users = [each for each in people if not isinstance(each, WithoutAccount)]
    known = members.get_or_add_each(tx, organiser.workspace.id, users, names)
    return [Asked(each, _member(known, each.person), _in_use(register.get(each.mechanism))) for each in these]


def _member(known: Mapping[UserId, Member], who: Person) -> Member:
    member = known[members.key_of(who.name) if isinstance(who, WithoutAccount) else who]
    rules.check_may_represent(member)
    return member


def _in_use(mechanism: Mechanism | None) -> Mechanism:
    if mechanism is None:
        raise Refusal("mechanism-gone")
    return rules.check_in_use(mechanism)


def _name(
    tx: Tx, organiser: Member, decided: Sequence[Naming], standing: Terms, now: datetime
) -> list[RepresentationNamed]:
    """What naming them came to, each in its place; `standing` is kept as it is by then."""
    for each in decided:
        for overtaken in each.overtaken:
            remove(tx, organiser, overtaken, now)
    stored = iter(_stored(tx, organiser, [each for each in decided if each.same is None], now))
    rows = [RepresentationNamed(each.same or next(stored), each.did, each.before) for each in decided]
    for each, row in zip(decided, rows, strict=True):
        standing.settle(each, row.representative)
    return rows


def _stored(tx: Tx, organiser: Member, changing: Sequence[Naming], now: datetime) -> list[Representative]:
    """Stored and recorded in few statements, however many they are."""
    ids = representatives.name_each(tx, organiser, changing, now)
    named = [(each, each.row(stored_as, organiser.id)) for each, stored_as in zip(changing, ids, strict=True)]
    acts = [(ACTIONS[each.did], row) for each, row in named]
    audit.record_representations(tx, organiser, acts, now)
    for each, row in named:
        if each.claim is not None:
            claims.tell(tx, row, now)
    return [row for _, row in named]
