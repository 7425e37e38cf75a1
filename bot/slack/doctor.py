"""What is misconfigured on Slack's side."""

from __future__ import annotations

from typing import TypeAlias

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.identity import TokenRefused, identify
from bot.slack.manifest import SCOPES

Finding: TypeAlias = tuple[bool, str]
"""Whether something is well, and the line that says so or says what to do."""


async def examine(client: AsyncWebClient) -> list[Finding]:
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
    return [(True, f"Slack knows the app in {identity.team_name} ({identity.team})"), scopes]


def refused(reason: str) -> str:
    """What to do about a token that Slack refuses for `reason`."""
    return f"Slack refuses it ({reason}); copy it anew from OAuth & Permissions"
