"""What naming people comes to, one or a thousand of them at once, before any of it is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain import representations as rules
from bot.domain.ids import MechanismId, MemberId, RepresentativeId
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Member, check_is_here
from bot.domain.representations import Did, NewRepresentation, RepresentationNamed, how_of
from bot.domain.representatives import How, RepresentationState, Representative
from bot.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody to be named, known and found."""

    new: NewRepresentation
    member: Member
    mechanism: Mechanism

    @property
    def place(self) -> tuple[MechanismId, Role]:
        return self.mechanism.id, self.new.role

    @property
    def how(self) -> How | None:
        return how_of(self.new.person)


@dataclass(frozen=True, slots=True)
class Naming:
    """`first` is the row that is changed, None for a new one; `overtaken` are others of the same days, removed."""

    asked: Asked
    did: Did
    since: date | None
    until: date | None
    first: Representative | None
    overtaken: tuple[Representative, ...]

    @property
    def same(self) -> Representative | None:
        """The row that stands so already."""
        return self.first if self.did is Did.SAME else None

    @property
    def before(self) -> Representative | None:
        """The term that has other days now."""
        return self.first if self.did is Did.DATED else None

    @property
    def claim(self) -> Representative | None:
        """The claim that is settled by it."""
        return self.first if self.first is not None and not self.first.is_named else None

    @property
    def shortens(self) -> bool:
        """Whether they only speak for fewer days than they were named for."""
        return self.before is not None and self.until is not None and self.before.covers_all(self.since, self.until)

    def row(self, stored_as: RepresentativeId, named_by: MemberId) -> Representative:
        """What stands by then."""
        asked = self.asked
        return Representative(
            id=stored_as,
            mechanism=asked.mechanism,
            member=replace(asked.member, represents=True),
            role=asked.new.role,
            since=self.since,
            until=self.until,
            state=RepresentationState.NAMED,
            how=asked.how,
            named_by=named_by,
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """Those that are named or claimed, by mechanism and role: kept as they are after each naming."""

    rows: dict[tuple[MechanismId, Role], list[Representative]]

    def of(self, asked: Asked) -> list[Representative]:
        return self.rows.get(asked.place, [])

    def settle(self, naming: Naming, row: Representative) -> None:
        gone = {row.id, *(each.id for each in naming.overtaken)}
        left = [each for each in self.of(naming.asked) if each.id not in gone]
        self.rows[naming.asked.place] = [*left, row]


def terms(among: Iterable[Representative]) -> Terms:
    rows: dict[tuple[MechanismId, Role], list[Representative]] = {}
    for each in among:
        rows.setdefault((each.mechanism.id, each.role), []).append(each)
    return Terms(rows)


def decide(asked: Asked, standing: Terms, now: datetime) -> Naming:
    """Refusal("days-reversed"), Refusal("member-left"): of who has left, a term can only be ended."""
    today = asked.mechanism.day_at(now)
    found = rules.same(asked.new, asked.member, standing.of(asked), today)
    first = found[0] if found else None
    since, until = rules.days(asked.new, first, today)
    naming = Naming(asked, did(asked.new, first, since, until), since, until, first, tuple(found[1:]))
    if not naming.shortens:
        check_is_here(asked.member)
    return naming


def turns(asked: Sequence[Asked]) -> list[list[int]]:
    """Their places, in turns that are each decided at once: what comes again in one turn waits for the next."""
    found: list[list[int]] = []
    seen: Counter[tuple[object, ...]] = Counter()
    for place, each in enumerate(asked):
        key = *each.place, each.member.id
        if seen[key] == len(found):
            found.append([])
        found[seen[key]].append(place)
        seen[key] += 1
    return found


def beside(
    asked: Sequence[Asked], rows: Sequence[RepresentationNamed], standing: Terms
) -> tuple[RepresentationNamed, ...]:
    """The rows, each with others who hold its role meanwhile; not those named together with it."""
    together: dict[tuple[MechanismId, Role], list[Member]] = {}
    for each in asked:
        together.setdefault(each.place, []).append(each.member)
    return tuple(
        replace(row, beside=rules.beside(row.representative, standing.of(each), together[each.place]))
        for each, row in zip(asked, rows, strict=True)
    )


def did(new: NewRepresentation, first: Representative | None, since: date | None, until: date | None) -> Did:
    """What naming them comes to, with these days, where `first` is the row that it changes."""
    if first is None or not first.is_named:
        return Did.NAMED
    if (first.since, first.until) != (since, until):
        return Did.DATED
    return Did.SAME if first.how is how_of(new.person) else Did.SOURCED
