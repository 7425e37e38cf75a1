"""Taking, moving and giving back a seat: the seat and what it owes are written together."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.domain import reminders
from bot.domain import signups as rules
from bot.domain.audit import Action
from bot.domain.deliveries import DeliveryState
from bot.domain.ids import SessionId, WebinarId
from bot.domain.members import Answer, Member, Sender, may_take_part
from bot.domain.refusals import Refusal
from bot.domain.session_choice import choices, choose_session
from bot.domain.signups import (
    AlreadySignedUp,
    Full,
    GivenBack,
    HoldsAnother,
    HoldsNoSeat,
    Moved,
    SeatForm,
    Seats,
    SignedUp,
    Taken,
    ToChoose,
)
from bot.domain.webinars import Session, Webinar, meant
from bot.ports import Tx
from bot.usecases import audit
from storage import deliveries, members, messages, signups, webinars

T = TypeVar("T", bound=SignedUp | Moved)


def sign_up(tx: Tx, sender: Sender, number: int | None, phrase: str, *, now: datetime) -> Answer[Taken | ToChoose]:
    """Take the seat that `phrase` names in webinar W`number`, or in the one that is meant here."""
    member = _member(tx, sender)
    found = _meant(tx, member, number, sender, now)
    if found is None:
        return _to_choose(tx, member, sender, now)
    webinar, held = webinars.lock(tx, member.workspace.id, found, member.id)
    session = webinar.session(choose_session(phrase, choices(webinar, member)))
    return Answer(member, _take(tx, member, rules.take(webinar, session, held, now), held, now))


def take_session(tx: Tx, sender: Sender, session: SessionId, *, now: datetime) -> Answer[Taken | HoldsAnother]:
    """Take a seat by a button, whose value names the session; whoever has one elsewhere is asked first."""
    member = _member(tx, sender)
    webinar, held = webinars.lock(tx, member.workspace.id, _webinar_of(tx, member, session), member.id)
    decided = rules.take(webinar, webinar.session(session), held, now)
    if isinstance(decided, Moved):
        return Answer(member, HoldsAnother(webinar, decided.session, decided.left))
    return Answer(member, _take(tx, member, decided, held, now))


def move_session(tx: Tx, sender: Sender, session: SessionId, *, now: datetime) -> Answer[Taken]:
    """Take the seat by a button that says that it moves."""
    member = _member(tx, sender)
    webinar, held = webinars.lock(tx, member.workspace.id, _webinar_of(tx, member, session), member.id)
    return Answer(member, _take(tx, member, rules.take(webinar, webinar.session(session), held, now), held, now))


def form(tx: Tx, sender: Sender, number: int | None, *, now: datetime) -> Answer[SeatForm]:
    """The form, on webinar W`number` or the one that is meant here; nothing is decided yet."""
    member = _member(tx, sender)
    return _form(tx, member, sender, now, _meant(tx, member, number, sender, now))


def form_again(tx: Tx, sender: Sender, number: int | None, *, now: datetime) -> Answer[SeatForm]:
    """The form after a refusal: a number that there isn't leaves the webinar to be chosen."""
    member = _member(tx, sender)
    there = None if number is None else webinars.find(tx, member, sender.channel, number)
    return _form(tx, member, sender, now, _meant(tx, member, None, sender, now) if there is None else there.id)


def form_on(tx: Tx, sender: Sender, webinar: WebinarId, *, now: datetime) -> Answer[SeatForm]:
    """The form on the webinar that was chosen in it."""
    member = _member(tx, sender)
    if webinars.maybe(tx, member.workspace.id, webinar) is None:
        raise Refusal("session-gone")
    return _form(tx, member, sender, now, webinar)


def status(tx: Tx, sender: Sender, number: int | None, *, now: datetime) -> Answer[Seats]:
    """The member's seats in the webinar named, or in all that are not over."""
    member = _member(tx, sender)
    workspace = member.workspace.id
    if number is None:
        found = webinars.not_over(tx, member, sender.channel, now)
    else:
        found = [_numbered(tx, member, sender, number)]
    if not found:
        raise Refusal("no-webinar")
    return Answer(member, Seats(tuple(found), signups.held_in(tx, workspace, [each.id for each in found], member.id)))


def give_back(
    tx: Tx, sender: Sender, number: int | None, *, now: datetime
) -> Answer[GivenBack | HoldsNoSeat | ToChoose]:
    """Give the seat back: in the webinar named, else in the only one where the member holds one."""
    member = _member(tx, sender)
    if number is not None:
        return Answer(member, _give_back(tx, member, _numbered(tx, member, sender, number).id, now))
    ahead = webinars.upcoming(tx, member, sender.channel, now)
    mine = signups.held_in(tx, member.workspace.id, [each.id for each in ahead], member.id)
    with_seat = tuple(each for each in ahead if any(session.id in mine for session in each.sessions))
    if len(with_seat) > 1:
        return Answer(member, ToChoose(with_seat, mine))
    if not with_seat:
        raise Refusal("no-seat-anywhere")
    return Answer(member, _give_back(tx, member, with_seat[0].id, now))


def give_back_session(tx: Tx, sender: Sender, session: SessionId, *, now: datetime) -> Answer[GivenBack | HoldsNoSeat]:
    """Give back the seat in `session` by a button: an old one never gives back a seat taken since elsewhere."""
    member = _member(tx, sender)
    return Answer(member, _give_back(tx, member, _webinar_of(tx, member, session), now, session))


def leave(tx: Tx, sender: Sender, webinar: WebinarId, *, now: datetime) -> Answer[GivenBack | HoldsNoSeat]:
    """Give back whichever seat the member holds in `webinar`, by a button."""
    member = _member(tx, sender)
    if webinars.maybe(tx, member.workspace.id, webinar) is None:
        raise Refusal("session-gone")
    return Answer(member, _give_back(tx, member, webinar, now))


def _member(tx: Tx, sender: Sender) -> Member:
    member = members.get_or_add(tx, sender)
    may_take_part(member)
    return member


def _numbered(tx: Tx, member: Member, sender: Sender, number: int) -> Webinar:
    webinar = webinars.find(tx, member, sender.channel, number)
    if webinar is None:
        raise Refusal("webinar-unknown", number=number)
    return webinar


def _meant(tx: Tx, member: Member, number: int | None, sender: Sender, now: datetime) -> WebinarId | None:
    if number is not None:
        return _numbered(tx, member, sender, number).id
    return meant(webinars.where_open(tx, member, sender.channel, now), sender.channel)


def _webinar_of(tx: Tx, member: Member, session: SessionId) -> WebinarId:
    webinar = webinars.of_session(tx, member.workspace.id, session)
    if webinar is None:
        raise Refusal("session-gone")
    return webinar


def _to_choose(tx: Tx, member: Member, sender: Sender, now: datetime) -> Answer[ToChoose]:
    ahead = webinars.upcoming(tx, member, sender.channel, now)
    held = signups.held_in(tx, member.workspace.id, [each.id for each in ahead], member.id)
    return Answer(member, ToChoose(tuple(ahead), held))


def _form(tx: Tx, member: Member, sender: Sender, now: datetime, chosen: WebinarId | None) -> Answer[SeatForm]:
    workspace = member.workspace.id
    ahead = webinars.upcoming(tx, member, sender.channel, now)
    webinar = None if chosen is None else webinars.get(tx, workspace, chosen)
    if webinar is not None and webinar.id not in {each.id for each in ahead}:
        ahead = [webinar, *ahead]
    held = signups.held_in(tx, workspace, [each.id for each in ahead], member.id)
    return Answer(member, SeatForm(tuple(ahead), webinar, held))


def _take(tx: Tx, member: Member, outcome: Taken, held: Session | None, now: datetime) -> Taken:
    """Store what was decided. The webinar is locked."""
    if isinstance(outcome, AlreadySignedUp | Full):
        return outcome
    webinar, session = outcome.webinar, outcome.session
    signups.take(tx, webinar, session, member.id, now)
    _exchange(tx, member, webinar, session, held)
    deliveries.owe(tx, webinar.workspace, reminders.for_member(webinar, session, member, now))
    action = Action.SEAT_TAKEN if isinstance(outcome, SignedUp) else Action.SEAT_MOVED
    audit.record_own(tx, member, action, now, webinar=webinar.id, facts=rules.facts(webinar, session, held))
    return _recounted(outcome, held)


def _give_back(
    tx: Tx, member: Member, webinar_id: WebinarId, now: datetime, session: SessionId | None = None
) -> GivenBack | HoldsNoSeat:
    webinar, held = webinars.lock(tx, member.workspace.id, webinar_id, member.id)
    if held is None:
        return HoldsNoSeat(webinar)
    if session is not None and held.id != session:
        raise Refusal("seat-elsewhere", label=held.label, title=webinar.title)
    rules.check_may_leave(webinar, held, now)
    signups.give_back(tx, webinar, member.id, now)
    _exchange(tx, member, webinar, None, held)
    facts = rules.facts(webinar, held)
    audit.record_own(tx, member, Action.SEAT_GIVEN_BACK, now, webinar=webinar.id, facts=facts)
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


def _recounted(outcome: T, held: Session | None) -> T:
    webinar = outcome.webinar.with_seat(outcome.session, held)
    return replace(outcome, webinar=webinar, session=webinar.session(outcome.session.id))
