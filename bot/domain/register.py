"""The register of mechanisms in a workspace: loading, adding to and changing it, and what that comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import count
from typing import TypeAlias

from bot.domain import spellings
from bot.domain.mechanism_entries import ABBREVIATION, ALIASES, NAME
from bot.domain.mechanism_seats import SEATS
from bot.domain.mechanisms import Mechanism, MechanismFacts, names_of
from bot.domain.refusals import Refusal
from bot.domain.representatives import RepresentationState, Representative

LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class MechanismsListed:
    """`speaking` are those that are named and speak now; `claiming` say so of themselves."""

    mechanisms: tuple[Mechanism, ...]
    speaking: tuple[Representative, ...]
    claiming: tuple[Representative, ...]
    retired: int


class ZoneFrom(StrEnum):
    """Where the zone of a mechanism comes from. NOBODY: not even the workspace has one."""

    CHOSEN = "chosen"
    SEAT = "seat"
    WORKSPACE = "workspace"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Terms:
    """Who represents a mechanism. Claims stand by themselves, whatever their days."""

    speaking: tuple[Representative, ...]
    claiming: tuple[Representative, ...]
    to_come: tuple[Representative, ...]
    over: tuple[Representative, ...]


@dataclass(frozen=True, slots=True)
class MechanismShown:
    mechanism: Mechanism
    zone_from: ZoneFrom
    terms: Terms


@dataclass(frozen=True, slots=True)
class RegisterLoaded:
    """`stood`: how many were there by their code. `clashing` are left out: a title, and whose name it would have."""

    added: int
    stood: int
    clashing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MechanismAdded:
    mechanism: Mechanism


@dataclass(frozen=True, slots=True)
class MechanismEdited:
    """`changed` are the names of the facts that are others now: none, perhaps."""

    mechanism: Mechanism
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MechanismRetired:
    """`same`: that was so already."""

    mechanism: Mechanism
    same: bool


MechanismOutcome: TypeAlias = MechanismAdded | MechanismEdited | MechanismRetired


def zone_from(mechanism: Mechanism, workspace_zone: str | None) -> ZoneFrom:
    if mechanism.own_zone is None:
        return ZoneFrom.NOBODY if workspace_zone is None else ZoneFrom.WORKSPACE
    seat = SEATS.get(mechanism.facts.code)
    return ZoneFrom.SEAT if seat is not None and seat.zone_name == mechanism.own_zone else ZoneFrom.CHOSEN


def terms(among: Iterable[Representative], now: datetime) -> Terms:
    """By whether their days have come, on the mechanism's own calendar; what was refused or removed is left out."""
    found = tuple(among)
    named = [each for each in found if each.is_named]
    days = {each.id: each.mechanism.day_at(now) for each in named}
    return Terms(
        speaking=tuple(each for each in named if each.covers(days[each.id])),
        claiming=tuple(each for each in found if each.state is RepresentationState.CLAIMED),
        to_come=tuple(each for each in named if each.since is not None and days[each.id] < each.since),
        over=tuple(each for each in named if each.until is not None and each.until < days[each.id]),
    )


def to_load(
    shipped: Iterable[MechanismFacts], among: Sequence[Mechanism]
) -> tuple[list[tuple[MechanismFacts, str | None]], RegisterLoaded]:
    """Those that aren't there yet by their code, with the zone of their seat, and what loading them comes to.

    One whose name a mechanism of the workspace's own has already is left out: which is which, an organiser decides.
    """
    codes = {each.facts.code for each in among}
    missing = [facts for facts in shipped if facts.code not in codes]
    others = {facts.code: _named_so(_names(facts), among) for facts in missing}
    added = [(facts, _seat_of(facts)) for facts in missing if others[facts.code] is None]
    clashing = [(facts.abbreviation or facts.name, other.title) for facts in missing if (other := others[facts.code])]
    stood = sum(1 for facts in shipped if facts.code in codes)
    return added, RegisterLoaded(len(added), stood, tuple(clashing))


def clashes(facts: MechanismFacts, among: Iterable[Mechanism]) -> Mapping[str, Refusal]:
    """By input, which names another mechanism has; a retired one too, since it may be restored."""
    others = [each for each in among if each.facts.code != facts.code]
    called = [(NAME, facts.name, names_of(facts.name, ())), (ABBREVIATION, facts.abbreviation, _short(facts))]
    called += [(ALIASES, alias, names_of("", (alias,))) for alias in facts.aliases]
    found: dict[str, Refusal] = {}
    for place, typed, names in called:
        other = _named_so(names, others)
        if other is not None:
            found.setdefault(place, Refusal("mechanism-name-taken", typed=typed, mechanism=other.title))
    return found


def coded(facts: MechanismFacts, among: Sequence[Mechanism]) -> MechanismFacts:
    """A new mechanism with a code made of its abbreviation or name: no other's code, nor a name of another's."""
    spelt = spellings.spell(spellings.outside(facts.abbreviation)) or spellings.spell(facts.name)
    slug = "-".join(spelt.replace("+", " plus ").split())[:LONGEST_CODE].strip("-")
    taken = {each.facts.code for each in among}
    names = {name for each in among for name in each.names}
    codes = (slug if place == 1 else f"{slug}-{place}" for place in count(1))
    return replace(facts, code=next(each for each in codes if each not in taken and spellings.spell(each) not in names))


def with_alias(facts: MechanismFacts, alias: str) -> MechanismFacts:
    """The facts with one alias more, unless it is a name of theirs already."""
    same = names_of("", (alias,)) <= _names(facts)
    return facts if same else replace(facts, aliases=(*facts.aliases, alias))


def _names(facts: MechanismFacts) -> frozenset[str]:
    return names_of(facts.name, (facts.code, facts.abbreviation, *facts.aliases))


def _short(facts: MechanismFacts) -> frozenset[str]:
    return names_of("", (facts.abbreviation,))


def _named_so(names: frozenset[str], among: Iterable[Mechanism]) -> Mechanism | None:
    return next((each for each in among if names & each.names), None)


def _seat_of(facts: MechanismFacts) -> str | None:
    seat = SEATS.get(facts.code)
    return None if seat is None else seat.zone_name
