"""What a whole file of representatives comes to, before anything of it is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.folding import fold
from bot.domain.ids import DraftId, MechanismId
from bot.domain.import_columns import Column
from bot.domain.import_rows import BadRow, GoodRow, Problem
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Member, Standing
from bot.domain.namings import did
from bot.domain.refusals import Refusal
from bot.domain.representations import Did, NewRepresentation, Person, WithoutAccount, days, how_of, same
from bot.domain.representatives import RepresentationState, Representative


@dataclass(frozen=True, slots=True)
class Planned:
    """A row that is understood, with the days that it will have, and what importing it will come to."""

    number: int
    new: NewRepresentation
    mechanism: Mechanism
    did: Did


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows of a file: they are imported if none is bad. `unread` are headings that were not understood."""

    file: str
    planned: tuple[Planned, ...]
    bad: tuple[BadRow, ...]
    unread: tuple[str, ...]

    @property
    def changes(self) -> bool:
        return any(each.did is not Did.SAME for each in self.planned)


@dataclass(frozen=True, slots=True)
class Checked:
    """`draft` keeps what is to be imported, where nothing stands in the way."""

    plan: Plan
    draft: DraftId | None


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows came to what. `beside` are others in a role that mostly one holds, on days that overlap."""

    file: str
    named: int
    dated: int
    same: int
    sourced: int = 0
    beside: tuple[Representative, ...] = ()

    @property
    def changed(self) -> int:
        return self.named + self.dated + self.sourced


def plan(
    rows: Sequence[GoodRow | BadRow], standing: Iterable[Representative], now: datetime
) -> tuple[tuple[Planned, ...], tuple[BadRow, ...]]:
    """Which rows can be stored together, and which are bad. `standing` are those named or claimed so far."""
    by_mechanism: dict[MechanismId, list[Representative]] = {}
    for each in standing:
        by_mechanism.setdefault(each.mechanism.id, []).append(each)
    planning = _Planning(by_mechanism, now)
    settled = [row if isinstance(row, BadRow) else planning.settle(row) for row in rows]
    return (
        tuple(each for each in settled if isinstance(each, Planned)),
        tuple(each for each in settled if isinstance(each, BadRow)),
    )


@dataclass(slots=True)
class _Planning:
    """As storing the rows one after the other will go. `terms` are the days of the rows so far, by whose they are."""

    standing: dict[MechanismId, list[Representative]]
    now: datetime
    terms: dict[tuple[object, ...], list[tuple[int, NewRepresentation]]] = field(default_factory=dict)

    def settle(self, row: GoodRow) -> Planned | BadRow:
        """The row with days of its own: what is stored is what was shown, whenever that will be."""
        theirs = [each for each in self._standing(row) if is_of(each.member, row.new.person)]
        try:
            new = self._dated(row, theirs)
        except Refusal as refusal:
            return _bad(row, Column.UNTIL, str(row.new.until), refusal)
        terms = self.terms.setdefault((row.mechanism.id, _key(new.person), new.role), [])
        first = next((number for number, each in terms if _overlap(each, new)), None)
        if first is not None:
            return _bad(row, Column.PERSON, _shown(new.person), Refusal("row-twice", first=first))
        terms.append((row.number, new))
        return Planned(row.number, new, row.mechanism, self._did(row, new, theirs))

    def _standing(self, row: GoodRow) -> list[Representative]:
        return self.standing.setdefault(row.mechanism.id, [])

    def _dated(self, row: GoodRow, theirs: Sequence[Representative]) -> NewRepresentation:
        today = row.mechanism.day_at(self.now)
        found = same(row.new, theirs[0].member, theirs, today) if theirs else []
        since, until = days(row.new, found[0] if found else None, today)
        return replace(row.new, since=since, until=until)

    def _did(self, row: GoodRow, new: NewRepresentation, theirs: Sequence[Representative]) -> Did:
        found = same(new, theirs[0].member, theirs, row.mechanism.day_at(self.now)) if theirs else []
        if not found:
            return Did.NAMED
        first, standing = found[0], self._standing(row)
        for each in found:
            standing.remove(each)
        named, how = RepresentationState.NAMED, how_of(new.person)
        standing.append(replace(first, since=new.since, until=new.until, state=named, how=how))
        came_to = did(new, first, new.since, new.until)
        return Did.DATED if found[1:] and came_to is not Did.NAMED else came_to


def is_of(member: Member, who: Person) -> bool:
    """Whether that is the person whom a row names."""
    if isinstance(who, WithoutAccount):
        return member.standing is Standing.NAMED and fold(member.name or "") == fold(who.name)
    return member.user == who


def _bad(row: GoodRow, column: Column, typed: str, refusal: Refusal) -> BadRow:
    return BadRow(row.number, (Problem(column, typed, refusal),))


def _key(who: Person) -> str:
    """Slack's ids have capitals, folded names have none."""
    return fold(who.name) if isinstance(who, WithoutAccount) else who


def _shown(who: Person) -> str:
    return who.name if isinstance(who, WithoutAccount) else who


def _overlap(one: NewRepresentation, other: NewRepresentation) -> bool:
    return not (_ends_before(one, other) or _ends_before(other, one))


def _ends_before(one: NewRepresentation, other: NewRepresentation) -> bool:
    return one.until is not None and other.since is not None and one.until < other.since
