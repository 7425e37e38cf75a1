"""Which letters and nudges a webinar's invitations owe, and what becomes of those that are planned already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.deliveries import DeliveryState, Owed, Pointless, Priority
from bot.domain.ids import DeliveryId, MemberId
from bot.domain.invitations import Addressee, Roll, Standing
from bot.domain.nudges import TOO_SOON, due_at, first_ahead, gone, is_too_soon, well_apart
from bot.domain.planned_letters import INVITATION, NUDGE, Planned, is_nudge

BETWEEN_NUDGES = timedelta(hours=1)
"""Nobody is nudged twice within this time by command."""

NO_LETTER = Pointless(DeliveryState.CANCELLED, "no-letter")
"""What becomes of the nudges to somebody whose letter could not be sent, or was let be."""


@dataclass(frozen=True, slots=True)
class Amends:
    """What brings what is planned up to date: to be owed, to go out at other times, and to be ended."""

    owe: tuple[Owed, ...] = ()
    shift: tuple[tuple[DeliveryId, datetime, datetime], ...] = ()
    end: tuple[tuple[DeliveryId, Pointless], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.owe or self.shift or self.end)


def letter_to(roll: Roll, member: MemberId, now: datetime) -> Addressee | Pointless:
    """Whom the letter to a member is to, if they are to get one now."""
    webinar = roll.book.webinar
    if webinar.is_cancelled:
        return Pointless(DeliveryState.CANCELLED, "webinar-cancelled")
    if not webinar.is_open(now):
        return Pointless(DeliveryState.EXPIRED, "too-late")
    found = roll.addressees.get(member)
    if found is not None:
        return found
    if not roll.book.invitations:
        return Pointless(DeliveryState.CANCELLED, "uninvited")
    return Pointless(DeliveryState.SUPERSEDED, "speaks-no-longer")


def nudge_to(
    roll: Roll, member: MemberId, kind: str, now: datetime, due: Mapping[str, datetime] | None = None
) -> Addressee | Pointless:
    """Whom a nudge is to: who was written to, for mechanisms of which nobody has answered.

    `due` is `due_at(roll, now)`, where somebody asks for many.
    """
    found = letter_to(roll, member, now)
    if isinstance(found, Pointless):
        return found
    if not found.member.reminded:
        return Pointless(DeliveryState.CANCELLED, "reminders-off")
    standing = roll.book.standing_of(member)
    if standing is Standing.PASSED_ON:
        return Pointless(DeliveryState.CANCELLED, "passed-on")
    open_ones = tuple(each for each in found.mandates if not each.has_answered)
    if standing is not Standing.SILENT or not open_ones:
        return Pointless(DeliveryState.CANCELLED, "answered")
    if kind == NUDGE:
        return Addressee(found.member, open_ones)
    times = due_at(roll, now) if due is None else due
    if kind not in times:
        return Pointless(DeliveryState.CANCELLED, "nudge-removed")
    if any(times[kind] < at <= now for at in times.values()):
        return Pointless(DeliveryState.SUPERSEDED, "overtaken")
    return Addressee(found.member, open_ones)


def amends(roll: Roll, planned: Iterable[Planned], now: datetime) -> Amends:
    """What has to be done about what is `planned` so that each is owed one letter, and the nudges still ahead."""
    standing, due = list(planned), due_at(roll, now)
    unwritten = {each.member for each in standing if each.kind == INVITATION and each.is_given_up_for_good}
    wanted = {key: owed for key, owed in _wanted(roll, due, standing, now).items() if key[0] not in unwritten}
    by_key = {(each.member, each.kind): each for each in standing}
    owe = tuple(owed for key, owed in wanted.items() if _is_missing(owed, by_key.get(key), now))
    shift: list[tuple[DeliveryId, datetime, datetime]] = []
    end: list[tuple[DeliveryId, Pointless]] = []
    for each in standing:
        if each.state is not DeliveryState.PENDING:
            continue
        verdict = NO_LETTER if each.member in unwritten else verdict_on(roll, each.member, each.kind, now, due)
        owed = wanted.get((each.member, each.kind))
        if isinstance(verdict, Pointless):
            end.append((each.id, verdict))
        elif each.kind in due and _has_passed(each, due[each.kind], now):
            end.append((each.id, Pointless(DeliveryState.SUPERSEDED, "time-changed")))
        elif owed is None and each.kind in due:
            end.append((each.id, TOO_SOON))
        elif owed is not None and owed.expires_at is not None and _differs(each, owed):
            shift.append((each.id, owed.due_at if is_nudge(each.kind) else each.due_at, owed.expires_at))
    return Amends(owe, tuple(shift), tuple(end))


def verdict_on(
    roll: Roll, member: MemberId, kind: str, now: datetime, due: Mapping[str, datetime] | None = None
) -> Addressee | Pointless:
    """What a letter or nudge of that kind comes to now."""
    return letter_to(roll, member, now) if kind == INVITATION else nudge_to(roll, member, kind, now, due)


def verdict_when_due(
    roll: Roll, member: MemberId, kind: str, theirs: Iterable[Planned], now: datetime
) -> Addressee | Pointless:
    """The same as it is about to be sent: a nudge whose session has just been moved away waits for its new time.

    `theirs` is all that is planned to the member and has been sent.
    """
    due = due_at(roll, now)
    if kind in due and due[kind] > now:
        return Pointless(DeliveryState.SUPERSEDED, "time-changed")
    found = verdict_on(roll, member, kind, now, due)
    if isinstance(found, Addressee) and kind in due and is_too_soon(kind, now, gone(theirs)):
        return TOO_SOON
    return found


def by_command(roll: Roll, planned: Iterable[Planned], now: datetime) -> tuple[list[Owed], list[Addressee]]:
    """The nudges that an organiser asks for now, and those who have not answered but are passed over.

    They were nudged within the hour, are about to be, or have not had their letter yet.
    """
    by_member = _by_member(planned)
    owed: list[Owed] = []
    passed_over: list[Addressee] = []
    first = first_ahead(roll.book.webinar, now)
    for member in roll.addressees:
        addressee = nudge_to(roll, member, NUDGE, now)
        if isinstance(addressee, Pointless) or first is None:
            continue
        if _may_be_nudged(by_member.get(member, ()), now):
            owed.append(_owed(roll, addressee, NUDGE, now, first.starts_at, roll.book.letter.nudged + 1))
        else:
            passed_over.append(addressee)
    return owed, passed_over


def _may_be_nudged(planned: Iterable[Planned], now: datetime) -> bool:
    had_letter = False
    for each in planned:
        if each.kind == INVITATION:
            had_letter = each.state is DeliveryState.SENT
        elif each.state in (DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.UNKNOWN):
            if each.attempted_at is not None and now - each.attempted_at < BETWEEN_NUDGES:
                return False
        elif each.state is DeliveryState.PENDING and each.due_at <= now:
            return False
    return had_letter


def _wanted(
    roll: Roll, due: Mapping[str, datetime], standing: Iterable[Planned], now: datetime
) -> dict[tuple[MemberId, str], Owed]:
    webinar, first = roll.book.webinar, first_ahead(roll.book.webinar, now)
    if first is None:
        return {}
    last = max(each.starts_at for each in webinar.sessions if each.is_open(now))
    by_member = _by_member(standing)
    wanted: dict[tuple[MemberId, str], Owed] = {}
    for member, addressee in roll.addressees.items():
        wanted[member, INVITATION] = _owed(roll, addressee, INVITATION, now, last)
        open_ones = {
            kind: at for kind, at in due.items() if isinstance(nudge_to(roll, member, kind, now, due), Addressee)
        }
        for kind, at in well_apart(open_ones, by_member.get(member, ()), now):
            wanted[member, kind] = _owed(roll, addressee, kind, at, first.starts_at)
    return wanted


def _by_member(planned: Iterable[Planned]) -> dict[MemberId, list[Planned]]:
    found: dict[MemberId, list[Planned]] = {}
    for each in planned:
        found.setdefault(each.member, []).append(each)
    return found


def _owed(
    roll: Roll, addressee: Addressee, kind: str, due_at: datetime, expires_at: datetime, revision: int = 0
) -> Owed:
    return Owed(
        kind=kind,
        recipient=addressee.member.user,
        due_at=due_at,
        priority=Priority.LETTER,
        expires_at=expires_at,
        member=addressee.member.id,
        webinar=roll.book.webinar.id,
        revision=revision,
    )


def _is_missing(owed: Owed, standing: Planned | None, now: datetime) -> bool:
    """Whether it has to be owed, or owed again; a nudge whose time has come before anybody planned it is not."""
    if standing is not None and not standing.is_free:
        return False
    return owed.kind == INVITATION or owed.due_at > now


def _has_passed(standing: Planned, due_at: datetime, now: datetime) -> bool:
    """Whether a move has brought a nudge's time into the past; one that is merely late is sent."""
    return due_at <= now < standing.due_at


def _differs(standing: Planned, owed: Owed) -> bool:
    return standing.expires_at != owed.expires_at or (is_nudge(standing.kind) and standing.due_at != owed.due_at)
