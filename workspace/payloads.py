"""What Slack puts into the requests that it sends to a bot."""

import secrets

from workspace import inputs
from workspace.inputs import Chosen
from workspace.members import Channel, Member
from workspace.messages import Ephemeral, Message
from workspace.methods import chat
from workspace.methods import views as view_methods
from workspace.modals import View
from workspace.state import Workspace
from workspace.wire import Json

VERIFICATION_TOKEN = "stand-in"
"""Slack's old way of proving itself: it is sent still, and no bot should trust it."""


def command(workspace: Workspace, member: Member, channel: Channel, word: str, text: str) -> dict[str, str]:
    """The form of a command, but for its response URL."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team_id,
        "team_domain": workspace.team_domain,
        "channel_id": channel.id,
        "channel_name": channel.typed_name,
        "user_id": member.id,
        "user_name": member.name,
        "command": word,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        "trigger_id": workspace.triggers.issue(member.id),
    }


def interaction(workspace: Workspace, kind: str, member: Member) -> Json:
    """What every interaction bears; that of a person from another workspace bears theirs."""
    is_foreign = member.team_id != workspace.team_id
    domain = "elsewhere" if is_foreign else workspace.team_domain
    return {
        "type": kind,
        "user": {"id": member.id, "username": member.name, "name": member.name, "team_id": member.team_id},
        "team": {"id": member.team_id, "domain": domain},
        "api_app_id": workspace.app_id,
        "token": VERIFICATION_TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def of_message(workspace: Workspace, source: Message | Ephemeral, chosen: Chosen) -> Json:
    """Where a click was made. Of an ephemeral message Slack doesn't repeat the content."""
    is_ephemeral = isinstance(source, Ephemeral)
    channel = workspace.channels[source.channel]
    place: Json = {
        "container": {
            "type": "message",
            "message_ts": source.ts,
            "channel_id": source.channel,
            "is_ephemeral": is_ephemeral,
        },
        "channel": {"id": channel.id, "name": channel.typed_name},
        "state": {"values": inputs.values(source.blocks, chosen)},
    }
    if isinstance(source, Message):
        place["message"] = chat.wire(workspace, source)
    return place


def of_view(workspace: Workspace, view: View) -> Json:
    return {
        "container": {"type": "view", "view_id": view.id},
        "view": view_methods.wire(workspace, view),
    }


def envelope(workspace: Workspace, event: Json) -> Json:
    """An event as the Events API sends it. Times are simulated."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team_id,
        "api_app_id": workspace.app_id,
        "event": {"event_ts": workspace.next_ts(), **event},
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": workspace.now_s(),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": workspace.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "context_team_id": workspace.team_id,
    }
