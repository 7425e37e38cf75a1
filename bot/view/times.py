"""Times as people read them: in the reader's own zone, with the host's and UTC beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from bot.domain.leads import Lead
from bot.domain.members import Member
from bot.domain.webinars import Session, Webinar
from bot.domain.zones import display_name
from bot.view.texts import Mrkdwn, Words

DATE_FORMAT = "{date_short_pretty}, {time}"
"""Slack's date token formats: shown in each reader's own zone and language (docs.slack.dev, formatting text)."""

FORMATTED = 4096
"""How many dates, and how many times of day, are kept as they are written: the same ones are read again and again."""


LENGTHS = {"d": "length-days", "h": "length-hours", "m": "length-minutes"}


def token(at: datetime, fallback: str) -> Mrkdwn:
    """An instant that Slack shows to each reader in their own zone; `fallback` where it can't."""
    return Mrkdwn(f"<!date^{int(at.timestamp())}^{DATE_FORMAT}|{fallback}>")


def anywhere(words: Words, at: datetime) -> Mrkdwn:
    """An instant in each reader's own zone, with UTC beside it for print and for screen readers."""
    utc = in_utc(words, at)
    return words.md("instant", own=token(at, utc), utc=utc)


def in_utc(words: Words, at: datetime) -> str:
    """Where Slack shows nobody's own time, as beside an input."""
    there = at.astimezone(UTC)
    return words.plain("instant-utc", day=_day(words, there), clock=_clock(words, there))


def own(words: Words, session: Session, webinar: Webinar) -> Mrkdwn:
    """When a session starts, in the reader's zone whoever reads."""
    return token(session.starts_at, host(words, session, webinar))


def host(words: Words, session: Session, webinar: Webinar) -> str:
    """`Thu, 24 Sep 2020, 16:00–18:00 (Zurich), 14:00–16:00 UTC`."""
    place = display_name(webinar.zone)
    return words.plain(
        "span-host", host=span(words, session, webinar.zone), place=place, utc=_utc(words, session, webinar.zone)
    )


def written(words: Words, session: Session, webinar: Webinar, reader: Member | None) -> str:
    """For plain text: the reader's own time where their zone is known, and the host's."""
    if reader is None or reader.zone in (None, webinar.zone_name):
        return host(words, session, webinar)
    zone = ZoneInfo(reader.zone or "UTC")
    return words.plain(
        "span-own",
        own=span(words, session, zone),
        place=display_name(zone),
        host=host(words, session, webinar),
    )


def brief(words: Words, session: Session, webinar: Webinar, zone: ZoneInfo | None) -> str:
    """`Thu 10 Dec, 13:45–15:45 (Kathmandu); 09:00–11:00 (Zurich)`, for where there is little room: without the year.

    `zone` is the reader's; the host's date is said only where it is another one.
    """
    host = _short_span(words, session, webinar.zone)
    if zone is None or zone.key == webinar.zone_name:
        return words.plain("span-in", span=host, place=display_name(webinar.zone))
    if session.starts_at.astimezone(zone).date() == session.wall_start.date():
        host = _clock(words, session.wall_start) + "–" + _until(words, session, webinar.zone)
    own = words.plain("span-in", span=_short_span(words, session, zone), place=display_name(zone))
    return words.plain("span-pair", own=own, host=words.plain("span-in", span=host, place=display_name(webinar.zone)))


def brief_own(words: Words, session: Session, zone: ZoneInfo) -> str:
    """The same without the host's time."""
    return words.plain("span-in", span=_short_span(words, session, zone), place=display_name(zone))


def span(words: Words, session: Session, zone: ZoneInfo) -> str:
    return between(words, session.starts_at, session.ends_at, zone)


def between(words: Words, starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """A date and two times; the second date only where it differs."""
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    until = _clock(words, end) if start.date() == end.date() else f"{_day(words, end)}, {_clock(words, end)}"
    return f"{_day(words, start)}, {_clock(words, start)}–{until}"


def moment(words: Words, at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{_day(words, local)}, {_clock(words, local)} ({display_name(zone)})"


def day(words: Words, day: date) -> str:
    """`Thu 10 Dec 2026`."""
    return _date(words, day)


def lead(words: Words, lead: Lead) -> str:
    """As it was typed, since `1d` is not `24h`."""
    return words.count(LENGTHS[lead.unit], lead.count)


def duration(words: Words, length: timedelta) -> str:
    """`2 days 3 hours`, `1 hour 30 minutes`, `10 minutes`: to the nearest minute, and to hours past a day."""
    minutes = max(1, round(length.total_seconds() / 60))
    days, minutes = divmod(minutes, 1440)
    hours, minutes = divmod(minutes, 60)
    parts = (("length-days", days), ("length-hours", hours), ("length-minutes", 0 if days else minutes))
    return " ".join(words.count(key, number) for key, number in parts if number)


def _short_span(words: Words, session: Session, zone: ZoneInfo) -> str:
    start = session.starts_at.astimezone(zone)
    return f"{_short_day(words, start)}, {_clock(words, start)}–{_until(words, session, zone)}"


def _until(words: Words, session: Session, zone: ZoneInfo) -> str:
    start, end = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    return _clock(words, end) if start.date() == end.date() else f"{_short_day(words, end)}, {_clock(words, end)}"


def _utc(words: Words, session: Session, zone: ZoneInfo) -> str:
    """With its day where that is another than in `zone`."""
    start, end = session.starts_at.astimezone(UTC), session.ends_at.astimezone(UTC)
    day = "" if start.date() == session.starts_at.astimezone(zone).date() else f"{_day(words, start)}, "
    return f"{day}{_clock(words, start)}–{_clock(words, end)} UTC"


def _day(words: Words, local: datetime) -> str:
    return _date(words, local.date())


def _short_day(words: Words, local: datetime) -> str:
    return format_date(local, words.plain("pattern-short-day"), locale=words.locale)


def _clock(words: Words, local: datetime) -> str:
    return _time(words, local.time())


@lru_cache(FORMATTED)
def _date(words: Words, day: date) -> str:
    return format_date(day, words.plain("pattern-day"), locale=words.locale)


@lru_cache(FORMATTED)
def _time(words: Words, at: time) -> str:
    return format_time(at, words.plain("pattern-time"), locale=words.locale)
