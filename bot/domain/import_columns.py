"""The columns of a file of representatives, by the headings that people give them, in any order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.folding import fold
from bot.domain.refusals import Refusal
from bot.domain.sheets import Cell, Sheet
from bot.domain.trimmings import trim


class Column(StrEnum):
    """Each is a heading as well. PERSON holds a Slack member id or a name, NAME a name alone."""

    MECHANISM = "mechanism"
    PERSON = "person"
    NAME = "name"
    ROLE = "role"
    FROM = "from"
    UNTIL = "until"
    HOW = "how"


_SAID = {
    Column.MECHANISM: (
        "mechanism, mechanisms, mechanism name, name of mechanism, iscm, rcp, process, dialogue, forum, body, "
        "mécanisme, nom du mécanisme, processus, mecanismo, nombre del mecanismo, proceso"
    ),
    Column.PERSON: (
        "person, people, representative, represented by, member, slack, slack id, slack member, slack member id, "
        "slack user, slack user id, member id, user, user id, id, personne, représentant, représentante, "
        "représentant(e), membre, id slack, identifiant, identifiant slack, persona, representante, miembro, "
        "identificador"
    ),
    Column.NAME: (
        "name, full name, person name, name of person, representative name, name of representative, "
        "without account, nom, nom complet, nom et prénom, nombre, nombre completo, nombre y apellido"
    ),
    Column.ROLE: "role, function, capacity, position, as, rôle, fonction, qualité, rol, papel, función, cargo",
    Column.FROM: (
        "from, from date, since, start, starts, start date, begin, begins, first day, valid from, term start, "
        "du, dès, depuis, à partir du, début, date de début, premier jour, desde, inicio, fecha de inicio, primer día"
    ),
    Column.UNTIL: (
        "until, until date, to, till, end, ends, end date, last day, valid until, valid to, term end, "
        "au, jusque, jusqu'au, jusqu'à, fin, date de fin, dernier jour, hasta, fecha de fin, último día"
    ),
    Column.HOW: (
        "how, how it came, by, means, received by, answered by, how named, moyen, par, reçu par, medio, por, "
        "cómo, recibido por"
    ),
}
_COLUMNS = {fold(name): column for column, said in _SAID.items() for name in said.split(", ")}
_REMARK = re.compile(r"[(\[].*?[)\]]")
ALWAYS = (Column.MECHANISM, Column.ROLE)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands, and the headings that were not understood, as they are written."""

    places: Mapping[Column, int]
    unread: tuple[str, ...]


def find_column(cell: Cell) -> Column | None:
    """`From`, `Start date:`, `start_date (first day)`."""
    if not isinstance(cell, str):
        return None
    typed = fold(cell).replace("_", " ").replace("*", " ")
    return _COLUMNS.get(trim(typed)) or _COLUMNS.get(trim(_REMARK.sub(" ", typed)))


def known(cells: Sequence[Cell]) -> int:
    """How many of the columns a line names."""
    return len({find_column(each) for each in cells} - {None})


def find_columns(sheet: Sheet) -> Columns:
    """What stands where.

    Raises:
        Refusal("column-missing"): `missing` are the headings without which there is nothing to import.
        Refusal("column-twice"): `first` and `second` mean the same.
    """
    places: dict[Column, int] = {}
    headings = sheet.header.cells
    for place, cell in enumerate(headings):
        column = find_column(cell)
        if column in places:
            raise Refusal("column-twice", first=str(headings[places[column]]), second=str(cell))
        if column is not None:
            places[column] = place
    missing = [each for each in ALWAYS if each not in places]
    if not {Column.PERSON, Column.NAME} & places.keys():
        missing.insert(1, Column.PERSON)
    if missing:
        raise Refusal("column-missing", missing=tuple(missing), row=sheet.header.number)
    if not sheet.rows:
        raise Refusal("sheet-empty")
    return Columns(places, _unread(sheet, places))


def _unread(sheet: Sheet, places: Mapping[Column, int]) -> tuple[str, ...]:
    """Columns that hold something; one without a heading is named by its letter."""
    taken, width = set(places.values()), max(len(each.cells) for each in (sheet.header, *sheet.rows))
    others = [place for place in range(width) if place not in taken]
    filled = [place for place in others if sheet.header.cell(place) or any(row.cell(place) for row in sheet.rows)]
    return tuple(str(sheet.header.cell(place) or _letter(place)) for place in filled)


def _letter(place: int) -> str:
    """As a spreadsheet names its columns: A … Z, AA, AB …"""
    letter = LETTERS[place % len(LETTERS)]
    return letter if place < len(LETTERS) else _letter(place // len(LETTERS) - 1) + letter
