"""Naming who speaks for a mechanism and from when to when, and what that comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias

from bot.domain.folding import fold, without_hiding
from bot.domain.ids import MechanismId, UserId
from bot.domain.markup import plain_words
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Member, Standing
from bot.domain.refusals import Refusal
from bot.domain.represent_grammar import with_role
from bot.domain.representatives import How, Representative
from bot.domain.roles import Role
from bot.domain.words import Span

LONGEST_NAME = 100
ALONE = frozenset({Role.CHAIR, Role.HEAD_OF_SECRETARIAT})
"""Roles that mostly one person holds at a time: others whose days overlap are said."""


@dataclass(frozen=True, slots=True)
class WithoutAccount:
    """A person whom an organiser enters by name; `how` it came that they speak, or their answer."""

    name: str
    how: How


Person: TypeAlias = UserId | WithoutAccount


@dataclass(frozen=True, slots=True)
class NewRepresentation:
    """Somebody to be named, chosen and understood. Days are on the mechanism's own calendar.

    No `since`: from now on, or as it stands already. No `until`: without end, or where `since` isn't said either, as it
    stands already.
    """

    person: Person
    mechanism: MechanismId
    role: Role
    since: date | None = None
    until: date | None = None


class Did(StrEnum):
    """What naming somebody came to: a new row, other days of one that stood, another way that it came, or nothing."""

    NAMED = "named"
    DATED = "dated"
    SOURCED = "sourced"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class RepresentationNamed:
    """`before` is the row as it stood; `beside` are others in that role whose days overlap, where one is usual."""

    representative: Representative
    did: Did
    before: Representative | None = None
    beside: tuple[Representative, ...] = ()


@dataclass(frozen=True, slots=True)
class RepresentativesNamed:
    rows: tuple[RepresentationNamed, ...]


@dataclass(frozen=True, slots=True)
class RepresentativesRemoved:
    """They are named no longer, as from the beginning; the record keeps what was."""

    rows: tuple[Representative, ...]


@dataclass(frozen=True, slots=True)
class TermEnded:
    """A representation ends on its `until`; `already`: it did before."""

    representative: Representative
    already: bool


def person(user: UserId | None, name: str, how: How | None) -> Person:
    """Somebody by their account, or by `name` and how it came.

    Raises:
        Refusal("person-missing"), Refusal("person-twice"), Refusal("how-needless"), Refusal("how-missing"),
        Refusal("person-name-empty"), Refusal("person-name-too-long")
    """
    if user is not None:
        if name:
            raise Refusal("person-twice", typed=name)
        if how is not None:
            raise Refusal("how-needless", user=user)
        return user
    if not name:
        raise Refusal("person-missing")
    shown = check_name(name)
    if how is None:
        raise Refusal("how-missing", name=shown)
    return WithoutAccount(shown, how)


def how_of(who: Person) -> How | None:
    """How it came; None of somebody with an account."""
    return who.how if isinstance(who, WithoutAccount) else None


def check_name(typed: str) -> str:
    """The name as it is shown: Refusal("person-name-empty"), Refusal("person-name-too-long")."""
    shown = " ".join(without_hiding(plain_words(typed)).split())
    if not any(char.isalpha() for char in fold(shown)):
        raise Refusal("person-name-empty", typed=typed)
    if len(shown) > LONGEST_NAME:
        raise Refusal("person-name-too-long", count=len(shown), limit=LONGEST_NAME)
    return shown


def check_may_represent(member: Member) -> None:
    """People may, guests and people of another workspace too: Refusal("representative-bot")."""
    if member.standing is Standing.BOT:
        raise Refusal("representative-bot", user=member.user)


def check_in_use(mechanism: Mechanism) -> Mechanism:
    """Refusal("mechanism-out-of-use"): it was retired."""
    if mechanism.retired:
        raise Refusal("mechanism-out-of-use", mechanism=mechanism.title)
    return mechanism


def same(new: NewRepresentation, who: Member, among: Iterable[Representative], today: date) -> list[Representative]:
    """Those that naming `who` changes rather than adds to, those that are named first: same role, days that overlap.

    Where no first day is said it is the term that is going on, else the next one.
    """
    theirs = [each for each in among if _key(each) == (new.mechanism, who.id, new.role)]
    theirs.sort(key=lambda each: (not each.is_named, each.since or date.min))
    if new.since is not None:
        return [each for each in theirs if each.overlaps(new.since, new.until)]
    current = [each for each in theirs if each.covers(today)]
    return current or [each for each in theirs if each.overlaps(today, None)][:1]


def days(new: NewRepresentation, standing: Representative | None, today: date) -> tuple[date | None, date | None]:
    """The first and the last day: Refusal("days-reversed").

    Without a first day a term that stands keeps its own, one that is still to come too.
    """
    since, until = new.since, new.until
    if since is None and standing is not None and standing.is_named:
        since, until = standing.since, until or standing.until
    else:
        since = since or today
    if since is not None and until is not None and until < since:
        raise Refusal("days-reversed", since=since, until=until)
    return since, until


def beside(
    one: Representative, among: Iterable[Representative], named_with: Iterable[Member]
) -> tuple[Representative, ...]:
    """Others named in a role that mostly one person holds, and whose days overlap; not those `named_with` them."""
    if one.role not in ALONE:
        return ()
    passed_over = {one.member.id, *(each.id for each in named_with)}
    return tuple(
        each
        for each in among
        if each.is_named
        and (each.mechanism.id, each.role) == (one.mechanism.id, one.role)
        and each.member.id not in passed_over
        and each.overlaps(one.since, one.until)
    )


def day_before(new: Representative, old: Representative) -> date | None:
    """The last day that `old` would get for `new` to follow; None where that isn't asked.

    Only a term without an end is ended, and only one that began before.
    """
    if new.since is None or old.until is not None:
        return None
    last = new.since - timedelta(days=1)
    return last if old.since is None or old.since <= last else None


def only_role(standing: Sequence[Representative], typed: str, place: Span) -> Role:
    """The role in which somebody stands, where none was said behind the mechanism's `place` in the whole command.

    Raises:
        Refusal("representation-role-missing"): they stand in none.
        Refusal("representation-which"): in several; the `readings` say one each.
    """
    roles = tuple(dict.fromkeys(each.role for each in standing))
    if not roles:
        raise Refusal("representation-role-missing")
    if len(roles) > 1:
        raise Refusal("representation-which", readings=tuple(with_role(typed, place, each) for each in roles))
    return roles[0]


def _key(each: Representative) -> tuple[object, ...]:
    return each.mechanism.id, each.member.id, each.role
