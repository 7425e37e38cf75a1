"""What could not be sent, or perhaps was not: told to whoever runs it, and decided by an organiser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.deliveries import DeliveryState
from bot.domain.ids import ChannelId, DeliveryId, PollId, SessionId, UserId, WebinarId
from bot.domain.refusals import Refusal
from bot.domain.webinars import Webinar

REPORT = "troubles"
"""The kind of the delivery that tells an organiser."""


@dataclass(frozen=True, slots=True)
class About:
    """What a delivery is about: `letter` and `number` as in W1 or P7; `label` of a session, if it is about one."""

    letter: str
    number: int
    title: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """A delivery that failed, expired, or is in doubt (`asks`: for good, so that a person has to decide)."""

    id: DeliveryId
    about: About
    kind: str
    recipient: UserId | ChannelId
    to_channel: bool
    state: DeliveryState
    reason: str
    asks: bool
    due_at: datetime
    expires_at: datetime | None
    webinar: WebinarId | None = None
    poll: PollId | None = None

    @property
    def can_be_decided(self) -> bool:
        return self.state is DeliveryState.FAILED or self.asks

    @property
    def sort(self) -> tuple[object, ...]:
        """What those have in common that are shown, and decided, as one."""
        return self.about, self.kind, self.to_channel, self.state, self.reason, self.asks


@dataclass(frozen=True, slots=True)
class Group:
    """Deliveries that met the same trouble; `first` stands for all of them in a button."""

    first: Trouble
    recipients: tuple[UserId | ChannelId, ...]


@dataclass(frozen=True, slots=True)
class DeliveriesShown:
    """`counts` of all deliveries by state; `paused`: nothing is sent, since Slack doesn't answer."""

    counts: Mapping[DeliveryState, int]
    next_due: datetime | None
    paused: bool
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """Deliveries of one kind for one session (None: the webinar), and how many are in which state."""

    session: SessionId | None
    kind: str
    to_channel: bool
    due_at: datetime
    counts: Mapping[DeliveryState, int]


@dataclass(frozen=True, slots=True)
class RemindersShown:
    webinar: Webinar
    planned: tuple[Planned, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """So many deliveries are sent again (`again`), or let be."""

    again: bool
    number: int


def grouped(troubles: Iterable[Trouble]) -> tuple[Group, ...]:
    by_sort: dict[tuple[object, ...], list[Trouble]] = {}
    for each in troubles:
        by_sort.setdefault(each.sort, []).append(each)
    return tuple(Group(alike[0], tuple(each.recipient for each in alike)) for alike in by_sort.values())


def alike(troubles: Iterable[Trouble], chosen: DeliveryId) -> list[Trouble]:
    """Those that are decided with `chosen`.

    Raises:
        Refusal("trouble-gone"): it is no trouble any more.
    """
    among = list(troubles)
    found = next((each for each in among if each.id == chosen and each.can_be_decided), None)
    if found is None:
        raise Refusal("trouble-gone")
    return [each for each in among if each.sort == found.sort]


def check_useful(troubles: Iterable[Trouble], now: datetime) -> None:
    """Refusal("trouble-too-late"): what would be sent again is past its use."""
    if all(each.expires_at is not None and each.expires_at <= now for each in troubles):
        raise Refusal("trouble-too-late")
