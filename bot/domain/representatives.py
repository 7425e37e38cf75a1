"""Who speaks for a mechanism, in which role, and from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.ids import MemberId, RepresentativeId
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Member
from bot.domain.roles import Role


class RepresentationState(StrEnum):
    """CLAIMED: said by the member alone, and no mechanism's voice until an organiser has named them."""

    CLAIMED = "claimed"
    NAMED = "named"
    REFUSED = "refused"
    REMOVED = "removed"


class How(StrEnum):
    """How the answer of a person without an account came."""

    LETTER = "letter"
    EMAIL = "e-mail"
    NOTE_VERBALE = "note-verbale"
    TELEPHONE = "telephone"
    IN_PERSON = "in-person"


@dataclass(frozen=True, slots=True)
class Representative:
    """`since` and `until` are the first and the last day, on the mechanism's own calendar; None: not limited.

    `how`: of a person without an account, how their naming came.
    """

    id: RepresentativeId
    mechanism: Mechanism
    member: Member
    role: Role
    since: date | None
    until: date | None
    state: RepresentationState
    how: How | None = None
    named_by: MemberId | None = None

    @property
    def is_named(self) -> bool:
        return self.state is RepresentationState.NAMED

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def covers_all(self, since: date | None, until: date) -> bool:
        """Whether every day from `since` to `until` is one of its days."""
        begins = self.since is None or (since is not None and self.since <= since)
        return begins and (self.until is None or until <= self.until)

    def overlaps(self, since: date | None, until: date | None) -> bool:
        """Whether any day from `since` to `until` is one of its days."""
        begins_by_then = self.since is None or until is None or self.since <= until
        return begins_by_then and (self.until is None or since is None or since <= self.until)

    def speaks_at(self, now: datetime) -> bool:
        """Whether this is a voice now: named, and within its days where the mechanism is."""
        return self.is_named and not self.mechanism.retired and self.covers(self.mechanism.day_at(now))


def speaking(among: Iterable[Representative], now: datetime) -> tuple[Representative, ...]:
    """Those that speak now."""
    return tuple(each for each in among if each.speaks_at(now))
