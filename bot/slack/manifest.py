"""The Slack app's manifest, from the same table that registers the commands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.domain.commands import CommandSpec
from bot.view.texts import Words

SCOPES = (
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "users:read",
)
"""What the bot calls, and nothing more: those for history and reading files are for checking what was sent."""

EVENTS = ("user_change",)
PLACEHOLDER = "https://YOUR-ADDRESS"


def manifest(
    commands: Iterable[CommandSpec], words: Words, public_url: str | None, *, by_socket: bool = False
) -> dict[str, Any]:
    """Slack's app manifest (docs.slack.dev, app manifest schema, version 1). In Socket Mode it names no address."""
    events = f"{public_url or PLACEHOLDER}/slack/events"
    url = {} if by_socket else {"url": events}
    request_url = {} if by_socket else {"request_url": events}
    return {
        "display_information": {"name": "Convene", "description": words.plain("app-description")},
        "features": {
            "bot_user": {"display_name": "Convene", "always_online": True},
            "slash_commands": [
                {
                    "command": f"/{words.prefix}{each.name}",
                    **url,
                    "description": words.plain(each.description_key),
                    "usage_hint": words.plain(each.usage_key),
                    "should_escape": True,
                }
                for each in commands
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**request_url, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **request_url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": by_socket,
            "token_rotation_enabled": False,
        },
    }
