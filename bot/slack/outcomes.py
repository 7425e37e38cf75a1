"""What an exception from a Slack call means for the message that was to be sent."""

from __future__ import annotations

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.domain.deliveries import Failed, NotSent, Unknown

RETRY_S = 5.0
TOKEN_RETRY_S = 60.0
"""A token that Slack refuses is mended by a person: what is owed waits for them."""

CAME_TO_NOTHING = (aiohttp.ClientConnectorError,)
"""The request never left: name resolution or the connection failed."""

TOKEN_ERRORS = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "missing_scope"}
)
IN_DOUBT = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"})
"""Slack says that these may come after the work was done (docs.slack.dev, chat.postMessage, errors)."""


def of(error: Exception) -> NotSent | Failed | Unknown:
    """The result of a failed call.

    Raises:
        Exception: `error` itself, if it is none that Slack or the network brings about.
    """
    if isinstance(error, SlackApiError):
        return _answered(error)
    if isinstance(error, CAME_TO_NOTHING):
        return NotSent(f"not reached: {error}", RETRY_S)
    if isinstance(error, (aiohttp.ClientError, TimeoutError, OSError)):
        return Unknown(f"no answer: {type(error).__name__}")
    raise error


def _answered(error: SlackApiError) -> NotSent | Failed | Unknown:
    response = error.response
    status: int = response.status_code
    said = str(response.get("error", "")) if isinstance(response.data, dict) else ""
    if status == 429 or said == "ratelimited":
        return NotSent("rate limited", float(response.headers.get("Retry-After", RETRY_S)))
    if status >= 500 or said in IN_DOUBT:
        return Unknown(f"Slack answered {status} {said}".strip())
    if said in TOKEN_ERRORS:
        return NotSent(said, TOKEN_RETRY_S)
    return Failed(said or f"Slack answered {status}")
