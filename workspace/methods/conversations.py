"""`conversations.*`: channels, direct messages and their history."""

from itertools import islice

from workspace.members import Channel, Member
from workspace.messages import Message, is_ts, to_micros
from workspace.methods import chat
from workspace.methods.arguments import Arguments, joined_channel, page, visible_channel
from workspace.state import Workspace
from workspace.wire import Json, SlackError

HISTORY_LIMIT = 999
FOREVER = 10**18
"""Microseconds: later than any message."""


def open_(workspace: Workspace, arguments: Arguments) -> Json:
    users = [user for user in (arguments.maybe("users") or "").split(",") if user]
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 1:
        raise SlackError("method_not_supported_for_channel_type")
    member = _addressee(workspace, users[0])
    was_open = workspace.direct(member.id) is not None
    channel = workspace.open_direct(member.id)
    shown = wire(workspace, channel) if arguments.flag("return_im") else {"id": channel.id}
    return {"channel": shown, **({"no_op": True, "already_open": True} if was_open else {})}


def info(workspace: Workspace, arguments: Arguments) -> Json:
    channel = visible_channel(workspace, arguments.text("channel"))
    shown = wire(workspace, channel)
    if arguments.flag("include_num_members"):
        shown["num_members"] = len(channel.members)
    return {"channel": shown}


def join(workspace: Workspace, arguments: Arguments) -> Json:
    channel = workspace.channels.get(arguments.text("channel"))
    if channel is None:
        raise SlackError("channel_not_found")
    if channel.is_im or channel.is_private:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    was_in = workspace.bot_user_id in channel.members
    workspace.join(channel, workspace.bot_user_id)
    return {"channel": wire(workspace, channel), **({"warning": "already_in_channel"} if was_in else {})}


def list_(workspace: Workspace, arguments: Arguments) -> Json:
    types = types_of(arguments)
    shown = [
        channel
        for channel in workspace.channels.values()
        if _type(channel) in types
        and (_type(channel) == "public_channel" or workspace.bot_user_id in channel.members)
        and not (channel.is_archived and arguments.flag("exclude_archived"))
    ]
    part, metadata = page(shown, arguments)
    return {"channels": [wire(workspace, channel) for channel in part], "response_metadata": metadata}


def members(workspace: Workspace, arguments: Arguments) -> Json:
    channel = visible_channel(workspace, arguments.text("channel"))
    part, metadata = page(sorted(channel.members), arguments)
    return {"members": part, "response_metadata": metadata}


def history(workspace: Workspace, arguments: Arguments) -> Json:
    """Newest first, without the replies in threads."""
    channel = joined_channel(workspace, arguments.text("channel"))
    limit = min(arguments.limit(100, HISTORY_LIMIT), workspace.history_page or HISTORY_LIMIT)
    latest = _bound(arguments, "latest", FOREVER)
    inclusive = arguments.flag("inclusive")
    oldest = _bound(arguments, "oldest", 0)
    if arguments.maybe("cursor"):
        latest, inclusive = _cursor(arguments), False
    told = workspace.timeline(channel.id).between(oldest, latest, inclusive=inclusive)
    found = list(islice((message for message in told if _in_channel(message)), limit + 1))
    return _told(workspace, found, limit, arguments)


def replies(workspace: Workspace, arguments: Arguments) -> Json:
    """A thread, its parent first."""
    channel = joined_channel(workspace, arguments.text("channel"))
    parent = workspace.timeline(channel.id).get(arguments.ts("ts"))
    if parent is None:
        raise SlackError("thread_not_found")
    thread = [message for message in workspace.timeline(channel.id) if parent.ts in (message.ts, message.thread_ts)]
    part, metadata = page(thread, arguments)
    with_metadata = arguments.flag("include_all_metadata")
    shown = [chat.wire(workspace, message, with_metadata=with_metadata) for message in part]
    return {"messages": shown, "has_more": bool(metadata["next_cursor"]), "response_metadata": metadata}


def wire(workspace: Workspace, channel: Channel) -> Json:
    """A conversation as Slack sends it."""
    shown: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_im": channel.is_im,
        "is_mpim": False,
        "is_archived": channel.is_archived,
        "context_team_id": workspace.team_id,
    }
    if channel.user is not None:
        return {**shown, "user": channel.user, "is_user_deleted": workspace.members[channel.user].deleted}
    return {
        **shown,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_private": channel.is_private,
        "is_member": workspace.bot_user_id in channel.members,
    }


def types_of(arguments: Arguments) -> set[str]:
    """The types of conversation that `conversations.list` is asked for."""
    types = set((arguments.maybe("types") or "public_channel").replace(" ", "").split(","))
    if not types <= {"public_channel", "private_channel", "im", "mpim"}:
        raise SlackError("invalid_types")
    return types


def _type(channel: Channel) -> str:
    if channel.is_im:
        return "im"
    return "private_channel" if channel.is_private else "public_channel"


def _addressee(workspace: Workspace, user: str) -> Member:
    member = workspace.members.get(user)
    if member is None:
        raise SlackError("user_not_found")
    if member.is_bot:
        raise SlackError("cannot_dm_bot")
    if member.deleted:
        raise SlackError("user_disabled")
    return member


def _bound(arguments: Arguments, name: str, unless_given: int) -> int:
    text = arguments.maybe(name)
    if text is None or text == "now":
        return unless_given
    if not is_ts(text):
        raise SlackError(f"invalid_ts_{name}")
    return to_micros(text)


def _cursor(arguments: Arguments) -> int:
    text = (arguments.maybe("cursor") or "").removeprefix("before:")
    if not text.isdecimal():
        raise SlackError("invalid_cursor")
    return int(text)


def _in_channel(message: Message) -> bool:
    return not message.is_reply or message.is_broadcast


def _told(workspace: Workspace, found: list[Message], limit: int, arguments: Arguments) -> Json:
    with_metadata = arguments.flag("include_all_metadata")
    shown = [chat.wire(workspace, message, with_metadata=with_metadata) for message in found[:limit]]
    has_more = len(found) > limit
    cursor = f"before:{to_micros(found[limit - 1].ts)}" if has_more else ""
    return {"messages": shown, "has_more": has_more, "response_metadata": {"next_cursor": cursor}}
