"""What deliveries may say: everything that is needed to word them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.changes import Change
from bot.domain.deliveries import DeliveryState
from bot.domain.invitations import Addressee
from bot.domain.letters import Letter
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Member
from bot.domain.poll_results import Result
from bot.domain.polls import Poll
from bot.domain.representatives import Representative
from bot.domain.troubles import Group
from bot.domain.webinars import Session, Webinar


@dataclass(frozen=True, slots=True)
class Reminder:
    """A session is near. `member` is None where the channel is told; `last`: no other reminder follows."""

    webinar: Webinar
    session: Session
    member: Member | None
    last: bool


@dataclass(frozen=True, slots=True)
class ChangeNotice:
    """Sessions have changed since the recipient last knew. `member` is None where the channel is told."""

    webinar: Webinar
    changes: tuple[Change, ...]
    member: Member | None


@dataclass(frozen=True, slots=True)
class Announcement:
    """A webinar's channel message, drawn from `version` of what it shows."""

    webinar: Webinar
    version: int = 0


@dataclass(frozen=True, slots=True)
class PollPost:
    """A poll's channel message, drawn from `version` of what it shows."""

    poll: Poll
    version: int = 0


@dataclass(frozen=True, slots=True)
class PollLost:
    """To a poll's maker: Slack has its message no longer, for this reason of Slack's."""

    poll: Poll
    reason: str
    member: Member


@dataclass(frozen=True, slots=True)
class PollNudge:
    """To somebody who has not answered a poll. `ts` is its message's; `silent` the mechanisms that they speak for."""

    poll: Poll
    member: Member
    ts: str | None
    silent: tuple[Mechanism, ...] = ()


@dataclass(frozen=True, slots=True)
class PollResult:
    """What a closed poll came to, to its channel."""

    poll: Poll


@dataclass(frozen=True, slots=True)
class PollExport:
    """To whoever asked for a poll as files, which stand in this message's thread."""

    poll: Poll
    member: Member


@dataclass(frozen=True, slots=True)
class PollFile:
    """A poll's result as the file of that kind of delivery. `member` is None where it is for the channel."""

    poll: Poll
    result: Result
    kind: str
    member: Member | None


@dataclass(frozen=True, slots=True)
class TroubleReport:
    """To whoever runs it: what could not be sent."""

    member: Member
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class ZonesChanged:
    """To a webinar's organiser: new zone data have moved its sessions for everybody but those in the host zone."""

    webinar: Webinar
    member: Member


@dataclass(frozen=True, slots=True)
class CalendarNote:
    """A member asked for their session as a calendar file, which stands in this message's thread."""

    webinar: Webinar
    session: Session
    member: Member


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The file itself."""

    webinar: Webinar
    session: Session
    member: Member


@dataclass(frozen=True, slots=True)
class InvitationLetter:
    """To somebody who was invited, for all that they are invited for; or a `nudge`, where no answer has come yet."""

    webinar: Webinar
    member: Member
    addressee: Addressee
    letter: Letter
    organiser: Member
    nudge: bool


@dataclass(frozen=True, slots=True)
class LettersProgress:
    """How far a webinar's letters are, to whoever sent them; drawn from `version` of what it shows."""

    webinar: Webinar
    counts: Mapping[DeliveryState, int]
    member: Member | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class ClaimMade:
    """To a webinar's organiser: somebody signed up in a capacity that nobody has named them in."""

    webinar: Webinar
    claim: Representative
    member: Member


@dataclass(frozen=True, slots=True)
class ClaimWasDecided:
    """To whoever made a claim."""

    claim: Representative
    member: Member


@dataclass(frozen=True, slots=True)
class SeatByOther:
    """To somebody for whom an organiser, `by`, took a seat; or gave it back (`left`)."""

    webinar: Webinar
    session: Session
    member: Member
    by: Member
    left: bool


Subject: TypeAlias = (
    Reminder
    | ChangeNotice
    | Announcement
    | PollPost
    | PollLost
    | PollNudge
    | PollResult
    | PollExport
    | TroubleReport
    | ZonesChanged
    | CalendarNote
    | ClaimMade
    | ClaimWasDecided
    | SeatByOther
    | InvitationLetter
    | LettersProgress
)
