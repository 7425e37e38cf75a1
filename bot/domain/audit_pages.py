"""The record as it is asked for and shown: acts, newest first, and what they are chosen by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.audit import Act, Action
from bot.domain.ids import AuditId, MechanismId, MemberId, UserId
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Member
from bot.domain.roles import Role

PAGE = 40
"""Acts read at once; a message holds as many or fewer."""


class Group(StrEnum):
    """Acts of one kind, by the word that people choose them by."""

    INVITATIONS = "invitations"
    REPRESENTATIVES = "representatives"
    SIGN_UPS = "sign-ups"
    ORGANISERS = "organisers"
    MECHANISMS = "mechanisms"
    WEBINARS = "webinars"
    POLLS = "polls"
    DELIVERIES = "deliveries"


GROUPS: Mapping[Action, Group] = MappingProxyType({
    Action.WEBINAR_MADE: Group.WEBINARS,
    Action.WEBINAR_EDITED: Group.WEBINARS,
    Action.SESSION_MOVED: Group.WEBINARS,
    Action.SESSION_CANCELLED: Group.WEBINARS,
    Action.SESSION_REOPENED: Group.WEBINARS,
    Action.SEAT_TAKEN: Group.SIGN_UPS,
    Action.SEAT_MOVED: Group.SIGN_UPS,
    Action.CAPACITY_CHANGED: Group.SIGN_UPS,
    Action.SEAT_GIVEN_BACK: Group.SIGN_UPS,
    Action.REMINDERS_OFF: Group.SIGN_UPS,
    Action.REMINDERS_ON: Group.SIGN_UPS,
    Action.POLL_MADE: Group.POLLS,
    Action.POLL_CLOSED: Group.POLLS,
    Action.POLL_TAKEN_BACK: Group.POLLS,
    Action.POLL_REOPENED: Group.POLLS,
    Action.POLL_EDITED: Group.POLLS,
    Action.POLL_DELETED: Group.POLLS,
    Action.POLL_NUDGED: Group.POLLS,
    Action.VOICE_ENTERED: Group.POLLS,
    Action.ANONYMOUS_VOICE_ENTERED: Group.POLLS,
    Action.DELIVERIES_SENT_AGAIN: Group.DELIVERIES,
    Action.DELIVERIES_LET_BE: Group.DELIVERIES,
    Action.ORGANISER_ADDED: Group.ORGANISERS,
    Action.ORGANISER_REMOVED: Group.ORGANISERS,
    Action.MECHANISMS_LOADED: Group.MECHANISMS,
    Action.MECHANISM_ADDED: Group.MECHANISMS,
    Action.MECHANISM_EDITED: Group.MECHANISMS,
    Action.MECHANISM_RETIRED: Group.MECHANISMS,
    Action.MECHANISM_RESTORED: Group.MECHANISMS,
    Action.REPRESENTATIVE_NAMED: Group.REPRESENTATIVES,
    Action.REPRESENTATIVE_DATED: Group.REPRESENTATIVES,
    Action.REPRESENTATIVE_SOURCED: Group.REPRESENTATIVES,
    Action.REPRESENTATIVE_REMOVED: Group.REPRESENTATIVES,
    Action.REPRESENTATIVES_IMPORTED: Group.REPRESENTATIVES,
    Action.CLAIM_MADE: Group.REPRESENTATIVES,
    Action.CLAIM_CONFIRMED: Group.REPRESENTATIVES,
    Action.CLAIM_REFUSED: Group.REPRESENTATIVES,
    Action.INVITED: Group.INVITATIONS,
    Action.INVITATION_WITHDRAWN: Group.INVITATIONS,
    Action.LETTER_CHANGED: Group.INVITATIONS,
    Action.NUDGED: Group.INVITATIONS,
    Action.DECLINED: Group.INVITATIONS,
    Action.PASSED_ON: Group.INVITATIONS,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class AuditAsked:
    """What was typed. Of several of a kind one has to fit, of several kinds all; an empty one leaves nothing out.

    `since` and `until` are days in the reader's zone, both included. `before` is where the page before this one ended;
    `typed` is the rest, which the next page is asked for by. `names` are texts that should name mechanisms, or somebody
    without an account.
    """

    typed: str = ""
    users: tuple[UserId, ...] = ()
    names: tuple[str, ...] = ()
    webinars: tuple[int, ...] = ()
    polls: tuple[int, ...] = ()
    groups: tuple[Group, ...] = ()
    since: date | None = None
    until: date | None = None
    before: AuditId | None = None

    @property
    def actions(self) -> tuple[Action, ...]:
        return tuple(action for action, group in GROUPS.items() if group in self.groups)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An act as it stands in the record; `actor` is None for the bot, `at` on the bot's clock.

    `voices` are the titles of its mechanisms as they are now, and the actor's role in each; None where it was not the
    actor's, and the mechanism is what the act is about.
    """

    id: AuditId
    at: datetime
    actor: Member | None
    about: Member | None
    act: Act
    voices: tuple[tuple[str, Role | None], ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was meant by the names: mechanisms, and people without an account."""

    mechanisms: tuple[Mechanism, ...] = ()
    people: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditPage:
    """`chosen` is by what was named the acts were chosen; `older` is how many more fit after these."""

    asked: AuditAsked
    chosen: Chosen
    acts: tuple[Recorded, ...]
    older: int


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """What was asked for, as the record is searched: `since` is included, `until` isn't."""

    asked: AuditAsked
    mechanisms: tuple[MechanismId, ...]
    people: tuple[MemberId, ...]
    since: datetime | None
    until: datetime | None


def zone_of(reader: Member) -> ZoneInfo:
    """Where the reader's days begin, and in which times are shown."""
    return ZoneInfo(reader.zone or reader.workspace.zone or "UTC")


def query(asked: AuditAsked, chosen: Chosen, reader: Member) -> AuditQuery:
    zone = zone_of(reader)
    return AuditQuery(
        asked,
        tuple(each.id for each in chosen.mechanisms),
        tuple(each.id for each in chosen.people),
        since=None if asked.since is None else _midnight(asked.since, zone),
        until=None if asked.until is None else _midnight(asked.until + timedelta(days=1), zone),
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """When the day begins there; where clocks skip midnight, an hour or so before that."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)
