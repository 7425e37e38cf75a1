"""What is misconfigured on Slack's side."""

from __future__ import annotations

from contextlib import suppress
from typing import TypeAlias

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.identity import TokenRefused, identify
from bot.slack.manifest import SCOPES
from bot.slack.sockets import address

Finding: TypeAlias = tuple[bool, str]
"""Whether something is well, and the line that says so or says what to do."""


async def examine(client: AsyncWebClient, app_token: str | None = None) -> list[Finding]:
    """`app_token` only where Socket Mode is wanted."""
    try:
        identity = await identify(client)
    except TokenRefused as refusal:
        return [(False, f"SLACK_BOT_TOKEN: {refused(str(refusal))}")]
    except ConnectionError as error:
        return [(False, f"Slack can't be reached ({error}); see SLACK_API_URL and the network")]
    missing = sorted(set(SCOPES) - identity.scopes)
    scopes = (
        (False, f"missing scopes {', '.join(missing)}: paste `python -m bot manifest` anew and reinstall the app")
        if missing
        else (True, "the app has every scope that it needs")
    )
    findings = [(True, f"Slack knows the app in {identity.team_name} ({identity.team})"), scopes]
    return findings if app_token is None else [*findings, await _examine_socket_mode(client, app_token)]


async def refusals(client: AsyncWebClient, app_token: str | None) -> list[str]:
    """A line for each token that Slack refuses; nothing of what it can't be asked now."""
    lines: list[str] = []
    with suppress(ConnectionError):
        try:
            await identify(client)
        except TokenRefused as refusal:
            lines.append(f"SLACK_BOT_TOKEN: {refused(str(refusal))}")
    with suppress(ConnectionError):
        try:
            if app_token is not None:
                await address(client, app_token)
        except TokenRefused as refusal:
            lines.append(f"SLACK_APP_TOKEN: {app_token_refused(str(refusal))}")
    return lines


async def _examine_socket_mode(client: AsyncWebClient, app_token: str) -> Finding:
    try:
        await address(client, app_token)
    except TokenRefused as refusal:
        return False, f"SLACK_APP_TOKEN: {app_token_refused(str(refusal))}"
    except ConnectionError as error:
        return False, f"Slack gives no address for Socket Mode now ({error}); try again in a minute"
    return True, "Slack accepts the app-level token for Socket Mode"


def refused(reason: str) -> str:
    """What to do about a bot token that Slack refuses for `reason`."""
    return f"Slack refuses it ({reason}); copy it anew from OAuth & Permissions"


def app_token_refused(reason: str) -> str:
    """What to do about an app-level token that Slack refuses for `reason`."""
    return f"Slack refuses it ({reason}); see that Socket Mode is on and that the token has connections:write"
