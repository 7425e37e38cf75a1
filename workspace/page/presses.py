"""Pressing and choosing: the elements of messages and views that tell the bot at once."""

import asyncio
from dataclasses import dataclass

from nicegui.events import GenericEventArguments

from workspace.blocks import elements_of
from workspace.clicks import Target
from workspace.inputs import KINDS
from workspace.modals import View
from workspace.page import entries
from workspace.page.seat import Seat
from workspace.page.sheet import Raw
from workspace.wire import Impossible, Json

PRESSED_S = 0.2
"""How long an element looks pressed at the least."""


@dataclass(frozen=True, slots=True)
class Press:
    """Which element of which message or view was pressed, and what stands in it then."""

    source: str
    block_id: str
    action_id: str
    value: Raw | None

    @classmethod
    def read(cls, given: Json) -> "Press":
        value = given.get("value")
        several = [str(one) for one in value] if isinstance(value, list) else None
        raw = several if several is not None else None if value is None else str(value)
        return cls(str(given["source"]), str(given["block"]), str(given["action"]), raw)

    @property
    def place(self) -> tuple[str, str]:
        return self.block_id, self.action_id


class Presses:
    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    async def press(self, event: GenericEventArguments) -> None:
        press, seat = Press.read(event.args), self._seat
        target = seat.shown(press.source)
        if target is None or (press.source, press.place) in seat.pressed:
            return
        element = _find(target, press)
        if "confirm" in element and not await seat.ask(element["confirm"]):
            return
        with seat.pressing(press.source, press.place):
            await asyncio.gather(self._click(target, press, element), asyncio.sleep(PRESSED_S))

    async def _click(self, target: Target, press: Press, element: Json) -> None:
        seat, standin = self._seat, self._seat.scene.standin
        value = entries.value_of(element, press.value, seat.reader) if element else press.value
        try:
            if isinstance(target, View):
                target = self._filled(target, press, element)
            answer = await standin.click(seat.viewer.id, target, press.action_id, value)
        except Impossible as refusal:
            seat.tell(str(refusal))
        else:
            if answer.error is not None:
                seat.tell(f"The bot did not take this click: {answer.error}")

    def _filled(self, view: View, press: Press, element: Json) -> View:
        """The view with all that was entered in it so far: the bot is told of that too."""
        seat = self._seat
        form = seat.form(view)
        if element.get("type") in KINDS and press.value is not None:
            form.drafts[press.place] = press.value
        given = entries.read(view.blocks, form.drafts, seat.reader)
        return seat.scene.standin.fill(seat.viewer.id, view, given.values)


def _find(target: Target, press: Press) -> Json:
    """The element as it is now; nothing where it has gone meanwhile."""
    for block in target.blocks:
        for element in elements_of(block):
            if (block["block_id"], element["action_id"]) == press.place:
                return element
    return {}
