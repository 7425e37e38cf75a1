"""Blocks as HTML. What isn't drawn is said, never dropped. Each text runs in its own direction."""

from collections.abc import Callable, Mapping

from workspace.page import elements, fields, mrkdwn
from workspace.page.fields import Field
from workspace.page.markup import Html, join, tag
from workspace.page.sheet import Sheet
from workspace.wire import Json

GROUPED = frozenset({"checkboxes", "radio_buttons"})
"""Elements of several controls: their label is a legend."""


def render(blocks: list[Json], sheet: Sheet) -> Html:
    return join(block(each, sheet) for each in blocks)


def block(given: Json, sheet: Sheet) -> Html:
    draw = BLOCKS.get(given["type"])
    return elements.not_shown(given["type"]) if draw is None else draw(given, sheet)


def text(piece: Json, sheet: Sheet) -> Html:
    """A text object. One of plain text is shown as it is, entities and all."""
    if piece["type"] == "mrkdwn":
        return mrkdwn.render(piece["text"], sheet.reader)
    return Html(mrkdwn.plain(piece["text"]).replace("\n", "<br>"))


def _header(given: Json, sheet: Sheet) -> Html:
    return tag("h3", text(given["text"], sheet), dir="auto")


def _section(given: Json, sheet: Sheet) -> Html:
    said = tag("div", text(given["text"], sheet), class_="said", dir="auto") if "text" in given else Html()
    columns = join(tag("div", text(field, sheet), dir="auto") for field in given.get("fields", ()))
    body = tag("div", said, tag("div", columns, class_="fields") if columns else Html(), class_="body")
    accessory = tag("div", _accessory(given, sheet), class_="accessory") if "accessory" in given else Html()
    return tag("div", body, accessory, class_="section")


def _accessory(given: Json, sheet: Sheet) -> Html:
    accessory: Json = given["accessory"]
    if accessory["type"] == "image":
        return _picture(accessory)
    return elements.render(accessory, given, sheet)


def _context(given: Json, sheet: Sheet) -> Html:
    parts = [_picture(one) if one["type"] == "image" else text(one, sheet) for one in given["elements"]]
    return tag("div", join(tag("div", part, dir="auto") for part in parts), class_="context")


def _divider(_: Json, __: Sheet) -> Html:
    return tag("hr")


def _actions(given: Json, sheet: Sheet) -> Html:
    shown = join(elements.render(element, given, sheet) for element in given["elements"])
    return tag("div", shown, class_="actions")


def _image(given: Json, sheet: Sheet) -> Html:
    caption = tag("figcaption", text(given["title"], sheet), dir="auto") if "title" in given else Html()
    return tag("figure", caption, _picture(given))


def _picture(image: Json) -> Html:
    """A browser shows `alt` itself where the picture can't be loaded."""
    return tag("img", src=image["image_url"], alt=image["alt_text"], referrerpolicy="no-referrer")


def _input(given: Json, sheet: Sheet) -> Html:
    """A label, the field, its hint, and what is wrong with what was entered."""
    optional = tag("span", " (optional)", class_="optional") if given.get("optional") else Html()
    label = join((tag("bdi", text(given["label"], sheet)), optional))
    field = Field(element=given["element"], block=given, sheet=sheet, label=label)
    above = Html() if given["element"]["type"] in GROUPED else tag("label", label, for_=field.id)
    hint = _hint(given, field, sheet)
    return tag("div", above, fields.draw(field), hint, _error(given, field, sheet), class_="field")


def _hint(given: Json, field: Field, sheet: Sheet) -> Html:
    if "hint" not in given:
        return Html()
    return tag("p", text(given["hint"], sheet), class_="hint", id=f"{field.id}#hint", dir="auto")


def _error(given: Json, field: Field, sheet: Sheet) -> Html:
    error = sheet.errors.get(given["block_id"])
    if error is None:
        return Html()
    shown = {"class_": "error", "id": f"{field.id}#error", "data_testid": "modal-error", "dir": "auto"}
    return tag("p", error, data_block_error=given["block_id"], **shown)


BLOCKS: Mapping[str, Callable[[Json, Sheet], Html]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "divider": _divider,
    "actions": _actions,
    "image": _image,
    "input": _input,
}
