"""Time zones as people name them: IANA's ids, cities, duty stations."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.duty_stations import ZONES_OF
from bot.domain.folding import fold
from bot.domain.refusals import Refusal

_REGIONS = (
    "Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/",
    "Australia/", "Europe/", "Indian/", "Pacific/",
)  # fmt: skip
_AREAS = frozenset({"act", "lhi", "north", "nsw", "south", "west", "general"})  # of Australia: no cities
_SPACED = str.maketrans("_-,", "   ", ".'")
_LONGEST_NAME = 40


def find_zone(typed: str) -> ZoneInfo:
    """The zone of an IANA id (in any case) or of a city; an offset such as `UTC+2` is no zone.

    Raises:
        Refusal("zone-unknown"): the facts hold what comes near.
        Refusal("zone-ambiguous"): cities of that name lie in several zones.
    """
    found = zones_named(typed)
    if len(found) > 1:
        raise Refusal("zone-ambiguous", typed=typed, matches=found)
    if not found:
        raise Refusal("zone-unknown", typed=typed, suggestions=_suggestions(_city_key(typed)))
    return ZoneInfo(found[0])


def zones_named(typed: str) -> tuple[str, ...]:
    """The ids that `typed` may mean: none, one, or those of several cities of that name."""
    exact = _ids().get(fold(typed).replace(" ", "_"))
    if exact and "/" in exact:
        return (exact,)
    return _cities().get(_city_key(typed), (exact,) if exact else ())


def display_name(zone: ZoneInfo) -> str:
    """The city of a zone: `Zurich`, `New York`, `UTC`."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def typed_name(zone: ZoneInfo) -> str:
    """What may be typed for a zone: its city where that is no other zone's, else its id."""
    city = display_name(zone)
    return city if zones_named(city) == (zone.key,) else zone.key


@cache
def _ids() -> Mapping[str, str]:
    return {fold(zone): zone for zone in available_timezones() if zone != "Factory"}


@cache
def _cities() -> Mapping[str, tuple[str, ...]]:
    """Zones by city; the duty stations go before IANA's older twins of a name."""
    cities: dict[str, tuple[str, ...]] = {}
    for zone in sorted(available_timezones(), key=lambda zone: zone.count("/")):
        city = _city_key(zone.rpartition("/")[2])
        if zone.startswith(_REGIONS) and city not in _AREAS:
            cities[city] = (zone,)  # America/Argentina/Cordoba after its old name America/Cordoba
    return {**cities, **ZONES_OF}


def _city_key(typed: str) -> str:
    return " ".join(fold(typed).translate(_SPACED).split())


def _suggestions(city: str) -> tuple[str, ...]:
    if not city or len(city) > _LONGEST_NAME:
        return ()
    close = difflib.get_close_matches(city, _cities(), n=3, cutoff=0.75)
    return tuple(dict.fromkeys(zone for name in close for zone in _cities()[name]))
