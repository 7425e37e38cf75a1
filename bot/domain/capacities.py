"""In which capacity somebody takes a seat: named for it, or as a claim that an organiser has yet to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.domain.deliveries import Owed, Priority
from bot.domain.ids import MemberId, UserId
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Member
from bot.domain.refusals import Refusal
from bot.domain.representatives import RepresentationState, Representative
from bot.domain.roles import Role
from bot.domain.signups import Taken
from bot.domain.webinars import Webinar

CLAIM = "claim-"
"""What the kinds of the deliveries begin with that tell an organiser of a claim; its id follows."""

REFUSED_FOR = timedelta(days=7)
"""How long a claim that was refused can't be made again: no organiser is asked the same thing over and over."""

DECISION = "decision-"
"""The same of those that tell whoever made it what was decided."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """What somebody says with their seat; `mechanism` is what they called it, empty where they named a role alone."""

    role: Role | None
    mechanism: str = ""


@dataclass(frozen=True, slots=True)
class NewClaim:
    """Nobody has named them so."""

    mechanism: Mechanism
    role: Role


@dataclass(frozen=True, slots=True)
class SeatAs:
    """A seat that the member took by themselves, and their capacity; None where no seat was left."""

    taken: Taken
    capacity: Representative | None


@dataclass(frozen=True, slots=True)
class ClaimsListed:
    claims: tuple[Representative, ...]


@dataclass(frozen=True, slots=True)
class ClaimDecided:
    representative: Representative

    @property
    def confirmed(self) -> bool:
        return self.representative.is_named


Capacity: TypeAlias = Representative | NewClaim


def choose(said: Speaking, mechanism: Mechanism | None, theirs: Iterable[Representative], now: datetime) -> Capacity:
    """What a member means who says so: what they are named as, speaking now or from a day to come, before a claim.

    Raises:
        Refusal("capacity-role-which"), Refusal("capacity-mechanism-which"): the facts hold those that there are.
        Refusal("capacity-role-missing"), Refusal("capacity-mechanism-missing"): they are named for nothing of that.
    """
    fitting = [
        each
        for each in theirs
        if not _is_over(each, now)
        and said.role in (None, each.role)
        and (mechanism is None or each.mechanism.id == mechanism.id)
    ]
    for among in (
        [each for each in fitting if each.speaks_at(now)],
        [each for each in fitting if each.is_named],
        fitting,
    ):
        if among:
            return _the_one(among)
    if mechanism is None:
        raise Refusal("capacity-mechanism-missing")
    if said.role is None:
        raise Refusal("capacity-role-missing", mechanism=mechanism.title)
    return NewClaim(mechanism, said.role)


def claim_owed(claim: Representative, webinar: Webinar, organiser: Member, now: datetime) -> Owed:
    """One message a claim, to whoever runs the webinar for which it was made."""
    return Owed(
        kind=f"{CLAIM}{claim.id}",
        recipient=organiser.user,
        due_at=now,
        priority=Priority.ANSWER,
        member=organiser.id,
        webinar=webinar.id,
    )


def decision_owed(claim: Representative, webinar: Webinar, now: datetime) -> Owed:
    """`webinar` is the one for which the claim was made."""
    return Owed(
        kind=f"{DECISION}{claim.id}",
        recipient=claim.member.user,
        due_at=now,
        priority=Priority.ANSWER,
        member=claim.member.id,
        webinar=webinar.id,
    )


def check_open(claim: Representative | None, decider: MemberId) -> Representative:
    """The claim, if it is one that nobody has decided.

    Raises:
        Refusal("claim-gone"), Refusal("claim-confirmed-already"), Refusal("claim-refused-already"), or where it was
        `decider` who did, Refusal("claim-confirmed-by-you"), Refusal("claim-refused-by-you").
    """
    if claim is None or claim.state is RepresentationState.REMOVED:
        raise Refusal("claim-gone")
    if claim.state is RepresentationState.CLAIMED:
        return claim
    if claim.named_by == decider:
        raise Refusal("claim-confirmed-by-you" if claim.is_named else "claim-refused-by-you")
    raise Refusal("claim-confirmed-already" if claim.is_named else "claim-refused-already")


def check_not_refused(new: NewClaim, refused: tuple[UserId, datetime] | None, now: datetime) -> None:
    """Refusal("claim-refused-lately"): `refused` is by whom and when the same claim was, if it ever was."""
    if refused is not None and now - refused[1] < REFUSED_FOR:
        role, mechanism = new.role.value, new.mechanism.title
        raise Refusal("claim-refused-lately", user=refused[0], role=role, mechanism=mechanism)


def _the_one(among: Sequence[Representative]) -> Representative:
    mechanisms = tuple(dict.fromkeys(each.mechanism.title for each in among))
    if len(mechanisms) > 1:
        raise Refusal("capacity-mechanism-which", matches=mechanisms)
    roles = tuple(dict.fromkeys(each.role.value for each in among))
    if len(roles) > 1:
        raise Refusal("capacity-role-which", mechanism=mechanisms[0], matches=roles)
    return among[0]


def _is_over(each: Representative, now: datetime) -> bool:
    return each.until is not None and each.until < each.mechanism.day_at(now)
