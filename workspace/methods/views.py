"""`views.*`: modals and the App Home."""

from typing import Any

from workspace import inputs, views
from workspace.methods.arguments import Arguments
from workspace.modals import View
from workspace.state import Workspace
from workspace.wire import Json, SlackError


def open_(workspace: Workspace, arguments: Arguments) -> Json:
    content = accept(workspace, arguments.structure("view"), "modal")
    user = workspace.triggers.redeem(arguments.text("trigger_id"))
    view = workspace.views.open(user, content)
    return _answer(workspace, view)


def push(workspace: Workspace, arguments: Arguments) -> Json:
    content = accept(workspace, arguments.structure("view"), "modal")
    user = workspace.triggers.redeem(arguments.text("trigger_id"))
    return _answer(workspace, workspace.views.push(user, content))


def update(workspace: Workspace, arguments: Arguments) -> Json:
    name = arguments.maybe("view_id") or arguments.text("external_id")
    view = workspace.views.get(name)
    if view is None:
        raise SlackError("not_found")
    content = accept(workspace, arguments.structure("view"), view.content["type"])
    return _answer(workspace, workspace.views.update(view.id, content, arguments.maybe("hash")))


def publish(workspace: Workspace, arguments: Arguments) -> Json:
    content = accept(workspace, arguments.structure("view"), "home")
    user = arguments.text("user_id")
    if user not in workspace.members:
        raise SlackError("user_not_found")
    return _answer(workspace, workspace.views.publish(user, content, arguments.maybe("hash")))


def accept(workspace: Workspace, value: Any, kind: str) -> Json:
    """See `views.accept`. That a missing scope is named as it is for methods is not documented.

    Raises:
        SlackError: Slack would not take it, or the app may not use what is in it.

    """
    content = views.accept(value, kind)
    workspace.require(*views.scopes_of(content))
    return content


def wire(workspace: Workspace, view: View) -> Json:
    """A view as Slack sends it, with the state of every stateful element."""
    return {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "title": None,
        "submit": None,
        "close": None,
        **view.content,
        "id": view.id,
        "team_id": workspace.team_id,
        "app_id": workspace.app_id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot_id,
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "state": {"values": inputs.values(view.blocks, view.chosen)},
    }


def _answer(workspace: Workspace, view: View) -> Json:
    workspace.changes.notify()
    return {"view": wire(workspace, view)}
