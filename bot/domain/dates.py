"""Dates as people type them, in English, French and Spanish; never a guess at which number is the month."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from datetime import date
from types import MappingProxyType
from typing import NoReturn

from bot.domain.folding import fold
from bot.domain.refusals import Refusal

FIRST_YEAR, LAST_YEAR = 2000, 2199

_MONTH_NAMES = (
    "jan january janv janvier ene enero",
    "feb february fev fevr fevrier febrero",
    "mar march mars marzo",
    "apr april avr avril abr abril",
    "may mai mayo",
    "jun june juin junio",
    "jul july juil juillet julio",
    "aug august aout ago agosto",
    "sep sept september septembre septiembre setiembre",
    "oct october octobre octubre",
    "nov november novembre noviembre",
    "dec december decembre dic diciembre",
)
_MONTHS: Mapping[str, int] = MappingProxyType(
    {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()},
)
_WEEKDAYS = (
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
)
_WITH_WEEKDAY = re.compile(r"(?:le |el |on )?(?P<weekday>[a-z]{3,})\.? ?,? ?(?:the )?(?P<rest>\S.*)")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})")
_DAY_FIRST = re.compile(
    r"(?:le |el )?(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?[ -]?(?:of |de )?(?P<name>[a-z]+)\.?,?"
    r"(?:[ -]?(?:de )?(?P<year>\d{4}))?",
)
_MONTH_FIRST = re.compile(r"(?P<name>[a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:(?:, ?| )(?P<year>\d{4}))?")
_NUMBERS = re.compile(r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})")


def parse_date(text: str, today: date) -> date:
    """`2026-12-10`, `10 December 2026`, `December 10, 2026`, `10 déc. 2026`; `13/12/2026` can mean but one day.

    A weekday may stand before it, and settles which number is the month.

    Raises:
        Refusal("date-weekday"): `Friday 10 December 2026`; `weekday` is the day that it is, the choice the date alone.
        Refusal("date-ambiguous"): `10/12/2026`; the choices are both days, ISO.
        Refusal("date-year-missing"): `10 December`; the choice is the next one from `today` on.
        Refusal("date-year-short"): `10/12/26`.
        Refusal("date-unreadable"): no date, or one that doesn't exist.
    """
    typed = fold(text)
    if found := _YEAR_FIRST.fullmatch(typed):
        return _existing(text, int(found["year"]), int(found["month"]), int(found["day"]))
    if found := _NUMBERS.fullmatch(typed):
        return _from_numbers(text, found)
    found = _DAY_FIRST.fullmatch(typed) or _MONTH_FIRST.fullmatch(typed)
    if found and found["name"] in _MONTHS:
        month, day = _MONTHS[found["name"]], int(found["day"])
        return _existing(text, int(found["year"]), month, day) if found["year"] else _next(text, today, month, day)
    return _with_weekday(text, typed, today)


def _with_weekday(text: str, typed: str, today: date) -> date:
    """`Thursday 10 December 2026`, if it is one."""
    found = _WITH_WEEKDAY.fullmatch(typed)
    days = _weekdays_named(found["weekday"]) if found else {}
    if not found or not days:
        raise _unreadable(text)
    try:
        day = parse_date(found["rest"], today)
    except Refusal as refusal:
        day = _settled(refusal, days, text)
    if day.weekday() not in days:
        names = next(iter(days.values()))
        raise Refusal("date-weekday", typed=text, weekday=names[day.weekday()], choices=(day.isoformat(),))
    return day


def _settled(refusal: Refusal, weekdays: Container[int], text: str) -> date:
    """The one date of two that is such a weekday; where the year is missing, one that isn't is refused for that."""
    choices = refusal.facts.get("choices", ())
    offered = [date.fromisoformat(each) for each in choices] if isinstance(choices, tuple) else []
    fitting = [each for each in offered if each.weekday() in weekdays]
    if refusal.key == "date-ambiguous" and len(fitting) == 1:
        return fitting[0]
    if refusal.key == "date-year-missing" and not fitting:
        return offered[0]
    raise Refusal(refusal.key, **{**refusal.facts, "typed": text})


def _weekdays_named(word: str) -> dict[int, tuple[str, ...]]:
    """Which weekdays `thu` or `mar` may be, and the names of a week in that language."""
    found: dict[int, tuple[str, ...]] = {}
    for names in _WEEKDAYS:
        for day, name in enumerate(names):
            if fold(name).startswith(word):
                found.setdefault(day, names)
    return found


def _from_numbers(text: str, found: re.Match[str]) -> date:
    if len(found["year"]) == 2:
        raise Refusal("date-year-short", typed=text)
    year, first, second = int(found["year"]), int(found["first"]), int(found["second"])
    days = {_valid(year, second, first), _valid(year, first, second)} - {None}
    if len(days) > 1:
        both = (date(year, second, first).isoformat(), date(year, first, second).isoformat())
        raise Refusal("date-ambiguous", typed=text, choices=both)
    return days.pop() or _refuse(text) if days else _refuse(text)


def _next(text: str, today: date, month: int, day: int) -> NoReturn:
    """The day is named without a year: the next one is offered, not taken."""
    coming = (_valid(year, month, day) for year in range(today.year, today.year + 9))
    for offered in coming:
        if offered and offered >= today:
            raise Refusal("date-year-missing", typed=text, choices=(offered.isoformat(),))
    raise _unreadable(text)


def _existing(text: str, year: int, month: int, day: int) -> date:
    return _valid(year, month, day) or _refuse(text)


def _valid(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _refuse(text: str) -> NoReturn:
    raise _unreadable(text)


def _unreadable(text: str) -> Refusal:
    return Refusal("date-unreadable", typed=text)
