"""Time zones as people name them: IANA's ids, cities, duty stations."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
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
_REVERSED = re.compile(r"etc/gmt(?P<sign>[+-])(?P<hours>1[0-4]|[1-9])")
_MOST_CITIES = 3
_SEASONS = tuple(datetime(2026, month, 1, tzinfo=UTC) for month in (1, 3, 7))  # Morocco's clocks change for Ramadan


def find_zone(typed: str) -> ZoneInfo:
    """The zone of an IANA id (in any case) or of a city; an offset such as `UTC+2` is no zone.

    Raises:
        Refusal("zone-unknown"): the facts hold what comes near.
        Refusal("zone-ambiguous"): cities of that name lie in several zones.
        Refusal("zone-sign-reversed"): `Etc/GMT+2`, which lies behind UTC; the facts hold cities ahead of it and behind.
    """
    if signed := _REVERSED.fullmatch(fold(typed)):
        raise _reversed(typed, signed)
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
    """Without those whose sign is the reverse of what people mean."""
    ids = {fold(zone): zone for zone in available_timezones() if zone != "Factory"}
    return {name: zone for name, zone in ids.items() if not _REVERSED.fullmatch(name)}


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


def _reversed(typed: str, signed: re.Match[str]) -> Refusal:
    """Cities where it is as late as was probably meant, then those where it is as late as the id says."""
    hours = int(signed["hours"]) * (1 if signed["sign"] == "+" else -1)
    cities = (*_cities_at(timedelta(hours=hours)), *_cities_at(timedelta(hours=-hours)))
    return Refusal("zone-sign-reversed", typed=typed, utc=f"UTC{-hours:+d}", cities=cities)


@cache
def _cities_at(offset: timedelta) -> tuple[str, ...]:
    """Some cities whose clocks are at that offset all year, duty stations first."""
    stations = sorted({zone for zones in ZONES_OF.values() for zone in zones})
    regions = tuple(region for region in _REGIONS if not region.startswith("Antarctica"))
    others = sorted(zone for zone in available_timezones() if zone.startswith(regions) and zone.count("/") == 1)
    found = (ZoneInfo(zone) for zone in dict.fromkeys((*stations, *others)) if _is_at(ZoneInfo(zone), offset))
    names = (display_name(zone) for zone in found if zones_named(display_name(zone)) == (zone.key,))
    return tuple(islice(names, _MOST_CITIES))


def _is_at(zone: ZoneInfo, offset: timedelta) -> bool:
    return all(season.astimezone(zone).utcoffset() == offset for season in _SEASONS)
