"""Times of day and ranges as people type them: `9am`, `14h30`, `9-11`, `09:00 to 11:00 UTC+2`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Literal, TypeAlias

from bot.domain.folding import fold
from bot.domain.refusals import Refusal

Half: TypeAlias = Literal["", "a", "p"]

_TIME = (
    r"(?P<hour{n}>\d{{1,2}})(?: ?[:.h] ?(?P<minute{n}>\d\d)| ?(?P<mark{n}>h))?"
    r"(?: ?(?P<half{n}>[ap])\.?m\.?)?"
)
_OFFSET = r"(?P<offset> ?utc(?: ?(?P<sign>[+-]) ?(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?)?)?"
_ONE = re.compile(_TIME.format(n=1) + _OFFSET)
_TWO = re.compile(_TIME.format(n=1) + "(?: ?- ?| (?:to|until|a) )" + _TIME.format(n=2) + _OFFSET)

_FIRST_SURE_HOUR = 8  # "9-11" is said of the morning, "2-4" of either half of the day
_HALF_DAY = 12 * 60


@dataclass(frozen=True, slots=True)
class WallTime:
    """A time of day; `utc_offset` picks one of the two instants where clocks show it twice."""

    at: time
    utc_offset: timedelta | None = None


@dataclass(frozen=True, slots=True)
class WallRange:
    """From `start` to `end`, which lies on the next day where it is the earlier of the two."""

    start: time
    end: time
    utc_offset: timedelta | None = None


@dataclass(frozen=True, slots=True)
class _Typed:
    """One time as typed: a `bare` hour and nothing else; `either_half`, where 9 may be 9 or 21."""

    hour: int
    minute: int
    half: Half
    bare: bool
    either_half: bool


def parse_time(text: str) -> WallTime:
    """`09:00`, `9am`, `9:30 p.m.`, `14h30`, `14h`, `16.30`, any of them with `UTC+2`; never `16` alone.

    Raises:
        Refusal("time-unreadable"): none of these.
    """
    found = _ONE.fullmatch(fold(text))
    typed = _typed(found, 1) if found else None
    minute = _minute(typed) if typed and not typed.bare else None
    if found is None or minute is None:
        raise Refusal("time-unreadable", typed=text)
    return WallTime(_clock(minute), _offset(found))


def parse_range(text: str) -> WallRange:
    """`09:00-11:00`, `9-11`, `9–11am`, `14h30-16h`, `09:00 to 11:00`; an am or pm at one end holds for both.

    Raises:
        Refusal("range-ambiguous"): `2-4`, `9-5`, `11-1pm`; the choices are the readings on the 24-hour clock.
        Refusal("range-empty"): it ends when it starts.
        Refusal("range-unreadable"): no range.
    """
    found = _TWO.fullmatch(fold(text))
    readings = _readings(_typed(found, 1), _typed(found, 2)) if found else []
    if found is None or not readings:
        raise Refusal("range-unreadable", typed=text)
    offset = _offset(found)
    ranges = [WallRange(_clock(start), _clock(end), offset) for start, end in readings]
    if len(ranges) > 1:
        raise Refusal("range-ambiguous", typed=text, choices=tuple(range_code(each) for each in ranges))
    if ranges[0].start == ranges[0].end:
        raise Refusal("range-empty", typed=text)
    return ranges[0]


def range_code(wall: WallRange) -> str:
    """`09:00-11:00`, or `09:00-11:00 UTC+02:00`, as `parse_range` reads it."""
    code = f"{wall.start:%H:%M}-{wall.end:%H:%M}"
    return code if wall.utc_offset is None else f"{code} {offset_code(wall.utc_offset)}"


def offset_code(utc_offset: timedelta) -> str:
    """`UTC+02:00`, as `parse_time` reads it."""
    minutes = round(utc_offset.total_seconds() / 60)
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _typed(found: re.Match[str], n: int) -> _Typed:
    hour, minute, mark, half = found.group(f"hour{n}", f"minute{n}", f"mark{n}", f"half{n}")
    whole_day = bool(mark) or hour.startswith("0") or int(hour) > 12  # the 24-hour clock: 09:00, 9h, 16
    bare = not (minute or half or mark or hour.startswith("0"))
    half_day: Half = "a" if half == "a" else "p" if half else ""
    return _Typed(int(hour), int(minute or 0), half_day, bare, not (half or whole_day))


def _readings(start: _Typed, end: _Typed) -> list[tuple[int, int]]:
    """What the two may mean, in minutes of the day: nothing, one range, or several to choose from."""
    if start.half and end.either_half:
        return _carried(start.half, start, end)
    if end.half and start.either_half:
        return _carried(end.half, start, end)
    if start.bare and end.bare and start.either_half and end.either_half:
        return _bare(start, end)
    return _known([(start, end)])


def _carried(half: Half, start: _Typed, end: _Typed) -> list[tuple[int, int]]:
    """The am or pm of one end taken for the other, if the range then runs forward: in `9-5pm` it doesn't."""
    same = _known([(replace(start, half=half), replace(end, half=half))])
    if same and same[0][0] < same[0][1]:
        return same
    both = _known(_in_halves(start, end))
    short = [each for each in both if _is_short(each)]
    noon_or_midnight = 12 in (start.hour, end.hour)  # "10-12am" is said of both
    return both if noon_or_midnight else short or both


def _bare(start: _Typed, end: _Typed) -> list[tuple[int, int]]:
    if _FIRST_SURE_HOUR <= start.hour < end.hour or start.hour == end.hour:
        return _known([(start, end)])
    return [each for each in _known(_in_halves(start, end)) if _is_short(each)]


def _in_halves(start: _Typed, end: _Typed) -> list[tuple[_Typed, _Typed]]:
    """Both with every am and pm that isn't said."""
    starts, ends = (
        [replace(each, half=half) for half in ("a", "p")] if each.either_half else [each] for each in (start, end)
    )
    return [(a, b) for a in starts for b in ends]


def _is_short(minutes: tuple[int, int]) -> bool:
    return 0 < (minutes[1] - minutes[0]) % (2 * _HALF_DAY) < _HALF_DAY


def _known(pairs: list[tuple[_Typed, _Typed]]) -> list[tuple[int, int]]:
    minutes = [(_minute(start), _minute(end, last=24)) for start, end in pairs]
    return [(start, end) for start, end in minutes if start is not None and end is not None]


def _minute(typed: _Typed, last: int = 23) -> int | None:
    """The minute of the day, or None where there is no such time; 24:00 ends a day."""
    hour = typed.hour
    if typed.half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if typed.half == "p" else 0)
    minute = hour * 60 + typed.minute
    return minute if typed.minute < 60 and (hour <= 23 or minute == last * 60) else None


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


def _offset(found: re.Match[str]) -> timedelta | None:
    if not found["offset"]:
        return None
    size = timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
    return -size if found["sign"] == "-" else size
