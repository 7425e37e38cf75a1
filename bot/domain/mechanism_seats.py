"""Where the days of the register's mechanisms begin: derived, since the register names no zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Seat:
    """`said` is the place as the register's `secretariat` has it, `zone_name` (IANA) the zone of that place."""

    said: str
    zone_name: str


SEATS: Mapping[str, Seat] = MappingProxyType(
    {
        "add": Seat("United Arab Emirates", "Asia/Dubai"),
        "bali": Seat("Bangkok", "Asia/Bangkok"),
        "colombo": Seat("Sri Lanka", "Asia/Colombo"),
        "gfmd": Seat("Geneva", "Europe/Zurich"),
        "pidc": Seat("Apia", "Pacific/Apia"),
        "rcm": Seat("San Jose; Costa Rica", "America/Costa_Rica"),
    }
)
"""By a mechanism's code. Of all others the register names no place: their days begin where the workspace's do.

This is our reading, and not a fact of the register: a Chair may sit elsewhere, and a workspace can choose another zone.
"""
