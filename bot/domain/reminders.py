"""Which reminders a webinar owes, to whom, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.deliveries import Owed, Priority
from bot.domain.leads import Lead
from bot.domain.members import Member
from bot.domain.webinars import Session, Webinar

DEFAULT_LEADS = (Lead(1, "d"), Lead(1, "h"))
CHANNEL_LEAD = Lead(1, "d")


@dataclass(frozen=True, slots=True)
class RemindersSwitched:
    """A member gets all of their reminders from now on (`on`), or none."""

    on: bool


def for_member(webinar: Webinar, session: Session, member: Member, now: datetime) -> tuple[Owed, ...]:
    """What a member with a seat in `session` is owed from `now` on: a lead that has passed is not.

    Who has no account is owed nothing. Whether they want reminders is seen when one is due.
    """
    return tuple(
        Owed(
            kind=lead.kind,
            recipient=member.user,
            due_at=due_at,
            priority=Priority.DUE,
            expires_at=session.starts_at,
            member=member.id,
            webinar=webinar.id,
            session=session.id,
            revision=session.revision,
        )
        for lead, due_at in _ahead(webinar, session, webinar.leads, now)
        if member.has_account
    )


def for_channel(webinar: Webinar, sessions: Iterable[Session], now: datetime) -> tuple[Owed, ...]:
    """What the webinar's channel is owed: each of `sessions` once, a day ahead or else at the longest lead."""
    return tuple(
        Owed(
            kind=lead.kind,
            recipient=webinar.channel,
            due_at=due_at,
            priority=Priority.DUE,
            expires_at=session.starts_at,
            webinar=webinar.id,
            session=session.id,
            revision=session.revision,
        )
        for session in sessions
        for lead, due_at in _ahead(webinar, session, (channel_lead(webinar.leads),), now)
    )


def link_follows(webinar: Webinar, session: Session, reader: Member, now: datetime) -> bool:
    """Whether the last reminder, which carries the join link, is still to come."""
    return reader.reminded and _due(webinar, session, last(webinar, session)) > now


def last(webinar: Webinar, session: Session) -> Lead:
    """The lead that is due last before `session`."""
    return _by_due(webinar, session)[-1]


def has_passed(webinar: Webinar, lead: Lead, now: datetime) -> bool:
    """Whether it is too late for that lead before every session."""
    return all(not list(_ahead(webinar, session, (lead,), now)) for session in webinar.sessions)


def channel_lead(leads: tuple[Lead, ...]) -> Lead:
    """When the channel is told."""
    return CHANNEL_LEAD if CHANNEL_LEAD in leads else leads[0]


def removed(before: tuple[Lead, ...], after: tuple[Lead, ...]) -> tuple[str, ...]:
    """The kinds of delivery that are owed no longer once a webinar's leads have changed."""
    return tuple(lead.kind for lead in before if lead not in after)


def overtaken(webinar: Webinar, session: Session, kind: str, now: datetime) -> bool:
    """Whether a later lead than that of `kind` is due as well: then this reminder comes too late to be of use."""
    leads = _by_due(webinar, session)
    kinds = [lead.kind for lead in leads]
    later = leads[kinds.index(kind) + 1 :] if kind in kinds else ()
    return any(_due(webinar, session, lead) <= now for lead in later)


def _by_due(webinar: Webinar, session: Session) -> tuple[Lead, ...]:
    """Longest first, except where clocks go forward on the way: `1d` is then due after `24h`."""
    return tuple(sorted(webinar.leads, key=lambda lead: _due(webinar, session, lead)))


def _due(webinar: Webinar, session: Session, lead: Lead) -> datetime:
    return lead.before(session.wall_start, webinar.zone, session.starts_at)


def _ahead(
    webinar: Webinar, session: Session, leads: tuple[Lead, ...], now: datetime
) -> Iterator[tuple[Lead, datetime]]:
    """The leads that are still to come; a session that is cancelled has none."""
    for lead in () if session.is_cancelled else leads:
        due_at = _due(webinar, session, lead)
        if due_at > now:
            yield lead, due_at
