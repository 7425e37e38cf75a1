"""The elements of blocks that a person acts on, as HTML that says in data attributes which element it is."""

from collections.abc import Callable, Mapping

from workspace.page import fields
from workspace.page.fields import Field
from workspace.page.markup import Html, join, tag
from workspace.page.mrkdwn import plain
from workspace.page.sheet import Sheet
from workspace.wire import Json

MORE = "More actions"


def render(element: Json, block: Json, sheet: Sheet) -> Html:
    if element["type"] in fields.FIELDS:
        return fields.draw(Field(element=element, block=block, sheet=sheet))
    draw = ELEMENTS.get(element["type"])
    return not_shown(element["type"]) if draw is None else draw(element, block["block_id"], sheet)


def not_shown(kind: str) -> Html:
    """What stands in the place of anything that this page doesn't draw."""
    return tag("span", f"{kind}: not shown here", class_="not-shown")


def _button(element: Json, block_id: str, sheet: Sheet) -> Html:
    value = element.get("value")
    style = f"button {element.get('style', '')}".strip()
    spoken = element.get("accessibility_label")
    acting = _acting(element, block_id, sheet, value)
    label = plain(element["text"]["text"])
    if "url" in element:
        leads = {"href": element["url"], "target": "_blank", "rel": "noopener noreferrer"}
        return tag("a", label, class_=style, aria_label=spoken, dir="auto", **acting, **leads)
    return tag("button", label, type="button", class_=style, aria_label=spoken, dir="auto", **acting)


def _overflow(element: Json, block_id: str, sheet: Sheet) -> Html:
    opener = tag("summary", "⋯", aria_label=MORE, title=MORE, id=f"{sheet.id}/{block_id}/{element['action_id']}")
    entries = join(_entry(element, block_id, sheet, option) for option in element["options"])
    return tag("details", opener, tag("div", entries, class_="entries"), class_="menu")


def _entry(element: Json, block_id: str, sheet: Sheet, option: Json) -> Html:
    acting = _acting(element, block_id, sheet, option["value"])
    return tag("button", plain(option["text"]["text"]), type="button", dir="auto", **acting)


def _acting(element: Json, block_id: str, sheet: Sheet, value: str | None) -> dict[str, str | None]:
    """Which element it is, and that it can't be pressed again while it is being pressed."""
    action_id = element["action_id"]
    return {
        "id": f"{sheet.id}/{block_id}/{action_id}/{value or ''}",
        "data_block": block_id,
        "data_action": action_id,
        "data_value": value,
        "data_acts": "click",
        "aria_disabled": "true" if (block_id, action_id) in sheet.pressed else None,
    }


ELEMENTS: Mapping[str, Callable[[Json, str, Sheet], Html]] = {"button": _button, "overflow": _overflow}
