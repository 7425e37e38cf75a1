"""Typing a command."""

import re

from workspace import payloads
from workspace.answers import Answer, answer, said
from workspace.members import Channel, Member
from workspace.outgoing import Ack, Outgoing
from workspace.replies import Shown, complain, show
from workspace.state import Workspace
from workspace.wire import Impossible, SlackError, encode_entities

MENTION = re.compile(r"(?<!\w)([@#])([\w.\-]*\w)")
LINK = re.compile(r"(?<!\S)https?://[^\s<>|]+")
GROUPS = frozenset({"channel", "here", "everyone"})


async def type_command(outgoing: Outgoing, member_id: str, channel_id: str, typed: str) -> Answer:
    """Send a command, and show the sender what the bot answers, or that it failed.

    Raises:
        Impossible: nobody could type that there.

    """
    workspace = outgoing.workspace
    word, _, text = typed.strip().partition(" ")
    member, channel = _who_and_where(workspace, member_id, channel_id)
    if not word.startswith("/") or word not in (workspace.commands or {word}):
        raise Impossible(f"{word} is not a command here")
    form = payloads.command(workspace, member, channel, word, escape(workspace, text.strip()))
    form["response_url"] = outgoing.response_url(channel.id, member.id)
    ack = await outgoing.command(form)
    error, shown = _show(workspace, ack, channel.id, member.id)
    if error is not None:
        shown = complain(workspace, channel.id, member.id, f'{word} failed with the error "{error}"')
    return answer(ack, error=error, shown=shown)


def escape(workspace: Workspace, text: str) -> str:
    """A typed text as Slack sends it: entities always, and mentions and links where the app asks for it."""
    return mark_up(workspace, text) if workspace.escapes_mentions else encode_entities(text)


def mark_up(workspace: Workspace, text: str) -> str:
    """A typed text with its mentions and links marked up."""
    linked = LINK.sub(lambda link: f"<{link[0]}>", encode_entities(text))
    return MENTION.sub(lambda mention: _mention(workspace, mention), linked)


def _mention(workspace: Workspace, typed: re.Match[str]) -> str:
    sigil, name = typed.groups()
    if sigil == "@" and name in GROUPS:
        return f"<!{name}>"
    found = workspace.member_named(name) if sigil == "@" else workspace.channel_named(name)
    return typed[0] if found is None else f"<{sigil}{found.id}|{found.name}>"


def _who_and_where(workspace: Workspace, member_id: str, channel_id: str) -> tuple[Member, Channel]:
    member, channel = workspace.members[member_id], workspace.channels[channel_id]
    if member.deleted or member.is_bot:
        raise Impossible(f"{member.name} can type nothing")
    if member.is_stranger or member.team_id != workspace.team_id:
        raise Impossible(f"{member.name} is of another workspace, whose people can't use our commands")
    if member.id not in channel.members or channel.is_archived:
        raise Impossible(f"{member.name} can type nothing in {channel.name or channel.id}")
    return member, channel


def _show(workspace: Workspace, ack: Ack, channel: str, user: str) -> tuple[str | None, Shown | None]:
    """Show the acknowledgement; an error in its place if it has none, or one that Slack can't take."""
    if ack.error is not None:
        return ack.error, None
    try:
        body = said(ack)
        if not body.get("text") and not body.get("blocks"):
            return None, None
        return None, show(workspace, channel, user, body)
    except (ValueError, SlackError):
        return "invalid_command_response", None
