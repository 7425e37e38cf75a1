"""What follows each keyword of `/webinar new`: `on`, `in`, `seats`, `link`, `remind`, `channel`."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.domain.dates import parse_date
from bot.domain.labels import KEYWORDS
from bot.domain.leads import Lead, looks_like_lead, parse_leads
from bot.domain.part_reader import SEPARATORS, PartReader
from bot.domain.refusals import Refusal
from bot.domain.words import offer, span
from bot.domain.zones import find_zone, zones_named

LONGEST_TITLE = 200
MOST_SEATS = 100_000
LONGEST_LINK = 2000
LONGEST_DATE = 6  # words
_LONGEST_ZONE = 6  # words

_LINK = re.compile(r"<(?P<target>https?:[^<>|]*)(?:\|[^<>]*)?>", re.IGNORECASE)
_CHANNEL = re.compile(r"<#(?P<id>[A-Z0-9]+)(?:\|[^<>]*)?>")


def check_title(title: str) -> str:
    """The title itself: Refusal("title-empty"), Refusal("title-too-long")."""
    if not title:
        raise Refusal("title-empty")
    if len(title) > LONGEST_TITLE:
        raise Refusal("title-too-long", count=len(title), limit=LONGEST_TITLE)
    return title


def read_day(reader: PartReader, today: date) -> date:
    """The longest date that follows; refuses as `parse_date` does."""
    found = reader.longest(lambda text: parse_date(text, today), LONGEST_DATE, reader.at)
    if not found:
        raise Refusal("date-unreadable", typed=reader.until(KEYWORDS, reader.at))
    day, reader.at = found
    return day


def read_zone(reader: PartReader) -> ZoneInfo:
    """The longest zone that follows; refuses as `find_zone` does."""
    last = min(reader.at + _LONGEST_ZONE, len(reader.words))
    for end in range(last, reader.at, -1):
        typed = reader.text(reader.at, end)
        found = zones_named(typed)
        if len(found) > 1:
            refusal = Refusal("zone-ambiguous", typed=typed, matches=found, choices=found)
            raise offer(refusal, reader.typed, span(reader.words[reader.at : end]))
        if found:
            reader.at = end
            return ZoneInfo(found[0])
    raise _zone_unknown(reader)


def read_seats(reader: PartReader) -> int:
    """A whole number of seats: Refusal("seats-unreadable"), Refusal("seats-range")."""
    return check_seats(reader.take())


def check_seats(typed: str) -> int:
    """`typed` as a number of seats, each session's."""
    if not re.fullmatch(r"-?[0-9]{1,9}", typed):
        raise Refusal("seats-unreadable", typed=typed)
    if not 1 <= int(typed) <= MOST_SEATS:
        raise Refusal("seats-range", count=int(typed), limit=MOST_SEATS)
    return int(typed)


def read_link(reader: PartReader) -> str:
    """An http(s) address, bare or as Slack's token."""
    typed = reader.take()
    token = _LINK.fullmatch(typed)
    return check_link(token["target"] if token else typed)


def check_link(link: str) -> str:
    """The link itself: Refusal("link-unreadable"), Refusal("link-too-long")."""
    if len(link) > LONGEST_LINK:
        raise Refusal("link-too-long", count=len(link), limit=LONGEST_LINK)
    try:
        parts = urlsplit(link)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:  # urlsplit's, of a malformed IPv6 address
        known = False
    if not known or re.search(r"[\s<>|]", link):
        raise Refusal("link-unreadable", typed=link)
    return link


def read_leads(reader: PartReader) -> tuple[Lead, ...]:
    """The leads that follow, with commas between them or none; refuses as `parse_leads` does."""
    start = reader.at
    while length := _lead_length(reader):
        reader.at += length
    if reader.at == start:
        raise Refusal("lead-unreadable", typed=reader.until(KEYWORDS, start))
    return parse_leads(reader.text(start, reader.at))


def read_channel(reader: PartReader) -> str:
    """The id in Slack's token `<#C1|general>`; a bare name may be anybody's: Refusal("channel-unresolved")."""
    typed = reader.take()
    token = _CHANNEL.fullmatch(typed)
    if not token:
        raise Refusal("channel-unresolved", typed=typed)
    return token["id"]


def _zone_unknown(reader: PartReader) -> Refusal:
    """Of two words or one: those that come near a zone."""
    refusals: list[Refusal] = []
    for end in (reader.at + 2, reader.at + 1):
        try:
            find_zone(reader.text(reader.at, end))
        except Refusal as refusal:
            refusals.append(refusal)
    telling = (refusal for refusal in refusals if refusal.facts.get("suggestions") or refusal.key != "zone-unknown")
    return next(telling, refusals[-1])


def _lead_length(reader: PartReader) -> int:
    """How many words the next lead takes, with a separator before it: `1d`, `1 day`, `, 1d`; 0 where none follows."""
    skipped = 1 if reader.peek() in SEPARATORS else 0
    start = reader.at + skipped
    for length in (2, 1):
        if start + length <= len(reader.words) and looks_like_lead(reader.text(start, start + length)):
            return skipped + length
    return 0
