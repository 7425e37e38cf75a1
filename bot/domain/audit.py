"""What is recorded of who did what: an act, on an authority, for somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bot.domain.ids import MechanismId, MemberId, PollId, WebinarId
from bot.domain.roles import Role

Facts: TypeAlias = Mapping[str, str | int]
"""Names and numbers as they were then."""


class Action(StrEnum):
    """What was done. Each is worded under `audit-<action>` from the act's facts."""

    WEBINAR_MADE = "webinar-made"
    WEBINAR_EDITED = "webinar-edited"
    SESSION_MOVED = "session-moved"
    SESSION_CANCELLED = "session-cancelled"
    SESSION_REOPENED = "session-reopened"
    SEAT_TAKEN = "seat-taken"
    SEAT_MOVED = "seat-moved"
    CAPACITY_CHANGED = "capacity-changed"
    SEAT_GIVEN_BACK = "seat-given-back"
    REMINDERS_OFF = "reminders-off"
    REMINDERS_ON = "reminders-on"
    POLL_MADE = "poll-made"
    POLL_CLOSED = "poll-closed"
    POLL_TAKEN_BACK = "poll-taken-back"
    POLL_REOPENED = "poll-reopened"
    POLL_EDITED = "poll-edited"
    POLL_DELETED = "poll-deleted"
    POLL_NUDGED = "poll-nudged"
    VOICE_ENTERED = "voice-entered"
    ANONYMOUS_VOICE_ENTERED = "anonymous-voice-entered"
    DELIVERIES_SENT_AGAIN = "deliveries-sent-again"
    DELIVERIES_LET_BE = "deliveries-let-be"
    ORGANISER_ADDED = "organiser-added"
    ORGANISER_REMOVED = "organiser-removed"
    MECHANISMS_LOADED = "mechanisms-loaded"
    MECHANISM_ADDED = "mechanism-added"
    MECHANISM_EDITED = "mechanism-edited"
    MECHANISM_RETIRED = "mechanism-retired"
    MECHANISM_RESTORED = "mechanism-restored"
    REPRESENTATIVE_NAMED = "representative-named"
    REPRESENTATIVE_DATED = "representative-dated"
    REPRESENTATIVE_SOURCED = "representative-sourced"
    REPRESENTATIVE_REMOVED = "representative-removed"
    REPRESENTATIVES_IMPORTED = "representatives-imported"
    CLAIM_MADE = "claim-made"
    CLAIM_CONFIRMED = "claim-confirmed"
    CLAIM_REFUSED = "claim-refused"
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation-withdrawn"
    LETTER_CHANGED = "letter-changed"
    NUDGED = "nudged"
    DECLINED = "declined"
    PASSED_ON = "passed-on"


class Authority(StrEnum):
    """By what right it was done.

    SELF: for oneself. REPRESENTATIVE: as the voice of mechanisms, with the roles that the act holds. CLAIM: as one who
    says so, and is not named. MAKER: of what they made. SYSTEM: by the bot.
    """

    ORGANISER = "organiser"
    REPRESENTATIVE = "representative"
    CLAIM = "claim"
    SELF = "self"
    MAKER = "maker"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Act:
    """`member` is whom it is about, where that isn't the actor. `voices` are the mechanisms for which it was done, each
    with the actor's role; or those that it is about, with None. `facts` are names and numbers as they were then.
    """

    action: Action
    authority: Authority
    webinar: WebinarId | None = None
    poll: PollId | None = None
    member: MemberId | None = None
    voices: Mapping[MechanismId, Role | None] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
