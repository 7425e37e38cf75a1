"""`files.*`: documents that the bot hands over. They take no metadata, and sharing one tells no `ts`."""

from workspace.files import SharedFile, wire
from workspace.messages import Message
from workspace.methods import chat
from workspace.methods.arguments import Arguments, joined_channel
from workspace.state import Workspace
from workspace.wire import Json, SlackError


def get_upload_url(workspace: Workspace, arguments: Arguments) -> Json:
    size = arguments.text("length")
    if not size.isdecimal() or int(size) == 0:
        raise SlackError("invalid_arguments")
    name, alt_text = arguments.text("filename"), arguments.maybe("alt_txt") or ""
    file = workspace.files.announce(name, int(size), workspace.bot_user_id, alt_text)
    return {"upload_url": f"{workspace.base_url}/upload/{file.id}", "file_id": file.id}


def complete_upload(workspace: Workspace, arguments: Arguments) -> Json:
    """Share uploaded files in one message, if a channel is named."""
    given = arguments.structure("files")
    if not isinstance(given, list) or not all(isinstance(one, dict) and "id" in one for one in given):
        raise SlackError("invalid_arguments")
    target = arguments.maybe("channel_id")
    channel = joined_channel(workspace, target) if target else None
    if channel is not None:
        chat.refuse_archived(channel)
    files = [workspace.files.title(one["id"], one.get("title", "")) for one in given]
    if channel is not None:
        thread_ts = chat.thread(workspace, channel, arguments)
        _show(workspace, files, channel.id, arguments.maybe("initial_comment") or "", thread_ts)
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


def info(workspace: Workspace, arguments: Arguments) -> Json:
    file = workspace.files.get(arguments.text("file"))
    shares: Json = {}
    for channel_id, ts in file.shares:
        channel = workspace.channels[channel_id]
        kind = "private" if channel.is_private or channel.is_im else "public"
        shares.setdefault(kind, {}).setdefault(channel_id, []).append({"ts": ts})
    return {"file": {**wire(file), "shares": shares}}


def _show(workspace: Workspace, files: list[SharedFile], channel: str, comment: str, thread_ts: str | None) -> None:
    ts = workspace.next_ts()
    shown = [workspace.files.share(file, channel, ts) for file in files]
    workspace.put_message(
        Message(
            channel=channel,
            ts=ts,
            user=workspace.bot_user_id,
            is_bot=True,
            text=comment,
            files=shown,
            thread_ts=thread_ts,
        )
    )
