from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.ids import ChannelId, MemberId, SessionId, UserId, WebinarId, WorkspaceId
from bot.domain.members import Member, Standing, Workspace
from bot.domain.webinars import Session, Webinar
from bot.view import times
from bot.view.texts import load

WORDS = load().of(None)
HOME = Workspace(WorkspaceId(1), "T1", None, "en")


def meeting(start: str, hours: float = 2, zone: str = "Europe/Zurich") -> tuple[Session, Webinar]:
    """A session from `start` in UTC, `2020-09-24 14:00`, in a webinar whose host is in `zone`."""
    starts_at = datetime.fromisoformat(start).replace(tzinfo=UTC)
    ends_at = starts_at + timedelta(hours=hours)
    host = ZoneInfo(zone)
    session = Session(
        id=SessionId(1),
        label="afternoon",
        position=0,
        wall_start=starts_at.astimezone(host).replace(tzinfo=None),
        wall_end=ends_at.astimezone(host).replace(tzinfo=None),
        starts_at=starts_at,
        ends_at=ends_at,
        seats=None,
        taken=0,
        revision=0,
    )
    webinar = Webinar(
        id=WebinarId(1),
        workspace=HOME.id,
        number=1,
        title="Reviews",
        zone_name=zone,
        channel=ChannelId("C1"),
        organiser=MemberId(1),
        link=None,
        sessions=(session,),
        leads=(),
    )
    return session, webinar


def reader(zone: str | None) -> Member:
    return Member(MemberId(1), HOME, UserId("U1"), zone, None, Standing.MEMBER)


def test_the_host_reads_the_place_and_utc() -> None:
    assert times.host(WORDS, *meeting("2020-09-24 14:00")) == ("Thu 24 Sep 2020, 16:00–18:00 (Zurich), 14:00–16:00 UTC")


@pytest.mark.parametrize(
    ("zone", "own"),
    [
        ("Asia/Kathmandu", "Thu 24 Sep 2020, 19:45–21:45 (Kathmandu)"),
        ("Pacific/Apia", "Fri 25 Sep 2020, 03:00–05:00 (Apia)"),
        ("America/Lima", "Thu 24 Sep 2020, 09:00–11:00 (Lima)"),
        ("Asia/Tokyo", "Thu 24 Sep 2020, 23:00–Fri 25 Sep 2020, 01:00 (Tokyo)"),
        ("UTC", "Thu 24 Sep 2020, 14:00–16:00 (UTC)"),
    ],
)
def test_a_reader_elsewhere_reads_their_own_time_first(zone: str, own: str) -> None:
    session, webinar = meeting("2020-09-24 14:00")
    said = times.written(WORDS, session, webinar, reader(zone))
    assert said == f"{own}; {times.host(WORDS, session, webinar)}"


@pytest.mark.parametrize(
    ("start", "zone", "said"),
    [
        ("2020-09-24 07:00", "Asia/Kathmandu", "Thu 24 Sep 2020, 12:45–14:45 (Kathmandu)"),
        ("2020-09-24 07:00", "Pacific/Apia", "Thu 24 Sep 2020, 20:00–22:00 (Apia)"),
        ("2020-09-24 07:00", "America/New_York", "Thu 24 Sep 2020, 03:00–05:00 (New York)"),
        ("2020-09-28 07:00", "Asia/Kathmandu", "Mon 28 Sep 2020, 12:45–14:45 (Kathmandu)"),
        ("2020-09-28 07:00", "Pacific/Apia", "Mon 28 Sep 2020, 21:00–23:00 (Apia)"),  # has changed
        ("2020-09-28 07:00", "America/New_York", "Mon 28 Sep 2020, 03:00–05:00 (New York)"),
        ("2020-10-24 07:00", "America/New_York", "Sat 24 Oct 2020, 03:00–05:00 (New York)"),
        ("2020-10-25 08:00", "America/New_York", "Sun 25 Oct 2020, 04:00–06:00 (New York)"),  # Europe has changed
        ("2020-10-25 08:00", "Asia/Kathmandu", "Sun 25 Oct 2020, 13:45–15:45 (Kathmandu)"),
        ("2020-10-25 08:00", "Pacific/Apia", "Sun 25 Oct 2020, 22:00–Mon 26 Oct 2020, 00:00 (Apia)"),
        ("2020-10-31 08:00", "America/New_York", "Sat 31 Oct 2020, 04:00–06:00 (New York)"),
        ("2020-11-01 08:00", "America/New_York", "Sun 1 Nov 2020, 03:00–05:00 (New York)"),  # and New York
    ],
)
def test_nine_in_zurich_is_written_as_the_readers_clocks_show_it_that_day(start: str, zone: str, said: str) -> None:
    session, webinar = meeting(start)
    host = times.host(WORDS, session, webinar)
    assert times.written(WORDS, session, webinar, reader(zone)) == f"{said}; {host}"
    assert ", 09:00–11:00 (Zurich), " in host


@pytest.mark.parametrize("known", [None, reader(None), reader("Europe/Zurich")])
def test_a_reader_in_the_hosts_zone_or_an_unknown_one_reads_the_hosts_time_alone(known: Member | None) -> None:
    session, webinar = meeting("2020-09-24 14:00")
    assert times.written(WORDS, session, webinar, known) == times.host(WORDS, session, webinar)


def test_a_span_across_midnight_names_both_days() -> None:
    assert times.host(WORDS, *meeting("2026-12-10 22:30")) == (
        "Thu 10 Dec 2026, 23:30–Fri 11 Dec 2026, 01:30 (Zurich), 22:30–00:30 UTC"
    )


@pytest.mark.parametrize(
    ("start", "zone", "said"),
    [
        ("2026-12-10 20:00", "Pacific/Apia", "Fri 11 Dec 2026, 09:00–11:00 (Apia), Thu 10 Dec 2026, 20:00–22:00 UTC"),
        ("2026-12-11 01:00", "America/Lima", "Thu 10 Dec 2026, 20:00–22:00 (Lima), Fri 11 Dec 2026, 01:00–03:00 UTC"),
        ("2026-12-10 19:15", "Asia/Manila", "Fri 11 Dec 2026, 03:15–05:15 (Manila), Thu 10 Dec 2026, 19:15–21:15 UTC"),
    ],
)
def test_utc_names_its_day_where_that_is_another_than_the_hosts(start: str, zone: str, said: str) -> None:
    assert times.host(WORDS, *meeting(start, zone=zone)) == said


def test_each_end_stands_in_the_offset_of_its_own_day() -> None:
    session, webinar = meeting("2026-10-24 23:30", hours=3)
    assert times.span(WORDS, session, webinar.zone) == "Sun 25 Oct 2026, 01:30–03:30", "clocks go back in between"


def test_slack_shows_an_instant_in_each_readers_zone_with_the_hosts_time_to_fall_back_on() -> None:
    session, webinar = meeting("2020-09-24 14:00")
    assert times.own(WORDS, session, webinar) == (
        "<!date^1600956000^{date_short_pretty}, {time}|Thu 24 Sep 2020, 16:00–18:00 (Zurich), 14:00–16:00 UTC>"
    )


def test_a_moment_names_its_place() -> None:
    at = datetime(2026, 12, 10, 8, tzinfo=UTC)
    assert times.moment(WORDS, at, ZoneInfo("America/New_York")) == "Thu 10 Dec 2026, 03:00 (New York)"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=2), "2 hours"),
        (timedelta(minutes=10), "10 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=1, minutes=30), "1 hour 30 minutes"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=2, hours=3), "2 days 3 hours"),
        (timedelta(days=7), "7 days"),
        (timedelta(hours=23), "23 hours"),
        (timedelta(minutes=59, seconds=58), "1 hour"),
        (timedelta(hours=23, minutes=59, seconds=45), "1 day"),
        (timedelta(days=2, minutes=20), "2 days"),
        (timedelta(seconds=5), "1 minute"),
        (timedelta(0), "1 minute"),
        (timedelta(seconds=-30), "1 minute"),
    ],
)
def test_a_length_is_said_in_words_to_the_minute_and_past_a_day_to_the_hour(length: timedelta, said: str) -> None:
    assert times.duration(WORDS, length) == said
