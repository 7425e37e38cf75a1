"""The arguments of a call, from a form, a query or JSON, read as Slack reads them."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from workspace.members import Channel
from workspace.messages import is_ts
from workspace.state import Workspace
from workspace.wire import Json, SlackError

STRUCTURES = frozenset({"blocks", "files", "metadata", "view"})
"""Arguments that forms hold as JSON text."""


class Arguments:
    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given: Json = {name: _structure(name, value) for name, value in given.items()}

    def text(self, name: str) -> str:
        """A string that has to be given.

        Raises:
            SlackError: it isn't.

        """
        value = self.given.get(name)
        if not isinstance(value, str) or not value:
            messages = [f"[ERROR] missing required field: {name}"]
            raise SlackError("invalid_arguments", response_metadata={"messages": messages})
        return value

    def maybe(self, name: str) -> str | None:
        value = self.given.get(name)
        return None if value in (None, "") else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """SDKs write a truth as true, 1 or a word."""
        value = self.given.get(name)
        return default if value is None else str(value).casefold() in ("1", "true")

    def limit(self, default: int, at_most: int) -> int:
        """How many things a page holds; none means the default."""
        text = str(self.given.get("limit") or default)
        if not text.isdecimal() or int(text) > at_most:
            raise SlackError("invalid_limit")
        return int(text)

    def ts(self, name: str) -> str:
        value = self.text(name)
        if not is_ts(value):
            raise SlackError("invalid_arguments")
        return value

    def structure(self, name: str) -> Any:
        return self.given.get(name)


def read(content_type: str, body: bytes, query: str) -> Arguments:
    """The arguments of a request; those of the body go before those of the query.

    Raises:
        SlackError: the body isn't what its type says.

    """
    given: Json = dict(parse_qsl(query, keep_blank_values=True))
    if content_type.startswith("application/json"):
        given |= _json_object(body)
    else:
        given |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    return Arguments(given)


def visible_channel(workspace: Workspace, channel_id: str) -> Channel:
    """A conversation that the bot can see: a public one, or one that it is in.

    Raises:
        SlackError: there is none of that id.

    """
    channel = workspace.channels.get(channel_id)
    if channel is None:
        raise SlackError("channel_not_found")
    if (channel.is_private or channel.is_im) and workspace.bot_user_id not in channel.members:
        raise SlackError("channel_not_found")
    return channel


def joined_channel(workspace: Workspace, channel_id: str) -> Channel:
    """A conversation that the bot is in.

    Raises:
        SlackError: there is none of that id, or the bot isn't in it.

    """
    channel = visible_channel(workspace, channel_id)
    if workspace.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def page(things: list[Any], arguments: Arguments, *, at_most: int = 1000) -> tuple[list[Any], Json]:
    """One page of a list, and the `response_metadata` that leads to the next.

    Raises:
        SlackError: the cursor or the limit is none.

    """
    cursor = arguments.maybe("cursor") or "0"
    if not cursor.isdecimal():
        raise SlackError("invalid_cursor")
    start, limit = int(cursor), arguments.limit(100, at_most)
    end = start + limit
    return things[start:end], {"next_cursor": str(end) if end < len(things) else ""}


def _structure(name: str, value: Any) -> Any:
    if name not in STRUCTURES or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _json_object(body: bytes) -> Json:
    try:
        given = json.loads(body or b"{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(given, dict):
        raise SlackError("json_not_object")
    return given
