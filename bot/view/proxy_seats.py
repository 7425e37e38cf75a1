"""Seats that an organiser has taken or given back for somebody else: to the organiser, and to them."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from bot.domain.members import Member
from bot.domain.proxy_seats import SeatFor, SeatGivenBackFor
from bot.domain.representatives import How
from bot.domain.signups import AlreadySignedUp, Full, GivenBack, Moved, SignedUp
from bot.domain.webinars import Session, Webinar
from bot.view import claims, people, signups, times
from bot.view import representatives as view
from bot.view.message import Message, actions, button, lines, note, paragraphs
from bot.view.texts import Mrkdwn, Words


def seated(words: Words, outcome: SeatFor, now: datetime) -> Message:
    """To the organiser."""
    webinar, session = outcome.taken.webinar, outcome.taken.session
    facts = {"who": _who(words, outcome.member, outcome.how), "label": session.label, "title": webinar.title}
    if isinstance(outcome.taken, Full):
        return note(words.md("seat-for-full", **facts))
    rows = [words.md(_key(outcome.taken), **facts), Mrkdwn(times.host(words, session, webinar))]
    if outcome.capacity is not None:
        role, mechanism = view.role(words, outcome.capacity.role), outcome.capacity.mechanism.title
        rows.append(words.md("seat-for-as", role=role, mechanism=mechanism))
        rows += [row for row in (claims.standing(words, outcome.capacity, now),) if row]
    return note(lines(*rows, *_told(words, outcome.member, told=not isinstance(outcome.taken, AlreadySignedUp))))


def given_back(words: Words, outcome: SeatGivenBackFor) -> Message:
    """To the organiser."""
    who = _who(words, outcome.member, outcome.how)
    match outcome.given:
        case GivenBack(webinar, session):
            said = words.md("seat-given-back-for", who=who, label=session.label, title=webinar.title)
            return note(lines(said, *_told(words, outcome.member, told=True)))
        case _:
            return note(words.md("seat-for-none", who=who, title=outcome.given.webinar.title))


def to_member(
    words: Words, webinar: Webinar, session: Session, people_of: tuple[Member, Member], now: datetime
) -> Message:
    """To whom an organiser has signed up, and by whom: with what anybody can do about a seat."""
    reader, by = people_of
    facts = {"by": people.named(by), "label": session.label, "title": webinar.title}
    said = words.md("seated-by", **facts)
    buttons = [
        *signups.move_buttons(words, webinar, session, now),
        signups.calendar_button(words, session),
        button(words.plain("button-give-back"), signups.GIVE_BACK, session.id),
    ]
    rows = [
        said,
        words.md("your-time", time=times.own(words, session, webinar)),
        words.md("host-time", time=times.host(words, session, webinar)),
        *signups.join_link(words, webinar, session, reader, now),
    ]
    text = f"{said} {words.md('sentence', words=times.written(words, session, webinar, reader))}"
    return Message(text, (*paragraphs(rows), actions(*buttons)))


def left_to_member(words: Words, webinar: Webinar, session: Session, by: Member, now: datetime) -> Message:
    """To whose seat an organiser has given back."""
    said = words.md("unseated-by", by=people.named(by), label=session.label, title=webinar.title)
    return note(said, *signups.take_buttons(words, webinar, now))


def _key(taken: SignedUp | AlreadySignedUp | Moved) -> str:
    match taken:
        case SignedUp():
            return "seat-for-taken"
        case Moved():
            return "seat-for-moved"
        case AlreadySignedUp():
            return "seat-for-already"
        case _ as never:
            assert_never(never)


def _who(words: Words, member: Member, how: How | None) -> Mrkdwn:
    name = people.named(member)
    return name if how is None else words.md("term-how", person=name, how=view.how(words, how))


def _told(words: Words, member: Member, *, told: bool) -> list[Mrkdwn]:
    if not member.has_account:
        return [words.md("seat-for-untold")]
    return [words.md("seat-for-told")] if told else []
