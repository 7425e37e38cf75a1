"""What inviting, nudging and answering came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.deliveries import DeliveryState
from bot.domain.ids import MemberId
from bot.domain.invitations import Addressee, Invitation, Roll
from bot.domain.letters import Letter
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Member
from bot.domain.representatives import How
from bot.domain.webinars import Session, Webinar


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Why mechanisms and people that were meant get no letter now.

    Of `unnamed` nobody speaks in the roles that are invited; `by_post` are only people without an account. Both are
    invited all the same: whoever is named gets the letter then. `left` have left the workspace.
    """

    inactive: tuple[Mechanism, ...] = ()
    unnamed: tuple[Mechanism, ...] = ()
    by_post: tuple[tuple[Mechanism, tuple[Member, ...]], ...] = ()
    already: tuple[Invitation, ...] = ()
    left: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class LettersPlanned:
    """What sending would do, or has done: `letters` go to these, once each. `changes`: anything is stored by it."""

    webinar: Webinar
    letter: Letter
    organiser: Member
    letters: tuple[Addressee, ...]
    passed_over: PassedOver
    changes: bool


@dataclass(frozen=True, slots=True)
class Uninvited:
    """`ended` is how many letters and nudges were not sent yet, and won't be."""

    webinar: Webinar
    gone: tuple[Invitation, ...]
    fewer: tuple[Invitation, ...]
    ended: int


@dataclass(frozen=True, slots=True)
class Nudged:
    """`passed_over` have not answered either, but were nudged a moment ago or have not had their letter yet."""

    webinar: Webinar
    nudged: tuple[MemberId, ...]
    passed_over: tuple[Addressee, ...]


@dataclass(frozen=True, slots=True)
class InvitationsShown:
    """`letters` counts them by state, `nudges` those that were sent by whom they went to.

    `of_all`: an organiser sees every party; others see theirs.
    """

    roll: Roll
    letters: Mapping[DeliveryState, int]
    nudges: Mapping[MemberId, int]
    of_all: bool


@dataclass(frozen=True, slots=True)
class AnsweredNo:
    """Somebody can't attend; `how` they said so, where an organiser entered it. `again`: that stood already."""

    webinar: Webinar
    member: Member
    mechanisms: tuple[Mechanism, ...]
    how: How | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class HoldsSeat:
    """Nothing was stored: who says that they can't attend has a seat, and gives it back first."""

    webinar: Webinar
    session: Session


@dataclass(frozen=True, slots=True)
class TermEnded:
    """Nothing was stored: the member spoke for mechanisms once. `speakers` do now."""

    webinar: Webinar
    ended: tuple[tuple[Mechanism, tuple[Member, ...]], ...]


@dataclass(frozen=True, slots=True)
class MayPassOn:
    """The member may say who comes instead; `now` is whom they named before."""

    webinar: Webinar
    now: Member | None


@dataclass(frozen=True, slots=True)
class PassedOn:
    """`before` is whom the member had named until now."""

    webinar: Webinar
    instead: Member
    mechanisms: tuple[Mechanism, ...]
    before: Member | None
    again: bool = False


Answered: TypeAlias = AnsweredNo | HoldsSeat | TermEnded
