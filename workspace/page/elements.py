"""The elements of blocks that a person acts on, as HTML that says in data attributes which element it is."""

from collections.abc import Callable, Mapping

from workspace.inputs import initial
from workspace.page.markup import Html, join, tag
from workspace.page.mrkdwn import plain
from workspace.page.sheet import Sheet
from workspace.wire import Json

MORE = "More actions"


def render(element: Json, block_id: str, sheet: Sheet) -> Html:
    draw = ELEMENTS.get(element["type"])
    return not_shown(element["type"]) if draw is None else draw(element, block_id, sheet)


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
        return tag("a", label, class_=style, aria_label=spoken, **acting, **leads)
    return tag("button", label, type="button", class_=style, aria_label=spoken, **acting)


def _overflow(element: Json, block_id: str, sheet: Sheet) -> Html:
    opener = tag("summary", "⋯", aria_label=MORE, title=MORE, id=f"{sheet.ts}/{block_id}/{element['action_id']}")
    entries = join(_entry(element, block_id, sheet, option) for option in element["options"])
    return tag("details", opener, tag("div", entries, class_="entries"), class_="menu")


def _entry(element: Json, block_id: str, sheet: Sheet, option: Json) -> Html:
    acting = _acting(element, block_id, sheet, option["value"])
    return tag("button", plain(option["text"]["text"]), type="button", **acting)


def _static_select(element: Json, block_id: str, sheet: Sheet) -> Html:
    chosen = sheet.chosen.get((block_id, element["action_id"]), initial(element))
    prompt = element.get("placeholder", {}).get("text", "Choose…")
    first = tag("option", plain(prompt), value="", disabled=True, selected=chosen is None)
    groups = [
        tag("optgroup", _options(group["options"], chosen), label=group["label"]["text"])
        for group in element.get("option_groups", ())
    ]
    offered = [first, _options(element.get("options", []), chosen), *groups]
    return tag("select", *offered, class_="button", aria_label=prompt, **_acting(element, block_id, sheet, None))


def _options(options: list[Json], chosen: Json | None) -> Html:
    return join(
        tag("option", plain(option["text"]["text"]), value=option["value"], selected=option == chosen)
        for option in options
    )


def _acting(element: Json, block_id: str, sheet: Sheet, value: str | None) -> dict[str, str | None]:
    """Which element it is, and that it can't be pressed again while it is being pressed."""
    action_id = element["action_id"]
    return {
        "id": f"{sheet.ts}/{block_id}/{action_id}/{value or ''}",
        "data_block": block_id,
        "data_action": action_id,
        "data_value": value,
        "aria_disabled": "true" if (block_id, action_id) in sheet.pressed else None,
    }


ELEMENTS: Mapping[str, Callable[[Json, str, Sheet], Html]] = {
    "button": _button,
    "overflow": _overflow,
    "static_select": _static_select,
}
