"""What one person is doing in one view, and its blocks as they were drawn for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from workspace import inputs
from workspace.inputs import Place
from workspace.modals import View
from workspace.page import blocks
from workspace.page.fields import is_typed
from workspace.page.markup import Html
from workspace.page.sheet import Raw, Sheet
from workspace.page.timeline import Item
from workspace.wire import Json


@dataclass(slots=True, eq=False)
class Form:
    """`errors` are by `block_id`; `trouble` is why the bot did not take the whole."""

    drafts: dict[Place, Raw] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""
    is_busy: bool = False
    attempts: int = 0
    """How often it was refused: each time, the first mistake takes the focus."""
    _drawn: dict[str, tuple[Html, Html]] = field(default_factory=dict)

    def items(self, view: View, sheet: Sheet) -> Iterator[Item]:
        """The view's blocks. One in which somebody types isn't drawn anew for what they type."""
        still = inputs.places(view.blocks)
        self.drafts = {place: raw for place, raw in self.drafts.items() if place in still}
        sheet = replace(sheet, source=view.id, chosen=view.chosen, drafts=dict(self.drafts), errors=self.errors)
        for block in view.blocks:
            yield Item(f"{view.id}/{block['block_id']}", self._draw(block, sheet))

    def hide(self) -> None:
        """It is drawn anew, with all that was entered, when it is shown next."""
        self._drawn.clear()

    def _draw(self, block: Json, sheet: Sheet) -> Html:
        at_rest = blocks.block(block, replace(sheet, drafts=_not_typed(block, sheet)))
        known = self._drawn.get(block["block_id"])
        if known is not None and known[0] == at_rest:
            return known[1]
        drawn = blocks.block(block, sheet)
        self._drawn[block["block_id"]] = (at_rest, drawn)
        return drawn


def _not_typed(block: Json, sheet: Sheet) -> dict[Place, Raw]:
    typed = {element["action_id"] for _, element in inputs.stateful([block]) if is_typed(element)}
    return {place: raw for place, raw in sheet.drafts.items() if place[1] not in typed}
