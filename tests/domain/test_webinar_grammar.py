from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.leads import Lead
from bot.domain.refusals import Refusal
from bot.domain.webinar_grammar import Help, ListWebinars, OpenForm, ShowWebinar, WebinarCommand, WebinarVerb, parse
from bot.domain.webinar_plans import NewWebinar
from tests.domain.refused import answer, key, readings, refusal, wall

TODAY = date(2026, 11, 24)
LINK = "<https://zoom.us/j/1?a=b,c|zoom, us>"
TWO = "morning 09:00-11:00, afternoon 16:00-18:00"


def new(typed: str) -> NewWebinar:
    command = parse(typed, TODAY)
    assert isinstance(command, NewWebinar)
    return command


def sessions(typed: str) -> list[str]:
    return [f"{s.label}: {s.wall_start:%Y-%m-%d %H:%M} {s.wall_end:%Y-%m-%d %H:%M}" for s in new(typed).sessions]


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("", OpenForm()),
        ("new", OpenForm()),
        ("help", Help()),
        ("List", ListWebinars()),
        ("list.", ListWebinars()),
        ("Help!", Help()),
        ("new webinar", OpenForm()),
        ("W1.", ShowWebinar(1)),
        ("show W1?", ShowWebinar(1)),
        ("show W1", ShowWebinar(1)),
        ("W12", ShowWebinar(12)),
        ("edit w1", WebinarVerb("edit", 1)),
        ("roster W1", WebinarVerb("roster", 1)),
        ("export W1 xlsx", WebinarVerb("export", 1, "xlsx")),
        ("calendar W1", WebinarVerb("calendar", 1)),
        ("remind W1 now", WebinarVerb("remind", 1, "now")),
        ("attendance W1", WebinarVerb("attendance", 1)),
        ("invite W1", WebinarVerb("invite", 1)),
        ("frob W1", Help("verb-unknown", "frob")),
        ("show", Help("number-missing", "show")),
        ("roster 1", Help("number-missing", "roster")),
        ("move", Help("number-missing", "move")),
        ("cancel 1", Help("number-missing", "cancel")),
    ],
)
def test_a_verb_is_read_with_its_number(typed: str, command: WebinarCommand) -> None:
    assert parse(typed, TODAY) == command


@pytest.mark.parametrize("typed", ["list all", "show W1 please"])
def test_what_a_verb_has_no_use_for_is_refused(typed: str) -> None:
    assert key(lambda: parse(typed, TODAY)) == "webinar-unreadable"


def test_a_webinar_is_read_from_one_line() -> None:
    typed = f'new "Regional review" on 2026-12-10 in Europe/Zurich {TWO}'
    webinar = new(typed)
    assert (webinar.title, webinar.zone and webinar.zone.key) == ("Regional review", "Europe/Zurich")
    assert [(s.label, s.wall_start, s.wall_end) for s in webinar.sessions] == [
        ("morning", wall("2026-12-10 09:00"), wall("2026-12-10 11:00")),
        ("afternoon", wall("2026-12-10 16:00"), wall("2026-12-10 18:00")),
    ]
    assert (webinar.seats, webinar.link, webinar.leads, webinar.channel) == (None, None, None, None)
    assert webinar.typed == typed


@pytest.mark.parametrize("start", ['new webinar "T"', 'new Webinar: "T"', "New «T»"])
@pytest.mark.parametrize("end", ["", ".", " .", "!"])
def test_webinar_before_the_title_and_a_full_stop_at_the_end_say_nothing(start: str, end: str) -> None:
    assert sessions(f"{start} on 2026-12-10 {TWO}{end}") == sessions(f'new "T" on 2026-12-10 {TWO}')


def test_webinar_may_begin_an_unquoted_title() -> None:
    offered = readings(lambda: parse("new webinar on migration on 2026-12-10 a 9-11", TODAY))
    assert offered == ('new "webinar on migration" on 2026-12-10 a 9-11',)


def test_a_weekday_stands_before_the_date_of_a_webinar_and_of_a_session() -> None:
    assert sessions('new "T" on Thursday, December 10, 2026 a 9-11') == ["a: 2026-12-10 09:00 2026-12-10 11:00"]
    assert sessions('new "T" a Thursday 10 December 2026 9-11') == ["a: 2026-12-10 09:00 2026-12-10 11:00"]
    refused = refusal(lambda: parse('new "T" on Friday 10 December 2026 a 9-11', TODAY))
    assert (refused.key, refused.facts["weekday"]) == ("date-weekday", "Thursday")
    assert refused.facts["readings"] == ('new "T" on 2026-12-10 a 9-11',)


@pytest.mark.parametrize(
    ("typed", "part", "offered"),
    [
        ("in New York, USA morning 9-11", "USA", ("in New York, morning 9-11", 'in New York, "USA morning" 9-11')),
        ("in New York USA morning 9-11", "USA", ("in New York morning 9-11", 'in New York "USA morning" 9-11')),
        ("in Nairobi, Kenya a 9-11", "Kenya", ("in Nairobi, a 9-11", 'in Nairobi, "Kenya a" 9-11')),
        ("in Geneva, Switzerland 9-11", "Switzerland", ('in Geneva, "Switzerland" 9-11',)),
        ("in New York, NY morning 9-11", "NY", ("in New York, morning 9-11", 'in New York, "NY morning" 9-11')),
        (
            "in Genève, canton GE après midi 14h-16h",
            "canton GE",
            ("in Genève, après midi 14h-16h", 'in Genève, "canton GE après midi" 14h-16h'),
        ),
        (
            "in New York, U.S.A. morning 9-11",
            "U.S.A.",
            ("in New York, morning 9-11", 'in New York, "U.S.A. morning" 9-11'),
        ),
    ],
)
def test_the_rest_of_a_place_becomes_no_part_of_a_label(typed: str, part: str, offered: tuple[str, ...]) -> None:
    start = 'new "T" on 2026-12-10 '
    refused = refusal(lambda: parse(start + typed, TODAY))
    assert (refused.key, refused.facts["part"]) == ("place-leftover", part)
    assert refused.facts["readings"] == tuple(start + each for each in offered)
    assert all(new(start + each) for each in offered)


@pytest.mark.parametrize(
    "typed",
    [
        "in Zurich, morning 9-11",
        "in Genève, apres midi 14h-16h",
        "in Zurich Plenary morning 9-11",
        "in Zurich, Group A 9-11",
        'in Zurich, "Plenary morning" 9-11',
        "in Zurich seats 4 Plenary morning 9-11",
        "a 9-11 in Zurich, b 12-14",
    ],
)
def test_a_label_behind_a_city_is_read_where_it_can_be_no_place(typed: str) -> None:
    assert new(f'new "T" on 2026-12-10 {typed}').sessions


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("a 11:00-09:00", ("a 09:00-11:00", "a 2026-12-10 11:00 - 2026-12-11 09:00")),
        (
            "a on 11 December 2026 11:00-09:00 UTC+1",
            ("a on 2026-12-11 09:00-11:00 UTC+01:00", "a on 2026-12-11 11:00 - 2026-12-12 09:00 UTC+01:00"),
        ),
        ("a 08:00-21:00", ("a 2026-12-10 08:00 - 2026-12-10 21:00",)),
        ("a 2026-12-10 09:00 - 2026-12-12 08:00", ()),
    ],
)
def test_a_very_long_session_is_refused_with_what_may_have_been_meant(typed: str, offered: tuple[str, ...]) -> None:
    start = 'new "T" on 2026-12-10 '
    refused = refusal(lambda: parse(start + typed, TODAY))
    assert refused.key == "session-long"
    assert refused.facts["readings"] == tuple(start + each for each in offered)
    assert all(new(start + each) for each in offered)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a 20:00-08:00", "a: 2026-12-10 20:00 2026-12-11 08:00"),
        ("a 2026-12-11 22:00 - 2026-12-12 12:00", "a: 2026-12-11 22:00 2026-12-12 12:00"),
        ("a 2026-12-11 9am to 2026-12-11 10pm", "a: 2026-12-11 09:00 2026-12-11 22:00"),
    ],
)
def test_twelve_hours_are_not_too_long_and_a_day_with_both_dates_is_not(typed: str, read: str) -> None:
    assert sessions(f'new "T" on 2026-12-10 {typed}') == [read]


def test_a_session_that_ends_on_an_earlier_date_is_refused() -> None:
    typed = 'new "T" a 2026-12-11 09:00 - 2026-12-10 11:00'
    assert key(lambda: parse(typed, TODAY)) == "session-backwards"


def test_a_zone_whose_sign_is_reversed_is_refused_with_cities() -> None:
    refused = refusal(lambda: parse(f'new "T" on 2026-12-10 in Etc/GMT+2 {TWO}', TODAY))
    assert (refused.key, refused.facts["typed"]) == ("zone-sign-reversed", "Etc/GMT+2")


@pytest.mark.parametrize(
    "parts",
    [
        f"{TWO} seats 40 link https://zoom.us/j/1?a=b,c remind 7d 1h channel <#C1|a> on 10 December 2026 in New York",
        f"channel <#C1> remind 7d, 1 hour on December 10, 2026, in new york, seats 40; {TWO} link {LINK}",
    ],
)
def test_the_parts_stand_in_any_order(parts: str) -> None:
    webinar = new(f"new “T” {parts}")
    assert webinar.zone
    assert webinar.zone.key == "America/New_York"
    assert (webinar.seats, webinar.link, webinar.channel) == (40, "https://zoom.us/j/1?a=b,c", "C1")
    assert webinar.leads == (Lead(7, "d"), Lead(1, "h"))
    assert len(webinar.sessions) == 2


@pytest.mark.parametrize(
    ("part", "zone"),
    [
        ("in Geneva", "Europe/Zurich"),
        ("in Dar es Salaam", "Africa/Dar_es_Salaam"),
        ("in San José, Costa Rica", "America/Costa_Rica"),
    ],
)
def test_a_zone_is_the_longest_that_is_known(part: str, zone: str) -> None:
    found = new(f'new "T" on 2026-12-10 {part} {TWO}').zone
    assert found
    assert found.key == zone


def test_no_zone_is_left_to_the_host() -> None:
    assert new(f'new "T" on 2026-12-10 {TWO}').zone is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a 9-11 and b 14h30-16h", ["a: 2026-12-10 09:00 2026-12-10 11:00", "b: 2026-12-10 14:30 2026-12-10 16:00"]),
        (
            "a 9-11; b 2026-12-11 16:00-18:00",
            ["a: 2026-12-10 09:00 2026-12-10 11:00", "b: 2026-12-11 16:00 2026-12-11 18:00"],
        ),
        ("a on 11 December 2026 9am-11am", ["a: 2026-12-11 09:00 2026-12-11 11:00"]),
        ("night 22:00-01:00", ["night: 2026-12-10 22:00 2026-12-11 01:00"]),
        ("Heads and Chairs 9 am to 11 am", ["Heads and Chairs: 2026-12-10 09:00 2026-12-10 11:00"]),
        ('"Group 2" 09:00 - 11:00', ["Group 2: 2026-12-10 09:00 2026-12-10 11:00"]),
        ("Session 1 9-11", ["Session 1: 2026-12-10 09:00 2026-12-10 11:00"]),
    ],
)
def test_sessions_have_a_label_a_range_and_maybe_a_date(typed: str, read: list[str]) -> None:
    assert sessions(f'new "T" on 2026-12-10 {typed}') == read


def test_nothing_turns_titles_and_labels_around() -> None:
    webinar = new('new "\u202eT\u202c" on 2026-12-10 \u2066morning\u2069 9-11')
    assert (webinar.title, webinar.sessions[0].label) == ("T", "morning")


def test_sessions_may_each_bear_their_date_and_the_webinar_none() -> None:
    assert len(sessions('new "T" a 2026-12-10 9-11, b 2026-12-11 9-11')) == 2


def test_an_offset_stays_with_its_session() -> None:
    assert new('new "T" on 2026-10-25 a 02:30-04:00 UTC+1').sessions[0].utc_offset == timedelta(hours=1)


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ('new "T" on 2026-12-10', "sessions-missing"),
        ('new "T" on 2026-12-10 ' + ", ".join(f"g{n}x 9-11" for n in range(11)), "sessions-many"),
        ('new "T" a 9-11', "date-missing"),
        ('new "T" on 2026-12-10 morning', "webinar-unreadable"),
        ('new "T" on 2026-12-10 a 9-11 foo bar seats 3', "webinar-unreadable"),
        ('new "T" on 2026-12-10 2026-12-11 a 9-11', "webinar-unreadable"),
        ('new "T" on 2026-12-10 9-11', "label-missing"),
        ('new "T" on 2026-12-10 cancel 9-11', "label-reserved"),
        ('new "T" on 2026-12-10 in GMT +2 morning 9-11', "label-reserved"),
        (f'new "T" on 2026-12-10 {"x" * 41} 9-11', "label-too-long"),
        ('new "T" on 2026-12-10 a 9-11, A 12-14', "label-twice"),
        ('new "T" on 2026-12-10 on 2026-12-11 a 9-11', "part-twice"),
        ('new "T" on 2026-12-10 a 9-11 seats 3 seats 4', "part-twice"),
        ('new "T" on 2026-12-10 a 9-11 seats', "part-empty"),
        ('new "T" on tomorrow a 9-11', "date-unreadable"),
        ('new "T" on 10/12/26 a 9-11', "date-year-short"),
        ('new "T" on 2026-12-10 in Narnia a 9-11', "zone-unknown"),
        ('new "T" on 2026-12-10 in UTC+2 a 9-11', "zone-unknown"),
        ('new "T" on 2026-12-10 a 9-11 seats many', "seats-unreadable"),
        ('new "T" on 2026-12-10 seats 1,000 a 9-11', "seats-unreadable"),
        ('new "T" on 2026-12-10 a 9-11 seats 0', "seats-range"),
        ('new "T" on 2026-12-10 a 9-11 seats 100001', "seats-range"),
        ('new "T" on 2026-12-10 a 9-11 seats -5', "seats-range"),
        ('new "T" on 2026-12-10 a 9-11 link zoom.us/j/1', "link-unreadable"),
        ('new "T" on 2026-12-10 a 9-11 link https://', "link-unreadable"),
        ('new "T" on 2026-12-10 a 9-11 link http://[x', "link-unreadable"),
        (f'new "T" on 2026-12-10 a 9-11 link https://x.org/{"x" * 2000}', "link-too-long"),
        ('new "T" on 2026-12-10 a 9-11 remind often', "lead-unreadable"),
        ('new "T" on 2026-12-10 a 9-11 remind 91d', "lead-range"),
        ('new "T" on 2026-12-10 a 9-11 channel #general', "channel-unresolved"),
        ('new "T" on 2026-12-10 a 9-11 channel general', "channel-unresolved"),
        ('new "T" on 2026-12-10 a 9-9', "range-empty"),
        ('new "" on 2026-12-10 a 9-11', "title-empty"),
        ('new "\u200b\u2800" on 2026-12-10 a 9-11', "title-empty"),
        ('new "T" on 2026-12-10 "\u200e" 9-11', "label-missing"),
        (f'new "{"x" * 201}" on 2026-12-10 a 9-11', "title-too-long"),
        ('new "T on 2026-12-10 a 9-11', "quote-unclosed"),
        ('new "T"s on 2026-12-10 a 9-11', "quote-in-word"),
        ("new Review", "title-unquoted"),
    ],
)
def test_what_is_missing_or_not_understood_is_refused_each_with_its_reason(typed: str, refused: str) -> None:
    assert key(lambda: parse(typed, TODAY)) == refused


def test_limits_are_kept_on_the_near_side() -> None:
    typed = f'new "{"x" * 200}" on 2026-12-10 {"y" * 40} 9-11 seats 100000 remind 90d link https://x.org/{"x" * 1980}'
    assert new(typed).seats == 100_000
    ten = ", ".join(f"g{n}x 9-11" for n in range(10))
    assert len(new(f'new "T" on 2026-12-10 {ten}').sessions) == 10


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (
            'new "T" on 10/12/2026 in Geneva a 9-11',
            ('new "T" on 2026-12-10 in Geneva a 9-11', 'new "T" on 2026-10-12 in Geneva a 9-11'),
        ),
        (
            'new "T" a 10.12.2026 9-11, b 2026-12-11 9-11',
            ('new "T" a 2026-12-10 9-11, b 2026-12-11 9-11', 'new "T" a 2026-10-12 9-11, b 2026-12-11 9-11'),
        ),
        ('new "T" on 10 December a 9-11', ('new "T" on 2026-12-10 a 9-11',)),
        (
            'new "T" on 2026-12-10 a 2-4, b 14h-16h',
            ('new "T" on 2026-12-10 a 02:00-04:00, b 14h-16h', 'new "T" on 2026-12-10 a 14:00-16:00, b 14h-16h'),
        ),
        (
            'new "T" on 2026-12-10 in San José a 9-11',
            (
                'new "T" on 2026-12-10 in America/Costa_Rica a 9-11',
                'new "T" on 2026-12-10 in America/Los_Angeles a 9-11',
            ),
        ),
        (
            "new Review on migration on 2026-12-10 in Geneva a 9-11",
            ('new "Review on migration" on 2026-12-10 in Geneva a 9-11',),
        ),
    ],
)
def test_what_may_mean_two_things_is_refused_with_whole_commands_that_are_understood(
    typed: str, offered: tuple[str, ...]
) -> None:
    assert readings(lambda: parse(typed, TODAY)) == offered
    assert all(new(reading) for reading in offered)


def test_a_slip_in_a_zone_is_answered_with_what_comes_near() -> None:
    refused = refusal(lambda: parse(f'new "T" on 2026-12-10 in New Yrok {TWO}', TODAY))
    assert refused.facts["suggestions"] == ("America/New_York",)


words = st.sampled_from(
    [
        'new "T"', "on", "in", "seats", "link", "remind", "channel", "2026-12-10", "10/12/2026", "9-11", "2-4",
        "16:00-18:00", "11:00-09:00", "a", "b", "USA", "morning", "Thursday", "-", "Etc/GMT+2",
        ",", "and", "Geneva", "San", "José", "UTC+2", "1d", "40", "<#C1|x>", "https://x.org",
        '"', "W1", "show", "new",
    ]
)  # fmt: skip


@given(st.text() | st.lists(words, max_size=15).map(" ".join) | st.text().map(lambda rest: f'new "T" {rest}'))
def test_anything_typed_is_a_command_or_refused(typed: str) -> None:
    assert isinstance(answer(lambda: parse(typed, TODAY), ""), WebinarCommand | None)


@given(st.lists(words, max_size=12).map(" ".join))
def test_every_reading_is_another_command(typed: str) -> None:
    """It may meet the next refusal, never the same one at the same place."""
    try:
        parse(typed, TODAY)
    except Refusal as refused:
        offered = refused.facts.get("readings", ())
        if isinstance(offered, tuple) and typed in offered:
            raise
