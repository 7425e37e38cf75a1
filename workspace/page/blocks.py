"""Blocks as HTML. What isn't drawn is said, never dropped."""

from collections.abc import Callable, Mapping

from workspace.page import elements, mrkdwn
from workspace.page.markup import Html, join, tag
from workspace.page.sheet import Sheet
from workspace.wire import Json


def render(blocks: list[Json], sheet: Sheet) -> Html:
    return join(_block(block, sheet) for block in blocks)


def text(piece: Json, sheet: Sheet) -> Html:
    """A text object. One of plain text is shown as it is, entities and all."""
    if piece["type"] == "mrkdwn":
        return mrkdwn.render(piece["text"], sheet.reader)
    return Html(mrkdwn.plain(piece["text"]).replace("\n", "<br>"))


def _block(block: Json, sheet: Sheet) -> Html:
    draw = BLOCKS.get(block["type"])
    return elements.not_shown(block["type"]) if draw is None else draw(block, sheet)


def _header(block: Json, sheet: Sheet) -> Html:
    return tag("h3", text(block["text"], sheet))


def _section(block: Json, sheet: Sheet) -> Html:
    said = tag("div", text(block["text"], sheet), class_="said") if "text" in block else Html()
    fields = join(tag("div", text(field, sheet)) for field in block.get("fields", ()))
    body = tag("div", said, tag("div", fields, class_="fields") if fields else Html(), class_="body")
    accessory = tag("div", _accessory(block, sheet), class_="accessory") if "accessory" in block else Html()
    return tag("div", body, accessory, class_="section")


def _accessory(block: Json, sheet: Sheet) -> Html:
    accessory: Json = block["accessory"]
    if accessory["type"] == "image":
        return _picture(accessory)
    return elements.render(accessory, block["block_id"], sheet)


def _context(block: Json, sheet: Sheet) -> Html:
    parts = [_picture(one) if one["type"] == "image" else text(one, sheet) for one in block["elements"]]
    return tag("div", join(tag("div", part) for part in parts), class_="context")


def _divider(_: Json, __: Sheet) -> Html:
    return tag("hr")


def _actions(block: Json, sheet: Sheet) -> Html:
    shown = join(elements.render(element, block["block_id"], sheet) for element in block["elements"])
    return tag("div", shown, class_="actions")


def _image(block: Json, sheet: Sheet) -> Html:
    caption = tag("figcaption", text(block["title"], sheet)) if "title" in block else Html()
    return tag("figure", caption, _picture(block))


def _picture(image: Json) -> Html:
    """A browser shows `alt` itself where the picture can't be loaded."""
    return tag("img", src=image["image_url"], alt=image["alt_text"], referrerpolicy="no-referrer")


BLOCKS: Mapping[str, Callable[[Json, Sheet], Html]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "divider": _divider,
    "actions": _actions,
    "image": _image,
}
