"""What people type after `/consult represent`: `@ana Colombo Process as chair from 2026-01-01 until 2026-12-31`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias, TypeVar

from bot.domain.dates import parse_date
from bot.domain.folding import fold, without_hiding
from bot.domain.hows import LONGEST_HOW, parse_how
from bot.domain.ids import UserId
from bot.domain.import_grammar import asks_to_import
from bot.domain.mentions import read_mention
from bot.domain.part_reader import SEPARATORS, PartReader
from bot.domain.poll_quotes import quote
from bot.domain.quoted_words import is_quoted, split_quoted, unquoted
from bot.domain.refusals import Refusal
from bot.domain.representatives import How
from bot.domain.roles import Role, find_role, parse_role
from bot.domain.trimmings import trim
from bot.domain.webinar_parts import LONGEST_DATE
from bot.domain.words import Span, exchange, span

VERB = "represent"
LONGEST_ROLE = 5  # words
REMOVING = frozenset({"remove", "delete", "drop"})
NAMING = frozenset({"name", "add", "appoint", "set"})
AS = frozenset({"as"})
FROM = frozenset({"from", "since", "starting"})
UNTIL = frozenset({"until", "till", "til", "through", "thru"})
TO = frozenset({"to", "-"})
"""`to` and a dash say until when only before a date."""

BY = frozenset({"by"})
_LEADS_ON = frozenset({"of", "for", "to", "at", "in"}) | SEPARATORS
_JOINS = SEPARATORS | {"&"}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OpenForm:
    """`represent` alone."""


@dataclass(frozen=True, slots=True)
class ImportFile:
    """`represent import`: they stand in a file."""


@dataclass(frozen=True, slots=True)
class Whom:
    """People by their accounts, or one by `name`; and for which mechanism, as it was called."""

    users: tuple[UserId, ...]
    name: str
    mechanism: str


@dataclass(frozen=True, slots=True)
class Represent:
    """`role` is None where it was left out. `typed` is the whole command, and `place` where the mechanism stands."""

    whom: Whom
    role: Role | None
    since: date | None
    until: date | None
    how: How | None
    typed: str = field(compare=False)
    place: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class RemoveRepresentation:
    """`role` is None where it was left out."""

    whom: Whom
    role: Role | None
    typed: str = field(compare=False)
    place: Span = field(compare=False)


RepresentCommand: TypeAlias = OpenForm | ImportFile | Represent | RemoveRepresentation


def parse(rest: str, today: date) -> RepresentCommand:
    """What decoded `rest` asks for.

    Raises:
        Refusal("person-missing"), Refusal("person-twice"), Refusal("mention-bare")
        Refusal("represent-mechanism-missing"): nobody is named for anything.
        Refusal("represent-unreadable"): the fact `part` is what can't be placed.
        Refusal: those of `parse_role`, `parse_date` and `parse_how`, of dates with whole commands as `readings`.
    """
    if asks_to_import(rest):
        return ImportFile()
    typed = f"{VERB} {without_hiding(rest).strip()}"
    reader = PartReader(typed, split_quoted(typed, len(VERB)))
    if reader.done:
        return OpenForm()
    removing = said(reader) in REMOVING
    reader.at += removing or said(reader) in NAMING
    users, name = _people(reader)
    clauses = _Clauses(reader, today)
    clauses.read()
    if not clauses.mechanism:
        raise Refusal("represent-mechanism-missing")
    start, end = clauses.mechanism
    whom = Whom(users, name, unquoted(reader.text(start, end)))
    place = span(reader.words[start:end])
    if not removing:
        return Represent(whom, clauses.role, clauses.since, clauses.until, clauses.how, typed, place)
    if clauses.since or clauses.until:
        raise Refusal("represent-remove-dated", typed=typed)
    return RemoveRepresentation(whom, clauses.role, typed, place)


def offering(refusal: Refusal, typed: str, place: Span) -> Refusal:
    """A refusal of a mechanism with whole commands as `readings`: with each of those that come into question."""
    names = refusal.facts.get("matches") or refusal.facts.get("suggestions")
    if not isinstance(names, tuple):
        return refusal
    readings = tuple(exchange(typed, place, quote(each)) for each in names)
    return Refusal(refusal.key, **{**refusal.facts, "readings": readings})


def with_role(typed: str, place: Span, role: Role) -> str:
    """The whole command with the role said behind the mechanism."""
    return f"{typed[: place[1]]} as {role}{typed[place[1] :]}"


def said(reader: PartReader, at: int | None = None) -> str:
    """The word at that place as keywords are compared; a quoted part is none."""
    place = reader.at if at is None else at
    return trim(reader.peek(place)) or reader.peek(place) if not _is_quoted(reader, place) else ""


def _is_quoted(reader: PartReader, at: int) -> bool:
    return at < len(reader.words) and is_quoted(reader.words[at].text)


def _people(reader: PartReader) -> tuple[tuple[UserId, ...], str]:
    """People that are mentioned, or the name in quotes of one."""
    users: dict[UserId, None] = {}
    name = ""
    while not reader.done:
        word = reader.words[reader.at].text
        user = read_mention(word)
        if user is not None:
            users[user] = None
        elif _is_quoted(reader, reader.at) and not users and not name:
            name = unquoted(word)
        elif reader.peek() not in _JOINS:
            break
        reader.at += 1
    if users and name:
        raise Refusal("person-twice", typed=name)
    if not users and not name:
        raise Refusal("person-missing")
    return tuple(users), name


@dataclass(slots=True)
class _Clauses:
    """What follows the people: the mechanism where it isn't said otherwise, and what its keyword begins."""

    reader: PartReader
    today: date
    mechanism: tuple[int, int] | None = None
    role: Role | None = None
    since: date | None = None
    until: date | None = None
    how: How | None = None

    def read(self) -> None:
        while not self.reader.done:
            begin = self.reader.at
            word = said(self.reader)
            if word in SEPARATORS:
                self.reader.at += 1
            elif word in AS:
                self._once("role", self._role)
            elif word in FROM:
                self._once("since", self._day)
            elif self._begins_until(begin):
                self._once("until", self._day)
            elif self._begins_how(begin):
                self._once("how", self._how)
            else:
                self._name()

    def _once(self, name: str, read: Callable[[], object]) -> None:
        begin = self.reader.at
        if getattr(self, name) is not None:
            raise Refusal("represent-unreadable", part=self._rest(begin))
        setattr(self, name, read())

    def _name(self) -> None:
        begin = self.reader.at
        if self.mechanism is not None:
            raise Refusal("represent-unreadable", part=self._rest(begin))
        end = begin + 1
        while end < len(self.reader.words) and not self._begins(end):
            end += 1
        self.mechanism, self.reader.at = (begin, end), end

    def _role(self) -> Role:
        """The longest role behind `as`; `of` and its like lead on to the mechanism."""
        begin, last = self.reader.at + 1, len(self.reader.words)
        for end in range(min(begin + LONGEST_ROLE, last), begin, -1):
            role = find_role(self.reader.text(begin, end))
            if role is not None:
                self.reader.at = end
                while self.mechanism is None and said(self.reader) in _LEADS_ON and not self._begins(self.reader.at):
                    self.reader.at += 1
                return role
        return parse_role(self._rest(begin))

    def _day(self) -> date:
        begin = self.reader.at + 1
        found = self.reader.longest(lambda text: parse_date(text, self.today), LONGEST_DATE, begin)
        if found is None:
            raise Refusal("date-unreadable", typed=self._rest(begin))
        day, self.reader.at = found
        return day

    def _how(self) -> How:
        begin = self.reader.at + (said(self.reader) in BY)
        for end in range(min(begin + LONGEST_HOW, len(self.reader.words)), begin, -1):
            try:
                how = parse_how(self.reader.text(begin, end))
            except Refusal:
                continue
            self.reader.at = end
            return how
        return parse_how(self._rest(begin))

    def _begins(self, at: int) -> bool:
        """Whether a clause begins there: `from` may be a mechanism's own, where no date follows."""
        word = said(self.reader, at)
        dated = word in FROM and (self.mechanism is not None or self._is_day(at + 1))
        return word in AS or dated or self._begins_until(at) or self._begins_how(at)

    def _begins_until(self, at: int) -> bool:
        word = said(self.reader, at)
        return word in UNTIL or (word in TO and self._is_day(at + 1))

    def _begins_how(self, at: int) -> bool:
        """`by letter`, `in person`."""
        two = fold(self.reader.text(at, at + 2))
        return said(self.reader, at) in BY or trim(two) == "in person"

    def _is_day(self, at: int) -> bool:
        try:
            return self.reader.longest(lambda text: parse_date(text, self.today), LONGEST_DATE, at) is not None
        except Refusal:
            return True

    def _rest(self, begin: int) -> str:
        """What can't be read, up to the next clause."""
        end = begin + 1
        while end < len(self.reader.words) and not self._begins(end):
            end += 1
        return self.reader.text(begin, end)
