"""What the rows of a file of representatives mean, each on its own, and what is wrong with those that mean nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.dates import FIRST_YEAR, LAST_YEAR, parse_date
from bot.domain.folding import fold
from bot.domain.hows import parse_how
from bot.domain.ids import UserId
from bot.domain.import_columns import Column, Columns
from bot.domain.mechanisms import Mechanism, choose_mechanism
from bot.domain.mentions import read_mention
from bot.domain.refusal_places import Places
from bot.domain.refusals import Refusal
from bot.domain.representations import NewRepresentation, Person, check_in_use, check_name, person
from bot.domain.roles import parse_role
from bot.domain.sheets import Cell, Line, Sheet

LIKE_AN_ID = re.compile(r"(?=.*\d|.{9})[UW][A-Z0-9]{1,20}")
"""Slack's member ids, seen as `U024BE7LH` or longer; `ULRICH` is a name."""

MIDNIGHT = re.compile(r"(?<=\d)[ T]00:00(?::00(?:\.0+)?)?Z?")
"""What programs write behind a date that they take for a time."""

OPEN = frozenset({"", "-", "open", "open-ended", "none", "n/a"})


class Acquaintance(StrEnum):
    """What Slack says of a member id. UNASKED: there was no time to ask, or no answer."""

    HERE = "here"
    BOT = "bot"
    LEFT = "left"
    UNKNOWN = "unknown"
    UNASKED = "unasked"


@dataclass(frozen=True, slots=True)
class GoodRow:
    number: int
    new: NewRepresentation
    mechanism: Mechanism


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell, as it is written."""

    column: Column
    typed: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class BadRow:
    number: int
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Reader:
    """Reads the rows of one file. Mechanisms are written again and again: each spelling is looked up once."""

    columns: Columns
    register: Sequence[Mechanism]
    people: Mapping[UserId, Acquaintance]
    now: datetime
    _chosen: dict[str, Mechanism | Refusal] = field(default_factory=dict)

    def read(self, line: Line) -> GoodRow | BadRow:
        places, cells = Places(), {each: line.cell(self.columns.places.get(each)) for each in Column}
        mechanism = places.read(Column.MECHANISM, lambda: self._mechanism(_text(cells[Column.MECHANISM])))
        role = places.read(Column.ROLE, lambda: parse_role(_needed(_text(cells[Column.ROLE]))))
        since = places.read(Column.FROM, lambda: self._day(cells[Column.FROM]))
        until = places.read(Column.UNTIL, lambda: self._day(cells[Column.UNTIL]))
        who = self._person(places, cells)
        if places.refused or mechanism is None or role is None or who is None:
            return BadRow(line.number, _problems(places, cells))
        return GoodRow(line.number, NewRepresentation(who, mechanism.id, role, since, until), mechanism)

    def _mechanism(self, typed: str) -> Mechanism:
        if typed not in self._chosen:
            try:
                self._chosen[typed] = check_in_use(choose_mechanism(_needed(typed), self.register))
            except Refusal as refusal:
                self._chosen[typed] = refusal
        chosen = self._chosen[typed]
        if isinstance(chosen, Refusal):
            raise chosen
        return chosen

    def _day(self, cell: Cell) -> date | None:
        if isinstance(cell, date):
            if not FIRST_YEAR <= cell.year <= LAST_YEAR:
                raise Refusal("date-unreadable", typed=cell.isoformat())
            return cell
        typed = MIDNIGHT.sub("", cell)
        return None if fold(typed) in OPEN else parse_date(typed, self.now.date())

    def _person(self, places: Places, cells: Mapping[Column, Cell]) -> Person | None:
        """How it came is asked for last: what is wrong with it stands in a column of its own."""
        typed = _text(cells[Column.HOW])
        how = places.read(Column.HOW, lambda: parse_how(typed) if typed else None)
        said = places.read(Column.PERSON, lambda: self._who(cells))
        if said is None or Column.HOW in places.refused:
            return None
        return places.read(Column.HOW, lambda: person(*said, how))

    def _who(self, cells: Mapping[Column, Cell]) -> tuple[UserId | None, str]:
        user, name = read_who(cells[Column.PERSON], cells[Column.NAME])
        if user is not None:
            _check(user, self.people.get(user, Acquaintance.UNASKED))
        else:
            check_name(name)
        return user, name


def users(sheet: Sheet, columns: Columns) -> tuple[UserId, ...]:
    """Everybody whose member id stands in the sheet, each once."""
    found: dict[UserId, None] = {}
    for line in sheet.rows:
        try:
            user, _ = read_who(*(line.cell(columns.places.get(each)) for each in (Column.PERSON, Column.NAME)))
        except Refusal:
            continue
        if user is not None:
            found[user] = None
    return tuple(found)


def read_who(*cells: Cell) -> tuple[UserId | None, str]:
    """The one account, or the one name: beside an account a name is not needed, since Slack shows its own.

    Raises:
        Refusal("cell-missing"), Refusal("names-differ"), Refusal("person-email"), Refusal("person-handle")
    """
    filled = [_text(each) for each in cells if each]
    accounts = {user for each in filled if (user := _user(each)) is not None}
    names = {fold(each): each for each in reversed(filled) if _user(each) is None}
    if len(accounts) > 1 or (not accounts and len(names) > 1):
        raise Refusal("names-differ", names=tuple(filled))
    if accounts:
        return accounts.pop(), ""
    return None, _needed(next(iter(names.values()), ""))


def _user(typed: str) -> UserId | None:
    if LIKE_AN_ID.fullmatch(typed):
        return UserId(typed)
    if "@" in typed.strip("<@>"):
        raise Refusal("person-email", typed=typed)
    try:
        return read_mention(typed)
    except Refusal:
        raise Refusal("person-handle", typed=typed) from None


def _check(user: UserId, found: Acquaintance) -> None:
    match found:
        case Acquaintance.HERE:
            return
        case Acquaintance.BOT:
            raise Refusal("representative-bot", user=user)
        case Acquaintance.LEFT:
            raise Refusal("person-left")
        case Acquaintance.UNKNOWN:
            raise Refusal("person-unknown")
        case Acquaintance.UNASKED:
            raise Refusal("person-unasked")


def _problems(places: Places, cells: Mapping[Column, Cell]) -> tuple[Problem, ...]:
    refused = {Column(name): refusal for name, refusal in places.refused.items()}
    return tuple(Problem(each, _shown(each, cells), refused[each]) for each in Column if each in refused)


def _shown(column: Column, cells: Mapping[Column, Cell]) -> str:
    return _text(cells[column] or (cells[Column.NAME] if column is Column.PERSON else ""))


def _needed(typed: str) -> str:
    if not typed:
        raise Refusal("cell-missing")
    return typed


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.isoformat()
