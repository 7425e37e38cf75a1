"""Troubles that come at random, the same again for the same seed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from random import Random

from workspace.faults import Fault, Trouble


class Squall(Enum):
    """What may befall a call: the trouble, and whether Slack had done before it what was asked."""

    RATE_LIMIT = Trouble.RATE_LIMIT, False
    REPLY_DROPPED = Trouble.HANG_UP, True
    REQUEST_DROPPED = Trouble.HANG_UP, False
    HANG_AFTER = Trouble.HOLD, True
    HANG_BEFORE = Trouble.HOLD, False
    ERROR_AFTER = Trouble.SERVER_ERROR, True
    ERROR_BEFORE = Trouble.SERVER_ERROR, False


@dataclass(slots=True, kw_only=True)
class Weather:
    """Over one method: each of its calls meets a squall by the `odds` given, until there were `most` of them.

    What hangs does so until its caller goes away, or until the faults are released.
    """

    method: str
    odds: Mapping[Squall, float]
    random: Random
    most: int
    met: Counter[Squall] = field(default_factory=Counter)
    """How often each has come so far."""

    def __post_init__(self) -> None:
        if min(self.odds.values(), default=0) < 0 or sum(self.odds.values()) > 1:
            raise ValueError("odds are shares of all calls, and make no more than 1 together")

    def strike(self, method: str) -> Fault | None:
        """The fault that a call meets, if any. Whether it does depends on the calls of this method before it alone."""
        if method != self.method or self.met.total() >= self.most:
            return None
        point = self.random.random()
        for squall, share in self.odds.items():
            point -= share
            if point < 0:
                self.met[squall] += 1
                trouble, acted = squall.value
                return Fault(method=method, trouble=trouble, acted=acted)
        return None
