"""The register of mechanisms: showing it to anybody, and what organisers change in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime

from bot.domain import mechanism_changes
from bot.domain import mechanism_entries as entries
from bot.domain import register as rules
from bot.domain.audit import Act, Action, Authority
from bot.domain.ids import MechanismId
from bot.domain.mechanism_entries import MechanismRead
from bot.domain.mechanisms import Mechanism, MechanismFacts, choose_mechanism
from bot.domain.members import Answer, Member, Sender, may_organise
from bot.domain.refusals import Refusal
from bot.domain.register import (
    MechanismAdded,
    MechanismEdited,
    MechanismRetired,
    MechanismShown,
    MechanismsListed,
    RegisterLoaded,
)
from bot.domain.representatives import speaking
from bot.domain.spellings import spell
from bot.ports import Tx
from bot.usecases import audit
from storage import mechanisms, members, representatives


def list_(tx: Tx, sender: Sender, *, everything: bool, now: datetime) -> Answer[MechanismsListed]:
    """The mechanisms in use, or `everything`, with who speaks for each now and who claims to."""
    reader = members.get_or_add(tx, sender)
    workspace = reader.workspace.id
    found = mechanisms.every(tx, workspace)
    shown = tuple(each for each in found if everything or not each.retired)
    people = representatives.standing(tx, workspace)
    retired = sum(1 for each in found if each.retired)
    claiming = rules.terms(people, now).claiming
    return Answer(reader, MechanismsListed(shown, speaking(people, now), claiming, retired))


def show(tx: Tx, sender: Sender, phrase: str, *, now: datetime) -> Answer[MechanismShown]:
    reader = members.get_or_add(tx, sender)
    mechanism = choose_mechanism(phrase, mechanisms.every(tx, reader.workspace.id))
    terms = rules.terms(representatives.of_mechanisms(tx, reader.workspace.id, [mechanism.id]), now)
    return Answer(reader, MechanismShown(mechanism, rules.zone_from(mechanism, reader.workspace.zone), terms))


def load(tx: Tx, sender: Sender, shipped: Iterable[MechanismFacts], *, now: datetime) -> Answer[RegisterLoaded]:
    """Add what isn't there yet by its code. What is there stays as the workspace has it."""
    organiser = _organiser(tx, sender)
    added, outcome = rules.to_load(tuple(shipped), _locked(tx, organiser))
    mechanisms.add(tx, organiser.workspace.id, added)
    if added:
        act = Act(Action.MECHANISMS_LOADED, Authority.ORGANISER, facts={"added": outcome.added})
        audit.record(tx, organiser, act, now)
    return Answer(organiser, outcome)


def namesake(tx: Tx, sender: Sender, phrase: str) -> Answer[Mechanism | None]:
    """The mechanism of that whole name, if there is one: the register has one called ADD, as a verb of ours is."""
    reader = members.get_or_add(tx, sender)
    found = (each for each in mechanisms.every(tx, reader.workspace.id) if spell(phrase) in each.names)
    return Answer(reader, next(found, None))


def to_edit(tx: Tx, sender: Sender, which: str | MechanismId) -> Answer[Mechanism]:
    """A mechanism, for an organiser who wants to change it."""
    organiser = _organiser(tx, sender)
    return Answer(organiser, _chosen(tx, organiser, which))


def add(tx: Tx, sender: Sender, new: MechanismRead, *, now: datetime) -> Answer[MechanismAdded | Mapping[str, Refusal]]:
    """Add a mechanism with a code of its own, or say by input what other mechanisms are called already."""
    organiser = _organiser(tx, sender)
    standing = _locked(tx, organiser)
    if refused := rules.clashes(new.facts, standing):
        return Answer(organiser, refused)
    facts = rules.coded(new.facts, standing)
    mechanisms.add(tx, organiser.workspace.id, [(facts, new.zone_name)])
    added = next(each for each in mechanisms.every(tx, organiser.workspace.id) if each.facts.code == facts.code)
    _record(tx, organiser, Action.MECHANISM_ADDED, added, now)
    return Answer(organiser, MechanismAdded(added))


def edit(
    tx: Tx, sender: Sender, new: MechanismRead, revision: str, *, now: datetime
) -> Answer[MechanismEdited | Mapping[str, Refusal]]:
    """Change the mechanism of that code, as it was at `revision`, or say by input what others are called already.

    Raises:
        Refusal("organisers-only"), Refusal("mechanism-changed-meanwhile")
    """
    organiser = _organiser(tx, sender)
    standing = _locked(tx, organiser)
    before = next(each for each in standing if each.facts.code == new.facts.code)
    if entries.revision_of(before) != revision:
        raise Refusal("mechanism-changed-meanwhile", mechanism=before.title)
    if refused := rules.clashes(new.facts, standing):
        return Answer(organiser, refused)
    return Answer(organiser, _edited(tx, organiser, before, new, now))


def add_alias(tx: Tx, sender: Sender, rest: str, *, now: datetime) -> Answer[MechanismEdited]:
    """What else a mechanism is called.

    Raises:
        Refusal("organisers-only"), Refusal("mechanism-name-taken"), Refusal("aliases-too-many"),
        and those of `mechanism_changes.read_alias` and `mechanism_entries.check_short`.
    """
    organiser = _organiser(tx, sender)
    standing = _locked(tx, organiser)
    before, typed = mechanism_changes.read_alias(rest, standing)
    facts = rules.with_alias(before.facts, entries.check_short(typed))
    entries.check_aliases(facts.aliases)
    for refusal in rules.clashes(facts, standing).values():
        raise refusal
    return Answer(organiser, _edited(tx, organiser, before, MechanismRead(facts, before.own_zone), now))


def set_zone(tx: Tx, sender: Sender, rest: str, *, now: datetime) -> Answer[MechanismEdited]:
    """Where a mechanism's days begin: Refusal("organisers-only"), and those of `mechanism_changes.read_zone`."""
    organiser = _organiser(tx, sender)
    before, zone = mechanism_changes.read_zone(rest, _locked(tx, organiser))
    return Answer(organiser, _edited(tx, organiser, before, MechanismRead(before.facts, zone), now))


def retire(
    tx: Tx, sender: Sender, which: str | MechanismId, *, retired: bool, now: datetime
) -> Answer[MechanismRetired]:
    """Take a mechanism out of use, or back into it; its representatives stay as they are."""
    organiser = _organiser(tx, sender)
    before = _chosen(tx, organiser, which)
    if before.retired is retired:
        return Answer(organiser, MechanismRetired(before, same=True))
    mechanisms.retire(tx, organiser.workspace.id, before.id, retired=retired)
    after = replace(before, retired=retired)
    _record(tx, organiser, Action.MECHANISM_RETIRED if retired else Action.MECHANISM_RESTORED, after, now)
    return Answer(organiser, MechanismRetired(after, same=False))


def _organiser(tx: Tx, sender: Sender) -> Member:
    organiser = members.get_or_add(tx, sender)
    may_organise(organiser)
    return organiser


def _locked(tx: Tx, organiser: Member) -> list[Mechanism]:
    mechanisms.lock_all(tx, organiser.workspace.id)
    return mechanisms.every(tx, organiser.workspace.id)


def _chosen(tx: Tx, organiser: Member, which: str | MechanismId) -> Mechanism:
    """By what was typed, or by the id that a button carries: Refusal("button-gone") for one of nowhere or elsewhere."""
    standing = _locked(tx, organiser)
    if isinstance(which, str):
        return choose_mechanism(which, standing)
    found = next((each for each in standing if each.id == which), None)
    if found is None:
        raise Refusal("button-gone")
    return found


def _edited(tx: Tx, organiser: Member, before: Mechanism, new: MechanismRead, now: datetime) -> MechanismEdited:
    changed = [
        each.name
        for each in fields(MechanismFacts)
        if getattr(before.facts, each.name) != getattr(new.facts, each.name) and each.name != "confidence"
    ]
    changed += ["zone"] if before.own_zone != new.zone_name else []
    if not changed:
        return MechanismEdited(before, ())
    mechanisms.change(tx, organiser.workspace.id, before.id, new.facts, new.zone_name)
    after = mechanisms.get(tx, organiser.workspace.id, before.id) or before
    _record(tx, organiser, Action.MECHANISM_EDITED, after, now, changed=", ".join(changed).replace("_", " "))
    return MechanismEdited(after, tuple(changed))


def _record(tx: Tx, organiser: Member, action: Action, about: Mechanism, now: datetime, **facts: str) -> None:
    voices = {about.id: None}
    act = Act(action, Authority.ORGANISER, voices=voices, facts={"mechanism": about.title, **facts})
    audit.record(tx, organiser, act, now)
