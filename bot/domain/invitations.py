"""Who is invited to a webinar, for which mechanism, and what they have answered: as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.audit import Facts
from bot.domain.ids import MechanismId, MemberId
from bot.domain.letters import Letter
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Member
from bot.domain.representatives import How, Representative, speaking
from bot.domain.roles import Role
from bot.domain.webinars import Session, Webinar

MOST_PASSES = 3
"""How often an invitation is passed on."""


class AnswerState(StrEnum):
    """What an invited person said other than by taking a seat."""

    DECLINED = "declined"
    PASSED_ON = "passed-on"


class Standing(StrEnum):
    """Where somebody, or a mechanism, stands with an invitation. Nobody can be written to: UNREACHABLE."""

    ATTENDING = "attending"
    DECLINED = "declined"
    PASSED_ON = "passed-on"
    SILENT = "silent"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Invitation:
    """Of a mechanism, whoever speaks for it by then, or of a member by themselves.

    `roles` are those of a mechanism's people who are written to; None for all of them.
    """

    mechanism: Mechanism | None
    member: Member | None
    roles: frozenset[Role] | None
    invited_by: MemberId
    at: datetime

    def writes_to(self, role: Role) -> bool:
        return self.roles is None or role in self.roles


@dataclass(frozen=True, slots=True)
class Given:
    """An answer. `instead` is whom it was passed on to; `how` it came, where an organiser entered it."""

    state: AnswerState
    at: datetime
    instead: Member | None = None
    how: How | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """The session that somebody has a seat in; None since `at`, when they gave it back."""

    session: Session | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Book:
    """What is known of a webinar's invitations, or of those that concern somebody."""

    webinar: Webinar
    letter: Letter
    invitations: tuple[Invitation, ...]
    representatives: tuple[Representative, ...]
    answers: Mapping[MemberId, Given] = field(default_factory=dict)
    seats: Mapping[MemberId, Seat] = field(default_factory=dict)

    def standing_of(self, member: MemberId) -> Standing:
        """A seat goes before anything that was said; a seat given back is an answer, unless a later one was given."""
        seat, given = self.seats.get(member), self.answers.get(member)
        if seat is not None and seat.session is not None:
            return Standing.ATTENDING
        if given is not None and (seat is None or given.at >= seat.at):
            return Standing(given.state)
        return Standing.SILENT if seat is None else Standing.DECLINED

    def session_of(self, member: MemberId) -> Session | None:
        seat = self.seats.get(member)
        return None if seat is None else seat.session

    def instead_of(self, member: MemberId) -> Member | None:
        """To whom the member has passed the invitation on."""
        passed_on = self.standing_of(member) is Standing.PASSED_ON
        return self.answers[member].instead if passed_on else None


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody whose answer counts for a party. `role` is None for who speaks for themselves, and where it was passed
    on `by` somebody. `written_to`: they are among those who were invited, or it was passed on to them by such a one.
    """

    member: Member
    role: Role | None = None
    by: Member | None = None
    written_to: bool = True


@dataclass(frozen=True, slots=True)
class Party:
    """An invitation, with everybody whose answer counts for it now."""

    invitation: Invitation
    voices: tuple[Voice, ...]
    standing: Standing

    @property
    def has_answered(self) -> bool:
        return self.standing in (Standing.ATTENDING, Standing.DECLINED)

    @property
    def addressees(self) -> tuple[Voice, ...]:
        """Those who can be written to."""
        return tuple(each for each in self.voices if each.written_to and each.member.has_account)

    def passes_to(self, member: MemberId) -> int:
        """Through how many hands it came to one of the voices."""
        by = {each.member.id: each.by for each in self.voices}
        passes = 0
        while (before := by[member]) is not None:
            member, passes = before.id, passes + 1
        return passes


@dataclass(frozen=True, slots=True)
class Mandate:
    """For what somebody is written to: a mechanism, or themselves (None); `by` whom it was passed on to them."""

    mechanism: Mechanism | None
    role: Role | None
    by: Member | None
    has_answered: bool


@dataclass(frozen=True, slots=True)
class Addressee:
    """One letter, however many mechanisms it is about."""

    member: Member
    mandates: tuple[Mandate, ...]

    @property
    def has_answered(self) -> bool:
        """Whether all are that they are written to for: by whomever."""
        return all(each.has_answered for each in self.mandates)


@dataclass(frozen=True, slots=True)
class Roll:
    """A book as it reads now."""

    book: Book
    parties: tuple[Party, ...]
    addressees: Mapping[MemberId, Addressee]

    def parties_of(self, member: MemberId) -> tuple[Party, ...]:
        """Those for which the member's answer counts."""
        return tuple(party for party in self.parties if any(each.member.id == member for each in party.voices))

    def passes_to(self, member: MemberId) -> int:
        """How often an invitation was passed on until it came to the member: the one that came the shortest way."""
        return min((party.passes_to(member) for party in self.parties_of(member)), default=0)


def call(book: Book, now: datetime) -> Roll:
    """Who is written to and whose answer counts now."""
    by_mechanism: dict[MechanismId, list[Representative]] = {}
    for each in speaking(book.representatives, now):
        by_mechanism.setdefault(each.mechanism.id, []).append(each)
    parties = tuple(_party(book, each, by_mechanism) for each in book.invitations)
    addressees: dict[MemberId, Addressee] = {}
    for party in parties:
        for voice in party.addressees:
            mandate = Mandate(party.invitation.mechanism, voice.role, voice.by, party.has_answered)
            before = addressees.get(voice.member.id, Addressee(voice.member, ()))
            addressees[voice.member.id] = Addressee(voice.member, (*before.mandates, mandate))
    return Roll(book, parties, addressees)


def merge(
    standing: Iterable[Invitation], more: Iterable[Invitation]
) -> tuple[tuple[Invitation, ...], tuple[Invitation, ...]]:
    """The invitations with these added, a mechanism's roles with those that it had; and of `more` what is new in it."""
    merged = {_key(each): each for each in standing}
    new: dict[object, Invitation] = {}
    for each in more:
        had = merged.get(_key(each))
        roles = each.roles if had is None or had.roles is None or each.roles is None else had.roles | each.roles
        roles = None if had is not None and had.roles is None else roles
        if had is None or had.roles != roles:
            source = each if had is None else had
            new[_key(each)] = merged[_key(each)] = Invitation(
                each.mechanism, each.member, roles, source.invited_by, source.at
            )
    return tuple(merged.values()), tuple(new.values())


def facts(webinar: Webinar) -> Facts:
    """What the record keeps of the webinar."""
    return {"number": webinar.number, "title": webinar.title}


def hands_before(passed: Mapping[MemberId, Given], member: MemberId) -> frozenset[MemberId]:
    """All those through whose hands an invitation may have come to the member: several may pass theirs on to one."""
    passers: dict[MemberId, set[MemberId]] = {}
    for who, given in passed.items():
        if given.instead is not None:
            passers.setdefault(given.instead.id, set()).add(who)
    layer, known = {member}, {member}
    for _ in range(MOST_PASSES):
        layer = {who for each in layer for who in passers.get(each, ())} - known
        known |= layer
    return frozenset(known - {member})


def passed_to(roll: Roll, member: MemberId) -> frozenset[MemberId]:
    """Those through whose hands it has come to the member as it is now: not theirs whose term has ended since."""
    voices = {voice.member.id for party in roll.parties for voice in party.voices}
    passing = {who: given for who, given in roll.book.answers.items() if who in voices and roll.book.instead_of(who)}
    return hands_before(passing, member)


def _key(invitation: Invitation) -> object:
    if invitation.mechanism is not None:
        return "mechanism", invitation.mechanism.id
    return "member", None if invitation.member is None else invitation.member.id


def _party(book: Book, invitation: Invitation, speakers: Mapping[MechanismId, list[Representative]]) -> Party:
    voices = tuple(_passed_on(book, _asked(invitation, speakers)))
    return Party(invitation, voices, _standing(book, voices))


def _asked(invitation: Invitation, speakers: Mapping[MechanismId, list[Representative]]) -> dict[MemberId, Voice]:
    """Who speaks for what was invited, each once: in a role that was, where they have several."""
    if invitation.mechanism is None:
        return {} if invitation.member is None else {invitation.member.id: Voice(invitation.member)}
    asked: dict[MemberId, Voice] = {}
    for each in speakers.get(invitation.mechanism.id, ()):
        written_to = invitation.writes_to(each.role)
        if each.member.id not in asked or (written_to and not asked[each.member.id].written_to):
            asked[each.member.id] = Voice(each.member, each.role, None, written_to)
    return asked


def _passed_on(book: Book, asked: dict[MemberId, Voice]) -> Iterator[Voice]:
    """These, and those to whom they have passed it on, each once: by one who was written to, if any was."""
    known, layer = dict(asked), list(asked.values())
    yield from layer
    for _ in range(MOST_PASSES):
        following: list[Voice] = []
        for each in sorted(layer, key=lambda voice: not voice.written_to):
            instead = book.instead_of(each.member.id)
            if instead is not None and instead.id not in known:
                known[instead.id] = Voice(instead, None, each.member, each.written_to)
                following.append(known[instead.id])
        yield from following
        layer = following


def _standing(book: Book, voices: tuple[Voice, ...]) -> Standing:
    """One voice that attends is enough, and one that can't is an answer as well."""
    standings = {book.standing_of(each.member.id) for each in voices}
    for each in (Standing.ATTENDING, Standing.DECLINED, Standing.PASSED_ON):
        if each in standings:
            return each
    can_be_written_to = any(each.written_to and each.member.has_account for each in voices)
    return Standing.SILENT if can_be_written_to else Standing.UNREACHABLE
