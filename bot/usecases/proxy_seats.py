"""Organisers sign somebody else up, or give their seat back: who has an account is told who did it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import proxy_seats as rules
from bot.domain.audit import Act, Action, Authority, Facts
from bot.domain.capacities import NewClaim, Speaking
from bot.domain.ids import UserId, WebinarId
from bot.domain.members import Answer, Member, Sender, check_is_here, may_organise, may_take_part
from bot.domain.proxy_seats import SEATED, UNSEATED, SeatFor, SeatGivenBackFor
from bot.domain.refusals import Refusal
from bot.domain.representations import Person, WithoutAccount
from bot.domain.representatives import How, Representative
from bot.domain.signup_grammar import CancelFor, TakeSeatAs
from bot.domain.signups import AlreadySignedUp, Full, HoldsNoSeat, Moved, SignedUp, facts, take
from bot.domain.webinars import Session, Webinar
from bot.ports import Tx
from bot.usecases import audit, capacities, seats
from storage import deliveries, members, signups, webinars


@dataclass(frozen=True, slots=True)
class _Done:
    """What is recorded: about the mechanism of the `capacity` as well, where one was said."""

    action: Action
    facts: Facts
    how: How | None
    capacity: Representative | None = None


def sign_up(tx: Tx, sender: Sender, asked: TakeSeatAs, person: Person, *, now: datetime) -> Answer[SeatFor]:
    """Take a seat for `person`, whom Slack has been asked about. A capacity must be one that they are named for.

    Raises:
        Refusal("organisers-only"), Refusal("people-only"), Refusal("member-left"), Refusal("capacity-not-named"), and
        those of `capacities.sign_up`.
    """
    organiser, member = _both(tx, sender, person)
    webinar, held = capacities.locked(tx, sender, asked, (organiser, member), now)
    session, speaking = capacities.meant(tx, asked, organiser, (webinar, held))
    capacity = None if speaking is None else _named_as(tx, member, asked, speaking, now)
    decided = take(webinar, session, held, now)
    how = _how(person)
    if isinstance(decided, Full):
        return Answer(organiser, SeatFor(decided, member, None, how))
    if isinstance(decided, SignedUp | Moved):
        stored = seats.take(tx, member, decided, held, now)
        action = Action.SEAT_TAKEN if isinstance(decided, SignedUp) else Action.SEAT_MOVED
        done = _Done(action, facts(webinar, session, held), how, capacity)
        _record(tx, organiser, member, done, (webinar, now))
        _tell(tx, organiser, member, (SEATED, webinar, session), now)
        decided = stored
    elif isinstance(decided, AlreadySignedUp) and capacity and capacities.changes(tx, webinar, member, capacity):
        done = _Done(Action.CAPACITY_CHANGED, capacities.facts_of(webinar, session, capacity), how, capacity)
        _record(tx, organiser, member, done, (webinar, now))
    if how is not None or capacity is not None:
        marked = {"how": how} | ({} if capacity is None else {"representative_id": capacity.id})
        signups.mark(tx, webinar, member.id, marked)
    return Answer(organiser, SeatFor(decided, member, capacity, how))


def give_back(tx: Tx, sender: Sender, asked: CancelFor, *, now: datetime) -> Answer[SeatGivenBackFor]:
    """Give back the seat of somebody else, in the webinar named or the only one where they hold one.

    Raises:
        Refusal("organisers-only"), Refusal("webinar-unknown"), Refusal("webinar-which"), Refusal("seat-of-nobody"),
        Refusal("seat-of-unknown"): nobody of that name was ever entered. Refusal("session-started")
    """
    organiser = _organiser(tx, sender)
    member = _entered(tx, sender, organiser, asked)
    found = _with_seat(tx, sender, organiser, member, (asked, now))
    webinar, held = webinars.lock(tx, organiser.workspace.id, found, member.id)
    how = _how(asked.person)
    if held is None:
        return Answer(organiser, SeatGivenBackFor(HoldsNoSeat(webinar), member, how))
    given = seats.give_back(tx, member, webinar, held, now)
    if how is not None:
        signups.mark(tx, webinar, member.id, {"how": how})
    _record(tx, organiser, member, _Done(Action.SEAT_GIVEN_BACK, facts(webinar, held), how), (webinar, now))
    _tell(tx, organiser, member, (UNSEATED, webinar, held), now)
    return Answer(organiser, SeatGivenBackFor(given, member, how))


def _both(tx: Tx, sender: Sender, person: Person) -> tuple[Member, Member]:
    """The organiser, and who is to have a seat: Refusal("member-left")."""
    organiser = _organiser(tx, sender)
    if isinstance(person, WithoutAccount):
        return organiser, members.get_or_add_named(tx, organiser.workspace, person.name)
    member = _with_account(tx, sender, person)
    check_is_here(member)
    return organiser, member


def _entered(tx: Tx, sender: Sender, organiser: Member, asked: CancelFor) -> Member:
    """Whose seat it is: somebody who has none is not entered for it."""
    if not isinstance(asked.person, WithoutAccount):
        return _with_account(tx, sender, asked.person)
    found = members.find_named(tx, organiser.workspace, asked.person.name)
    if found is None:
        raise Refusal("seat-of-unknown", name=asked.person.name)
    return found


def _organiser(tx: Tx, sender: Sender) -> Member:
    organiser = members.get_or_add(tx, sender)
    may_organise(organiser)
    return organiser


def _with_account(tx: Tx, sender: Sender, user: UserId) -> Member:
    member = members.get_or_add(tx, sender.about(user))
    may_take_part(member)
    return member


def _how(person: Person) -> How | None:
    return person.how if isinstance(person, WithoutAccount) else None


def _named_as(tx: Tx, member: Member, asked: TakeSeatAs, said: Speaking, now: datetime) -> Representative:
    """Nobody makes a claim for somebody else: an organiser can name them."""
    found = capacities.capacity_of(tx, member, asked, said, now)
    if isinstance(found, NewClaim):
        raise Refusal("capacity-not-named", mechanism=found.mechanism.title, role=found.role.value)
    return found


def _with_seat(
    tx: Tx, sender: Sender, organiser: Member, member: Member, asked: tuple[CancelFor, datetime]
) -> WebinarId:
    cancel, now = asked
    if cancel.webinar is not None:
        return seats.numbered(tx, organiser, sender, cancel.webinar).id
    ahead = webinars.upcoming(tx, organiser, sender.channel, now)
    theirs = signups.held_in(tx, organiser.workspace.id, [each.id for each in ahead], member.id)
    found = [each for each in ahead if any(session.id in theirs for session in each.sessions)]
    if len(found) > 1:
        shown = found[: capacities.MOST_READINGS]
        raise Refusal("webinar-which", readings=tuple(f"W{each.number} {cancel.typed}" for each in shown))
    if not found:
        raise Refusal("seat-of-nobody")
    return found[0].id


def _record(
    tx: Tx,
    organiser: Member,
    member: Member,
    done: _Done,
    when: tuple[Webinar, datetime],
) -> None:
    webinar, now = when
    said = done.facts if done.how is None else {**done.facts, "how": done.how.value}
    about = {} if done.capacity is None else {done.capacity.mechanism.id: None}
    act = Act(done.action, Authority.ORGANISER, webinar.id, member=member.id, voices=about, facts=said)
    audit.record(tx, organiser, act, now)


def _tell(tx: Tx, organiser: Member, member: Member, what: tuple[str, Webinar, Session], now: datetime) -> None:
    """Owe them word of it, one message for each time that it was done; not to who has no account, or did it."""
    kind, webinar, session = what
    if not member.has_account or member.id == organiser.id:
        return
    earlier = deliveries.number_of(tx, member, webinar.id, (SEATED, UNSEATED))
    word = rules.owed(member, organiser, webinar, session, now)
    told = replace(word, kind=f"{kind}{organiser.id}", revision=earlier + 1)
    deliveries.owe(tx, webinar.workspace, (told,))
