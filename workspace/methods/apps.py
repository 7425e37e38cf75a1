"""`apps.*`: the app itself, by its app-level token."""

from urllib.parse import urlencode

from workspace.methods.arguments import Arguments
from workspace.state import Workspace
from workspace.wire import Json, SlackError


def connections_open(workspace: Workspace, _: Arguments) -> Json:
    """The address of one Socket Mode connection."""
    if not workspace.has_socket_mode:
        raise SlackError("access_denied")
    query = urlencode({"ticket": workspace.sockets.issue(), "app_id": workspace.app_id})
    return {"url": f"{workspace.base_url.replace('http', 'ws', 1)}/link/?{query}"}
