"""Answers to a sign-up."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.ids import SessionId
from bot.domain.members import Member
from bot.domain.signups import AlreadySignedUp, Full, GivenBack, HoldsNoSeat, Moved, SignedUp, ToChoose
from bot.domain.webinars import Session, Webinar
from bot.view import times
from bot.view.message import Message, actions, button, context, lines, note, paragraphs, section
from bot.view.texts import Mrkdwn, Words

TAKE = "seat-take"
GIVE_BACK = "seat-give-back"
LEAVE = "webinar-leave"


def outcome(
    words: Words,
    reader: Member,
    told: SignedUp | AlreadySignedUp | Moved | Full | GivenBack | HoldsNoSeat | ToChoose,
    now: datetime,
) -> Message:
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
            return note(said, *_take_buttons(words, webinar, now))
        case HoldsNoSeat(webinar):
            return note(words.md("holds-no-seat", title=webinar.title), *_take_buttons(words, webinar, now))
        case ToChoose(webinars, held):
            return _to_choose(words, reader, webinars, held, now)
        case _:
            assert_never(told)


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
        *(_move_button(words, each) for each in _others(webinar, session, now)),
        button(words.plain("button-give-back"), GIVE_BACK, session.id),
    ]
    return Message(text, (section(lines(said, own, host)), context(seats(words, session)), actions(*buttons)))


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
    return button(words.plain("button-move", label=session.label), TAKE, session.id)


def take_button(words: Words, session: Session) -> ButtonElement:
    return button(words.plain("button-take", label=session.label), TAKE, session.id)


def _take_buttons(words: Words, webinar: Webinar, now: datetime) -> tuple[Block, ...]:
    buttons = [take_button(words, each) for each in webinar.sessions if each.is_open(now) and each.seats_left != 0]
    return (actions(*buttons),) if buttons else ()


def _to_choose(
    words: Words, reader: Member, webinars: tuple[Webinar, ...], held: frozenset[SessionId], now: datetime
) -> Message:
    said = words.md("your-seats" if held else "choose-session")
    blocks: list[Block] = [section(said)]
    for webinar in webinars[:10]:
        blocks += _choice(words, webinar, held, now)
    summary = [
        words.md("seat-line", label=each.label, title=webinar.title, time=times.written(words, each, webinar, reader))
        for webinar in webinars
        for each in webinar.sessions
        if not held or each.id in held
    ]
    return Message("\n".join((said, *summary)), tuple(blocks))


def _choice(words: Words, webinar: Webinar, held: frozenset[SessionId], now: datetime) -> list[Block]:
    """A webinar's sessions: with the reader's seat marked, and a button for each that can be had."""
    rows = [words.md("webinar-heading", number=webinar.number, title=webinar.title)]
    buttons: list[ButtonElement] = []
    mine = any(each.id in held for each in webinar.sessions)
    for each in webinar.sessions:
        mark = words.md("your-seat-mark") if each.id in held else Mrkdwn("")
        rows.append(words.md("session-line", label=each.label, time=times.own(words, each, webinar), mark=mark))
        if each.id in held:
            buttons.append(button(words.plain("button-give-back"), GIVE_BACK, each.id))
        elif each.is_open(now) and each.seats_left != 0:
            buttons.append(_move_button(words, each) if mine else take_button(words, each))
    return [*paragraphs(rows), *((actions(*buttons),) if buttons else ())]
