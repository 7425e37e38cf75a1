"""Asking for a session as a calendar file: sent once for each revision of the session."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain import calendars as rules
from bot.domain.calendars import CALENDAR_FILE, CalendarAsked
from bot.domain.deliveries import DeliveryState
from bot.domain.ids import SessionId, WebinarId
from bot.domain.members import Answer, Member, Sender, may_take_part
from bot.domain.refusals import Refusal
from bot.domain.webinars import Session, Webinar
from bot.ports import Tx
from storage import deliveries, files, members, webinars


def ask(tx: Tx, sender: Sender, number: int, *, now: datetime) -> Answer[CalendarAsked]:
    """Owe the member the file of the session of W`number` in which they have a seat.

    Raises:
        Refusal("webinar-unknown"), Refusal("calendar-no-seat"), and those of `check_useful`.
    """
    member = _member(tx, sender)
    found = webinars.find(tx, member, sender.channel, number)
    if found is None:
        raise Refusal("webinar-unknown", number=number)
    return Answer(member, _asked(tx, member, *_seat(tx, member, found.id), now))


def ask_by_button(tx: Tx, sender: Sender, session: SessionId, *, now: datetime) -> Answer[CalendarAsked]:
    """The same by a button that names the session: an old one says that the seat is elsewhere now.

    Raises:
        Refusal("session-gone"), Refusal("seat-elsewhere"), and as `ask` does.
    """
    member = _member(tx, sender)
    found = webinars.of_session(tx, member.workspace.id, session)
    if found is None:
        raise Refusal("session-gone")
    webinar, held = _seat(tx, member, found)
    if held.id != session:
        raise Refusal("seat-elsewhere", label=held.label, title=webinar.title)
    return Answer(member, _asked(tx, member, webinar, held, now))


def _member(tx: Tx, sender: Sender) -> Member:
    member = members.get_or_add(tx, sender)
    may_take_part(member)
    return member


def _seat(tx: Tx, member: Member, webinar_id: WebinarId) -> tuple[Webinar, Session]:
    webinar, held = webinars.lock(tx, member.workspace.id, webinar_id, member.id)
    if held is None:
        raise Refusal("calendar-no-seat", title=webinar.title, number=webinar.number)
    return webinar, held


def _asked(tx: Tx, member: Member, webinar: Webinar, session: Session, now: datetime) -> CalendarAsked:
    """What was given up or failed is owed again; what stands or is on its way is left alone."""
    rules.check_useful(webinar, session, now)
    workspace, message = webinar.workspace, rules.owed(webinar, session, member, now)
    keys = (message.key(workspace), replace(message, kind=CALENDAR_FILE).key(workspace))
    states = files.states(tx, workspace, keys)
    if all(states.get(key) is DeliveryState.SENT for key in keys):
        return CalendarAsked(webinar, session, stands=True)
    deliveries.owe(tx, workspace, (message,))
    files.owe_again(tx, workspace, keys)
    return CalendarAsked(webinar, session, stands=False)
