"""Which reminders a webinar owes, to whom, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.deliveries import Owed, Priority
from bot.domain.leads import Lead
from bot.domain.members import Member
from bot.domain.webinars import Session, Webinar

DEFAULT_LEADS = (Lead(1, "d"), Lead(1, "h"))
CHANNEL_LEAD = Lead(1, "d")


def for_member(webinar: Webinar, session: Session, member: Member, now: datetime) -> tuple[Owed, ...]:
    """What a member who takes a seat in `session` now is owed: a lead that has passed is not."""
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
    )


def for_channel(webinar: Webinar, now: datetime) -> tuple[Owed, ...]:
    """What the webinar's channel is owed: each session once, a day ahead or else at the longest lead."""
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
        for session in webinar.sessions
        for lead, due_at in _ahead(webinar, session, (channel_lead(webinar.leads),), now)
    )


def link_follows(webinar: Webinar, session: Session, now: datetime) -> bool:
    """Whether the last reminder, which carries the join link, is still to come."""
    return webinar.leads[-1].before(session.wall_start, webinar.zone, session.starts_at) > now


def has_passed(webinar: Webinar, lead: Lead, now: datetime) -> bool:
    """Whether it is too late for that lead before every session."""
    return all(not list(_ahead(webinar, session, (lead,), now)) for session in webinar.sessions)


def channel_lead(leads: tuple[Lead, ...]) -> Lead:
    """When the channel is told."""
    return CHANNEL_LEAD if CHANNEL_LEAD in leads else leads[0]


def removed(before: tuple[Lead, ...], after: tuple[Lead, ...]) -> tuple[str, ...]:
    """The kinds of delivery that are owed no longer once a webinar's leads have changed."""
    return tuple(lead.kind for lead in before if lead not in after)


def is_reminder(kind: str) -> bool:
    return kind.startswith("lead-")


def overtaken(webinar: Webinar, session: Session, kind: str, now: datetime) -> bool:
    """Whether a shorter lead than that of `kind` is due as well: then this reminder comes too late to be of use."""
    kinds = [lead.kind for lead in webinar.leads]
    shorter = webinar.leads[kinds.index(kind) + 1 :] if kind in kinds else ()
    return any(lead.before(session.wall_start, webinar.zone, session.starts_at) <= now for lead in shorter)


def _ahead(
    webinar: Webinar, session: Session, leads: tuple[Lead, ...], now: datetime
) -> Iterator[tuple[Lead, datetime]]:
    for lead in leads:
        due_at = lead.before(session.wall_start, webinar.zone, session.starts_at)
        if due_at > now:
            yield lead, due_at
