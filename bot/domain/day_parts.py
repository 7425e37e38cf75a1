"""Words for parts of the day, in the languages that people sign up in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType

_NOON, _SIX = time(12), time(18)


@dataclass(frozen=True, slots=True)
class DayPart:
    """`names` are folded; it runs from `start` up to `end`, or to midnight."""

    names: frozenset[str]
    start: time
    end: time | None

    def holds(self, at: time) -> bool:
        """Whether `at` lies in it."""
        return self.start <= at and (self.end is None or at < self.end)


_MORNING = frozenset({"morning", "matin", "matinee", "manana", "am", "a.m.", "a.m", "صباح", "صباحا", "الصباح"})
_AFTERNOON = frozenset({"afternoon", "apres-midi", "apres midi", "apresmidi", "tarde"})
_EVENING = frozenset({"evening", "soir", "soiree", "noche"})
_PM = frozenset({"pm", "p.m.", "p.m"})

DAY_PARTS: Mapping[str, DayPart] = MappingProxyType(
    dict.fromkeys(_MORNING, DayPart(_MORNING, time(0), _NOON))
    | dict.fromkeys(_AFTERNOON, DayPart(_AFTERNOON | _PM, _NOON, _SIX))
    | dict.fromkeys(_EVENING, DayPart(_EVENING, _SIX, None))
    | dict.fromkeys(_PM, DayPart(_AFTERNOON | _PM, _NOON, None)),
)
