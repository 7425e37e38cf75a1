"""Naming representatives, and ending or removing what was named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import representations as rules
from bot.domain.audit import Action
from bot.domain.mechanisms import Mechanism, choose_mechanism
from bot.domain.members import Answer, Member, Sender, Standing, may_organise
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


def name(tx: Tx, sender: Sender, these: Sequence[NewRepresentation], *, now: datetime) -> Answer[RepresentativesNamed]:
    """Name representatives, all of them or none. Slack has been asked who they are.

    What the same person was named or claims to be in the same role on days that overlap is changed, not doubled.

    Raises:
        Refusal("organisers-only"), Refusal("mechanism-gone"), Refusal("mechanism-out-of-use"),
        Refusal("representative-bot"), Refusal("days-reversed")
    """
    organiser = organiser_of(tx, sender)
    workspace, concerned = organiser.workspace.id, {each.mechanism for each in these}
    mechanisms.lock(tx, workspace, concerned)
    register = {each.id: each for each in mechanisms.every(tx, workspace)}
    standing = representatives.of_mechanisms(tx, workspace, concerned)
    asked = [
        _Asked(each, person(tx, sender, organiser, each.person), _in_use(register.get(each.mechanism)))
        for each in these
    ]
    rows = [_name(tx, organiser, each, standing, now) for each in asked]
    people = [each.member for each in asked]
    told = [replace(row, beside=rules.beside(row.representative, standing, people)) for row in rows]
    return Answer(organiser, RepresentativesNamed(tuple(told)))


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


def person(tx: Tx, sender: Sender, organiser: Member, who: Person) -> Member:
    """The member that somebody is, added where they weren't known."""
    if isinstance(who, WithoutAccount):
        return members.get_or_add_named(tx, organiser.workspace, who.name)
    member = members.get_or_add(tx, sender.about(who))
    rules.check_may_represent(member)
    return member


def remove(tx: Tx, organiser: Member, each: Representative, now: datetime) -> Representative:
    """Take a naming back, as if it had never been: the record alone keeps it."""
    values = {"state": RepresentationState.REMOVED, "changed_at": now}
    representatives.change(tx, organiser.workspace.id, each.id, values)
    audit.record_representation(tx, organiser, Action.REPRESENTATIVE_REMOVED, each, now)
    return replace(each, state=RepresentationState.REMOVED)


@dataclass(frozen=True, slots=True)
class _Asked:
    new: NewRepresentation
    member: Member
    mechanism: Mechanism


def _in_use(mechanism: Mechanism | None) -> Mechanism:
    if mechanism is None:
        raise Refusal("mechanism-gone")
    return rules.check_in_use(mechanism)


def _name(
    tx: Tx, organiser: Member, asked: _Asked, standing: list[Representative], now: datetime
) -> RepresentationNamed:
    """What naming one of them came to; `standing` is kept as it is by then."""
    today = asked.mechanism.day_at(now)
    found = rules.same(asked.new, asked.member, standing, today)
    first = found[0] if found else None
    since, until = rules.days(asked.new, first, today)
    for each in found[1:]:
        remove(tx, organiser, each, now)
        standing.remove(each)
    if first and first.is_named and (first.since, first.until) == (since, until):
        return RepresentationNamed(first, Did.SAME)
    row = _stored(tx, organiser, asked, first, {"since": since, "until": until, "changed_at": now})
    standing[:] = [*(each for each in standing if each != first), row]
    before = first if first and first.is_named else None
    audit.record_representation(
        tx, organiser, Action.REPRESENTATIVE_DATED if before else Action.REPRESENTATIVE_NAMED, row, now
    )
    if first and not first.is_named:
        claims.tell(tx, row, now)
    return RepresentationNamed(row, Did.DATED if before else Did.NAMED, before)


def _stored(
    tx: Tx, organiser: Member, asked: _Asked, first: Representative | None, changed: Mapping[str, object]
) -> Representative:
    workspace, who = organiser.workspace.id, asked.new.person
    how = who.how if isinstance(who, WithoutAccount) else None
    values = {"state": RepresentationState.NAMED, "how": how, "named_by_id": organiser.id, **changed}
    if first is None:
        added = representatives.add(tx, workspace, asked.mechanism.id, asked.member.id, asked.new.role, values)
        return representatives.get(tx, workspace, added)
    representatives.change(tx, workspace, first.id, values)
    return representatives.get(tx, workspace, first.id)
