"""Answers that the bot gives to one person's command or click: in the acknowledgement, or to its response URL."""

from dataclasses import replace

from workspace.messages import Ephemeral, Message
from workspace.methods.arguments import Arguments
from workspace.methods.chat import content
from workspace.state import Workspace
from workspace.tickets import ResponseUrl
from workspace.wire import Json, SlackError

Shown = Message | Ephemeral


def show(workspace: Workspace, channel: str, user: str, body: Json) -> Shown:
    """Say `body` to `user` alone, or with `in_channel` to everyone. The bot needn't be in the channel for it.

    Raises:
        SlackError: Slack would not take it.

    """
    text, blocks = content(Arguments(body))
    ts = workspace.next_ts()
    if body.get("response_type") != "in_channel":
        return workspace.put_ephemeral(Ephemeral(channel=channel, user=user, ts=ts, text=text, blocks=blocks))
    return workspace.put_message(
        Message(channel=channel, ts=ts, user=workspace.bot_user_id, is_bot=True, text=text, blocks=blocks)
    )


def complain(workspace: Workspace, channel: str, user: str, text: str) -> Ephemeral:
    """What Slack itself says to one person, when the bot has failed."""
    return workspace.put_ephemeral(
        Ephemeral(channel=channel, user=user, ts=workspace.next_ts(), text=text, is_bot=False)
    )


def respond(workspace: Workspace, key: str, body: Json) -> None:
    """Use a response URL once.

    Raises:
        SlackError: it is used up or too old, or Slack would not take the body.

    """
    workspace.record("response_url", body)
    url = workspace.response_urls.use(key)
    original = _original(workspace, url)
    if body.get("delete_original"):
        _delete(workspace, original)
    elif body.get("replace_original") and original is not None:
        _replace(workspace, original, body)
    else:
        show(workspace, url.channel, url.user, body)


def _original(workspace: Workspace, url: ResponseUrl) -> Shown | None:
    """The message or ephemeral whose button was clicked, if it still stands; a command has none."""
    if url.source_ts is None:
        return None
    message = workspace.timeline(url.channel).get(url.source_ts)
    return message or workspace.ephemeral(url.user, url.source_ts)


def _delete(workspace: Workspace, original: Shown | None) -> None:
    match original:
        case Message():
            workspace.delete_message(original)
        case Ephemeral():
            workspace.drop_ephemeral(original)
        case None:
            raise SlackError("message_not_found")


def _replace(workspace: Workspace, original: Shown, body: Json) -> None:
    text, blocks = content(Arguments(body))
    match original:
        case Message():
            edited = workspace.next_ts()
            workspace.put_message(replace(original, text=text, blocks=blocks, edited=edited))
        case Ephemeral():
            workspace.put_ephemeral(replace(original, text=text, blocks=blocks))
