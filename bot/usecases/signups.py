"""Taking, moving and giving back a seat: the seat and what it owes are written together."""

from __future__ import annotations

from datetime import datetime

from bot.domain import signups as rules
from bot.domain.audit import Action
from bot.domain.ids import SessionId, WebinarId
from bot.domain.members import Answer, Member, Sender
from bot.domain.refusals import Refusal
from bot.domain.representatives import Representative
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
from bot.domain.webinars import Session
from bot.ports import Tx
from bot.usecases import audit, seats
from bot.usecases.seats import meant_here, member_of, numbered
from storage import signups, webinars


def sign_up(tx: Tx, sender: Sender, number: int | None, phrase: str, *, now: datetime) -> Answer[Taken | ToChoose]:
    """Take the seat that `phrase` names in webinar W`number`, or in the one that is meant here."""
    member = member_of(tx, sender)
    found = meant_here(tx, member, number, sender, now)
    if found is None:
        return _to_choose(tx, member, sender, now)
    webinar, held = webinars.lock(tx, member.workspace.id, found, member.id)
    session = webinar.session(choose_session(phrase, choices(webinar, member)))
    return Answer(member, carry_out(tx, member, rules.take(webinar, session, held, now), held, now))


def take_session(tx: Tx, sender: Sender, session: SessionId, *, now: datetime) -> Answer[Taken | HoldsAnother]:
    """Take a seat by a button, whose value names the session; whoever has one elsewhere is asked first."""
    member = member_of(tx, sender)
    webinar, held = webinars.lock(tx, member.workspace.id, _webinar_of(tx, member, session), member.id)
    decided = rules.take(webinar, webinar.session(session), held, now)
    if isinstance(decided, Moved):
        return Answer(member, HoldsAnother(webinar, decided.session, decided.left))
    return Answer(member, carry_out(tx, member, decided, held, now))


def move_session(tx: Tx, sender: Sender, session: SessionId, *, now: datetime) -> Answer[Taken]:
    """Take the seat by a button that says that it moves."""
    member = member_of(tx, sender)
    webinar, held = webinars.lock(tx, member.workspace.id, _webinar_of(tx, member, session), member.id)
    return Answer(member, carry_out(tx, member, rules.take(webinar, webinar.session(session), held, now), held, now))


def form(tx: Tx, sender: Sender, number: int | None, *, now: datetime) -> Answer[SeatForm]:
    """The form, on webinar W`number` or the one that is meant here; nothing is decided yet."""
    member = member_of(tx, sender)
    return _form(tx, member, sender, now, meant_here(tx, member, number, sender, now))


def form_again(tx: Tx, sender: Sender, number: int | None, *, now: datetime) -> Answer[SeatForm]:
    """The form after a refusal: a number that there isn't leaves the webinar to be chosen."""
    member = member_of(tx, sender)
    there = None if number is None else webinars.find(tx, member, sender.channel, number)
    return _form(tx, member, sender, now, meant_here(tx, member, None, sender, now) if there is None else there.id)


def form_on(tx: Tx, sender: Sender, webinar: WebinarId, *, now: datetime) -> Answer[SeatForm]:
    """The form on the webinar that was chosen in it."""
    member = member_of(tx, sender)
    if webinars.maybe(tx, member.workspace.id, webinar) is None:
        raise Refusal("session-gone")
    return _form(tx, member, sender, now, webinar)


def status(tx: Tx, sender: Sender, number: int | None, *, now: datetime) -> Answer[Seats]:
    """The member's seats in the webinar named, or in all that are not over."""
    member = member_of(tx, sender)
    workspace = member.workspace.id
    if number is None:
        found = webinars.not_over(tx, member, sender.channel, now)
    else:
        found = [numbered(tx, member, sender, number)]
    if not found:
        raise Refusal("no-webinar")
    among = [each.id for each in found]
    held = signups.held_in(tx, workspace, among, member.id)
    return Answer(member, Seats(tuple(found), held, signups.capacities(tx, workspace, among, member.id)))


def give_back(
    tx: Tx, sender: Sender, number: int | None, *, now: datetime
) -> Answer[GivenBack | HoldsNoSeat | ToChoose]:
    """Give the seat back: in the webinar named, else in the only one where the member holds one."""
    member = member_of(tx, sender)
    if number is not None:
        return Answer(member, _give_back(tx, member, numbered(tx, member, sender, number).id, now))
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
    member = member_of(tx, sender)
    return Answer(member, _give_back(tx, member, _webinar_of(tx, member, session), now, session))


def leave(tx: Tx, sender: Sender, webinar: WebinarId, *, now: datetime) -> Answer[GivenBack | HoldsNoSeat]:
    """Give back whichever seat the member holds in `webinar`, by a button."""
    member = member_of(tx, sender)
    if webinars.maybe(tx, member.workspace.id, webinar) is None:
        raise Refusal("session-gone")
    return Answer(member, _give_back(tx, member, webinar, now))


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


def carry_out(
    tx: Tx,
    member: Member,
    outcome: Taken,
    held: Session | None,
    now: datetime,
    capacity: Representative | None = None,
) -> Taken:
    """Store what was decided. The webinar is locked; `capacity` is what the member said that they come as."""
    if isinstance(outcome, AlreadySignedUp | Full):
        return outcome
    action = Action.SEAT_TAKEN if isinstance(outcome, SignedUp) else Action.SEAT_MOVED
    facts = rules.facts(outcome.webinar, outcome.session, held)
    taken = seats.take(tx, member, outcome, held, now)
    audit.record_own(tx, member, action, now, webinar=outcome.webinar.id, facts=facts, capacity=capacity)
    return taken


def _give_back(
    tx: Tx, member: Member, webinar_id: WebinarId, now: datetime, session: SessionId | None = None
) -> GivenBack | HoldsNoSeat:
    webinar, held = webinars.lock(tx, member.workspace.id, webinar_id, member.id)
    if held is None:
        return HoldsNoSeat(webinar)
    if session is not None and held.id != session:
        raise Refusal("seat-elsewhere", label=held.label, title=webinar.title)
    given = seats.give_back(tx, member, webinar, held, now)
    facts = rules.facts(webinar, held)
    audit.record_own(tx, member, Action.SEAT_GIVEN_BACK, now, webinar=webinar.id, facts=facts)
    return given
