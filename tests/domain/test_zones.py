from __future__ import annotations

import re
import zoneinfo
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.duty_stations import ZONES_OF
from bot.domain.folding import fold
from bot.domain.zones import display_name, find_zone, zones_named
from tests.domain.refused import answer, refusal, texts


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Zurich", "Europe/Zurich"),
        ("europe/zurich", "Europe/Zurich"),
        ("america/new york", "America/New_York"),
        ("New York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("Nairobi", "Africa/Nairobi"),
        ("Sao Paulo", "America/Sao_Paulo"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Addis Ababa", "Africa/Addis_Ababa"),
        ("Port au Prince", "America/Port-au-Prince"),
        ("N’Djamena", "Africa/Ndjamena"),
        ("St. John's", "America/St_Johns"),
        ("utc", "UTC"),
        ("GMT", "GMT"),
        ("Geneva", "Europe/Zurich"),
        ("Genève", "Europe/Zurich"),
        ("The Hague", "Europe/Amsterdam"),
        ("Yaoundé", "Africa/Douala"),
        ("Brasília", "America/Sao_Paulo"),
        ("Washington, D.C.", "America/New_York"),
        ("San José, Costa Rica", "America/Costa_Rica"),
        ("Hanoi", "Asia/Ho_Chi_Minh"),
        ("Canberra", "Australia/Canberra"),
        ("Cordoba", "America/Argentina/Cordoba"),
        ("Istanbul", "Europe/Istanbul"),
        ("Singapore", "Asia/Singapore"),
        ("Jamaica", "America/Jamaica"),
        ("Etc/GMT", "Etc/GMT"),
        ("Etc/GMT+0", "Etc/GMT+0"),
    ],
)
def test_a_zone_is_found_by_id_city_or_duty_station(typed: str, zone: str) -> None:
    assert find_zone(typed).key == zone


@pytest.mark.parametrize("typed", ["Narnia", "", "UTC+2", "GMT+2", "west", "Pacific", "Factory", "x" * 3000])
def test_what_is_no_zone_is_refused(typed: str) -> None:
    assert refusal(lambda: find_zone(typed)).key == "zone-unknown"


@pytest.mark.parametrize(
    ("typed", "utc", "meant"), [("Etc/GMT+2", "UTC-2", "Johannesburg"), ("etc/gmt−3", "UTC+3", "Buenos Aires")]
)
def test_an_id_whose_sign_is_the_reverse_of_what_is_meant_is_refused_with_cities(
    typed: str, utc: str, meant: str
) -> None:
    refused = refusal(lambda: find_zone(typed))
    assert (refused.key, refused.facts["utc"]) == ("zone-sign-reversed", utc)
    assert meant in texts(refused.facts["cities"])
    assert zones_named(typed) == ()


@pytest.mark.parametrize("hours", [*range(-14, 0), *range(1, 13)])
def test_every_city_that_is_offered_is_at_either_offset(hours: int) -> None:
    refused = refusal(lambda: find_zone(f"Etc/GMT{hours:+d}"))
    noon = datetime.fromisoformat("2026-09-01 12:00+00:00")
    offsets = [noon.astimezone(find_zone(city)).utcoffset() for city in texts(refused.facts["cities"])]
    assert offsets
    assert set(offsets) <= {timedelta(hours=hours), timedelta(hours=-hours)}


def test_a_slip_of_the_hand_is_answered_with_what_comes_near() -> None:
    assert refusal(lambda: find_zone("Nairobbi")).facts["suggestions"] == ("Africa/Nairobi",)


@pytest.mark.parametrize(
    ("typed", "zones"),
    [
        ("San José", ("America/Costa_Rica", "America/Los_Angeles")),
        ("Samoa", ("Pacific/Apia", "Pacific/Pago_Pago")),
        ("EST", ("America/New_York", "America/Panama")),
    ],
)
def test_a_name_that_means_several_zones_is_refused_with_them(typed: str, zones: tuple[str, ...]) -> None:
    refused = refusal(lambda: find_zone(typed))
    assert (refused.key, refused.facts["matches"]) == ("zone-ambiguous", zones)


def test_every_duty_station_has_a_zone_that_exists() -> None:
    known = zoneinfo.available_timezones()
    assert {zone for zones in ZONES_OF.values() for zone in zones} <= known


def test_every_duty_station_is_written_as_it_is_compared() -> None:
    assert all(fold(city) == city and not set(city) & set("_-.',") for city in ZONES_OF)


@pytest.mark.parametrize(
    ("zone", "shown"), [("Europe/Zurich", "Zurich"), ("America/New_York", "New York"), ("UTC",) * 2]
)
def test_a_zone_is_shown_by_its_city(zone: str, shown: str) -> None:
    assert display_name(zoneinfo.ZoneInfo(zone)) == shown


def usual(zone: str) -> bool:
    return zone not in {"Factory", "EST", "MST"} and not re.fullmatch(r"Etc/GMT[+-][1-9]\d?", zone)


@given(st.sampled_from(sorted(each for each in zoneinfo.available_timezones() if usual(each))))
def test_every_id_is_found(zone: str) -> None:
    noon = datetime.fromisoformat("2026-07-01 12:00+00:00")
    assert noon.astimezone(find_zone(zone)).utcoffset() == noon.astimezone(zoneinfo.ZoneInfo(zone)).utcoffset()


@given(st.text(max_size=30))
def test_anything_typed_is_a_zone_or_refused(typed: str) -> None:
    assert isinstance(answer(lambda: find_zone(typed), "zone-"), zoneinfo.ZoneInfo | None)
