from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.page.readers import EVE, MORNING, reader
from workspace.page import dates


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Kathmandu", "2020-09-24 12:45"),
        ("Pacific/Apia", "2020-09-24 20:00"),
        ("America/Lima", "2020-09-24 02:00"),
        ("Europe/Zurich", "2020-09-24 09:00"),
    ],
)
def test_an_instant_is_shown_in_the_readers_zone(zone: str, shown: str) -> None:
    assert dates.fill("{date_num} {time}", MORNING, reader(zone)) == shown


@pytest.mark.parametrize(
    ("token", "shown"),
    [
        ("{date_num}", "2020-09-24"),
        ("{date}", "September 24th, 2020"),
        ("{date_short}", "Sep 24, 2020"),
        ("{date_long}", "Thursday, September 24th, 2020"),
        ("{time}", "09:00"),
        ("{time_secs}", "09:00:00"),
    ],
)
def test_each_token_has_its_form(token: str, shown: str) -> None:
    assert dates.fill(token, MORNING, reader()) == shown


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("ar", "24 سبتمبر 2020"),
        ("es-PE", "24 de setiembre de 2020"),
        ("fr-CH", "24 septembre 2020"),
        ("en-GB", "September 24th, 2020"),
        ("xx-nonsense", "September 24th, 2020"),
    ],
)
def test_months_have_their_names_in_the_readers_language(locale: str, shown: str) -> None:
    assert dates.fill("{date}", MORNING, replace(reader(), locale=locale)) == shown


@pytest.mark.parametrize(("locale", "shown"), [("ar", "غدًا"), ("es-PE", "Mañana"), ("de-DE", "24. September 2020")])
def test_a_near_day_is_named_in_the_readers_language_where_its_words_are_known(locale: str, shown: str) -> None:
    assert dates.fill("{date_pretty}", MORNING, replace(reader(), locale=locale)) == shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (22, "22nd")],
)
def test_a_day_of_the_month_has_its_ending(day: int, shown: str) -> None:
    assert f" {shown}," in dates.fill("{date}", datetime(2020, 9, day, 12, tzinfo=UTC), reader())


@pytest.mark.parametrize("token", ["{date_pretty}", "{date_short_pretty}", "{date_long_pretty}"])
@pytest.mark.parametrize(("days", "shown"), [(0, "Yesterday"), (-1, "Today"), (-2, "Tomorrow")])
def test_a_near_day_has_its_name_by_the_simulated_clock(token: str, days: int, shown: str) -> None:
    now = MORNING + timedelta(days=1 + days)
    assert dates.fill(token, MORNING, reader(now=now)) == shown


def test_a_near_day_is_small_within_a_sentence() -> None:
    assert dates.fill("It begins {date_pretty} at {time}", MORNING, reader()) == "It begins tomorrow at 09:00"


def test_what_is_tomorrow_depends_on_the_readers_zone() -> None:
    late = datetime(2020, 9, 24, 14, tzinfo=UTC)
    assert dates.fill("{date_pretty}", late, reader("America/Lima")) == "Tomorrow"
    assert dates.fill("{date_pretty}", late, reader("Pacific/Apia")) == "September 25th, 2020"


def test_a_far_day_is_written_out_for_a_pretty_token_too() -> None:
    assert dates.fill("{date_short_pretty}", MORNING + timedelta(days=9), reader()) == "Oct 3, 2020"


def test_an_unknown_token_stays_as_it_is() -> None:
    assert dates.fill("{century} {time}", MORNING, reader()) == "{century} 09:00"


def test_a_moment_names_utcs_day_only_where_it_differs() -> None:
    assert dates.moment(EVE, reader()) == "Wed 23 Sep 2020, 10:00 your time, 08:00 UTC"
    evening = EVE + timedelta(hours=8)
    assert dates.moment(evening, reader("Pacific/Apia")) == "Thu 24 Sep 2020, 05:00 your time, Wed 16:00 UTC"
