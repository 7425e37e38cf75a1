"""What each delivery says, from the database as it is now: or that there is nothing to say any more."""

from __future__ import annotations

from datetime import datetime

from bot.domain import calendars, reminders
from bot.domain.capacities import CLAIM, DECISION
from bot.domain.changes import Change, ChangeKind
from bot.domain.deliveries import Claimed, DeliveryState, Pointless, is_reminder
from bot.domain.ids import MemberId, RepresentativeId
from bot.domain.invitation_letters import verdict_when_due
from bot.domain.members import Member
from bot.domain.planned_letters import INVITATION, PROGRESS, is_letter
from bot.domain.projections import ZONES
from bot.domain.proxy_seats import SEATED, UNSEATED
from bot.domain.representatives import RepresentationState, Representative
from bot.domain.troubles import REPORT, grouped
from bot.domain.webinars import Session, Webinar
from bot.ports import Tx
from bot.usecases import poll_contents, rolls
from bot.usecases.subjects import (
    Announcement,
    CalendarFile,
    CalendarNote,
    ChangeNotice,
    ClaimMade,
    ClaimWasDecided,
    InvitationLetter,
    LettersProgress,
    PollFile,
    Reminder,
    SeatByOther,
    Subject,
    TroubleReport,
    ZonesChanged,
)
from storage import (
    deliveries,
    letters,
    members,
    messages,
    representatives,
    sessions,
    signups,
    troubles,
    webinars,
)

CHANGES = frozenset(ChangeKind)


def of(tx: Tx, claimed: Claimed, *, now: datetime) -> Subject | CalendarFile | PollFile | Pointless:
    if claimed.kind == REPORT and claimed.member is not None:
        return _report(tx, claimed, claimed.member)
    if claimed.poll is not None:
        return poll_contents.of(tx, claimed, now=now)
    if claimed.webinar is None:
        return Pointless(DeliveryState.CANCELLED, "about-nothing")
    webinar = webinars.get(tx, claimed.workspace, claimed.webinar)
    if claimed.kind.startswith(ZONES) and claimed.member is not None:
        return ZonesChanged(webinar, members.get(tx, claimed.workspace, claimed.member))
    if claimed.member is not None and (personal := _personal(tx, claimed, webinar, claimed.member)):
        return personal
    if claimed.member is not None and (of_letters := _of_letters(tx, claimed, webinar, claimed.member, now)):
        return of_letters
    if claimed.kind in CHANGES:
        return _change(tx, claimed, webinar, now)
    if claimed.kind in calendars.KINDS and claimed.session is not None and claimed.member is not None:
        return _calendar(tx, claimed, webinar, webinar.session(claimed.session), claimed.member, now)
    if claimed.session is None:
        return Announcement(webinar, messages.about(tx, claimed.workspace, "webinar", webinar.id).version)
    return _reminder(tx, claimed, webinar, webinar.session(claimed.session), now)


def _report(tx: Tx, claimed: Claimed, reader: MemberId) -> TroubleReport | Pointless:
    groups = grouped(troubles.of_report(tx, claimed.workspace, claimed.id))
    if not groups:
        return Pointless(DeliveryState.SUPERSEDED, "settled")
    return TroubleReport(members.get(tx, claimed.workspace, reader), groups)


def _personal(
    tx: Tx, claimed: Claimed, webinar: Webinar, reader: MemberId
) -> ClaimMade | ClaimWasDecided | SeatByOther | Pointless | None:
    """What is about a person rather than a webinar; its kind ends with an id."""
    kind, number = (f"{claimed.kind.partition('-')[0]}-", claimed.kind.partition("-")[2])
    if kind in (CLAIM, DECISION):
        claim = representatives.get(tx, claimed.workspace, RepresentativeId(int(number)))
        return _claim(claim, webinar, members.get(tx, claimed.workspace, reader), told=kind == DECISION)
    if kind not in (SEATED, UNSEATED) or claimed.session is None:
        return None
    session, left = webinar.session(claimed.session), kind == UNSEATED
    held = signups.held(tx, webinar, reader)
    if left is (held is not None and held.id == session.id):
        return Pointless(DeliveryState.SUPERSEDED, "moved-seat")
    by = members.get(tx, claimed.workspace, MemberId(int(number)))
    return SeatByOther(webinar, session, members.get(tx, claimed.workspace, reader), by, left)


def _claim(
    claim: Representative, webinar: Webinar, reader: Member, *, told: bool
) -> ClaimMade | ClaimWasDecided | Pointless:
    undecided = claim.state is RepresentationState.CLAIMED
    if told is undecided or claim.state is RepresentationState.REMOVED:
        return Pointless(DeliveryState.SUPERSEDED, "settled")
    return ClaimWasDecided(claim, reader) if told else ClaimMade(webinar, claim, reader)


def _change(tx: Tx, claimed: Claimed, webinar: Webinar, now: datetime) -> ChangeNotice | Pointless:
    """From what the recipient knew to what is so now, however often it was changed between."""
    current = webinar.revision if claimed.session is None else webinar.session(claimed.session).revision
    if claimed.revision != current:
        return Pointless(DeliveryState.SUPERSEDED, deliveries.CHANGED_AGAIN)
    if claimed.member is not None and (lost := _lost_seat(tx, claimed, webinar)):
        return lost
    before = sessions.at_revision(tx, webinar, deliveries.last_known(tx, claimed))
    changes = tuple(
        Change(was, now_is)
        for was, now_is in zip(before, webinar.sessions, strict=True)
        if claimed.session in (None, now_is.id) and Change(was, now_is).kind
    )
    if not changes:
        return Pointless(DeliveryState.SUPERSEDED, "changed-back")
    useful = tuple(each for each in changes if not each.is_over(now))
    if not useful:
        return Pointless(DeliveryState.EXPIRED, "too-late")
    member = None if claimed.member is None else members.get(tx, claimed.workspace, claimed.member)
    return ChangeNotice(webinar, useful, member)


def _of_letters(
    tx: Tx, claimed: Claimed, webinar: Webinar, member: MemberId, now: datetime
) -> InvitationLetter | LettersProgress | Pointless | None:
    """A letter or a nudge, or what counts them; None where it is neither."""
    if is_letter(claimed.kind):
        return _letter(tx, claimed, webinar, member, now)
    if claimed.kind != PROGRESS:
        return None
    reader, version = members.get(tx, claimed.workspace, member), messages.letters_version(tx, claimed)
    return LettersProgress(webinar, letters.counts(tx, webinar), reader, version)


def _letter(
    tx: Tx, claimed: Claimed, webinar: Webinar, member: MemberId, now: datetime
) -> InvitationLetter | Pointless:
    roll = rolls.of_member(tx, webinar, member, now)
    found = verdict_when_due(roll, member, claimed.kind, letters.planned(tx, webinar, member), now)
    if isinstance(found, Pointless):
        return found
    organiser = members.get(tx, claimed.workspace, webinar.organiser)
    nudge = claimed.kind != INVITATION
    return InvitationLetter(webinar, found.member, found, roll.book.letter, organiser, nudge)


def _reminder(tx: Tx, claimed: Claimed, webinar: Webinar, session: Session, now: datetime) -> Reminder | Pointless:
    if claimed.revision != session.revision:
        return Pointless(DeliveryState.SUPERSEDED, "time-changed")
    if session.is_cancelled:
        return Pointless(DeliveryState.CANCELLED, "session-cancelled")
    if session.has_started(now):
        return Pointless(DeliveryState.EXPIRED, "too-late")
    if is_reminder(claimed.kind) and claimed.kind not in {lead.kind for lead in webinar.leads}:
        return Pointless(DeliveryState.CANCELLED, "reminder-removed")
    if claimed.member is not None and reminders.overtaken(webinar, session, claimed.kind, now):
        return Pointless(DeliveryState.SUPERSEDED, "overtaken")
    last = claimed.kind == reminders.last(webinar, session).kind
    if claimed.member is None:
        return Reminder(webinar, session, None, last)
    if lost := _lost_seat(tx, claimed, webinar):
        return lost
    member = members.get(tx, claimed.workspace, claimed.member)
    if not member.reminded:
        return Pointless(DeliveryState.CANCELLED, "reminders-off")
    return Reminder(webinar, session, member, last)


def _calendar(
    tx: Tx, claimed: Claimed, webinar: Webinar, session: Session, reader: MemberId, now: datetime
) -> CalendarNote | CalendarFile | Pointless:
    if claimed.revision != session.revision:
        return Pointless(DeliveryState.SUPERSEDED, "time-changed")
    if session.is_cancelled:
        return Pointless(DeliveryState.CANCELLED, "session-cancelled")
    if now >= session.ends_at:
        return Pointless(DeliveryState.EXPIRED, "too-late")
    if lost := _lost_seat(tx, claimed, webinar):
        return lost
    about = CalendarNote if claimed.kind == calendars.CALENDAR else CalendarFile
    return about(webinar, session, members.get(tx, claimed.workspace, reader))


def _lost_seat(tx: Tx, claimed: Claimed, webinar: Webinar) -> Pointless | None:
    """Where the member no longer has the seat that a message is about."""
    held = None if claimed.member is None else signups.held(tx, webinar, claimed.member)
    if held is None:
        return Pointless(DeliveryState.CANCELLED, "gave-seat-back")
    return None if held.id == claimed.session else Pointless(DeliveryState.SUPERSEDED, "moved-seat")
