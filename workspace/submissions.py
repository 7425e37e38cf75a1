"""Filling in, submitting and closing a modal."""

from collections.abc import Iterator, Mapping
from typing import Any

from workspace import inputs, payloads
from workspace.answers import Answer, answer, said
from workspace.inputs import Place
from workspace.methods import views
from workspace.modals import View
from workspace.outgoing import Ack, Outgoing
from workspace.state import Workspace
from workspace.wire import Impossible, Json, SlackError

Entries = Mapping[str, Any] | Mapping[Place, Any] | Mapping[str | Place, Any]
"""What is entered, by `action_id`, or by `block_id` and `action_id` where several inputs share one."""

REQUIRED = "Please complete this required field."


def fill(workspace: Workspace, view: View, entries: Entries) -> View:
    """Enter values without submitting them.

    Raises:
        Impossible: there is no such input, or it takes no such value.

    """
    chosen = dict(_read(workspace, view, name, value) for name, value in entries.items())
    filled = workspace.views.enter(view, chosen)
    workspace.changes.notify()
    return filled


async def submit(outgoing: Outgoing, member_id: str, view: View) -> Answer:
    """Submit the modal in front. Where a required input is empty, nothing is sent."""
    workspace = outgoing.workspace
    _refuse_hidden(workspace, view, member_id)
    if "submit" not in view.content or view.content.get("submit_disabled"):
        raise Impossible("there is no button that would submit this view")
    missing = {block["block_id"]: REQUIRED for block in _unfilled(view)}
    if missing:
        return Answer(status=None, elapsed_s=0.0, errors=missing)
    payload = payloads.interaction(workspace, "view_submission", workspace.members[member_id])
    payload |= payloads.of_view(workspace, view)
    payload |= {"trigger_id": workspace.triggers.issue(member_id), "response_urls": _response_urls(outgoing, view)}
    del payload["container"]
    return _settle(workspace, await outgoing.interaction(payload), view)


async def close(outgoing: Outgoing, member_id: str, view: View) -> Answer | None:
    """Close the modal in front; the bot is told if it asked for it."""
    workspace = outgoing.workspace
    _refuse_hidden(workspace, view, member_id)
    payload = payloads.interaction(workspace, "view_closed", workspace.members[member_id])
    is_cleared = bool(view.content.get("clear_on_close"))
    payload |= {"view": payloads.of_view(workspace, view)["view"], "is_cleared": is_cleared}
    if is_cleared:
        workspace.views.clear(member_id)
    else:
        workspace.views.close(view)
    workspace.changes.notify()
    if not view.content.get("notify_on_close"):
        return None
    return answer(await outgoing.interaction(payload))


def _settle(workspace: Workspace, ack: Ack, view: View) -> Answer:
    """Do what the acknowledgement says with the views."""
    if ack.error is not None:
        return answer(ack)
    try:
        settled = _obey(workspace, ack, view)
    except (ValueError, SlackError):
        return answer(ack, error="invalid_response")
    workspace.changes.notify()
    return settled


def _obey(workspace: Workspace, ack: Ack, view: View) -> Answer:
    body = said(ack)
    shown: View | None = None
    match body.get("response_action"):
        case "errors":
            return Answer(status=ack.status, elapsed_s=ack.elapsed_s, errors=_errors(view, body))
        case "update":
            shown = workspace.views.update(view.id, views.accept(workspace, body.get("view"), "modal"))
        case "push":
            shown = workspace.views.push(view.user, views.accept(workspace, body.get("view"), "modal"))
        case "clear":
            workspace.views.clear(view.user)
        case None if not body:
            workspace.views.close(view)
        case _:
            raise ValueError("no such response_action")
    return answer(ack, shown=shown)


def _errors(view: View, body: Json) -> dict[str, str]:
    """Texts beside inputs. Slack shows none of them if one names no input of the view."""
    inputs_there = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    errors = body.get("errors")
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs_there:
        raise ValueError("errors that name no input")
    return errors


def _refuse_hidden(workspace: Workspace, view: View, member_id: str) -> None:
    stack = workspace.views.stack(member_id)
    if not stack or stack[-1].id != view.id:
        raise Impossible("this view is not in front of that member")


def _read(workspace: Workspace, view: View, name: str | Place, value: Any) -> tuple[Place, Any]:
    found = [
        (block, element)
        for block, element in inputs.stateful(view.blocks)
        if name in (element["action_id"], (block["block_id"], element["action_id"]))
    ]
    if len(found) != 1:
        raise Impossible(f"{len(found)} inputs are named {name}")
    block, element = found[0]
    taken = inputs.read(element, value)
    _refuse_unseen(workspace, view.user, inputs.held(element, taken))
    return (block["block_id"], element["action_id"]), taken


def _refuse_unseen(workspace: Workspace, member_id: str, held: Json) -> None:
    """Nobody is offered people who are not there, or the files of others."""
    one = held.get("selected_user")
    people = held.get("selected_users", [one] if one else [])
    if any(user not in workspace.members or workspace.members[user].deleted for user in people):
        raise Impossible(f"not all of {people} can be chosen")
    if any(file["user"] != member_id for file in held.get("files", ())):
        raise Impossible("a file is chosen by whoever uploads it")


def _unfilled(view: View) -> Iterator[Json]:
    state = inputs.values(view.blocks, view.chosen)
    for block in view.blocks:
        if block["type"] == "input" and not block.get("optional"):
            held = state[block["block_id"]][block["element"]["action_id"]]
            if all(value in (None, "", []) for key, value in held.items() if key != "type"):
                yield block


def _response_urls(outgoing: Outgoing, view: View) -> list[Json]:
    """Where a select of conversations asks for one, a URL that answers there."""
    state = inputs.values(view.blocks, view.chosen)
    urls: list[Json] = []
    for block, element in inputs.stateful(view.blocks):
        held = state[block["block_id"]][element["action_id"]]
        channel = held.get("selected_conversation") or held.get("selected_channel")
        if element.get("response_url_enabled") and channel:
            url = outgoing.response_url(channel, view.user)
            place = {"block_id": block["block_id"], "action_id": element["action_id"]}
            urls.append({**place, "channel_id": channel, "response_url": url})
    return urls
