"""What an exception from a Slack call means for the message that was to be sent."""

from __future__ import annotations

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.domain.deliveries import Failed, Hitch, NotSent, RateLimited, Unknown

MISSING_SCOPE = "missing_scope"
RETRY_S = 5.0
TOKEN_RETRY_S = 60.0
"""A token that Slack refuses is mended by a person: what is owed waits for them."""

CAME_TO_NOTHING = (aiohttp.ClientConnectorError,)
"""The request never left: name resolution or the connection failed."""

TOKEN_ERRORS = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", MISSING_SCOPE}
)
RATE_LIMITS = frozenset({"ratelimited", "rate_limited"})
IN_DOUBT = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"})
"""Slack says that these may come after the work was done (docs.slack.dev, chat.postMessage, errors)."""


def rest_s(hitch: Hitch) -> float:
    """How long Slack is asked nothing after this; 0 where the trouble may be of one conversation alone."""
    return hitch.retry_in_s if isinstance(hitch, RateLimited | NotSent) else 0.0


def of(error: Exception) -> Hitch:
    """The result of a failed call.

    Raises:
        Exception: `error` itself, if it is none that Slack or the network brings about.
    """
    if isinstance(error, SlackApiError):
        return _answered(error)
    if isinstance(error, CAME_TO_NOTHING):
        return NotSent("not-reached", RETRY_S)
    if isinstance(error, (aiohttp.ClientError, TimeoutError, OSError)):
        return Unknown("no-answer")
    raise error


def unsent(hitch: Hitch) -> Hitch:
    """What it means for a message, or a file, that a call failed without which it could not be sent at all.

    It was sent in no case. A limit is of that other method, and no reason to hold back messages.
    """
    match hitch:
        case Unknown(reason):
            return NotSent(reason, RETRY_S)
        case RateLimited(retry_in_s):
            return NotSent(hitch.reason, retry_in_s)
        case _:
            return hitch


def _answered(error: SlackApiError) -> Hitch:
    response = error.response
    status: int = response.status_code
    said = str(response.get("error", "")) if isinstance(response.data, dict) else ""
    if status == 429 or said in RATE_LIMITS:
        return RateLimited(float(response.headers.get("Retry-After", RETRY_S)))
    if status >= 500 or said in IN_DOUBT:
        return Unknown(said or f"http-{status}")
    if said in TOKEN_ERRORS:
        return NotSent(said, TOKEN_RETRY_S)
    return Failed(said or f"http-{status}")
