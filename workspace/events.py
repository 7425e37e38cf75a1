"""What happens in the workspace, and the events that tell the bot of it where it has subscribed to them."""

import re
from collections.abc import Iterator
from typing import assert_never

from workspace import payloads
from workspace.answers import Answer, answer
from workspace.commands import mark_up
from workspace.happenings import Changed, Deleted, Happening, Joined, Left, Said
from workspace.members import Channel, Member
from workspace.messages import Message
from workspace.methods import chat, users
from workspace.methods import views as view_methods
from workspace.outgoing import Outgoing
from workspace.state import Workspace
from workspace.wire import Impossible, Json

NAMED = re.compile(r"<([@#]\w+)\|[^<>]*>")
MESSAGES = {
    "im": ("im", "message.im"),
    "groups": ("group", "message.groups"),
    "channels": ("channel", "message.channels"),
}
"""By the kind of a conversation: its `channel_type`, and the subscription to what is said there."""


async def send(outgoing: Outgoing, event: Json) -> Answer:
    """Tell the bot of an event. What it does not answer it is told again, in the background."""
    return answer(await outgoing.event(payloads.envelope(outgoing.workspace, event)))


def tell(outgoing: Outgoing, happening: Happening) -> None:
    """Tell the bot in the background of what happened, if it can be reached and wants to know."""
    if outgoing.is_reachable:
        for event in described(outgoing.workspace, happening):
            outgoing.begin(send(outgoing, event))


def described(workspace: Workspace, happening: Happening) -> Iterator[Json]:
    """The events, if the app has subscribed to any, that tell of it. The bot hears only of where it is."""
    match happening:
        case Joined(channel, user):
            yield from _moved(workspace, "member_joined_channel", channel, user)
        case Left(channel, user):
            yield from _moved(workspace, "member_left_channel", channel, user)
        case Said(message):
            yield from _said(workspace, message)
        case Changed(message, before):
            news: Json = {"message": chat.wire(workspace, message), "previous_message": chat.wire(workspace, before)}
            yield from _altered(workspace, message, "message_changed", news)
        case Deleted(message):
            news = {"deleted_ts": message.ts, "previous_message": chat.wire(workspace, message)}
            yield from _altered(workspace, message, "message_deleted", news)
        case _:
            assert_never(happening)


async def open_home(outgoing: Outgoing, member_id: str, tab: str) -> Answer | None:
    """Visit the app; `tab` is `home` or `messages`."""
    workspace = outgoing.workspace
    channel = workspace.open_direct(member_id)
    if "app_home_opened" not in workspace.subscriptions:
        return None
    event: Json = {"type": "app_home_opened", "user": member_id, "channel": channel.id, "tab": tab}
    home = workspace.views.home(member_id)
    if home is not None and tab == "home":
        event["view"] = view_methods.wire(workspace, home)
    return await send(outgoing, event)


async def say(
    outgoing: Outgoing, member_id: str, channel: Channel, text: str, thread_ts: str | None = None
) -> Answer | None:
    """Write a message, or a reply in a thread; `@name` and `#name` become mentions."""
    workspace = outgoing.workspace
    member = workspace.members[member_id]
    if member.deleted or member.is_bot or member.id not in channel.members or channel.is_archived:
        raise Impossible(f"{member.name} can write nothing there")
    marked_up = NAMED.sub(r"<\1>", mark_up(workspace, text))
    message = Message(
        channel=channel.id, ts=workspace.next_ts(), user=member_id, is_bot=False, text=marked_up, thread_ts=thread_ts
    )
    workspace.timeline(channel.id).add(message)
    return await _send_all(outgoing, Said(message))


async def join(outgoing: Outgoing, member_id: str, channel: Channel) -> Answer | None:
    """Come into a channel, or bring in the bot: it is told, if it is there then."""
    channel.members.add(member_id)
    return await _send_all(outgoing, Joined(channel, member_id))


async def leave(outgoing: Outgoing, member_id: str, channel: Channel) -> Answer | None:
    channel.members.discard(member_id)
    return await _send_all(outgoing, Left(channel, member_id))


async def change_member(outgoing: Outgoing, member: Member) -> Answer | None:
    """Change someone's profile, zone, language or standing."""
    outgoing.workspace.put_member(member)
    if "user_change" not in outgoing.workspace.subscriptions:
        return None
    return await send(outgoing, {"type": "user_change", "user": users.wire(outgoing.workspace, member)})


async def _send_all(outgoing: Outgoing, happening: Happening) -> Answer | None:
    """Tell the bot, and wait for its answer to the first event."""
    outgoing.workspace.changes.notify()
    answers = [await send(outgoing, event) for event in described(outgoing.workspace, happening)]
    return answers[0] if answers else None


def _said(workspace: Workspace, message: Message) -> Iterator[Json]:
    channel = workspace.channels[message.channel]
    channel_type, subscription = MESSAGES[channel.kind]
    if not _hears(workspace, channel):
        return
    said = {**chat.wire(workspace, message), "channel": channel.id, "event_ts": message.ts}
    if subscription in workspace.subscriptions:
        yield {**said, "channel_type": channel_type}
    mentions_bot = f"<@{workspace.bot_user_id}>" in message.text
    if mentions_bot and not message.is_bot and not channel.is_im and "app_mention" in workspace.subscriptions:
        yield {**said, "type": "app_mention"}


def _altered(workspace: Workspace, message: Message, subtype: str, news: Json) -> Iterator[Json]:
    channel = workspace.channels[message.channel]
    channel_type, subscription = MESSAGES[channel.kind]
    if _hears(workspace, channel) and subscription in workspace.subscriptions:
        ts = workspace.next_ts()
        where = {"channel": channel.id, "channel_type": channel_type, "ts": ts, "event_ts": ts, "hidden": True}
        yield {"type": "message", "subtype": subtype, **where, **news}


def _moved(workspace: Workspace, kind: str, channel: Channel, user: str) -> Iterator[Json]:
    if _hears(workspace, channel) and kind in workspace.subscriptions and not channel.is_im:
        where = {"channel": channel.id, "channel_type": "G" if channel.is_private else "C", "team": workspace.team_id}
        yield {"type": kind, "user": user, **where}


def _hears(workspace: Workspace, channel: Channel) -> bool:
    return workspace.bot_user_id in channel.members
