"""`chat.*`: what the bot says."""

from dataclasses import replace
from typing import Any

from workspace import blocks, files
from workspace.members import Channel
from workspace.messages import Ephemeral, Message
from workspace.methods.arguments import Arguments, joined_channel, visible_channel
from workspace.state import Workspace
from workspace.wire import Json, SlackError

TEXT_CUT_AT = 40_000
TEXT_OF_UPDATE = 4_000
"""From Slack's reference of `chat.update`, which refuses what `chat.postMessage` would only cut."""


def post_message(workspace: Workspace, arguments: Arguments) -> Json:
    channel = _addressee(workspace, arguments.text("channel"))
    refuse_archived(channel)
    text, said = content(arguments)
    message = Message(
        channel=channel.id,
        ts=workspace.next_ts(),
        user=workspace.bot_user_id,
        is_bot=True,
        text=text,
        blocks=said,
        metadata=_metadata(arguments.structure("metadata")),
        thread_ts=thread(workspace, channel, arguments),
        is_broadcast=arguments.flag("reply_broadcast"),
    )
    workspace.put_message(message)
    shown = wire(workspace, message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown, **_cut_warning(arguments)}


def update(workspace: Workspace, arguments: Arguments) -> Json:
    """Texts without blocks drop the blocks; metadata stays unless it is given."""
    channel, message = _own_message(workspace, arguments, "cant_update_message")
    if channel.is_archived:
        raise SlackError("is_inactive")
    text, said = content(arguments, at_most=TEXT_OF_UPDATE)
    metadata = message.metadata
    if "metadata" in arguments.given:
        metadata = _metadata(arguments.structure("metadata"))
    edited = workspace.next_ts()
    changed = replace(message, text=text, blocks=said, metadata=metadata, edited=edited)
    workspace.put_message(changed)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": text,
        "message": wire(workspace, changed, with_metadata=True),
    }


def delete(workspace: Workspace, arguments: Arguments) -> Json:
    channel, message = _own_message(workspace, arguments, "cant_delete_message")
    workspace.delete_message(message)
    return {"channel": channel.id, "ts": message.ts}


def post_ephemeral(workspace: Workspace, arguments: Arguments) -> Json:
    channel = joined_channel(workspace, arguments.text("channel"))
    refuse_archived(channel)
    user = arguments.text("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    text, said = content(arguments)
    ephemeral = Ephemeral(channel=channel.id, user=user, ts=workspace.next_ts(), text=text, blocks=said)
    workspace.put_ephemeral(ephemeral)
    return {"message_ts": ephemeral.ts}


def content(arguments: Arguments, at_most: int | None = None) -> tuple[str, list[Json]]:
    """The text, cut where Slack cuts it, and the blocks.

    Raises:
        SlackError: there is neither, or Slack would not take them.

    """
    text = arguments.maybe("text") or ""
    given = arguments.structure("blocks")
    said = [] if given in (None, "") else blocks.accept(given)
    if not text.strip() and not said:
        raise SlackError("no_text")
    if at_most is not None and len(text) > at_most:
        raise SlackError("msg_too_long")
    return text[:TEXT_CUT_AT], said


def wire(workspace: Workspace, message: Message, *, with_metadata: bool = False) -> Json:
    """A message as Slack sends it."""
    shown: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": workspace.team_id,
    }
    if message.is_bot:
        shown |= {"bot_id": workspace.bot_id, "app_id": workspace.app_id}
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.thread_ts is not None:
        shown["thread_ts"] = message.thread_ts
    if message.files:
        shown["files"] = [files.wire(file) for file in message.files]
    if message.edited is not None:
        shown["edited"] = {"user": message.user, "ts": message.edited}
    if with_metadata and message.metadata is not None:
        shown["metadata"] = message.metadata
    return shown


def _addressee(workspace: Workspace, target: str) -> Channel:
    """Where `chat.postMessage` posts: an id, a name, or a person."""
    member = workspace.members.get(target)
    if member is not None and member.is_bot:
        raise SlackError("cannot_dm_bot")
    if member is not None and not member.deleted:
        return workspace.open_direct(member.id)
    named = workspace.channel_named(target.removeprefix("#"))
    channel = joined_channel(workspace, named.id if named else target)
    if channel.user is not None and workspace.members[channel.user].deleted:
        raise SlackError("channel_not_found")
    return channel


def refuse_archived(channel: Channel) -> None:
    if channel.is_archived:
        raise SlackError("is_archived")


def _own_message(workspace: Workspace, arguments: Arguments, refusal: str) -> tuple[Channel, Message]:
    channel = visible_channel(workspace, arguments.text("channel"))
    message = workspace.timeline(channel.id).get(arguments.text("ts"))
    if message is None:
        raise SlackError("message_not_found")
    if message.user != workspace.bot_user_id:
        raise SlackError(refusal)
    return channel, message


def thread(workspace: Workspace, channel: Channel, arguments: Arguments) -> str | None:
    thread_ts = arguments.maybe("thread_ts")
    if thread_ts is None:
        return None
    parent = workspace.timeline(channel.id).get(thread_ts)
    if parent is None:
        raise SlackError("thread_not_found")
    return parent.thread_ts or parent.ts


def _metadata(value: Any) -> Json | None:
    if not value:
        return None
    if not isinstance(value, dict):
        raise SlackError("invalid_metadata_format")
    if not isinstance(value.get("event_type"), str) or not isinstance(value.get("event_payload"), dict):
        raise SlackError("invalid_metadata_schema")
    return value


def _cut_warning(arguments: Arguments) -> Json:
    if len(arguments.maybe("text") or "") <= TEXT_CUT_AT:
        return {}
    return {"response_metadata": {"warnings": ["message_truncated"]}}
