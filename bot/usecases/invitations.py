"""Inviting mechanisms and people to a webinar, taking that back, and nudging those who have not answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.audit import Act, Action, Authority
from bot.domain.deliveries import Owed, Priority
from bot.domain.ids import ChannelId, UserId
from bot.domain.invitation_grammar import Invite, Uninvite
from bot.domain.invitation_letters import amends, by_command
from bot.domain.invitation_outcomes import InvitationsShown, LettersPlanned, Nudged, PassedOver, Uninvited
from bot.domain.invitations import Invitation, Roll, facts, merge
from bot.domain.invitees import Invitees, invitees, without
from bot.domain.letters import Letter
from bot.domain.members import Answer, Member, Sender, Standing, may_organise
from bot.domain.planned_letters import INVITATION, PROGRESS
from bot.domain.refusals import Refusal
from bot.domain.webinars import Webinar, check_open
from bot.ports import Tx
from bot.usecases import audit, letters, rolls
from storage import deliveries, invitations, mechanisms, members, messages, webinars
from storage import letters as letter_rows


def to_invite(tx: Tx, sender: Sender, number: int, *, now: datetime) -> Answer[tuple[Webinar, Letter]]:
    """A webinar and its letter, for an organiser who wants to invite people to it."""
    organiser, webinar = _organised(tx, sender, number, now)
    return Answer(organiser, (webinar, invitations.letter(tx, webinar)))


def preview(tx: Tx, sender: Sender, asked: Invite, *, now: datetime) -> Answer[LettersPlanned]:
    """What sending would do; nothing is stored.

    Raises:
        Refusal("organisers-only"), Refusal("webinar-unknown"), Refusal("webinar-not-open"), Refusal("invite-over"),
        and those of `invitees`.
    """
    organiser, webinar = _organised(tx, sender, asked.number, now)
    planned, _ = _planned(tx, organiser, webinar, asked, now)
    return Answer(organiser, planned)


def send(tx: Tx, sender: Sender, asked: Invite, *, now: datetime) -> Answer[LettersPlanned]:
    """Store the invitations and owe their letters; again, and there is nothing left to do. Refuses as `preview`."""
    organiser, webinar = _organised(tx, sender, asked.number, now)
    webinar, _ = webinars.lock(tx, webinar.workspace, webinar.id, organiser.id)
    planned, new = _planned(tx, organiser, webinar, asked, now)
    if planned.changes:
        before = invitations.letter(tx, webinar)
        invitations.put(tx, webinar, new)
        invitations.set_letter(tx, webinar, planned.letter)
        letters.plan(tx, webinar, now)
        _follow(tx, organiser, planned, now)
        _record(tx, organiser, planned, new, before, now)
    return Answer(organiser, planned)


def uninvite(tx: Tx, sender: Sender, asked: Uninvite, *, now: datetime) -> Answer[Uninvited]:
    """Take invitations back: what was not sent is given up, and what was stays.

    Raises:
        Refusal("organisers-only"), Refusal("webinar-unknown"), Refusal("uninvite-nobody"), and those of `without`.
    """
    organiser, webinar = _numbered(tx, sender, asked.number)
    webinar, _ = webinars.lock(tx, webinar.workspace, webinar.id, organiser.id)
    standing = invitations.of_webinar(tx, webinar)
    fewer, gone = without(standing, asked.audience, mechanisms.every(tx, webinar.workspace))
    if not fewer and not gone:
        raise Refusal("uninvite-nobody", number=webinar.number)
    invitations.put(tx, webinar, fewer)
    away_mechanisms = [each.mechanism.id for each in gone if each.mechanism is not None]
    away_members = [each.member.id for each in gone if each.member is not None]
    invitations.remove(tx, webinar, away_mechanisms, away_members)
    ended = letters.plan(tx, webinar, now).end
    voices = {each.mechanism.id: None for each in (*gone, *fewer) if each.mechanism is not None}
    if voices:
        act = Act(Action.INVITATION_WITHDRAWN, Authority.ORGANISER, webinar.id, voices=voices, facts=facts(webinar))
        audit.record(tx, organiser, act, now)
    for each in away_members:
        act = Act(Action.INVITATION_WITHDRAWN, Authority.ORGANISER, webinar.id, member=each, facts=facts(webinar))
        audit.record(tx, organiser, act, now)
    return Answer(organiser, Uninvited(webinar, gone, fewer, len(ended)))


def show(tx: Tx, sender: Sender, number: int, *, now: datetime) -> Answer[InvitationsShown]:
    """Who has answered: for organisers everybody, for others what they speak for.

    An organiser sees everybody where they see the webinar, and from anywhere if they made it or sent its letters.

    Raises:
        Refusal("webinar-unknown"), Refusal("invitations-not-yours")
    """
    reader = members.get_or_add(tx, sender)
    found = webinars.numbered(tx, reader.workspace.id, number)
    if found is not None and reader.is_organiser and _sees_all(tx, reader, sender, found):
        return Answer(reader, _shown(tx, rolls.whole(tx, found, now), of_all=True))
    mine = None if found is None else rolls.of_member(tx, found, reader.id, now)
    if mine is None or not mine.parties_of(reader.id):
        raise Refusal("webinar-unknown" if reader.is_organiser else "invitations-not-yours", number=number)
    return Answer(reader, _shown(tx, replace(mine, parties=mine.parties_of(reader.id)), of_all=False))


def nudge(tx: Tx, sender: Sender, number: int, *, now: datetime) -> Answer[Nudged]:
    """Nudge those who have not answered now; not those who were nudged within the hour.

    Raises:
        Refusal("organisers-only"), Refusal("webinar-unknown"), Refusal("webinar-not-open"), Refusal("invite-over"),
        Refusal("invite-nobody-yet")
    """
    organiser, webinar = _organised(tx, sender, number, now)
    webinar, _ = webinars.lock(tx, webinar.workspace, webinar.id, organiser.id)
    roll = rolls.whole(tx, webinar, now)
    if not roll.book.invitations:
        raise Refusal("invite-nobody-yet", number=webinar.number)
    owed, passed_over = by_command(roll, letter_rows.planned(tx, webinar), now)
    if owed:
        invitations.count_nudging(tx, webinar)
        deliveries.owe(tx, webinar.workspace, owed)
        counted = {**facts(webinar), "people": len(owed)}
        audit.record(tx, organiser, Act(Action.NUDGED, Authority.ORGANISER, webinar.id, facts=counted), now)
    nudged = tuple(each.member for each in owed if each.member is not None)
    return Answer(organiser, Nudged(webinar, nudged, tuple(passed_over)))


def _organised(tx: Tx, sender: Sender, number: int, now: datetime) -> tuple[Member, Webinar]:
    """An organiser, and a webinar to which people can still be invited."""
    organiser, webinar = _numbered(tx, sender, number)
    check_open(webinar)
    if not webinar.is_open(now):
        raise Refusal("invite-over", number=webinar.number, title=webinar.title)
    return organiser, webinar


def _numbered(tx: Tx, sender: Sender, number: int) -> tuple[Member, Webinar]:
    organiser = members.get_or_add(tx, sender)
    may_organise(organiser)
    return organiser, _found(tx, organiser, sender, number)


def _found(tx: Tx, reader: Member, sender: Sender, number: int) -> Webinar:
    webinar = webinars.find(tx, reader, sender.channel, number)
    if webinar is None:
        raise Refusal("webinar-unknown", number=number)
    return webinar


def _sees_all(tx: Tx, organiser: Member, sender: Sender, webinar: Webinar) -> bool:
    if organiser.id == webinar.organiser or webinars.find(tx, organiser, sender.channel, webinar.number) is not None:
        return True
    return any(each.invited_by == organiser.id for each in invitations.of_webinar(tx, webinar))


def _planned(
    tx: Tx, organiser: Member, webinar: Webinar, asked: Invite, now: datetime
) -> tuple[LettersPlanned, tuple[Invitation, ...]]:
    """What the command comes to, and the invitations that it adds or widens."""
    people = [members.get_or_add(tx, _about(organiser, user)) for user in asked.audience.users]
    meant = invitees(asked.audience, mechanisms.every(tx, webinar.workspace), people, organiser, now)
    after, new = merge(invitations.of_webinar(tx, webinar), meant.invitations)
    roll = rolls.of(tx, webinar, after, now)
    letter = roll.book.letter
    wanted = replace(
        letter,
        text=letter.text if asked.letter is None else asked.letter,
        nudges=letter.nudges if asked.nudges is None else asked.nudges,
    )
    owed = amends(roll, letter_rows.planned(tx, webinar), now).owe
    addressed = tuple(roll.addressees[each.member] for each in owed if each.kind == INVITATION and each.member)
    host = members.get(tx, webinar.workspace, webinar.organiser)
    passed_over = _passed_over(roll, meant, new)
    changes = bool(new or addressed or wanted != letter)
    return LettersPlanned(webinar, wanted, host, addressed, passed_over, changes), new


def _passed_over(roll: Roll, meant: Invitees, new: tuple[Invitation, ...]) -> PassedOver:
    unnamed, by_post, left = [], [], list(meant.left)
    for party in roll.parties:
        mechanism = party.invitation.mechanism
        if mechanism is None or party.invitation not in new:
            continue
        asked = tuple(each.member for each in party.voices if each.written_to)
        here = tuple(each for each in asked if each.standing is not Standing.LEFT)
        left += [each for each in asked if each not in here]
        if party.addressees or (asked and not here):
            continue
        if here:
            by_post.append((mechanism, here))
        else:
            unnamed.append(mechanism)
    widened = {(each.mechanism, each.member) for each in new}
    already = tuple(each for each in meant.invitations if (each.mechanism, each.member) not in widened)
    return PassedOver(meant.inactive, tuple(unnamed), tuple(by_post), already, tuple(dict.fromkeys(left)))


def _follow(tx: Tx, organiser: Member, planned: LettersPlanned, now: datetime) -> None:
    """Owe who sends letters one message that says how far they are."""
    if planned.letters and messages.follow_letters(tx, planned.webinar, organiser):
        word = Owed(
            kind=PROGRESS,
            recipient=organiser.user,
            due_at=now,
            priority=Priority.DUE,
            member=organiser.id,
            webinar=planned.webinar.id,
        )
        deliveries.owe(tx, planned.webinar.workspace, (word,))


def _shown(tx: Tx, roll: Roll, *, of_all: bool) -> InvitationsShown:
    webinar = roll.book.webinar
    return InvitationsShown(roll, letter_rows.counts(tx, webinar), letter_rows.nudged(tx, webinar), of_all)


def _record(
    tx: Tx,
    organiser: Member,
    planned: LettersPlanned,
    new: tuple[Invitation, ...],
    before: Letter,
    now: datetime,
) -> None:
    webinar, said = planned.webinar.id, {**facts(planned.webinar), "letters": len(planned.letters)}
    voices = {each.mechanism.id: None for each in new if each.mechanism is not None}
    acts = [Act(Action.INVITED, Authority.ORGANISER, webinar, voices=voices, facts=said)] if voices else []
    acts += [
        Act(Action.INVITED, Authority.ORGANISER, webinar, member=each.member.id, facts=said)
        for each in new
        if each.member is not None
    ]
    if planned.letter != before:
        acts.append(Act(Action.LETTER_CHANGED, Authority.ORGANISER, webinar, facts=facts(planned.webinar)))
    for act in acts:
        audit.record(tx, organiser, act, now)


def _about(organiser: Member, user: UserId) -> Sender:
    return Sender(organiser.workspace.team, organiser.workspace.team, user, ChannelId(""))
