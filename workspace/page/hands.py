"""What a person does at a tab: be somebody, go somewhere, write, press."""

import asyncio
import json
from dataclasses import dataclass

from nicegui import ui
from nicegui.events import GenericEventArguments

from workspace.blocks import elements_of
from workspace.messages import Ephemeral, Message
from workspace.page.confirming import confirmed
from workspace.page.seat import Seat
from workspace.page.sidebar import DIRECT
from workspace.wire import Impossible, Json

PRESSED_S = 0.2
"""How long an element looks pressed at the least."""


@dataclass(frozen=True, slots=True)
class Press:
    """Which element was pressed, and what was chosen in it."""

    ts: str
    block_id: str
    action_id: str
    value: str | None

    @classmethod
    def read(cls, given: Json) -> "Press":
        value = given.get("value")
        return cls(str(given["ts"]), str(given["block"]), str(given["action"]), None if value is None else str(value))

    @property
    def place(self) -> tuple[str, str]:
        return self.block_id, self.action_id


class Hands:
    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def become(self, event: GenericEventArguments) -> None:
        """The address keeps the name, so that a reload, or a second tab, is the same person."""
        viewer = self._seat.scene.workspace.members[event.args]
        self._seat.become(viewer)
        ui.run_javascript(f"history.replaceState(null, '', '?as=' + encodeURIComponent({json.dumps(viewer.name)}))")

    def enter(self, event: GenericEventArguments) -> None:
        workspace = self._seat.scene.workspace
        is_direct = event.args == DIRECT
        self._seat.enter(workspace.open_direct(self._seat.viewer.id) if is_direct else workspace.channels[event.args])

    async def send(self, event: GenericEventArguments) -> None:
        """A text that begins with a slash is a command. What can't be sent goes back to where it was typed."""
        text = str(event.args).strip()
        if not text:
            return
        seat, standin = self._seat, self._seat.scene.standin
        send = standin.command if text.startswith("/") else standin.say
        try:
            await send(seat.viewer.id, seat.room.id, text)
        except Impossible as refusal:
            ui.run_javascript(f"standIn.putBack({json.dumps(text)})")
            seat.complain(str(refusal))
        else:
            seat.complain("")

    async def press(self, event: GenericEventArguments) -> None:
        press, seat = Press.read(event.args), self._seat
        target = seat.shown(press.ts)
        if target is None or (press.ts, press.place) in seat.pressed:
            return
        confirm = _find(target, press).get("confirm")
        if confirm is not None and not await confirmed(confirm, seat.reader):
            return
        with seat.pressing(press.ts, press.place):
            await asyncio.gather(self._click(target, press), asyncio.sleep(PRESSED_S))

    async def close_form(self) -> None:
        workspace = self._seat.scene.workspace
        for view in reversed(workspace.views.stack(self._seat.viewer.id)):
            await self._seat.scene.standin.close_view(self._seat.viewer.id, view)

    async def _click(self, target: Message | Ephemeral, press: Press) -> None:
        seat = self._seat
        try:
            answer = await seat.scene.standin.click(seat.viewer.id, target, press.action_id, press.value)
        except Impossible as refusal:
            seat.tell(str(refusal))
        else:
            if answer.error is not None:
                seat.tell(f"The bot did not take this click: {answer.error}")


def _find(target: Message | Ephemeral, press: Press) -> Json:
    """The element as it is now; nothing where it has gone meanwhile."""
    for block in target.blocks:
        for element in elements_of(block):
            if (block["block_id"], element["action_id"]) == press.place:
                return element
    return {}
