"""What is said ahead of a session."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.domain.members import Member
from bot.domain.reminders import RemindersSwitched
from bot.domain.webinars import Session, Webinar
from bot.view import times
from bot.view.message import Message, actions, button, lines, note, paragraphs, section
from bot.view.signups import GIVE_BACK, REMINDERS_OFF, REMINDERS_ON, move_buttons, take_button
from bot.view.texts import Mrkdwn, Words


def to_member(
    words: Words, webinar: Webinar, session: Session, reader: Member, *, last: bool, now: datetime
) -> Message:
    """To somebody who has a seat. The `last` one carries the join link, in the blocks and never in `text`."""
    said = words.md(
        "reminder", label=session.label, title=webinar.title, left=times.duration(words, session.starts_at - now)
    )
    when = words.md("sentence", words=times.written(words, session, webinar, reader))
    rows = [said, *_when(words, webinar, session)]
    if last and webinar.link:
        rows.append(words.md("reminder-link", link=webinar.link))
    buttons = [
        *move_buttons(words, webinar, session, now),
        button(words.plain("button-cannot"), GIVE_BACK, session.id),
        button(words.plain("button-reminders-off"), REMINDERS_OFF, reader.id),
    ]
    return Message(f"{said} {when}", (*paragraphs(rows), actions(*buttons)))


def switched(words: Words, reader: Member, outcome: RemindersSwitched) -> Message:
    if outcome.on:
        return note(words.md("reminders-are-on"))
    turn_on = button(words.plain("button-reminders-on"), REMINDERS_ON, reader.id)
    return note(words.md("reminders-are-off"), actions(turn_on))


def to_channel(words: Words, webinar: Webinar, session: Session, now: datetime) -> Message:
    said = words.md(
        "reminder", label=session.label, title=webinar.title, left=times.duration(words, session.starts_at - now)
    )
    when = words.md("sentence", words=times.host(words, session, webinar))
    blocks: list[Block] = [section(lines(said, *_when(words, webinar, session)))]
    if session.seats_left != 0:
        blocks.append(actions(take_button(words, session)))
    return Message(f"{said} {when}", tuple(blocks))


def _when(words: Words, webinar: Webinar, session: Session) -> tuple[Mrkdwn, ...]:
    return (
        words.md("your-time", time=times.own(words, session, webinar)),
        words.md("host-time", time=times.host(words, session, webinar)),
        words.md("lasts", length=times.duration(words, session.ends_at - session.starts_at)),
    )
