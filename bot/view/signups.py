"""Answers to a sign-up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias, assert_never

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain import reminders
from bot.domain.calendars import CalendarAsked
from bot.domain.ids import SessionId
from bot.domain.members import Member
from bot.domain.representatives import Representative
from bot.domain.signups import (
    AlreadySignedUp,
    Full,
    GivenBack,
    HoldsAnother,
    HoldsNoSeat,
    Moved,
    Seats,
    SignedUp,
    ToChoose,
)
from bot.domain.webinars import Session, Webinar
from bot.view import representatives, times
from bot.view.message import Message, actions, as_fit, button, context, lines, note, paragraphs, section
from bot.view.texts import Mrkdwn, Words

TAKE = "seat-take"
MOVE = "seat-move"
GIVE_BACK = "seat-give-back"
LEAVE = "webinar-leave"
CALENDAR = "seat-calendar"
REMINDERS_OFF = "reminders-off"
REMINDERS_ON = "reminders-on"

Told: TypeAlias = SignedUp | AlreadySignedUp | Moved | HoldsAnother | Full | GivenBack | HoldsNoSeat | Seats | ToChoose


def outcome(words: Words, reader: Member, told: Told, now: datetime) -> Message:
    match told:
        case SignedUp(webinar, session):
            return _seat(words, reader, "signed-up", webinar, session, now)
        case AlreadySignedUp(webinar, session):
            return _seat(words, reader, "already-signed-up", webinar, session, now)
        case Moved(webinar, session, left):
            return _seat(words, reader, "moved", webinar, session, now, left=left.label)
        case Full(webinar, session, held):
            return _full(words, webinar, session, held, now)
        case GivenBack(webinar, session):
            said = words.md("given-back", label=session.label, title=webinar.title)
            return note(said, *take_buttons(words, webinar, now))
        case HoldsNoSeat(webinar):
            return note(words.md("holds-no-seat", title=webinar.title), *take_buttons(words, webinar, now))
        case HoldsAnother(webinar, session, held):
            said = words.md("holds-another", held=held.label, label=session.label, title=webinar.title)
            return note(said, actions(_move_button(words, session)))
        case Seats(webinars, held, capacities):
            said = words.md("your-seats" if held else "no-seats")
            return _listed(words, reader, lines(said, *_capacities(words, webinars, capacities)), webinars, held, now)
        case ToChoose(webinars, held):
            said = words.md("your-seats" if held else "choose-session")
            return _listed(words, reader, said, webinars, held, now)
        case _:
            assert_never(told)


def calendar(words: Words, reader: Member, asked: CalendarAsked, now: datetime) -> Message:
    """The seat once more, since this takes the place of the answer whose button was pressed."""
    key = "calendar-stands" if asked.stands else "calendar-coming"
    return _seat(words, reader, key, asked.webinar, asked.session, now)


def seats(words: Words, session: Session) -> Mrkdwn:
    """How many seats are left, or how many are taken where there is no limit."""
    if session.seats is None or session.seats_left is None:
        return words.count("seats-taken", session.taken)
    if session.seats_left == 0:
        return words.count("seats-none", session.seats)
    return words.count("seats-left", session.seats_left, seats=session.seats)


def _seat(
    words: Words, reader: Member, key: str, webinar: Webinar, session: Session, now: datetime, **facts: object
) -> Message:
    said = words.md(key, label=session.label, title=webinar.title, **facts)
    own = words.md("your-time", time=times.own(words, session, webinar))
    host = words.md("host-time", time=times.host(words, session, webinar))
    text = f"{said} {words.md('sentence', words=times.written(words, session, webinar, reader))}"
    buttons = [
        *move_buttons(words, webinar, session, now),
        calendar_button(words, session),
        button(words.plain("button-give-back"), GIVE_BACK, session.id),
    ]
    rows = [said, own, host, *join_link(words, webinar, session, reader, now)]
    return Message(text, (*paragraphs(rows), context(seats(words, session)), actions(*buttons)))


def join_link(words: Words, webinar: Webinar, session: Session, reader: Member, now: datetime) -> list[Mrkdwn]:
    """The join link, for somebody who has a seat and whom no reminder will bring it any more."""
    if webinar.link is None or session.is_cancelled or reminders.link_follows(webinar, session, reader, now):
        return []
    return [words.md("reminder-link", link=webinar.link)]


def calendar_button(words: Words, session: Session) -> ButtonElement:
    return button(words.plain("button-calendar"), CALENDAR, session.id)


def _full(words: Words, webinar: Webinar, session: Session, held: Session | None, now: datetime) -> Message:
    rows = [words.md("session-full", label=session.label, title=webinar.title)]
    if held is not None:
        rows.append(words.md("session-full-held", label=held.label))
    others = [each for each in _others(webinar, session, now) if held is None or each.id != held.id]
    button_of = take_button if held is None else _move_button
    offer = (actions(*(button_of(words, each) for each in others)),) if others else ()
    return note(lines(*rows), *offer)


def _others(webinar: Webinar, session: Session, now: datetime) -> list[Session]:
    return [each for each in webinar.sessions if each.id != session.id and each.is_open(now) and each.seats_left != 0]


def _move_button(words: Words, session: Session) -> ButtonElement:
    return button(words.plain("button-move", label=session.label), MOVE, session.id)


def take_button(words: Words, session: Session) -> ButtonElement:
    return button(words.plain("button-take", label=session.label), TAKE, session.id)


def move_buttons(words: Words, webinar: Webinar, session: Session, now: datetime) -> list[ButtonElement]:
    """A button for each other session to which a seat in this one can be moved."""
    return [_move_button(words, each) for each in _others(webinar, session, now)]


def take_buttons(words: Words, webinar: Webinar, now: datetime) -> tuple[Block, ...]:
    """A button for each session in which a seat can be had."""
    buttons = [take_button(words, each) for each in webinar.sessions if each.is_open(now) and each.seats_left != 0]
    return (actions(*buttons),) if buttons else ()


def _listed(
    words: Words,
    reader: Member,
    said: Mrkdwn,
    webinars: tuple[Webinar, ...],
    held: frozenset[SessionId],
    now: datetime,
) -> Message:
    choices = as_fit(_choice(words, reader, webinar, held, now) for webinar in webinars)
    blocks: list[Block] = [section(said), *(block for choice in choices for block in choice)]
    more = [words.count("and-more", left)] if (left := len(webinars) - len(choices)) else []
    blocks += [context(each) for each in more]
    summary = [
        words.md("seat-line", label=each.label, title=webinar.title, time=times.written(words, each, webinar, reader))
        for webinar in webinars[: len(choices)]
        for each in webinar.sessions
        if not held or each.id in held
    ]
    return Message("\n".join((said, *summary, *more)), tuple(blocks))


def _capacities(
    words: Words, webinars: tuple[Webinar, ...], capacities: Mapping[SessionId, Representative]
) -> list[Mrkdwn]:
    """In which capacity they hold their seats, claims as such."""
    return [
        words.md(
            "seat-as" if capacities[each.id].is_named else "seat-as-claim",
            number=webinar.number,
            role=representatives.role(words, capacities[each.id].role),
            mechanism=capacities[each.id].mechanism.title,
        )
        for webinar in webinars
        for each in webinar.sessions
        if each.id in capacities
    ]


def _choice(words: Words, reader: Member, webinar: Webinar, held: frozenset[SessionId], now: datetime) -> list[Block]:
    """A webinar's sessions: with the reader's seat marked, and a button for each that can be had."""
    rows = [words.md("webinar-heading", number=webinar.number, title=webinar.title)]
    buttons: list[ButtonElement] = []
    mine = any(each.id in held for each in webinar.sessions)
    for each in webinar.sessions:
        mark = words.md("your-seat-mark") if each.id in held else Mrkdwn("")
        rows.append(words.md("session-line", label=each.label, time=times.own(words, each, webinar), mark=mark))
        if each.id in held:
            rows += join_link(words, webinar, each, reader, now)
        if each.is_cancelled:
            rows.append(words.md("session-is-cancelled"))
        if each.id in held and each.is_open(now):
            buttons.append(button(words.plain("button-give-back"), GIVE_BACK, each.id))
        elif each.id not in held and each.is_open(now) and each.seats_left != 0:
            buttons.append(_move_button(words, each) if mine else take_button(words, each))
    return [*paragraphs(rows), *((actions(*buttons),) if buttons else ())]
