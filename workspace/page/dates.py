"""Times as the page shows them, and Slack's date tokens.

The tokens are those of Slack's "Formatting with mrkdwn" and "Date element" pages, in English and on a 24-hour clock,
which Slack leaves to each person's settings.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from workspace.page.reader import Reader

TOKEN = re.compile(r"\{(\w+)\}")
PRETTY = "_pretty"
NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def fill(template: str, at: datetime, reader: Reader) -> str:
    """Put the instant `at` into a template, in the reader's zone. What is no token stays as it is."""
    return TOKEN.sub(lambda token: _value(token, at, reader), template)


def clock(local: datetime) -> str:
    return f"{local:%H:%M}"


def day(local: datetime) -> str:
    return f"{local:%a} {local.day} {local:%b %Y}"


def full_day(local: datetime) -> str:
    return f"{local:%A}, {local.day} {local:%B %Y}"


def wall(local: datetime) -> str:
    """`Mon 21 Sep 2020, 10:00`."""
    return f"{day(local)}, {clock(local)}"


def beside(at: datetime, reader: Reader) -> str:
    """`your time, 08:00 UTC`, with UTC's day where it is another."""
    utc = at.astimezone(UTC)
    other_day = "" if reader.local(at).date() == utc.date() else f"{utc:%a} "
    return f"your time, {other_day}{clock(utc)} UTC"


def moment(at: datetime, reader: Reader) -> str:
    """`Mon 21 Sep 2020, 10:00 your time, 08:00 UTC`."""
    return f"{wall(reader.local(at))} {beside(at, reader)}"


def _value(token: re.Match[str], at: datetime, reader: Reader) -> str:
    name, local = token[1], reader.local(at)
    if name.endswith(PRETTY):
        near = NEAR.get((local.date() - reader.local(reader.now).date()).days)
        if near is not None:
            return near if token.start() else near.capitalize()
    write = TOKENS.get(name.removesuffix(PRETTY))
    return token[0] if write is None else write(local)


def _ordinal(number: int) -> str:
    is_teen = 10 < number % 100 < 14
    return f"{number}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _date(local: datetime) -> str:
    return f"{local:%B} {_ordinal(local.day)}, {local.year}"


def _date_short(local: datetime) -> str:
    return f"{local:%b} {local.day}, {local.year}"


def _date_long(local: datetime) -> str:
    return f"{local:%A}, {_date(local)}"


TOKENS: Mapping[str, Callable[[datetime], str]] = {
    "date_num": lambda local: local.date().isoformat(),
    "date": _date,
    "date_short": _date_short,
    "date_long": _date_long,
    "time": clock,
    "time_secs": lambda local: f"{local:%H:%M:%S}",
}
