"""When nudges go: before the first session to come, and not too soon after the letter or each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from bot.domain.deliveries import DeliveryState, Pointless
from bot.domain.invitations import Roll
from bot.domain.leads import Lead
from bot.domain.planned_letters import INVITATION, NUDGE, Planned
from bot.domain.webinars import Session, Webinar

REST = timedelta(hours=24)
"""No nudge goes by itself so soon after the letter, or after another nudge."""

TOO_SOON = Pointless(DeliveryState.SUPERSEDED, "too-soon")

_GONE = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)


def due_at(roll: Roll, now: datetime) -> dict[str, datetime]:
    """When each nudge is due, by its kind: before the first session that is still to come."""
    webinar, first = roll.book.webinar, first_ahead(roll.book.webinar, now)
    if first is None:
        return {}
    return {
        nudge_kind(lead): lead.before(first.wall_start, webinar.zone, first.starts_at)
        for lead in roll.book.letter.nudges
    }


def nudge_kind(lead: Lead) -> str:
    return f"{NUDGE}-{lead.code}"


def first_ahead(webinar: Webinar, now: datetime) -> Session | None:
    """The first session that is still to come; None where there is none."""
    ahead = [each for each in webinar.sessions if each.is_open(now)]
    return min(ahead, key=lambda each: each.starts_at, default=None)


def well_apart(due: Mapping[str, datetime], theirs: Iterable[Planned], now: datetime) -> Iterator[tuple[str, datetime]]:
    """The nudges to somebody that don't follow their letter or another nudge too soon, first to last."""
    standing = list(theirs)
    pending = {each.kind: each for each in standing if each.state is DeliveryState.PENDING}
    went = gone(standing)
    if INVITATION in pending or all(kind != INVITATION for kind, _ in went):
        went.append((INVITATION, now))
    if NUDGE in pending:
        went.append((NUDGE, max(now, pending[NUDGE].due_at)))
    for kind, at in sorted(due.items(), key=lambda each: each[1]):
        if is_too_soon(kind, at, went):
            continue
        yield kind, at
        if at > now or kind in pending:
            went.append((kind, at))


def gone(theirs: Iterable[Planned]) -> list[tuple[str, datetime]]:
    """The letter and the nudges that somebody has had, and when."""
    return [(each.kind, each.attempted_at or each.due_at) for each in theirs if each.state in _GONE]


def is_too_soon(kind: str, at: datetime, went: Iterable[tuple[str, datetime]]) -> bool:
    return any(other != kind and at < then + REST and (other == INVITATION or then <= at) for other, then in went)
