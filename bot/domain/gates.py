"""Gates: how soon each message may leave, so that Slack's limits are kept rather than met.

All times are real time. Slack takes about one message a second in a channel, and several hundred a minute in a
workspace (docs.slack.dev, rate limits); where that proves too fast it answers 429, and the workspace's gate slows down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

SLOWEST = timedelta(seconds=10)
SLOW_FOR = timedelta(minutes=1)
"""How long a workspace keeps a slower pace before it tries one twice as fast."""

MOST_UNKNOWNS = 5
"""So many messages in a row whose fate is unknown, and a workspace pauses: each has to be looked up afterwards."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The shortest time between two messages: to one recipient, and in the whole workspace.

    `trial` is as long as a message may be under way: after a pause one is tried, and the next one after that time.
    """

    recipient: timedelta
    workspace: timedelta
    trial: timedelta = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Gate:
    """A workspace's: its next message leaves at `opens_at` at the earliest, and the one after that `interval` later.

    `slowed_at` is the end of the last 429's wait, and moves on with each step back to the full pace.
    """

    opens_at: datetime
    interval: timedelta
    slowed_at: datetime
    unknowns: int = 0

    @property
    def is_paused(self) -> bool:
        return self.unknowns >= MOST_UNKNOWNS

    @property
    def is_on_trial(self) -> bool:
        """The next unknown is one too many: one message at a time."""
        return self.unknowns == MOST_UNKNOWNS - 1

    def is_shut(self, now: datetime, *, on_trial: bool) -> bool:
        """Whether what was admitted before, as the one on trial or not, may not leave any more."""
        return self.is_paused or self.slowed_at > now or (self.is_on_trial and not on_trial)


@dataclass(frozen=True, slots=True)
class Admission:
    """When each of those that were admitted may leave, by their place; and the gates as they are then."""

    slots: Mapping[int, datetime]
    gate: Gate
    recipients: Mapping[str, datetime]


def fresh(pace: Pace, now: datetime) -> Gate:
    return Gate(now, pace.workspace, now)


def admit(
    waiting: Iterable[str], gate: Gate, recipients: Mapping[str, datetime], pace: Pace, now: datetime, until: datetime
) -> Admission:
    """Give messages to the recipients `waiting`, in their order, times to leave until `until`; the others wait.

    `recipients` says when the gate of each one opens that is not open.
    """
    gate = _sped_up(gate, pace, now)
    if gate.is_paused:
        return Admission({}, gate, {})
    interval = pace.trial if gate.is_on_trial else gate.interval
    turn, left, after = max(now, gate.opens_at), dict(enumerate(waiting)), dict(recipients)
    slots, taken = dict[int, datetime](), dict[str, datetime]()
    while left and turn <= until:
        place = next((place for place, each in left.items() if after.get(each, turn) <= turn), None)
        if place is None:
            turn = min(after[each] for each in left.values())
            continue
        recipient, slots[place] = left.pop(place), turn
        after[recipient] = taken[recipient] = turn + pace.recipient
        turn += interval
        gate = replace(gate, opens_at=turn)
    return Admission(slots, gate, taken)


def limited(gate: Gate, now: datetime, retry_in: timedelta) -> Gate:
    """After a 429: closed for as long as Slack says, and half as fast from then on.

    Those that were under way together meet the same limit: it slows the gate down once.
    """
    opens_at = now + retry_in
    slower = min(max(gate.interval * 2, timedelta(milliseconds=1)), max(SLOWEST, gate.interval))
    interval = gate.interval if now < gate.slowed_at else slower
    return replace(
        gate, opens_at=max(gate.opens_at, opens_at), interval=interval, slowed_at=max(gate.slowed_at, opens_at)
    )


def answered(gate: Gate, now: datetime) -> Gate:
    """Slack has said what became of a message: whatever doubt there was is over."""
    return replace(untried(gate, now), unknowns=0)


def untried(gate: Gate, now: datetime) -> Gate:
    """What became of the one on trial is known, and that it isn't under way any more: another one may be."""
    if not gate.is_on_trial:
        return gate
    return replace(gate, opens_at=min(gate.opens_at, max(now, gate.slowed_at) + gate.interval))


def unanswered(gate: Gate) -> Gate:
    return replace(gate, unknowns=gate.unknowns + 1)


def resumed(gate: Gate) -> Gate:
    """Slack answers again: try one message."""
    return replace(gate, unknowns=MOST_UNKNOWNS - 1) if gate.is_paused else gate


def _sped_up(gate: Gate, pace: Pace, now: datetime) -> Gate:
    """Twice as fast for each minute without a 429, and at most as fast as `pace`; settings may have changed it."""
    while gate.interval > pace.workspace and now - gate.slowed_at >= SLOW_FOR:
        faster = max(pace.workspace, gate.interval / 2)
        gate = replace(gate, interval=faster, slowed_at=gate.slowed_at + SLOW_FOR)
    return replace(gate, interval=max(pace.workspace, gate.interval))
