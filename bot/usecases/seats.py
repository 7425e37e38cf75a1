"""Seats as they are stored: for whoever takes or gives back one, and for whomever they do it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.domain import reminders
from bot.domain import signups as rules
from bot.domain.deliveries import DeliveryState
from bot.domain.ids import WebinarId
from bot.domain.members import Member, Sender, may_take_part
from bot.domain.refusals import Refusal
from bot.domain.signups import GivenBack, Moved, SignedUp
from bot.domain.webinars import Session, Webinar, meant
from bot.ports import Tx
from storage import deliveries, members, messages, signups, webinars

T = TypeVar("T", bound=SignedUp | Moved)


def member_of(tx: Tx, sender: Sender) -> Member:
    """Refusal("people-only")."""
    member = members.get_or_add(tx, sender)
    may_take_part(member)
    return member


def numbered(tx: Tx, member: Member, sender: Sender, number: int) -> Webinar:
    """W`number`, as whoever asks may see it: Refusal("webinar-unknown")."""
    webinar = webinars.find(tx, member, sender.channel, number)
    if webinar is None:
        raise Refusal("webinar-unknown", number=number)
    return webinar


def meant_here(tx: Tx, member: Member, number: int | None, sender: Sender, now: datetime) -> WebinarId | None:
    """W`number`, or the one that a command without a number means; None where they have to say."""
    if number is not None:
        return numbered(tx, member, sender, number).id
    return meant(webinars.where_open(tx, member, sender.channel, now), sender.channel)


def take(tx: Tx, member: Member, decided: T, held: Session | None, now: datetime) -> T:
    """Store a seat and what it owes. The webinar is locked."""
    webinar, session = decided.webinar, decided.session
    signups.take(tx, webinar, session, member.id, now)
    _exchange(tx, member, webinar, session, held)
    deliveries.owe(tx, webinar.workspace, reminders.for_member(webinar, session, member, now))
    return _recounted(decided, held)


def give_back(tx: Tx, member: Member, webinar: Webinar, held: Session, now: datetime) -> GivenBack:
    """Store that a seat was given back: Refusal("session-started"). The webinar is locked."""
    rules.check_may_leave(webinar, held, now)
    signups.give_back(tx, webinar, member.id, now)
    _exchange(tx, member, webinar, None, held)
    return GivenBack(webinar.with_seat(None, held), held)


def _exchange(tx: Tx, member: Member, webinar: Webinar, entered: Session | None, left: Session | None) -> None:
    """Count the seats anew, end the reminders for the session that was left, and have the message redrawn."""
    signups.count(tx, webinar, entered, left)
    if left is not None:
        state, reason = (
            (DeliveryState.CANCELLED, "gave-seat-back") if entered is None else (DeliveryState.SUPERSEDED, "moved-seat")
        )
        deliveries.give_up(tx, webinar.workspace, state, reason, session=left.id, member=member.id)
    messages.stale(tx, webinar=webinar.id)


def _recounted(decided: T, held: Session | None) -> T:
    webinar = decided.webinar.with_seat(decided.session, held)
    return replace(decided, webinar=webinar, session=webinar.session(decided.session.id))
