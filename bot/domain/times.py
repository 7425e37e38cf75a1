"""Wall-clock time and instants: what a time in a zone means, and where it means nothing or two things."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.clock_times import offset_code
from bot.domain.refusals import Refusal


def to_utc(wall: datetime, zone: ZoneInfo, utc_offset: timedelta | None = None) -> datetime:
    """The UTC instant of a naive wall-clock time in `zone`; `utc_offset` picks one of a repeated time's two.

    Raises:
        Refusal("time-skipped"): clocks jump over `wall` that day; the choices are the same time before and after.
        Refusal("time-repeated"): it happens twice; the facts hold both instants.
        Refusal("offset-unmatched"): the zone doesn't have `utc_offset` at `wall`.
    """
    instants = instants_of(wall, zone)
    if not instants:
        raise _skipped(wall, zone)
    if utc_offset is not None:
        instants = tuple(at for at in instants if at.replace(tzinfo=None) == wall - utc_offset)
        if not instants:
            raise _unmatched(wall, zone)
    if len(instants) > 1:
        raise _repeated(wall, zone, instants)
    return instants[0]


def instants_of(wall: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Every UTC instant at which clocks in `zone` show `wall`, in order: none, one or two."""
    both = (_guess(wall, zone, 0), _guess(wall, zone, 1))
    return tuple(sorted({at for at in both if to_wall(at, zone) == wall}))


def first_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant of `wall`, refusing nothing: the first of two, or where clocks jump over it, the jump itself."""
    instants = instants_of(wall, zone)
    return instants[0] if instants else _jump_over(wall, zone)


def around_gap(wall: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """A skipped wall time moved out of the gap, before it and after it: 02:30 becomes 01:30 and 03:30."""
    return to_wall(_guess(wall, zone, 1), zone), to_wall(_guess(wall, zone, 0), zone)


def to_wall(at: datetime, zone: ZoneInfo) -> datetime:
    """What clocks in `zone` show at the instant `at`, naive."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def _guess(wall: datetime, zone: ZoneInfo, fold: int) -> datetime:
    """The instant under the offset before a clock change (0) or after it (1), shown at all or not."""
    return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _jump_over(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first instant after the gap in which `wall` lies, found by halving: zones change on whole seconds."""
    before, after = _guess(wall, zone, 1).replace(microsecond=0), _guess(wall, zone, 0)
    low, high = 0, int((after - before).total_seconds()) + 1
    while high - low > 1:
        middle = (low + high) // 2
        if to_wall(before + timedelta(seconds=middle), zone) < wall:
            low = middle
        else:
            high = middle
    return before + timedelta(seconds=high)


def _skipped(wall: datetime, zone: ZoneInfo) -> Refusal:
    shown = tuple(shown.isoformat(timespec="minutes") for shown in around_gap(wall, zone))
    return Refusal("time-skipped", wall=wall, zone=zone.key, choices=shown)


def _repeated(wall: datetime, zone: ZoneInfo, instants: tuple[datetime, ...]) -> Refusal:
    shown = tuple(at.astimezone(zone).isoformat(timespec="minutes") for at in instants)
    return Refusal("time-repeated", wall=wall, zone=zone.key, first=instants[0], second=instants[-1], choices=shown)


def _unmatched(wall: datetime, zone: ZoneInfo) -> Refusal:
    offsets = tuple(offset_code(wall - at.replace(tzinfo=None)) for at in instants_of(wall, zone))
    return Refusal("offset-unmatched", wall=wall, zone=zone.key, offsets=offsets)
