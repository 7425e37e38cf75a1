"""Webinars with moves, cancellations, late sign-ups and restarts at random: each message as the model has it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from random import Random

import pytest

from scheduler import work
from tests.year.house import house
from tests.year.making import Making, utc
from tests.year.model import Model, Told
from tests.year.play import Play
from tests.year.script import Script

START = date(2026, 12, 1)
SPRING = date(2027, 3, 1)
"""Clocks change in the two months after it."""

PEOPLE = 20
SHOWN = 12
"""So many differences are shown."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is `missing` the model has and the workspace hasn't; `extra` is the other way round."""

    messages: Counter[str]
    missing: list[Told]
    extra: list[Told]
    acts: int
    restarts: int
    seconds: float

    @property
    def is_exact(self) -> bool:
        return not self.missing and not self.extra

    def __str__(self) -> str:
        kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(self.messages.items()))
        differences = [(each, "missing") for each in self.missing] + [(each, "extra") for each in self.extra]
        differences.sort(key=lambda found: found[0].at)
        return "\n".join(
            (
                f"{self.acts} acts, {self.restarts} restarts, {self.messages.total()} messages ({kinds})",
                f"{len(differences)} differences, {self.seconds:.0f} s",
                *(f"{what}: {told}" for told, what in differences[:SHOWN]),
            )
        )


async def play(database_url: str, seed: int, webinars: int, start: date, days: int) -> Outcome:
    began = time.monotonic()
    async with house(database_url, utc(start), PEOPLE) as here:
        names = tuple(name for name in here.people if name != "ana")
        random, model = Random(seed), Model(utc(start))
        making, script = Making(random, model, "ana"), Script(random, model, "ana", names)
        played = Play(here, script)
        for _ in range(webinars):
            planned = making.webinar(start, days)
            played.plan(planned.at, partial(played.announce, planned))
        await played.run()
        found, expected = Counter(here.arrived()), Counter(model.told)
    kinds = Counter(part.kind for each in found.elements() for part in each.parts[:1])
    missing, extra = list((expected - found).elements()), list((found - expected).elements())
    return Outcome(kinds, missing, extra, played.acts, played.restarts, time.monotonic() - began)


@pytest.fixture(autouse=True)
def hasty_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "REST_S", 0)


async def test_two_months_of_webinars_differ_from_the_model_by_no_message(new_database: Callable[[str], str]) -> None:
    outcome = await play(new_database("sqlite"), seed=2, webinars=12, start=SPRING, days=60)
    assert outcome.is_exact, str(outcome)
    assert {"reminder", "last reminder", "moved", "cancelled", "reopened"} <= set(outcome.messages), str(outcome)


@pytest.mark.soak
@pytest.mark.parametrize(("kind", "seed"), [("sqlite", 1), ("sqlite", 2), ("postgresql", 3)])
async def test_a_year_of_webinars_differs_from_the_model_by_no_message(
    kind: str, seed: int, new_database: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = await play(new_database(kind), seed=seed, webinars=50, start=START, days=365)
    with capsys.disabled():
        print(f"\n{kind}, seed {seed}: {outcome}")  # noqa: T201 - the figures are what a soak is for
    assert outcome.is_exact, str(outcome)
