"""What people do about webinars, at random and the same again for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.year.making import CLOCKS, DAY, HOUR, MINUTE, Act, is_clear
from tests.year.model import Model, Plan, Webinar


@dataclass(frozen=True, slots=True)
class Script:
    """`people` may sign up; `organiser` runs the webinars."""

    random: Random
    model: Model
    organiser: str
    people: tuple[str, ...]

    def early(self, number: int, now: datetime) -> datetime:
        """An instant in the first half of the time that there is to sign up."""
        webinar = self.model.webinars[number]
        spare = max(webinar.starts(plan) for plan in webinar.plans.values()) - now
        return now + timedelta(seconds=int(spare.total_seconds() * self.random.uniform(0, 0.5)))

    def near(self, number: int, now: datetime) -> datetime:
        """An instant to come at which something may well go wrong: at a lead or a start, or close to it."""
        webinar = self.model.webinars[number]
        marks = [
            mark for label in webinar.plans for mark in (*webinar.dues(label), webinar.starts(webinar.plans[label]))
        ]
        mark = self.random.choice([each for each in marks if each > now] or [now])
        by = self.random.choice((0, 0, self.random.randint(-5400, 3600), self.random.randint(-600, 600), 1, -1))
        return max(now, mark + timedelta(seconds=by))

    def act(self, number: int, now: datetime) -> Act | None:
        """Something that can be done about that webinar now."""
        return self._one((*[self.sign_up] * 24, *[self._leave] * 5, *[self._switch] * 2, *self._changes), number, now)

    def change(self, number: int, now: datetime) -> Act | None:
        """Something that an organiser can do."""
        return self._one(self._changes, number, now)

    @property
    def _changes(self) -> tuple[Callable[[int, datetime], Act | None], ...]:
        return (
            self._move_session, self._move_session, self._move_session, self._move_all, self._cancel_session,
            self._cancel_all, self._reopen_session, self._reopen_session, self._reopen_all,
        )  # fmt: skip

    def _one(self, among: tuple[Callable[[int, datetime], Act | None], ...], number: int, now: datetime) -> Act | None:
        for choice in self.random.choices(among, k=12):
            if (found := choice(number, now)) is not None:
                return found
        return None

    def sign_up(self, number: int, now: datetime) -> Act | None:
        person, webinar = self.random.choice(self.people), self.model.webinars[number]
        seat = self.model.seats.get((number, person))
        held = None if seat is None else seat.label
        among = [each for each in self._ahead(number, now, cancelled=False) if each != held]
        if not among or (held and not webinar.plans[held].cancelled and not webinar.is_ahead(held, now)):
            return None
        label = self.random.choice(among)
        answer = f"You have moved from the {held} to the *{label}*" if held else f"You have a seat in the *{label}*"
        take = self.model.take
        return Act(person, f"/signup W{number} {label}", answer, lambda now: take(number, person, label, now))

    def _leave(self, number: int, now: datetime) -> Act | None:
        webinar = self.model.webinars[number]
        may = [
            person
            for (where, person), seat in self.model.seats.items()
            if where == number and (webinar.plans[seat.label].cancelled or webinar.is_ahead(seat.label, now))
        ]
        if not may:
            return None
        person = self.random.choice(may)
        return Act(person, f"/signup cancel W{number}", "given back", lambda _: self.model.leave(number, person))

    def _switch(self, number: int, now: datetime) -> Act | None:
        del number, now
        person = self.random.choice(self.people)
        if self.model.off and self.random.random() < 0.7:
            person = min(self.model.off)
        on = person in self.model.off
        answer = "You will be reminded" if on else "You will get no more reminders"
        typed = f"/signup reminders {'on' if on else 'off'}"
        return Act(person, typed, answer, lambda now: self.model.switch(person, on=on, now=now))

    def _move_session(self, number: int, now: datetime) -> Act | None:
        webinar, among = self.model.webinars[number], self._ahead(number, now, cancelled=False)
        if not among:
            return None
        label = self.random.choice(among)
        plan = webinar.plans[label]
        moved = replace(plan, wall=self._wall(webinar, plan, now))
        if moved == plan or not self._can_be(webinar, [moved], now):
            return None
        typed = f"move W{number} {label} to {moved.wall:%Y-%m-%d %H:%M}"
        return self._changing(number, typed, {label: moved}, "Moved in")

    def _move_all(self, number: int, now: datetime) -> Act | None:
        webinar, among = self.model.webinars[number], self._ahead(number, now, cancelled=False)
        by = DAY * self.random.choice((-7, -2, -1, 1, 2, 7))
        moved = {each: replace(webinar.plans[each], wall=webinar.plans[each].wall + by) for each in among}
        if not moved or not self._can_be(webinar, moved.values(), now):
            return None
        first = min(each.wall for each in moved.values())
        return self._changing(number, f"move W{number} to {first:%Y-%m-%d}", moved, "Moved in")

    def _cancel_session(self, number: int, now: datetime) -> Act | None:
        return self._cancelling(number, self._ahead(number, now, cancelled=False)[:1], whole=False)

    def _cancel_all(self, number: int, now: datetime) -> Act | None:
        return self._cancelling(number, self._ahead(number, now, cancelled=False), whole=True)

    def _reopen_session(self, number: int, now: datetime) -> Act | None:
        return self._cancelling(number, self._ahead(number, now, cancelled=True)[:1], whole=False)

    def _reopen_all(self, number: int, now: datetime) -> Act | None:
        return self._cancelling(number, self._ahead(number, now, cancelled=True), whole=True)

    def _cancelling(self, number: int, labels: list[str], *, whole: bool) -> Act | None:
        """Cancel these sessions, or reopen them where they are cancelled."""
        if not labels:
            return None
        plans = self.model.webinars[number].plans
        was = plans[labels[0]].cancelled
        verb, answer = ("reopen", "Taking place after all in") if was else ("cancel", "Cancelled in")
        typed = f"{verb} W{number}" if whole else f"{verb} W{number} {labels[0]}"
        return self._changing(number, typed, {each: replace(plans[each], cancelled=not was) for each in labels}, answer)

    def _changing(self, number: int, typed: str, plans: dict[str, Plan], answer: str) -> Act:
        return Act(self.organiser, f"/webinar {typed}", answer, lambda now: self.model.change(number, plans, now))

    def _ahead(self, number: int, now: datetime, *, cancelled: bool) -> list[str]:
        """Labels of sessions that haven't begun, in random order."""
        webinar = self.model.webinars[number]
        plans = self.random.sample(list(webinar.plans.items()), len(webinar.plans))
        return [label for label, plan in plans if plan.cancelled is cancelled and webinar.is_ahead(label, now)]

    def _wall(self, webinar: Webinar, plan: Plan, now: datetime) -> datetime:
        """Another time for a session: by hours or days, or soon, closer than many a lead."""
        soon = now.astimezone(ZoneInfo(webinar.zone)).replace(tzinfo=None, second=0, microsecond=0)
        by = self.random.choice((-7 * DAY, -DAY, -3 * HOUR, -HOUR, 30 * MINUTE, 2 * HOUR, DAY, 2 * DAY, 8 * DAY))
        near = soon + MINUTE * self.random.choice((5, 40, 90, 200, 1500))
        at = datetime.combine(plan.wall.date() + self.random.choice((0, 1, 2)) * DAY, self.random.choice(CLOCKS))
        return self.random.choice((plan.wall + by, plan.wall + by, near, at))

    def _can_be(self, webinar: Webinar, plans: Iterable[Plan], now: datetime) -> bool:
        return all(is_clear(plan, webinar.zone) and webinar.starts(plan) > now for plan in plans)
