"""What Slack hands out for a few uses and a short time, on real time: trigger ids and response URLs."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from workspace.wire import SlackError

TRIGGER_TTL_S = 3.0
RESPONSE_URL_TTL_S = 30 * 60.0
RESPONSE_URL_USES = 5

Seconds = Callable[[], float]
"""A monotonic clock: `time.monotonic`, or a test's own."""


@dataclass(slots=True)
class Trigger:
    user: str
    expires_s: float
    used: bool = False


class Triggers:
    def __init__(self, now_s: Seconds) -> None:
        self.ttl_s = TRIGGER_TTL_S
        self._now_s = now_s
        self._issued: dict[str, Trigger] = {}

    def issue(self, user: str) -> str:
        trigger_id = f"{len(self._issued) + 1}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._issued[trigger_id] = Trigger(user, self._now_s() + self.ttl_s)
        return trigger_id

    def redeem(self, trigger_id: str) -> str:
        """The user for whom it opens a view, this once.

        Raises:
            SlackError: it was never issued, is used up, or is too old.

        """
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._now_s() > trigger.expires_s:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user


@dataclass(slots=True)
class ResponseUrl:
    """Where answers to one command or click go; `source_ts` is the clicked message or ephemeral, if any."""

    channel: str
    user: str
    source_ts: str | None
    expires_s: float
    uses_left: int = RESPONSE_URL_USES


class ResponseUrls:
    def __init__(self, now_s: Seconds) -> None:
        self._now_s = now_s
        self._issued: dict[str, ResponseUrl] = {}

    def issue(self, channel: str, user: str, source_ts: str | None = None) -> str:
        key = secrets.token_hex(12)
        self._issued[key] = ResponseUrl(channel, user, source_ts, self._now_s() + RESPONSE_URL_TTL_S)
        return key

    def use(self, key: str) -> ResponseUrl:
        """Spend one use.

        Raises:
            SlackError: it was never issued, is used up, or is too old.

        """
        url = self._issued.get(key)
        if url is None:
            raise SlackError("no_service")
        if self._now_s() > url.expires_s:
            raise SlackError("expired_url")
        if url.uses_left == 0:
            raise SlackError("used_url")
        url.uses_left -= 1
        return url
