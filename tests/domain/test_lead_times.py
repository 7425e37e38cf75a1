"""When reminders go out, and which starts are refused, in every zone there is: against a calculation of our own."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import reminders
from bot.domain.ids import ChannelId, MemberId, SessionId, UserId, WebinarId, WorkspaceId
from bot.domain.leads import Lead, parse_leads
from bot.domain.members import Member, Standing, Workspace
from bot.domain.times import around_gap, first_instant, to_utc, to_wall
from bot.domain.webinar_grammar import parse
from bot.domain.webinar_plans import NewWebinar, ResolvedSession, resolve
from bot.domain.webinars import Session, Webinar
from tests.domain.clock_changes import (
    FIRST,
    LAST,
    NAMES,
    Change,
    changed_between,
    first_showing,
    gap_over,
    instants_showing,
    unlike,
)
from tests.domain.refused import readings, refusal, texts, utc, wall

HOME = Workspace(WorkspaceId(1), "T1", None, "en")
MEMBER = Member(MemberId(1), HOME, UserId("U1"), None, None, Standing.MEMBER)
LEADS = parse_leads("7d 1d 24h 1h 1m")
CHANGING = st.deferred(lambda: st.sampled_from([name for name in NAMES if changed_between(FIRST, LAST, name)]))


def due_by_our_count(lead: Lead, start: datetime, name: str, start_at: datetime) -> datetime:
    """Days back on the wall clock and then the first instant; minutes and hours back in UTC."""
    if lead.unit == "d":
        return first_showing(start - timedelta(days=lead.count), name)
    return start_at - timedelta(minutes=lead.count * (60 if lead.unit == "h" else 1))


def webinar_at(start: datetime, start_at: datetime, name: str, leads: tuple[Lead, ...]) -> tuple[Webinar, Session]:
    """One session of two hours."""
    end_at = start_at + timedelta(hours=2)
    end = to_wall(end_at, ZoneInfo(name))
    session = Session(SessionId(1), "a", 0, start, end, start_at, end_at, None, 0, 0)
    webinar = Webinar(
        id=WebinarId(1),
        workspace=HOME.id,
        number=1,
        title="T",
        zone_name=name,
        channel=ChannelId("C1"),
        organiser=MemberId(1),
        link=None,
        sessions=(session,),
        leads=leads,
    )
    return webinar, session


def wrong_due(start: datetime, name: str, lead: Lead) -> list[tuple[object, ...]]:
    """What is otherwise than by our own count for a session at `start`, for each instant that this may mean."""
    zone, wrong = ZoneInfo(name), list[tuple[object, ...]]()
    for at in instants_showing(start, name):
        start_at = to_utc(start, zone, start - at.replace(tzinfo=None))
        due = lead.before(start, zone, start_at)
        if (start_at, due) != (at, due_by_our_count(lead, start, name, at)):
            wrong.append((name, start, lead.code, due))
    return wrong


def wrong_refusal(start: datetime, name: str) -> list[tuple[object, ...]]:
    """What is otherwise than by our own count: one instant, or a refusal with both readings."""
    zone, instants = ZoneInfo(name), instants_showing(start, name)
    if len(instants) == 1:
        return [] if to_utc(start, zone) == instants[0] else [(name, start)]
    refused = refusal(lambda: to_utc(start, zone))
    choices = [datetime.fromisoformat(each) for each in texts(refused.facts["choices"])]
    if instants:
        found = (refused.key, refused.facts["first"], refused.facts["second"], choices)
        right = ("time-repeated", instants[0], instants[1], instants)
        return [] if found == right else [(name, start, found, right)]
    size = gap_over(start, name).size
    beside = [start - size, start + size]
    skipped = (refused.key, choices, list(around_gap(start, zone)), first_instant(start, zone))
    expected = ("time-skipped", beside, beside, gap_over(start, name).at)
    return [] if skipped == expected else [(name, start, skipped, expected)]


def test_every_lead_from_around_every_change_of_every_zone_is_due_at_the_right_instant() -> None:
    wrong = [
        each
        for name in NAMES
        for change in changed_between(FIRST, LAST, name)
        for due, lead in product(change.walls, LEADS)
        for each in wrong_due(due + lead.length, name, lead)
    ]
    assert wrong == []


def test_every_change_of_every_zone_skips_or_repeats_and_is_refused_with_both_readings() -> None:
    swept = [(name, change) for name in NAMES for change in changed_between(FIRST, LAST, name)]
    assert [each for name, change in swept for start in change.walls for each in wrong_refusal(start, name)] == []
    for name, change in swept:
        met = [len(instants_showing(start, name)) for start in change.walls]
        assert met == ([1, 0, 0, 0, 1] if change.is_gap else [1, 2, 2, 2, 1]), (name, change)


@st.composite
def near_a_change(draw: st.DrawFn) -> tuple[str, datetime]:
    """Where a change skips or repeats either the start or the same time a day or a week before it."""
    name = draw(CHANGING)
    change = draw(st.sampled_from(changed_between(FIRST, LAST, name)))
    minutes = timedelta(minutes=draw(st.integers(-60, 60)))
    return name, change.walls[2] + minutes + timedelta(days=draw(st.sampled_from((0, 1, 7))))


anywhere = st.tuples(
    st.sampled_from(NAMES),
    st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None)).map(
        lambda at: at.replace(second=0, microsecond=0)
    ),
)
more_leads = st.lists(st.builds(Lead, st.integers(1, 90), st.sampled_from(("m", "h", "d"))), max_size=5)
some_leads = more_leads.map(lambda more: parse_leads(" ".join(lead.code for lead in (*LEADS, *more))))


def test_a_member_and_the_channel_are_owed_each_lead_to_come_at_the_right_instant() -> None:
    met: Counter[int] = Counter()

    @settings(max_examples=500)
    @given(near_a_change() | near_a_change() | anywhere, some_leads, st.timedeltas(timedelta(), timedelta(days=91)))
    def holds(where: tuple[str, datetime], leads: tuple[Lead, ...], ahead: timedelta) -> None:
        name, start = where
        for at in instants_showing(start, name):
            webinar, session = webinar_at(start, at, name, leads)
            right = {lead.kind: due_by_our_count(lead, start, name, at) for lead in leads}
            coming = {kind: due for kind, due in right.items() if due > at - ahead}
            owed = reminders.for_member(webinar, session, MEMBER, at - ahead)
            assert {each.kind: each.due_at for each in owed} == coming
            (told,) = reminders.for_channel(webinar, webinar.sessions, at - timedelta(days=100))
            assert (told.kind, told.due_at, told.expires_at) == ("lead-1d", right["lead-1d"], at)
            met.update(len(instants_showing(start - lead.length, name)) for lead in leads if lead.unit == "d")

    holds()
    assert set(met) == {0, 1, 2}, "days back into gaps, onto plain times and into folds"


def test_any_start_is_one_instant_or_refused_with_both_readings() -> None:
    met: Counter[int] = Counter()

    @settings(max_examples=500)
    @given(near_a_change() | near_a_change() | anywhere)
    def holds(where: tuple[str, datetime]) -> None:
        name, start = where
        assert wrong_refusal(start, name) == []
        met[len(instants_showing(start, name))] += 1

    holds()
    assert set(met) == {0, 1, 2}, "gaps, plain times and folds"


def typed(start: datetime, end: datetime) -> str:
    return f'new "T" a {start:%Y-%m-%d %H:%M}-{end:%H:%M}'


def resolved(text: str, name: str) -> ResolvedSession:
    new = parse(text, FIRST.date())
    assert isinstance(new, NewWebinar)
    (session,) = resolve(new, ZoneInfo(name))
    return session


def offered(start: datetime, end: datetime, name: str) -> list[tuple[datetime, datetime]]:
    """From when to when each reading lasts; each is a text that resolves."""
    sessions = [resolved(each, name) for each in readings(lambda: resolved(typed(start, end), name))]
    return [(each.starts_at, each.ends_at) for each in sessions]


def test_each_reading_of_a_typed_webinar_resolves_before_or_after_the_gap_with_its_length_kept() -> None:
    length = timedelta(hours=2)
    for name, change in unlike_changes():
        start = change.walls[2]
        if change.is_gap:
            starts = [instants_showing(each, name)[0] for each in (start - change.size, start + change.size)]
            assert offered(start, start + length, name) == [(at, at + length) for at in starts], (name, start)
            at = instants_showing(start - length, name)[0]
            assert offered(start - length, start, name) == [(at, at + length)], (name, start)


def test_each_reading_of_a_typed_webinar_resolves_to_one_of_the_two_in_the_fold() -> None:
    for name, change in unlike_changes():
        before, first, amid, last, _ = change.walls
        length = timedelta(hours=4)
        if not change.is_gap:
            for start, end in ((amid, amid + length), (amid - length, amid), (first, amid), (before, last)):
                starts, ends = instants_showing(start, name), instants_showing(end, name)
                both = [(starts[0], ends[0]), (starts[-1], ends[-1])]
                assert offered(start, end, name) == both, (name, start, end)


@pytest.mark.parametrize(
    ("name", "start", "due"),
    [
        ("Australia/Lord_Howe", "2020-10-05 02:15", "2020-10-03 15:30"),  # by half an hour, at 02:00
        ("Africa/Cairo", "2024-04-27 00:30", "2024-04-25 22:00"),  # at midnight
        ("Africa/Casablanca", "2024-04-15 02:30", "2024-04-14 02:00"),  # after Ramadan
        ("Africa/Casablanca", "2024-03-11 02:30", "2024-03-10 01:30"),  # repeated: the first
        ("Antarctica/Troll", "2021-03-29 02:00", "2021-03-28 01:00"),  # by two hours
        ("Antarctica/Casey", "2020-10-05 00:30", "2020-10-03 16:01"),  # by three, at 00:01
        ("Pacific/Chatham", "2020-09-28 03:00", "2020-09-26 14:00"),  # at 02:45
        ("Pacific/Apia", "2020-09-28 03:30", "2020-09-26 14:00"),
    ],
)
def test_a_day_before_is_right_also_where_clocks_change_oddly(name: str, start: str, due: str) -> None:
    zone = ZoneInfo(name)
    assert Lead(1, "d").before(wall(start), zone, to_utc(wall(start), zone)) == utc(due)
    assert first_showing(wall(start) - timedelta(days=1), name) == utc(due), "our own count as well"


@pytest.mark.parametrize(
    ("start", "earlier", "last", "due"),
    [
        ("2027-03-27 09:00", "lead-1d", "lead-24h", "2027-03-26 08:00"),  # at once
        ("2027-03-28 09:00", "lead-24h", "lead-1d", "2027-03-27 08:00"),  # that day has 23 hours
        ("2027-10-31 09:00", "lead-1d", "lead-24h", "2027-10-30 08:00"),  # and that one 25
    ],
)
def test_the_reminder_that_is_due_last_carries_the_link_and_overtakes_the_others(
    start: str, earlier: str, last: str, due: str
) -> None:
    start_at = to_utc(wall(start), ZoneInfo("Europe/Zurich"))
    webinar, session = webinar_at(wall(start), start_at, "Europe/Zurich", parse_leads("1d 24h"))
    moment = timedelta(seconds=1)
    assert reminders.last(webinar, session).kind == last
    assert reminders.link_follows(webinar, session, MEMBER, utc(due) - moment)
    assert not reminders.link_follows(webinar, session, MEMBER, utc(due))
    assert not reminders.overtaken(webinar, session, earlier, utc(due) - moment)
    assert reminders.overtaken(webinar, session, earlier, utc(due))
    assert not reminders.overtaken(webinar, session, last, start_at)


@pytest.mark.parametrize(
    ("day", "kathmandu", "apia", "week_before"),
    [
        ("2020-09-24", "2020-09-24 12:45+05:45", "2020-09-24 20:00+13:00", "2020-09-17 20:00+13:00"),
        ("2020-09-28", "2020-09-28 12:45+05:45", "2020-09-28 21:00+14:00", "2020-09-21 20:00+13:00"),
    ],
)
def test_a_session_moved_past_the_change_in_apia_is_an_hour_later_there(
    day: str, kathmandu: str, apia: str, week_before: str
) -> None:
    start, zone = wall(f"{day} 09:00"), ZoneInfo("Europe/Zurich")
    at = to_utc(start, zone)
    due = Lead(7, "d").before(start, zone, at)
    assert at == utc(f"{day} 07:00")
    assert shown(at, "Asia/Kathmandu") == kathmandu
    assert shown(at, "Pacific/Apia") == apia
    assert shown(due, "Pacific/Apia") == week_before


@pytest.mark.parametrize(
    ("host", "day", "at", "elsewhere", "due"),
    [
        ("Europe/Zurich", 24, "10-24 07:00", "10-24 03:00-04:00", ["10-17 07:00", "10-23 07:00", "10-23 07:00"]),
        ("Europe/Zurich", 25, "10-25 08:00", "10-25 04:00-04:00", ["10-18 07:00", "10-24 07:00", "10-24 08:00"]),
        ("Europe/Zurich", 26, "10-26 08:00", "10-26 04:00-04:00", ["10-19 07:00", "10-25 08:00", "10-25 08:00"]),
        ("Europe/Zurich", 31, "10-31 08:00", "10-31 04:00-04:00", ["10-24 07:00", "10-30 08:00", "10-30 08:00"]),
        ("Europe/Zurich", 32, "11-01 08:00", "11-01 03:00-05:00", ["10-25 08:00", "10-31 08:00", "10-31 08:00"]),
        ("America/New_York", 24, "10-24 13:00", "10-24 15:00+02:00", ["10-17 13:00", "10-23 13:00", "10-23 13:00"]),
        ("America/New_York", 25, "10-25 13:00", "10-25 14:00+01:00", ["10-18 13:00", "10-24 13:00", "10-24 13:00"]),
        ("America/New_York", 31, "10-31 13:00", "10-31 14:00+01:00", ["10-24 13:00", "10-30 13:00", "10-30 13:00"]),
        ("America/New_York", 32, "11-01 14:00", "11-01 15:00+01:00", ["10-25 13:00", "10-31 13:00", "10-31 14:00"]),
    ],
)
def test_in_the_week_when_europe_has_changed_and_new_york_has_not_each_keeps_its_own_clock(
    host: str, day: int, at: str, elsewhere: str, due: list[str]
) -> None:
    start, zone = wall("2020-10-01 09:00") + timedelta(days=day - 1), ZoneInfo(host)
    start_at = to_utc(start, zone)
    other = {"Europe/Zurich": "America/New_York", "America/New_York": "Europe/Zurich"}[host]
    assert start_at == utc(f"2020-{at}")
    assert shown(start_at, other) == f"2020-{elsewhere}"
    assert [lead.before(start, zone, start_at) for lead in parse_leads("7d 1d 24h")] == [
        utc(f"2020-{each}") for each in due
    ]


def shown(at: datetime, name: str) -> str:
    return at.astimezone(ZoneInfo(name)).isoformat(" ", "minutes")


def unlike_changes() -> list[tuple[str, Change]]:
    """Every change, once for all zones that have the same clocks."""
    return [(name, change) for name in unlike() for change in changed_between(FIRST, LAST, name)]
