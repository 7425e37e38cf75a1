"""A member's session as a file to hand over."""

from __future__ import annotations

from datetime import datetime

from bot.documents.calendar import Event, ics
from bot.domain.calendars import file_name
from bot.domain.deliveries import Claimed
from bot.slack.uploads import Document
from bot.usecases.subjects import CalendarFile
from bot.view import calendars as view
from bot.view.texts import Texts


def document(texts: Texts, subject: CalendarFile, claimed: Claimed, now: datetime) -> Document:
    """In the member's language. The entry stays the same one as the session is moved: its number rises."""
    webinar, session, member = subject.webinar, subject.session, subject.member
    words = texts.of(member.locale)
    summary = view.summary(words, webinar, session)
    event = Event(
        uid=f"w{webinar.id}.s{session.id}.m{member.id}@{member.workspace.team.lower()}.convene",
        sequence=session.revision,
        written_at=now,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        summary=summary,
        description=view.description(words, webinar, session),
        location=webinar.link,
    )
    return Document(file_name(webinar, session, claimed.key), summary, ics(event))
