"""What Slack limits: so many calls of a method in so many seconds of real time."""

from collections import deque
from dataclasses import dataclass, field
from math import ceil

LEAST_HISTORY = 15
"""Messages a page of history to commercially distributed apps outside the Marketplace (docs.slack.dev, rate limits)."""


@dataclass(slots=True, kw_only=True)
class Limit:
    """At most `calls` in any `per_s` seconds; what is refused doesn't count."""

    calls: int
    per_s: float
    taken: deque[float] = field(default_factory=deque)
    """When those were that count now."""
    refused: int = 0
    """How many have been refused so far."""

    def __post_init__(self) -> None:
        if self.calls < 1:
            raise ValueError("Slack lets a call through now and then")

    def retry_after_s(self, now_s: float) -> int | None:
        """Take a call, or refuse it: then the whole seconds until there is room again, as Slack gives them."""
        while self.taken and now_s - self.taken[0] >= self.per_s:
            self.taken.popleft()
        if len(self.taken) < self.calls:
            self.taken.append(now_s)
            return None
        self.refused += 1
        return max(1, ceil(self.taken[0] + self.per_s - now_s))
