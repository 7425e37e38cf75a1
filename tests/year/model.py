"""Who should have got what, and when: told a second time and in a simple way, apart from the bot's own rules.

Instants are UTC; walls are naive, in the webinar's zone. Nothing here is the bot's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.year.walls import instant

UNITS = {"h": timedelta(hours=1), "m": timedelta(minutes=1)}
CHANNEL = "the channel"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a message says: of a session, when it starts now, and when it did on the wall before."""

    kind: str
    title: str
    label: str = ""
    starts_at: datetime | None = None
    before: datetime | None = None

    def __str__(self) -> str:
        now = "" if self.starts_at is None else f", starts {self.starts_at:%F %T} UTC"
        before = "" if self.before is None else f", before {self.before:%F %R} on the wall"
        return f"{self.kind} {self.title} {self.label}{now}{before}"


@dataclass(frozen=True, slots=True)
class Told:
    """A message: to a person or the channel, to the second."""

    at: datetime
    recipient: str
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return f"{self.at:%F %T} to {self.recipient}: {'; '.join(map(str, self.parts))}"


@dataclass(frozen=True, slots=True)
class Plan:
    """When a session takes place, or would."""

    wall: datetime
    length: timedelta
    cancelled: bool = False


@dataclass(slots=True)
class Webinar:
    """`changed` says of each session since when its plan stands, `known` which plans the channel knows."""

    title: str
    zone: str
    leads: tuple[str, ...]
    plans: dict[str, Plan]
    changed: dict[str, datetime]
    known: dict[str, Plan]

    def starts(self, plan: Plan) -> datetime:
        return instant(plan.wall, self.zone)

    def ends(self, plan: Plan) -> datetime:
        return instant(plan.wall + plan.length, self.zone)

    def is_ahead(self, label: str, now: datetime) -> bool:
        return self.starts(self.plans[label]) > now

    def due(self, label: str, lead: str) -> datetime:
        """A day is the same time on the wall the day before; hours and minutes pass."""
        plan, count, unit = self.plans[label], int(lead[:-1]), lead[-1]
        if unit == "d":
            return instant(plan.wall - timedelta(days=count), self.zone)
        return self.starts(plan) - count * UNITS[unit]

    def dues(self, label: str) -> list[datetime]:
        return sorted(self.due(label, lead) for lead in self.leads)

    def channel_due(self, label: str) -> datetime:
        return self.due(label, "1d") if "1d" in self.leads else min(self.dues(label))

    def news(self, label: str, knew: Plan, now: datetime) -> Iterator[Part]:
        """What to tell of a session to somebody who knew it as `knew`; nothing once it is over at either time.

        The only one of a webinar is not named.
        """
        plan, named = self.plans[label], label if len(self.plans) > 1 else ""
        if now >= max(self.ends(knew), self.ends(plan)) or (knew.cancelled and plan.cancelled):
            return
        if plan.cancelled:
            yield Part("cancelled", self.title, named, None, knew.wall)
        elif knew.cancelled:
            before = None if knew.wall == plan.wall else knew.wall
            yield Part("reopened", self.title, named, self.starts(plan), before)
        elif knew != plan:
            yield Part("moved", self.title, named, self.starts(plan), knew.wall)


@dataclass(slots=True)
class Seat:
    """Taken at `since`; its holder knows the session as `known`."""

    label: str
    since: datetime
    known: Plan


@dataclass(slots=True)
class Model:
    """`settled` is when the bot was last known to have sent what was due; `off` and `on_since` are of people."""

    settled: datetime
    told: list[Told] = field(default_factory=list)
    webinars: dict[int, Webinar] = field(default_factory=dict)
    seats: dict[tuple[int, str], Seat] = field(default_factory=dict)
    off: set[str] = field(default_factory=set)
    on_since: dict[str, datetime] = field(default_factory=dict)

    def make(self, webinar: Webinar, now: datetime) -> None:
        self.webinars[len(self.webinars) + 1] = webinar
        self._tell(now, CHANNEL, Part("announced", webinar.title))

    def take(self, number: int, person: str, label: str, now: datetime) -> None:
        self.seats[number, person] = Seat(label, now, self.webinars[number].plans[label])

    def leave(self, number: int, person: str) -> None:
        del self.seats[number, person]

    def change(self, number: int, plans: Mapping[str, Plan], now: datetime) -> None:
        webinar = self.webinars[number]
        webinar.plans |= plans
        webinar.changed |= dict.fromkeys(plans, now)

    def switch(self, person: str, *, on: bool, now: datetime) -> None:
        if on and person in self.off:
            self.on_since[person] = now
        (self.off.discard if on else self.off.add)(person)

    def next_due(self, now: datetime) -> datetime | None:
        """The next instant at which a lead may reach anybody."""
        ahead = (
            due
            for webinar in self.webinars.values()
            for label, plan in webinar.plans.items()
            if not plan.cancelled and webinar.is_ahead(label, now)
            for due in webinar.dues(label)
        )
        return min((due for due in ahead if due > now), default=None)

    def settle(self, now: datetime) -> None:
        """The bot is up, and sends what is due."""
        for webinar in self.webinars.values():
            self._settle_channel(webinar, now)
        for (number, person), seat in self.seats.items():
            self._settle_seat(self.webinars[number], person, seat, now)
        self.settled = now

    def _settle_channel(self, webinar: Webinar, now: datetime) -> None:
        news = [part for label, knew in webinar.known.items() for part in webinar.news(label, knew, now)]
        if news:
            self._tell(now, CHANNEL, *news)
        webinar.known = dict(webinar.plans)
        for label in webinar.plans:
            due = webinar.channel_due(label)
            if self._is_owed(webinar, label, due, webinar.changed[label], now):
                self._remind(webinar, label, CHANNEL, now, "reminder")

    def _settle_seat(self, webinar: Webinar, person: str, seat: Seat, now: datetime) -> None:
        for part in webinar.news(seat.label, seat.known, now):
            self._tell(now, person, part)
        seat.known = webinar.plans[seat.label]
        dues = webinar.dues(seat.label)
        passed = [due for due in dues if due <= now]
        since = max(seat.since, webinar.changed[seat.label], self.on_since.get(person, seat.since))
        if passed and person not in self.off and self._is_owed(webinar, seat.label, passed[-1], since, now):
            self._remind(webinar, seat.label, person, now, "last reminder" if passed == dues else "reminder")

    def _is_owed(self, webinar: Webinar, label: str, due: datetime, since: datetime, now: datetime) -> bool:
        """Whether that lead came after everything that it hangs on, and since the bot last sent what was due."""
        if webinar.plans[label].cancelled or not webinar.is_ahead(label, now):
            return False
        return max(since, self.settled) < due <= now

    def _remind(self, webinar: Webinar, label: str, recipient: str, now: datetime, kind: str) -> None:
        self._tell(now, recipient, Part(kind, webinar.title, label, webinar.starts(webinar.plans[label])))

    def _tell(self, now: datetime, recipient: str, *parts: Part) -> None:
        self.told.append(Told(now.replace(microsecond=0), recipient, parts))
