"""What the stand-in supports: each method, and the scopes that it needs. Anything else is an `unknown_method`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workspace.methods import apps, chat, conversations, files, users, views
from workspace.methods.arguments import Arguments
from workspace.state import Workspace
from workspace.wire import Json, SlackError

Act = Callable[[Workspace, Arguments], Json]
Scopes = Callable[[Workspace, Arguments], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Method:
    act: Act
    scopes: Scopes


def _always(*scopes: str) -> Scopes:
    return lambda _workspace, _arguments: scopes


def _by_channel(deed: str) -> Scopes:
    """`channels:`, `groups:` or `im:`, by the kind of the channel that is meant."""

    def scopes(workspace: Workspace, arguments: Arguments) -> tuple[str, ...]:
        channel = workspace.channels.get(arguments.maybe("channel") or "")
        return (f"{channel.kind}:{deed}",) if channel else ()

    return scopes


def _by_types(_: Workspace, arguments: Arguments) -> tuple[str, ...]:
    words = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
    return tuple(f"{words[name]}:read" for name in sorted(conversations.types_of(arguments)))


def _echo(_: Workspace, arguments: Arguments) -> Json:
    return {"args": arguments.given} if arguments.given else {}


def _who_am_i(workspace: Workspace, _: Arguments) -> Json:
    return {
        "url": f"https://{workspace.team_domain}.slack.com/",
        "team": workspace.team_domain,
        "user": workspace.bot_name,
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


METHODS: Mapping[str, Method] = {
    "api.test": Method(_echo, _always()),
    "apps.connections.open": Method(apps.connections_open, _always()),
    "auth.test": Method(_who_am_i, _always()),
    "chat.delete": Method(chat.delete, _always("chat:write")),
    "chat.postEphemeral": Method(chat.post_ephemeral, _always("chat:write")),
    "chat.postMessage": Method(chat.post_message, _always("chat:write")),
    "chat.update": Method(chat.update, _always("chat:write")),
    "conversations.history": Method(conversations.history, _by_channel("history")),
    "conversations.info": Method(conversations.info, _by_channel("read")),
    "conversations.join": Method(conversations.join, _always("channels:join")),
    "conversations.list": Method(conversations.list_, _by_types),
    "conversations.members": Method(conversations.members, _by_channel("read")),
    "conversations.open": Method(conversations.open_, _always("im:write")),
    "conversations.replies": Method(conversations.replies, _by_channel("history")),
    "files.completeUploadExternal": Method(files.complete_upload, _always("files:write")),
    "files.getUploadURLExternal": Method(files.get_upload_url, _always("files:write")),
    "files.info": Method(files.info, _always("files:read")),
    "users.info": Method(users.info, _always("users:read")),
    "users.list": Method(users.list_, _always("users:read")),
    "views.open": Method(views.open_, _always()),
    "views.publish": Method(views.publish, _always()),
    "views.push": Method(views.push, _always()),
    "views.update": Method(views.update, _always()),
}
WITHOUT_TOKEN = frozenset({"api.test"})
WITH_APP_TOKEN = frozenset({"apps.connections.open"})


def method_of(name: str) -> Method:
    """The method of that name.

    Raises:
        SlackError: the stand-in has none.

    """
    if name not in METHODS:
        raise SlackError("unknown_method", req_method=name)
    return METHODS[name]
