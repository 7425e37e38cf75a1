"""Acting on an element of a message, of an ephemeral message or of a view."""

from collections.abc import Iterator
from typing import Any

from workspace import inputs, payloads
from workspace.answers import Answer, answer
from workspace.blocks import elements_of
from workspace.elements import options_of
from workspace.inputs import Place
from workspace.messages import Ephemeral, Message, to_ts
from workspace.modals import View
from workspace.outgoing import Outgoing
from workspace.state import Workspace
from workspace.wire import Impossible, Json

Target = Message | Ephemeral | View


async def click(outgoing: Outgoing, member_id: str, target: Target, action_id: str, value: Any) -> Answer:
    """Press a button, or choose in a select, an overflow menu, radio buttons and so on.

    `value` tells buttons of the same action apart; of everything else it is what is chosen: an option's value, a list
    of them, a user's id, a date …

    Raises:
        Impossible: there is no such element, or it offers no such value.

    """
    workspace = outgoing.workspace
    block, element = _find(target, action_id, value)
    action = {**_action(element, value), "block_id": block["block_id"], "action_ts": to_ts(workspace.next_micros())}
    place = (block["block_id"], action_id)
    chosen = {place: inputs.read(element, value)} if element["type"] in inputs.KINDS else {}
    payload = payloads.interaction(workspace, "block_actions", workspace.members[member_id])
    payload |= _source(outgoing, member_id, target, chosen)
    payload |= {"actions": [action], "trigger_id": workspace.triggers.issue(member_id)}
    return answer(await outgoing.interaction(payload))


def current(workspace: Workspace, member_id: str, target: Target) -> Target:
    """What `target` looks like now to that member.

    Raises:
        Impossible: it is gone, or that member can't see it.

    """
    match target:
        case View():
            now: Target | None = workspace.views.get(target.id)
        case Ephemeral():
            now = workspace.ephemeral(member_id, target.ts)
        case Message():
            now = workspace.timeline(target.channel).get(target.ts)
    member = workspace.members[member_id]
    if now is None or member.deleted or member.is_bot or not _is_admitted(workspace, member_id, now):
        raise Impossible(f"{member.name} sees no such thing any more")
    return now


def _is_admitted(workspace: Workspace, member_id: str, target: Target) -> bool:
    if isinstance(target, View):
        return target.user == member_id
    channel = workspace.channels[target.channel]
    is_open = not channel.is_im and not channel.is_private
    return not channel.is_archived and (is_open or member_id in channel.members)


def _source(outgoing: Outgoing, member_id: str, target: Target, chosen: dict[Place, Any]) -> Json:
    """Note what was chosen, and say where."""
    workspace = outgoing.workspace
    if isinstance(target, View):
        return payloads.of_view(workspace, workspace.views.enter(target, chosen))
    entered = workspace.entered.setdefault((target.channel, target.ts, member_id), {})
    entered |= chosen
    source = payloads.of_message(workspace, target, entered)
    return {**source, "response_url": outgoing.response_url(target.channel, member_id, target.ts)}


def _find(target: Target, action_id: str, value: Any) -> tuple[Json, Json]:
    acting = list(_acting(target.blocks, action_id))
    fitting = [(block, element) for block, element in acting if _fits(element, value)]
    if len(fitting) == 1:
        return fitting[0]
    there = [element.get("value", element["type"]) for _, element in acting]
    raise Impossible(f"{len(fitting)} elements are {action_id!r} with {value!r}; there are {there}")


def _acting(blocks: list[Json], action_id: str) -> Iterator[tuple[Json, Json]]:
    """The elements of that action which tell the bot at once: those of inputs do so only where it is asked for."""
    for block in blocks:
        if block["type"] != "input" or block.get("dispatch_action"):
            yield from ((block, element) for element in elements_of(block) if element["action_id"] == action_id)


def _fits(element: Json, value: Any) -> bool:
    if element["type"] == "button":
        return value is None or element.get("value") == value
    offered = [option["value"] for option in options_of(element)]
    return not offered or all(one in offered for one in (value if isinstance(value, list) else [value]))


def _action(element: Json, value: Any) -> Json:
    action: Json = {"type": element["type"], "action_id": element["action_id"]}
    match element["type"]:
        case "button":
            return action | {name: element[name] for name in ("text", "value", "style") if name in element}
        case "overflow":
            return action | {"selected_option": inputs.pick(element, value)}
        case _:
            return action | inputs.held(element, inputs.read(element, value))
