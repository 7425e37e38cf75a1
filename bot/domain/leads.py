"""Leads: how long before a session a reminder goes out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.deliveries import LEAD
from bot.domain.folding import fold
from bot.domain.refusals import Refusal
from bot.domain.times import first_instant

Unit: TypeAlias = Literal["m", "h", "d"]

MOST_LEADS = 10
LONGEST = timedelta(days=90)

_LEAD = re.compile(r"(?P<count>\d{1,9}) ?(?P<unit>m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)(?![a-z])", re.ASCII)
_BETWEEN = re.compile(r"(?: ?[,;] ?| and | )", re.ASCII)


@dataclass(frozen=True, slots=True)
class Lead:
    """`24h` is elapsed time, `1d` the same wall-clock time the day before: not the same lead."""

    count: int
    unit: Unit

    @property
    def code(self) -> str:
        """As typed: `60m` and `1h` are written differently."""
        return f"{self.count}{self.unit}"

    @property
    def kind(self) -> str:
        """The kind of delivery that this lead causes."""
        return f"{LEAD}{self.code}"

    @property
    def length(self) -> timedelta:
        """Nominal, for comparing: a day before a clock change has 23 or 25 hours."""
        match self.unit:
            case "m":
                return timedelta(minutes=self.count)
            case "h":
                return timedelta(hours=self.count)
            case "d":
                return timedelta(days=self.count)

    def before(self, start_wall: datetime, zone: ZoneInfo, start_at: datetime) -> datetime:
        """The UTC instant this long before a session that starts at `start_wall` in `zone`, which is `start_at`.

        Days are counted on the wall clock; where clocks skip that time the jump itself, where they repeat it the first.
        """
        if self.unit == "d":
            return first_instant(start_wall - self.length, zone)
        return start_at.astimezone(UTC) - self.length


def parse_leads(text: str) -> tuple[Lead, ...]:
    """`7d 1d 1h 10m`, the longest first; the same lead twice is one, weeks are days.

    Raises:
        Refusal("lead-unreadable"), Refusal("lead-range"), Refusal("lead-count").
    """
    leads: dict[tuple[bool, timedelta], Lead] = {}
    for lead in _read(text):
        if not timedelta(minutes=1) <= lead.length <= LONGEST:
            raise Refusal("lead-range", typed=lead.code, least="1m", most="90d")
        leads.setdefault((lead.unit == "d", lead.length), lead)
    if len(leads) > MOST_LEADS:
        raise Refusal("lead-count", count=len(leads), limit=MOST_LEADS)
    return tuple(sorted(leads.values(), key=lambda lead: (lead.length, lead.unit == "d"), reverse=True))


def looks_like_lead(text: str) -> bool:
    """Whether `text` is one lead, within the limits or not."""
    return _LEAD.fullmatch(fold(text)) is not None


def _read(text: str) -> list[Lead]:
    typed = fold(text)
    leads: list[Lead] = []
    at = 0
    while found := _LEAD.match(typed, at):
        leads.append(_lead(int(found["count"]), found["unit"][0]))
        between = _BETWEEN.match(typed, found.end())
        at = between.end() if between else found.end()
    if at < len(typed) or not leads:
        raise Refusal("lead-unreadable", typed=text)
    return leads


def _lead(count: int, unit: str) -> Lead:
    match unit:
        case "m":
            return Lead(count, "m")
        case "h":
            return Lead(count, "h")
        case "d":
            return Lead(count, "d")
        case _:
            return Lead(7 * count, "d")
