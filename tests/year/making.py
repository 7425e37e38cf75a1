"""Webinars that are made at random: many of them where clocks change, or with leads that have passed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.year.model import Model, Plan, Webinar
from tests.year.walls import instants

ZONES = (
    "Europe/Zurich",
    "America/New_York",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
)
LEADS = ("7d", "1d", "24h", "2h", "1h", "10m")
LABELS = ("alpha", "beta", "gamma")
CLOCKS = (time(2, 15), time(2, 30), time(1, 45), time(3), time(0, 30), time(23, 15), time(9), time(14, 30), time(16))
"""Some of them near to where clocks change."""

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
LINK = "https://meet.example.org/join"


@dataclass(frozen=True, slots=True)
class Act:
    """What `person` types, words of the answer, and what it does to the model at an instant."""

    person: str
    typed: str
    answer: str
    on_model: Callable[[datetime], None]


@dataclass(frozen=True, slots=True)
class Planned:
    """A webinar to be made at `at`, unless its first session has begun by then."""

    at: datetime
    begins: datetime
    act: Act


@dataclass(frozen=True, slots=True)
class Making:
    random: Random
    model: Model
    organiser: str

    def webinar(self, start: date, days: int) -> Planned:
        """A webinar within so many days."""
        zone = self.random.choice(ZONES)
        number = self.random.randint(1, 3)
        first = self._day(zone, start, days)
        plans = {label: self._plan(zone, first + DAY * self.random.choice((0, 0, 1, 3))) for label in LABELS[:number]}
        leads = self._leads()
        begins = min(instants(plan.wall, zone)[0] for plan in plans.values())
        made = begins - self.random.choice((3 * HOUR, 20 * HOUR, 2 * DAY, 9 * DAY, 15 * DAY, 30 * DAY))
        return Planned(max(made, utc(start)), begins, self._act(zone, leads, plans))

    def _act(self, zone: str, leads: tuple[str, ...], plans: dict[str, Plan]) -> Act:
        title = f"Topic {self.random.randrange(10**9)}"
        spans = ", ".join(
            f"{label} {plan.wall:%Y-%m-%d %H:%M}-{plan.wall + plan.length:%H:%M}" for label, plan in plans.items()
        )
        typed = f'/webinar new "{title}" on {plans["alpha"].wall:%Y-%m-%d} in {zone} {spans} '
        typed += f"link {LINK} remind {' '.join(leads)}"

        def make(now: datetime) -> None:
            webinar = Webinar(title, zone, leads, dict(plans), dict.fromkeys(plans, now), dict(plans))
            self.model.make(webinar, now)

        return Act(self.organiser, typed, "is made", make)

    def _leads(self) -> tuple[str, ...]:
        return tuple(sorted(self.random.sample(LEADS, self.random.randint(1, 4)), key=LEADS.index))

    def _plan(self, zone: str, day: date) -> Plan:
        while True:
            wall = datetime.combine(day, self.random.choice(CLOCKS))
            plan = Plan(wall, self.random.choice((30, 60, 120, 180)) * MINUTE)
            if is_clear(plan, zone):
                return plan
            day += DAY

    def _day(self, zone: str, start: date, days: int) -> date:
        """Some day, or one up to a week from where clocks change."""
        changes = list(_clock_changes(zone, start, days))
        if changes and self.random.random() < 0.5:
            return self.random.choice(changes) + DAY * self.random.choice((-1, 0, 1, 1, 2, 7))
        return start + DAY * self.random.randrange(days)


def is_clear(plan: Plan, zone: str) -> bool:
    """Whether clocks show its start and its end, and both only once."""
    return all(len(instants(wall, zone)) == 1 for wall in (plan.wall, plan.wall + plan.length))


def _clock_changes(zone: str, start: date, days: int) -> Iterator[date]:
    """The days within which clocks in `zone` change."""
    there = ZoneInfo(zone)
    for by in range(1, days):
        day = datetime.combine(start + DAY * by, time(), there)
        if day.utcoffset() != (day + DAY).utcoffset():
            yield day.date()


def utc(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
