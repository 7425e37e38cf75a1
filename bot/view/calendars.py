"""What is said of a calendar file, and in it."""

from __future__ import annotations

from bot.domain.members import Member
from bot.domain.webinars import Session, Webinar
from bot.view import times
from bot.view.message import Message, paragraphs
from bot.view.texts import Words


def note_to(words: Words, webinar: Webinar, session: Session, reader: Member) -> Message:
    """The message in whose thread the file stands."""
    said = words.md("calendar-note", label=session.label, title=webinar.title)
    when = words.md("sentence", words=times.written(words, session, webinar, reader))
    own = words.md("your-time", time=times.own(words, session, webinar))
    host = words.md("host-time", time=times.host(words, session, webinar))
    return Message(f"{said} {when}", tuple(paragraphs([said, own, host])))


def summary(words: Words, webinar: Webinar, session: Session) -> str:
    return words.plain("calendar-summary", title=webinar.title, label=session.label)


def description(words: Words, webinar: Webinar, session: Session) -> str:
    """The host's time, since a calendar shows its owner's alone, and the join link: who reads this has a seat."""
    rows = [words.plain("host-time", time=times.host(words, session, webinar))]
    if webinar.link is not None:
        rows.append(words.plain("calendar-join", link=webinar.link))
    return "\n".join(rows)
