"""Moving, cancelling and reopening sessions: what is owed is planned anew, and everyone concerned is told once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.domain import reminders
from bot.domain.audit import Act, Action, Authority
from bot.domain.changes import Change, ChangeKind, SessionsChanged, check_ahead, facts, notices
from bot.domain.deliveries import DeliveryState
from bot.domain.folding import fold
from bot.domain.ids import SessionId
from bot.domain.members import Answer, Member, Sender, may_organise
from bot.domain.refusals import Refusal
from bot.domain.session_choice import choices, choose_session
from bot.domain.webinar_changes import CancelWebinar, MoveWebinar, ReopenWebinar
from bot.domain.webinar_moves import move_all, move_one
from bot.domain.webinar_plans import ResolvedSession, check_future
from bot.domain.webinars import Session, SessionState, Webinar
from bot.ports import Tx
from bot.usecases import audit
from storage import deliveries, members, messages, sessions, signups, webinars

REASONS = {
    ChangeKind.MOVED: (DeliveryState.SUPERSEDED, "time-changed"),
    ChangeKind.CANCELLED: (DeliveryState.CANCELLED, "session-cancelled"),
    ChangeKind.REOPENED: (DeliveryState.SUPERSEDED, "time-changed"),
}
"""How the reminders end that were planned before a change."""

ACTIONS = {
    ChangeKind.MOVED: Action.SESSION_MOVED,
    ChangeKind.CANCELLED: Action.SESSION_CANCELLED,
    ChangeKind.REOPENED: Action.SESSION_REOPENED,
}


def carry_out(
    tx: Tx, sender: Sender, asked: MoveWebinar | CancelWebinar | ReopenWebinar, *, now: datetime
) -> Answer[SessionsChanged]:
    """Move, cancel or reopen one session, or all of the webinar that is still to come.

    Seats are kept when a session is cancelled, in case it is reopened.

    Raises:
        Refusal("organisers-only"), Refusal("webinar-unknown"), Refusal("session-started"), of all three.
        Refusal("session-cancelled-move"), Refusal("move-which"), Refusal("webinar-past"), and those of `webinar_moves`.
        Refusal("already-cancelled"), Refusal("not-cancelled"), Refusal("cancel-unclear").
    """
    organiser, webinar = _held(tx, sender, asked.number)
    match asked:
        case MoveWebinar():
            changed = _move(tx, organiser, webinar, asked, now)
        case CancelWebinar():
            changed = _cancel(tx, organiser, webinar, asked, now)
        case ReopenWebinar():
            changed = _reopen(tx, organiser, webinar, asked, now)
        case _ as never:
            assert_never(never)
    return Answer(organiser, changed)


def _move(tx: Tx, organiser: Member, webinar: Webinar, typed: MoveWebinar, now: datetime) -> SessionsChanged:
    chosen = _to_move(organiser, webinar, typed, now)
    if typed.phrase or len(chosen) == 1:
        moved: tuple[ResolvedSession, ...] = (move_one(chosen[0], typed.to, webinar.zone, typed.typed, typed.place),)
    elif typed.to.day is not None and typed.to.start is None:
        moved = move_all(chosen, typed.to.day, webinar.zone, typed.typed, typed.place)
    else:
        known = tuple(each.label for each in chosen)
        raise Refusal("move-which", known=known, first=known[0], number=webinar.number)
    times = {session.id: resolved for session, resolved in zip(chosen, moved, strict=True)}
    return _moved(tx, organiser, webinar, times, now)


def to_move(tx: Tx, sender: Sender, number: int, *, now: datetime) -> Answer[Webinar]:
    """A webinar, for an organiser who wants to move something of it."""
    organiser, webinar = _held(tx, sender, number)
    _check_not_all_cancelled(webinar)
    _ahead(webinar, _not_cancelled(webinar), now)
    return Answer(organiser, webinar)


def move_to(
    tx: Tx, sender: Sender, number: int, times: Mapping[SessionId, ResolvedSession], *, revision: int, now: datetime
) -> Answer[SessionsChanged]:
    """Move sessions to these times, as a form gives them; those that stay where they are may be among them.

    `revision` is the webinar's by which the times were chosen.

    Raises:
        As `carry_out` does; Refusal("move-nothing"): all of them stay.
        Refusal("changed-meanwhile"): it has another revision by now.
    """
    organiser, webinar = _held(tx, sender, number)
    if webinar.revision != revision:
        raise Refusal("changed-meanwhile", number=webinar.number)
    moved = {
        each: at
        for each, at in times.items()
        if not _moved_to(webinar.session(each), at, webinar).is_at(webinar.session(each))
    }
    if not moved:
        raise Refusal("move-nothing")
    for each in moved:
        _check_movable(webinar, webinar.session(each), now)
    return Answer(organiser, _moved(tx, organiser, webinar, moved, now))


def _cancel(tx: Tx, organiser: Member, webinar: Webinar, typed: CancelWebinar, now: datetime) -> SessionsChanged:
    if not typed.phrase:
        _check_reason(webinar, typed)
    among = [_named(organiser, webinar, typed.phrase)] if typed.phrase else _not_cancelled(webinar)
    if not among or among[0].is_cancelled:
        raise Refusal("already-cancelled", number=webinar.number, title=webinar.title)
    changes = [
        Change(each, replace(each, state=SessionState.CANCELLED, reason=typed.reason))
        for each in _ahead(webinar, among, now)
    ]
    return _change(tx, organiser, webinar, changes, ChangeKind.CANCELLED, now)


def _reopen(tx: Tx, organiser: Member, webinar: Webinar, typed: ReopenWebinar, now: datetime) -> SessionsChanged:
    cancelled = [each for each in webinar.sessions if each.is_cancelled]
    among = [_named(organiser, webinar, typed.phrase)] if typed.phrase else cancelled
    if not among or not among[0].is_cancelled:
        raise Refusal("not-cancelled", number=webinar.number, title=webinar.title)
    changes = [
        Change(each, replace(each, state=SessionState.OPEN, reason=None)) for each in _ahead(webinar, among, now)
    ]
    return _change(tx, organiser, webinar, changes, ChangeKind.REOPENED, now)


def _check_reason(webinar: Webinar, typed: CancelWebinar) -> None:
    """`cancel W1 "Group B"` may mean the session of that name, or a strange reason for cancelling them all."""
    named = fold(typed.reason or "")
    for each in webinar.sessions:
        if fold(each.label) == named:
            readings = (f"cancel W{webinar.number} {each.label}", f"cancel W{webinar.number}")
            raise Refusal("cancel-unclear", typed=typed.reason or "", readings=readings)


def _held(tx: Tx, sender: Sender, number: int) -> tuple[Member, Webinar]:
    """The organiser and the webinar, which nobody else changes until this transaction ends."""
    organiser = members.get_or_add(tx, sender)
    may_organise(organiser)
    found = webinars.find(tx, organiser, sender.channel, number)
    if found is None:
        raise Refusal("webinar-unknown", number=number)
    webinar, _ = webinars.lock(tx, organiser.workspace.id, found.id, organiser.id)
    return organiser, webinar


def _named(organiser: Member, webinar: Webinar, phrase: str) -> Session:
    return webinar.session(choose_session(phrase, choices(webinar, organiser)))


def _not_cancelled(webinar: Webinar) -> list[Session]:
    return [each for each in webinar.sessions if not each.is_cancelled]


def _ahead(webinar: Webinar, among: Sequence[Session], now: datetime) -> list[Session]:
    """Those that have not begun; where all have, the refusal of the last."""
    ahead = [each for each in among if not each.has_started(now)]
    if among and not ahead:
        check_ahead(webinar, among[-1], now)
    return ahead


def _to_move(organiser: Member, webinar: Webinar, typed: MoveWebinar, now: datetime) -> list[Session]:
    if not typed.phrase:
        _check_not_all_cancelled(webinar)
        return _ahead(webinar, _not_cancelled(webinar), now)
    session = _named(organiser, webinar, typed.phrase)
    _check_movable(webinar, session, now)
    return [session]


def _check_not_all_cancelled(webinar: Webinar) -> None:
    if webinar.is_cancelled:
        raise Refusal("session-cancelled-move", label=webinar.sessions[0].label, number=webinar.number)


def _check_movable(webinar: Webinar, session: Session, now: datetime) -> None:
    if session.is_cancelled:
        raise Refusal("session-cancelled-move", label=session.label, number=webinar.number)
    check_ahead(webinar, session, now)


def _moved(
    tx: Tx, organiser: Member, webinar: Webinar, times: Mapping[SessionId, ResolvedSession], now: datetime
) -> SessionsChanged:
    check_future(list(times.values()), now)
    changes = [
        Change(webinar.session(each), _moved_to(webinar.session(each), at, webinar)) for each, at in times.items()
    ]
    return _change(tx, organiser, webinar, changes, ChangeKind.MOVED, now)


def _moved_to(session: Session, at: ResolvedSession, webinar: Webinar) -> Session:
    return replace(
        session,
        wall_start=at.wall_start,
        wall_end=at.wall_end,
        starts_at=at.starts_at,
        ends_at=at.ends_at,
        fold=at.starts_at.astimezone(webinar.zone).fold,
    )


def _change(
    tx: Tx, organiser: Member, webinar: Webinar, changes: Sequence[Change], kind: ChangeKind, now: datetime
) -> SessionsChanged:
    """Store what has changed, and plan anew what it owes."""
    after = sessions.change(tx, webinar, changes)
    stored = tuple(Change(each.before, after.session(each.before.id)) for each in changes)
    changed = {each.after.id for each in stored}
    seated = [(member, session) for member, session in signups.confirmed(tx, after) if session.id in changed]
    deliveries.give_up_reminders(tx, after.workspace, changed, *REASONS[kind])
    known = deliveries.supersede_changes(tx, after.workspace, after.id, changed)
    owed = notices(after, stored, kind, seated, known, now)
    owed += [each for member, session in seated for each in reminders.for_member(after, session, member, now)]
    owed += reminders.for_channel(after, _in(after, changed), now)
    deliveries.owe(tx, after.workspace, owed)
    messages.stale(tx, webinar=after.id)
    for each in stored:
        act = Act(ACTIONS[kind], Authority.ORGANISER, after.id, facts=facts(after, each))
        audit.record(tx, organiser, act, now)
    return SessionsChanged(after, kind, stored, sum(member.has_account for member, _ in seated))


def _in(webinar: Webinar, among: Iterable[SessionId]) -> list[Session]:
    return [webinar.session(each) for each in among]
