"""Taking a seat in a capacity: `/signup afternoon as chair for Colombo Process`."""

from __future__ import annotations

from datetime import datetime

from bot.domain import capacities as rules
from bot.domain.audit import Action, Facts
from bot.domain.capacities import NewClaim, SeatAs, Speaking
from bot.domain.mechanisms import Mechanism, choose_mechanism
from bot.domain.members import Answer, Member, Sender
from bot.domain.refusals import Refusal
from bot.domain.representations import check_in_use
from bot.domain.representatives import Representative
from bot.domain.session_choice import choices, choose_session
from bot.domain.signup_grammar import TakeSeatAs
from bot.domain.signups import AlreadySignedUp, Full, facts, take
from bot.domain.webinars import Session, Webinar
from bot.ports import Tx
from bot.usecases import audit, claims, seats
from bot.usecases import signups as usecases
from storage import mechanisms, representatives, signups, webinars

MOST_READINGS = 5
"""Buttons of whole commands beside a refusal."""


def sign_up(tx: Tx, sender: Sender, asked: TakeSeatAs, *, now: datetime) -> Answer[SeatAs]:
    """Take a seat and say in which capacity; where no session is named, say it of the seat that is held.

    What nobody has named the member for is stored as a claim.

    Raises:
        Refusal("webinar-which"), Refusal("capacity-session-missing"): with whole commands as `readings`.
        Refusal("claim-refused-lately"): likewise, for the seat alone.
        Refusal: those of a plain sign-up, of `choose_mechanism` and of `capacities.choose`.
    """
    member = seats.member_of(tx, sender)
    webinar, held = locked(tx, sender, asked, (member, member), now)
    session, speaking = meant(tx, asked, member, (webinar, held))
    decided = take(webinar, session, held, now)
    if isinstance(decided, Full) or speaking is None:
        return Answer(member, SeatAs(usecases.carry_out(tx, member, decided, held, now), None))
    capacity = capacity_of(tx, member, asked, speaking, now)
    if isinstance(capacity, NewClaim):
        seat_alone = () if held == session else (f"W{webinar.number} {session.label}",)
        capacity = _claimed(tx, member, capacity, (webinar, seat_alone), now)
    taken = usecases.carry_out(tx, member, decided, held, now, capacity)
    if isinstance(decided, AlreadySignedUp) and changes(tx, webinar, member, capacity):
        said = facts_of(webinar, session, capacity)
        audit.record_own(tx, member, Action.CAPACITY_CHANGED, now, webinar=webinar.id, facts=said, capacity=capacity)
    signups.mark(tx, webinar, member.id, {"representative_id": capacity.id})
    return Answer(member, SeatAs(taken, capacity))


def _claimed(
    tx: Tx, member: Member, new: NewClaim, at: tuple[Webinar, tuple[str, ...]], now: datetime
) -> Representative:
    webinar, readings = at
    try:
        return claims.make(tx, member, new, webinar, now)
    except Refusal as refusal:
        raise Refusal(refusal.key, **{**refusal.facts, "readings": readings}) from None


def changes(tx: Tx, webinar: Webinar, member: Member, capacity: Representative) -> bool:
    """Whether the seat that the member holds is in another capacity, or in none."""
    now_in = signups.capacities(tx, webinar.workspace, [webinar.id], member.id).values()
    return all(each.id != capacity.id for each in now_in)


def facts_of(webinar: Webinar, session: Session, capacity: Representative) -> Facts:
    """What the record keeps of a capacity that changes."""
    return {**facts(webinar, session), "role": capacity.role.value, "mechanism": capacity.mechanism.title}


def locked(
    tx: Tx, sender: Sender, asked: TakeSeatAs, people: tuple[Member, Member], now: datetime
) -> tuple[Webinar, Session | None]:
    """The webinar that is meant, which nobody else changes until the end; `people` are who asks, and for whom."""
    actor, member = people
    found = seats.meant_here(tx, actor, asked.webinar, sender, now)
    if found is None:
        ahead = webinars.upcoming(tx, actor, sender.channel, now)
        raise Refusal(
            "webinar-which", readings=tuple(f"W{each.number} {asked.typed}" for each in ahead[:MOST_READINGS])
        )
    return webinars.lock(tx, actor.workspace.id, found, member.id)


def meant(
    tx: Tx, asked: TakeSeatAs, chooser: Member, at: tuple[Webinar, Session | None]
) -> tuple[Session, Speaking | None]:
    """The session, and the capacity that was said. `for X` alone is a session where there is one of that name."""
    webinar, held = at
    if asked.phrase:
        try:
            session = webinar.session(choose_session(asked.phrase, choices(webinar, chooser)))
        except Refusal as refusal:
            if not asked.either or not _names_mechanism(tx, chooser, asked):
                raise refusal from None
        else:
            return session, None if asked.either else asked.speaking
    if held is not None:
        return held, asked.speaking
    if len(webinar.sessions) == 1:
        return webinar.sessions[0], asked.speaking
    readings = tuple(f"{each.label} {asked.typed}" for each in webinar.sessions[:MOST_READINGS])
    raise Refusal("capacity-session-missing", title=webinar.title, readings=readings)


def capacity_of(tx: Tx, member: Member, asked: TakeSeatAs, said: Speaking, now: datetime) -> Representative | NewClaim:
    mechanism = _called(tx, member, asked, said) if said.mechanism else None
    return rules.choose(said, mechanism, representatives.of_member(tx, member.workspace.id, member.id), now)


def _names_mechanism(tx: Tx, member: Member, asked: TakeSeatAs) -> bool:
    said = asked.speaking.mechanism if asked.speaking else ""
    try:
        choose_mechanism(said, mechanisms.every(tx, member.workspace.id))
    except Refusal as refusal:
        return refusal.key != "mechanism-unknown" or bool(refusal.facts.get("suggestions"))
    return True


def _called(tx: Tx, member: Member, asked: TakeSeatAs, said: Speaking) -> Mechanism:
    try:
        return check_in_use(choose_mechanism(said.mechanism, mechanisms.every(tx, member.workspace.id)))
    except Refusal as refusal:
        raise asked.offering(refusal) from None
