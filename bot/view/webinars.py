"""A webinar in its channel, in lists, and as the answer to who made it."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.ids import DraftId
from bot.domain.members import Member
from bot.domain.reminders import has_passed
from bot.domain.webinars import (
    Session,
    Webinar,
    WebinarEdited,
    WebinarMade,
    WebinarSameAgain,
    WebinarShown,
    WebinarsListed,
)
from bot.domain.zones import display_name
from bot.view import times
from bot.view.drafts import insist_button
from bot.view.message import KEPT_TEXT, Message, actions, button, context, header, lines, listing, note, section
from bot.view.signups import LEAVE, seats, take_button
from bot.view.texts import Mrkdwn, Words

EDIT = "webinar-edit"


def announcement(words: Words, webinar: Webinar, now: datetime) -> Message:
    """The channel's message. Counts only: who has signed up is not the channel's affair."""
    if webinar.is_cancelled:
        said = words.md("webinar-announced-cancelled", number=webinar.number, title=webinar.title)
        return Message(said, (header(webinar.title), *_sessions(words, webinar, now)))
    said = words.md("webinar-announced", number=webinar.number, title=webinar.title)
    spans = [
        words.md("seat-span", label=each.label, time=times.host(words, each, webinar))
        for each in webinar.sessions
        if not each.is_cancelled
    ]
    text = "\n".join((said, *spans))
    return Message(text if len(text) <= KEPT_TEXT else said, (header(webinar.title), *_sessions(words, webinar, now)))


def made(words: Words, reader: Member, outcome: WebinarMade, now: datetime) -> Message:
    """To the organiser alone: everything that was understood, so that a slip shows at once."""
    return _read_back(words, reader, "webinar-made", outcome.webinar, now)


def edited(words: Words, reader: Member, outcome: WebinarEdited, now: datetime) -> Message:
    """Likewise, of a webinar that was changed."""
    return _read_back(words, reader, "webinar-edited", outcome.webinar, now)


def zones_changed(words: Words, webinar: Webinar) -> Message:
    """To the organiser: the host's clock rules have changed, and with them everybody else's times."""
    said = words.md("zones-changed", number=webinar.number, title=webinar.title, place=display_name(webinar.zone))
    rows = [words.md("seat-span", label=each.label, time=times.host(words, each, webinar)) for each in webinar.sessions]
    return note(lines(said, *rows))


def same_again(words: Words, outcome: WebinarSameAgain, draft: DraftId) -> Message:
    said = words.md("webinar-same-again", number=outcome.earlier.number, title=outcome.earlier.title)
    return note(said, actions(insist_button(words, draft)))


def shown(words: Words, reader: Member, outcome: WebinarShown, now: datetime) -> Message:
    webinar = outcome.webinar
    said = words.md("webinar-heading", number=webinar.number, title=webinar.title)
    mine = (
        words.md("holds-no-seat", title=webinar.title)
        if outcome.held is None
        else words.md("your-seat-in", label=outcome.held.label)
    )
    may_edit = reader.is_organiser and not webinar.is_cancelled
    heading = section(lines(said, mine), edit_button(words, webinar) if may_edit else None)
    return Message(said, (heading, *_sessions(words, webinar, now)))


def listed(words: Words, outcome: WebinarsListed) -> Message:
    if not outcome.webinars:
        return note(words.md("webinars-none"))
    return listing(words, words.md("webinars-listed"), [_rows(words, each) for each in outcome.webinars])


def _leads(words: Words, webinar: Webinar, now: datetime) -> str:
    """Each lead as it was typed, since `1d` is not `24h`; one for which it is too late is said to be."""
    return ", ".join(
        words.plain(
            "lead-past" if has_passed(webinar, lead, now) else "lead",
            length=times.lead(words, lead),
        )
        for lead in webinar.leads
    )


def _rows(words: Words, webinar: Webinar) -> list[Mrkdwn]:
    channel = Mrkdwn(f"<#{webinar.channel}>")
    return [
        words.md("webinar-row", number=webinar.number, title=webinar.title, channel=channel),
        *(words.md("seat-span", label=each.label, time=times.host(words, each, webinar)) for each in webinar.sessions),
    ]


def edit_button(words: Words, webinar: Webinar) -> ButtonElement:
    """Opens the form that changes it; the value is its number."""
    return button(words.plain("button-edit"), EDIT, webinar.number)


def _read_back(words: Words, reader: Member, key: str, webinar: Webinar, now: datetime) -> Message:
    rows = [
        words.md(key, number=webinar.number, title=webinar.title, channel=Mrkdwn(f"<#{webinar.channel}>")),
        words.md("webinar-zone", place=display_name(webinar.zone), zone=webinar.zone_name),
        *(
            words.md("seat-span", label=each.label, time=times.written(words, each, webinar, reader))
            for each in webinar.sessions
        ),
        words.md("webinar-reminders", leads=_leads(words, webinar, now)),
        _limit(words, webinar),
        words.md("webinar-link", link=webinar.link) if webinar.link else words.md("webinar-no-link"),
    ]
    return note(lines(*rows))


def _limit(words: Words, webinar: Webinar) -> Mrkdwn:
    limit = webinar.sessions[0].seats
    return words.md("webinar-no-limit") if limit is None else words.count("webinar-limit", limit)


def _standing(words: Words, session: Session, now: datetime) -> Mrkdwn:
    if session.is_cancelled:
        return words.md("session-is-cancelled")
    return words.md("session-has-started") if session.has_started(now) else seats(words, session)


def _sessions(words: Words, webinar: Webinar, now: datetime) -> list[Block]:
    if webinar.is_cancelled:
        reasons = {each.reason for each in webinar.sessions}
        why = [words.md("change-reason", reason=each) for each in reasons if each is not None and len(reasons) == 1]
        return [section(lines(words.md("webinar-is-cancelled"), *why))]
    blocks: list[Block] = [
        section(
            lines(
                words.md(
                    "session-heading", label=each.label, length=times.duration(words, each.ends_at - each.starts_at)
                ),
                words.md("your-time", time=times.own(words, each, webinar)),
                words.md("host-time", time=times.host(words, each, webinar)),
                _standing(words, each, now),
            )
        )
        for each in webinar.sessions
    ]
    ahead = [each for each in webinar.sessions if each.is_open(now)]
    if ahead:
        buttons = [take_button(words, each) for each in ahead]
        leave = button(words.plain("button-leave"), LEAVE, webinar.id)
        blocks += [actions(*buttons, leave), context(words.md("webinar-hint", number=webinar.number))]
    return blocks
