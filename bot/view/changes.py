"""What is said of sessions that were moved, cancelled or reopened: to who has a seat, to the channel, to who did it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from bot.domain.changes import Change, ChangeKind, SessionsChanged
from bot.domain.members import Member
from bot.domain.webinars import Session, Webinar
from bot.view import times
from bot.view.message import Message, actions, button, lines, note, paragraphs
from bot.view.signups import GIVE_BACK, calendar_button, join_link, move_buttons, take_buttons
from bot.view.texts import Mrkdwn, Words


def to_member(words: Words, webinar: Webinar, change: Change, reader: Member, now: datetime) -> Message:
    """To somebody with a seat in the session that has changed."""
    session = change.after
    said = _said(words, webinar, change)
    text = _spoken(words, webinar, change, times.written(words, session, webinar, reader))
    buttons = list(move_buttons(words, webinar, session, now))
    if session.is_open(now):
        buttons.append(calendar_button(words, session))
        buttons.append(button(words.plain("button-cannot"), GIVE_BACK, session.id))
    rows = [said, *_rows(words, webinar, change), *_reason(words, change)]
    rows += [words.md("change-seat-kept")] if session.is_cancelled else join_link(words, webinar, session, reader, now)
    return Message(
        " ".join((said, *text, *_reason(words, change))),
        (*paragraphs(rows), *((actions(*buttons),) if buttons else ())),
    )


def to_channel(words: Words, webinar: Webinar, changes: Sequence[Change], now: datetime) -> Message:
    """All that has changed: the title is said once, and a reason that several sessions share."""
    said = [_said(words, webinar, each, among=len(changes)) for each in changes]
    heading = [words.md("change-several", number=webinar.number, title=webinar.title)] if len(changes) > 1 else []
    rows, text = [*heading], [*heading]
    for line, change, following in zip(said, changes, (*changes[1:], None), strict=True):
        shared = following is not None and following.after.reason == change.after.reason
        reason = [] if shared else _reason(words, change)
        rows += [line, *_rows(words, webinar, change), *reason]
        spoken = _spoken(words, webinar, change, times.host(words, change.after, webinar))
        text.append(Mrkdwn(" ".join((line, *spoken, *reason))))
    return Message("\n".join(text), (*paragraphs(rows), *take_buttons(words, webinar, now)))


def done(words: Words, outcome: SessionsChanged) -> Message:
    """To the organiser alone: what was understood, and who is told."""
    webinar = outcome.webinar
    channel = Mrkdwn(f"<#{webinar.channel}>")
    told = (
        words.count("changed-told", outcome.told, channel=channel)
        if outcome.told
        else words.md("changed-told-nobody", channel=channel)
    )
    return note(
        lines(
            words.md(f"changed-{outcome.kind}", number=webinar.number, title=webinar.title),
            *(_line(words, webinar, each) for each in outcome.changes),
            told,
            _next(words, outcome),
        )
    )


def _next(words: Words, outcome: SessionsChanged) -> Mrkdwn:
    match outcome.kind:
        case ChangeKind.MOVED:
            return words.md("changed-moved-next")
        case ChangeKind.CANCELLED:
            return words.md("changed-cancelled-next", number=outcome.webinar.number)
        case ChangeKind.REOPENED:
            return words.md("changed-reopened-next")
        case _ as never:
            assert_never(never)


def _said(words: Words, webinar: Webinar, change: Change, among: int = 1) -> Mrkdwn:
    """`among` several changes the title is said above; the only session of a webinar is not named."""
    if among > 1:
        return words.md(f"change-{change.kind}-among", label=change.after.label)
    if len(webinar.sessions) == 1:
        return words.md(f"change-{change.kind}-alone", title=webinar.title)
    return words.md(f"change-{change.kind}", label=change.after.label, title=webinar.title)


def _spoken(words: Words, webinar: Webinar, change: Change, time: str) -> list[Mrkdwn]:
    """For the text: `time` is when the session takes place now."""
    planned = times.host(words, change.before, webinar)
    match change.kind:
        case ChangeKind.CANCELLED:
            return [words.md("change-planned-then", time=planned)]
        case ChangeKind.MOVED:
            return [words.md("change-new-time", time=time), words.md("change-was-then", time=planned)]
        case ChangeKind.REOPENED:
            return [words.md("change-time", time=time)]
        case None:
            return []
        case _ as never:
            assert_never(never)


def _reason(words: Words, change: Change) -> list[Mrkdwn]:
    return [] if change.after.reason is None else [words.md("change-reason", reason=change.after.reason)]


def _rows(words: Words, webinar: Webinar, change: Change) -> list[Mrkdwn]:
    before, after = change.before, change.after
    was = words.md("change-was", time=times.host(words, before, webinar))
    match change.kind:
        case ChangeKind.CANCELLED:
            return [words.md("change-planned", time=times.host(words, before, webinar))]
        case ChangeKind.MOVED:
            return [*_when(words, webinar, after), was]
        case ChangeKind.REOPENED:
            return [*_when(words, webinar, after), *(() if after.is_at(before) else (was,))]
        case None:
            return []
        case _ as never:
            assert_never(never)


def _when(words: Words, webinar: Webinar, session: Session) -> tuple[Mrkdwn, ...]:
    return (
        words.md("your-time", time=times.own(words, session, webinar)),
        words.md("host-time", time=times.host(words, session, webinar)),
        words.md("lasts", length=times.duration(words, session.ends_at - session.starts_at)),
    )


def _line(words: Words, webinar: Webinar, change: Change) -> Mrkdwn:
    after = change.after
    if after.is_cancelled:
        return words.md("seat-span", label=after.label, time=times.host(words, change.before, webinar))
    if after.is_at(change.before):
        return words.md("seat-span", label=after.label, time=times.host(words, after, webinar))
    return words.md(
        "change-span",
        label=after.label,
        before=times.host(words, change.before, webinar),
        after=times.host(words, after, webinar),
    )
