"""When a bot dies, and what Slack does to it before: at random, the same again for the same seed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from tests.crashes.doomed import Point
from workspace.weather import Squall, Weather


@dataclass(frozen=True, slots=True)
class Fate:
    """The point at which a bot dies, and at which of its passages; at `Point.ANY` after how many seconds."""

    point: Point
    turn: float


SPARED = Fate(Point.ANY, 0)
MOST_LIMITS = 5


def fates(seed: int, number: int) -> list[Fate]:
    """So many deaths: at any point and any moment."""
    random = Random(seed)
    return [_fate(random) for _ in range(number)]


def storm(seed: int, methods: Iterable[str], most: int) -> list[Weather]:
    """Every kind of trouble over each of these methods, at most so many times.

    The 429s are few: each halves the pace for a minute, as it should, and these come whatever the pace is.
    """
    among = list(methods)
    odds: dict[Squall, float] = dict.fromkeys((each for each in Squall if each is not Squall.RATE_LIMIT), 0.04)
    troubles = [Weather(method=each, odds=odds, random=Random(f"{seed} {each}"), most=most) for each in among]
    limits = [
        Weather(method=each, odds={Squall.RATE_LIMIT: 0.04}, random=Random(f"{seed} 429 {each}"), most=MOST_LIMITS)
        for each in among
    ]
    return [*limits, *troubles]


def _fate(random: Random) -> Fate:
    point = random.choice(list(Point))
    match point:
        case Point.ANY:
            return Fate(point, random.uniform(0.3, 2.5))
        case Point.BEFORE_CLAIM_COMMIT | Point.AFTER_CLAIM_COMMIT:
            return Fate(point, 1)
        case _:
            return Fate(point, random.randint(1, 12))
