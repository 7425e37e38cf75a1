"""Mechanisms: the bodies that are represented, and how people name them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.folding import fold
from bot.domain.ids import MechanismId
from bot.domain.refusals import Refusal
from bot.domain.trimmings import trim


class MechanismStatus(StrEnum):
    """What the register knows of it; UNCLEAR and PROPOSED are doubts that are shown as such."""

    ACTIVE = "active"
    DORMANT = "dormant"
    HISTORICAL = "historical"
    PROPOSED = "proposed"
    UNCLEAR = "unclear"


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


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A mechanism of a workspace. `zone` (IANA) is where its days begin, `retired` what is of no more use here."""

    id: MechanismId
    facts: MechanismFacts
    zone_name: str
    retired: bool = False

    @property
    def title(self) -> str:
        """What people call it: short where it has a short name."""
        return self.facts.abbreviation or self.facts.name

    @property
    def names(self) -> frozenset[str]:
        """What it may be called, folded."""
        facts = self.facts
        return frozenset(fold(each) for each in (facts.name, facts.abbreviation, facts.code, *facts.aliases) if each)

    @property
    def is_active(self) -> bool:
        return not self.retired and self.facts.status is MechanismStatus.ACTIVE

    def day_at(self, now: datetime) -> date:
        """Which day it is there."""
        return now.astimezone(ZoneInfo(self.zone_name)).date()


def choose_mechanism(phrase: str, among: Sequence[Mechanism]) -> Mechanism:
    """The one that `phrase` names: by name, abbreviation or alias, else by how one of its names begins.

    Those that are retired are found by a whole name alone.

    Raises:
        Refusal("mechanism-unknown"): none; `suggestions` come near.
        Refusal("mechanism-ambiguous"): several; `matches` are their titles.
    """
    typed = trim(fold(phrase))
    exact = [each for each in among if typed in each.names]
    found = exact or [each for each in among if not each.retired and _begins(each, typed)]
    standing = [each for each in found if not each.retired] or found
    if len(standing) == 1:
        return standing[0]
    if standing:
        raise Refusal("mechanism-ambiguous", typed=phrase, matches=tuple(each.title for each in standing))
    raise Refusal("mechanism-unknown", typed=phrase, suggestions=_near(typed, among))


def _begins(mechanism: Mechanism, typed: str) -> bool:
    return bool(typed) and any(name.startswith(typed) for name in mechanism.names)


def _near(typed: str, among: Iterable[Mechanism]) -> tuple[str, ...]:
    names = {name: each.title for each in among if not each.retired for name in each.names}
    close = difflib.get_close_matches(typed, names, n=3, cutoff=0.7) if typed else []
    return tuple(dict.fromkeys(names[each] for each in close))
