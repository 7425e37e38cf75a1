"""What people write behind a city, and what must not become part of a session's name: `in New York, USA morning`."""

from __future__ import annotations

from bot.domain.countries import COUNTRIES
from bot.domain.day_parts import DAY_PARTS
from bot.domain.folding import fold
from bot.domain.part_reader import PartReader
from bot.domain.poll_quotes import QUOTES, quote
from bot.domain.refusals import Refusal
from bot.domain.words import exchange, span

_LONGEST_COUNTRY = 6  # words


def refuse_leftover(reader: PartReader, label_end: int, city_end: int) -> None:
    """Refuse a label right behind a city that begins with a country, or ends in a part of the day behind a comma.

    A label in quotes is meant as it stands.

    Raises:
        Refusal("place-leftover"): with the readings that it is no part of the name, and that it is.
    """
    words = reader.words[reader.at : label_end]
    right_behind = 0 <= city_end <= reader.at <= city_end + 1
    if not words or not right_behind or words[0].text[0] in QUOTES:
        return
    after_comma = reader.peek(reader.at - 1) in {",", ";"}
    length = _country(reader, label_end) or (_before_day_part(reader, label_end) if after_comma else 0)
    if not length:
        return
    label, part = reader.text(reader.at, label_end), reader.text(reader.at, reader.at + length)
    readings = [exchange(reader.typed, span(words), quote(label))]
    if length < len(words):
        readings.insert(0, exchange(reader.typed, (words[0].start, words[length].start), ""))
    raise Refusal("place-leftover", part=part, label=label, readings=tuple(readings))


def _country(reader: PartReader, label_end: int) -> int:
    """How many words the country takes with which the label begins; 0 where it begins with none."""
    for end in range(min(label_end, reader.at + _LONGEST_COUNTRY), reader.at, -1):
        if fold(reader.text(reader.at, end)).replace(".", "") in COUNTRIES:
            return end - reader.at
    return 0


def _before_day_part(reader: PartReader, label_end: int) -> int:
    """How many words stand before the part of the day with which the label ends."""
    for start in range(reader.at, label_end):
        if fold(reader.text(start, label_end)) in DAY_PARTS:
            return start - reader.at
    return 0
