"""Mechanisms: the bodies that are represented, and how people name them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain import spellings
from bot.domain.ids import MechanismId
from bot.domain.refusals import Refusal


class MechanismStatus(StrEnum):
    """What the register knows of it; UNCLEAR and PROPOSED are doubts that are shown as such."""

    ACTIVE = "active"
    DORMANT = "dormant"
    HISTORICAL = "historical"
    PROPOSED = "proposed"
    UNCLEAR = "unclear"


DOUBTFUL = ("medium", "low")
"""What `confidence` says of facts that are not sure."""


@dataclass(frozen=True, slots=True)
class MechanismFacts:
    """What is known of a mechanism. Empty texts are what nobody knows; `code` names it within a workspace.

    `source` is where the facts come from, `confidence` how sure they are, `note` what is in doubt.
    """

    code: str
    name: str
    abbreviation: str = ""
    aliases: tuple[str, ...] = ()
    type: str = ""
    region: str = ""
    associated_body: str = ""
    established: str = ""
    secretariat: str = ""
    chair_model: str = ""
    status: MechanismStatus = MechanismStatus.ACTIVE
    confidence: str = ""
    source: str = ""
    note: str = ""

    @property
    def is_in_doubt(self) -> bool:
        """Whether the register itself isn't sure of these facts."""
        return self.confidence in DOUBTFUL


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A mechanism of a workspace. `zone_name` (IANA) is where its days begin, `retired` what is of no more use here.

    `own_zone` is the zone that was chosen for it; None where it has none, and its days begin where the workspace's do.
    """

    id: MechanismId
    facts: MechanismFacts
    zone_name: str
    retired: bool = False
    own_zone: str | None = None

    @property
    def title(self) -> str:
        """What people call it: short where it has a short name."""
        return self.facts.abbreviation or self.facts.name

    @property
    def names(self) -> frozenset[str]:
        """The whole names that it goes by, as `spellings.spell` has them."""
        return names_of(self.facts.name, self._short)

    @property
    def beginnings(self) -> frozenset[str]:
        """Its names as `spellings.beginning` has them, for what begins so."""
        return frozenset(spellings.beginning(spellings.words(each)) for each in self.called)

    @property
    def called(self) -> tuple[str, ...]:
        """All that may be said for it, as it stands."""
        return _called_by(self.facts.name, self._short)

    @property
    def _short(self) -> tuple[str, ...]:
        return self.facts.code, self.facts.abbreviation, *self.facts.aliases

    @property
    def is_active(self) -> bool:
        return not self.retired and self.facts.status is MechanismStatus.ACTIVE

    def day_at(self, now: datetime) -> date:
        """Which day it is there."""
        return now.astimezone(ZoneInfo(self.zone_name)).date()


def names_of(name: str, short: Iterable[str]) -> frozenset[str]:
    """The whole names that a full name and short ones come to, as `spellings.spell` has them."""
    return frozenset(filter(None, map(spellings.spell, _called_by(name, tuple(short)))))


def choose_mechanism(phrase: str, among: Sequence[Mechanism]) -> Mechanism:
    """The one that `phrase` names: by name, abbreviation or alias, else by how one of its names begins.

    Those that are retired are found by a whole name alone, and only where no other has it.

    Raises:
        Refusal("mechanism-unknown"): none; `suggestions` come near.
        Refusal("mechanism-ambiguous"): several; `matches` are their titles.
    """
    found = _called(phrase, among) or _begun_by(spellings.beginning(spellings.words(phrase)), among)
    if not found:
        raise Refusal("mechanism-unknown", typed=phrase, suggestions=_near(spellings.spell(phrase), among))
    return the_one(found, phrase)


def the_one(found: Sequence[Mechanism], phrase: str) -> Mechanism:
    """Of those that `phrase` may mean, at least one: Refusal("mechanism-ambiguous") where it could be several."""
    standing = [each for each in found if not each.retired] or list(found)
    if len(standing) > 1:
        raise Refusal("mechanism-ambiguous", typed=phrase, matches=tuple(each.title for each in standing))
    return standing[0]


def _begun_by(beginning: str, among: Iterable[Mechanism]) -> list[Mechanism]:
    """Those in use of which a name begins so, as `spellings.beginning` has it."""
    if not beginning:
        return []
    return [each for each in among if not each.retired and any(x.startswith(beginning) for x in each.beginnings)]


def _called_by(name: str, short: tuple[str, ...]) -> tuple[str, ...]:
    """All that may be said for it. A short name in brackets is one; of the full name they say where it is."""
    parts = (part for each in short for part in (spellings.outside(each), *spellings.inside(each)))
    return tuple(each for each in (name, spellings.outside(name), *short, *parts) if each)


def _called(phrase: str, among: Iterable[Mechanism]) -> list[Mechanism]:
    """Those that are called so; `Regional Conference on Migration (RCM)` are two names of one."""
    typed = {spellings.spell(phrase)}
    found = [each for each in among if typed & each.names]
    if not found:
        typed = {spellings.spell(part) for part in (spellings.outside(phrase), *spellings.inside(phrase))}
        found = [each for each in among if typed & each.names]
    return found


def _near(typed: str, among: Iterable[Mechanism]) -> tuple[str, ...]:
    names = {name: each.title for each in among if not each.retired for name in each.names}
    close = difflib.get_close_matches(typed, names, n=3, cutoff=0.7) if typed else []
    return tuple(dict.fromkeys(names[each] for each in close))
