"""What happens in the workspace, and the events that tell the bot of it."""

from workspace import payloads
from workspace.answers import Answer, answer
from workspace.members import Channel, Member
from workspace.messages import Message
from workspace.methods import users
from workspace.methods import views as view_methods
from workspace.outgoing import Outgoing
from workspace.state import Workspace
from workspace.wire import Impossible, Json, encode_entities


async def send(outgoing: Outgoing, event: Json) -> Answer:
    """Tell the bot of an event, once: retries are left out."""
    return answer(await outgoing.event(payloads.envelope(outgoing.workspace, event)))


async def open_home(outgoing: Outgoing, member_id: str, tab: str) -> Answer:
    """Visit the app; `tab` is `home` or `messages`."""
    workspace = outgoing.workspace
    channel = workspace.open_direct(member_id)
    event: Json = {"type": "app_home_opened", "user": member_id, "channel": channel.id, "tab": tab}
    home = workspace.views.home(member_id)
    if home is not None and tab == "home":
        event["view"] = view_methods.wire(workspace, home)
    return await send(outgoing, event)


async def say(
    outgoing: Outgoing, member_id: str, channel: Channel, text: str, thread_ts: str | None = None
) -> Answer | None:
    """Write a message, or a reply in a thread; the bot is told of it where it is a member."""
    workspace = outgoing.workspace
    if member_id not in channel.members or channel.is_archived:
        raise Impossible(f"{workspace.members[member_id].name} can write nothing there")
    escaped = encode_entities(text)
    message = Message(
        channel=channel.id, ts=workspace.next_ts(), user=member_id, is_bot=False, text=escaped, thread_ts=thread_ts
    )
    workspace.put_message(message)
    said = {"user": member_id, "text": escaped, "ts": message.ts, "event_ts": message.ts}
    if thread_ts is not None:
        said["thread_ts"] = thread_ts
    types = {"im": "im", "groups": "group", "channels": "channel"}
    event = {"type": "message", "channel": channel.id, "channel_type": types[channel.kind], **said}
    return await send(outgoing, event) if _hears(workspace, channel) else None


async def join(outgoing: Outgoing, member_id: str, channel: Channel) -> Answer | None:
    """Come into a channel, or bring in the bot: it is told, if it is there then."""
    outgoing.workspace.join(channel, member_id)
    return await _moved(outgoing, "member_joined_channel", member_id, channel)


async def leave(outgoing: Outgoing, member_id: str, channel: Channel) -> Answer | None:
    outgoing.workspace.leave(channel, member_id)
    return await _moved(outgoing, "member_left_channel", member_id, channel)


async def change_member(outgoing: Outgoing, member: Member) -> Answer:
    """Change someone's profile, zone, language or standing."""
    outgoing.workspace.put_member(member)
    return await send(outgoing, {"type": "user_change", "user": users.wire(outgoing.workspace, member)})


async def _moved(outgoing: Outgoing, kind: str, member_id: str, channel: Channel) -> Answer | None:
    workspace = outgoing.workspace
    if not _hears(workspace, channel):
        return None
    where = {"channel": channel.id, "channel_type": "G" if channel.is_private else "C", "team": workspace.team_id}
    return await send(outgoing, {"type": kind, "user": member_id, **where})


def _hears(workspace: Workspace, channel: Channel) -> bool:
    return workspace.bot_user_id in channel.members
