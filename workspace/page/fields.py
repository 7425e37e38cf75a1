"""The elements that hold a value, as HTML: what is typed, picked or ticked in a view, or chosen in a message.

A field of an input block is a draft until the form is submitted (`data-drafts`). Any other, and one whose block has
`dispatch_action`, tells the bot at once (`data-acts`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from workspace.inputs import KINDS, Place, initial
from workspace.page import comboboxes, uploads
from workspace.page.markup import Html, join, tag
from workspace.page.mrkdwn import plain, render
from workspace.page.sheet import Raw, Sheet
from workspace.wire import Json

LOCAL = "%Y-%m-%dT%H:%M"
UNSAID = "Choose…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One element where it stands. `label` is the text of an input block's label; nothing elsewhere."""

    element: Json
    block: Json
    sheet: Sheet
    label: str = ""

    @property
    def place(self) -> Place:
        return self.block["block_id"], self.element["action_id"]

    @property
    def id(self) -> str:
        return "/".join((self.sheet.id, *self.place))

    @property
    def raw(self) -> Raw:
        """What stands in it: the draft, what was chosen, or what the bot gave to begin with."""
        if self.place in self.sheet.drafts:
            return self.sheet.drafts[self.place]
        return written(self.element, self.sheet.chosen.get(self.place, initial(self.element)), self.sheet)

    @property
    def text(self) -> str:
        raw = self.raw
        return raw if isinstance(raw, str) else ""

    @property
    def values(self) -> list[str]:
        raw = self.raw
        return raw if isinstance(raw, list) else [raw] if raw else []

    @property
    def attributes(self) -> dict[str, str | bool | None]:
        """Which element it is, and what goes with it for those who hear the page."""
        is_input = self.block["type"] == "input"
        error = self.sheet.errors.get(self.block["block_id"])
        notes = [f"{self.id}#hint"] * ("hint" in self.block) + [f"{self.id}#error"] * (error is not None)
        return {
            "id": self.id,
            "data_testid": f"input-{self.element['action_id']}",
            "data_block": self.block["block_id"],
            "data_action": self.element["action_id"],
            "data_drafts": is_input,
            "data_acts": _acts_on(self.block, self.element),
            "data_first": bool(self.element.get("focus_on_load")),
            "aria_label": None if is_input else self.prompt or UNSAID,
            "aria_required": "true" if is_input and not self.block.get("optional") else None,
            "aria_invalid": "true" if error is not None else None,
            "aria_describedby": " ".join(notes) or None,
        }

    @property
    def prompt(self) -> str:
        prompt: str = self.element.get("placeholder", {}).get("text", "")
        return prompt


def draw(field: Field) -> Html:
    return FIELDS[field.element["type"]](field)


def written(element: Json, value: Any, sheet: Sheet) -> Raw:
    """A value as a payload holds it, as it stands in the field."""
    match value:
        case None:
            return ""
        case list() if element["type"] == "file_input":
            return [file["id"] for file in value]
        case list():
            return [one["value"] if isinstance(one, dict) else one for one in value]
        case dict():
            return str(value["value"])
        case int() if element["type"] == "datetimepicker":
            return f"{sheet.reader.local(datetime.fromtimestamp(value, UTC)):{LOCAL}}"
        case _:
            return str(value)


def is_typed(element: Json) -> bool:
    return KINDS[element["type"]].key == "value"


def _acts_on(block: Json, element: Json) -> str | None:
    """What makes it tell the bot: a change, a typed character, or Enter."""
    if block["type"] == "input" and not block.get("dispatch_action"):
        return None
    if not is_typed(element):
        return "change"
    config = element.get("dispatch_action_config", {})
    on = config.get("trigger_actions_on", ["on_enter_pressed"])
    return " ".join({"on_enter_pressed": "enter", "on_character_entered": "type"}[one] for one in on)


def _typed(field: Field) -> Html:
    given = {**field.attributes, "placeholder": field.prompt or None, "dir": "auto", "autocomplete": "off"}
    if field.element.get("multiline"):
        return join((tag("textarea", field.text, rows="4", **given), _count(field)))
    kind, mode = TYPED.get(field.element["type"], ("text", None))
    return join((tag("input", type=kind, inputmode=mode, value=field.text, **given), _count(field)))


def _count(field: Field) -> Html:
    """How much is typed, beside how much may be."""
    least, most = field.element.get("min_length"), field.element.get("max_length")
    if least is None and most is None:
        return _range(field)
    allowed = f"at least {least}" if most is None else f"at most {most}" if not least else f"{least} to {most}"
    counted = tag("b", str(len(field.text)), data_counts=field.id)
    return tag("small", counted, f" characters; {allowed} are taken", class_="count")


def _range(field: Field) -> Html:
    least, most = field.element.get("min_value"), field.element.get("max_value")
    if least is None and most is None:
        return Html()
    allowed = f"From {least}" if most is None else f"Up to {most}" if least is None else f"From {least} to {most}"
    return tag("small", allowed, class_="count")


def _native(kind: str) -> Callable[[Field], Html]:
    """A field that a browser draws itself, with its own calendar or clock."""

    def draw_native(field: Field) -> Html:
        zone = field.element.get("timezone", field.sheet.reader.zone.key if kind == "datetime-local" else None)
        note = tag("small", f"Time in {zone}", class_="count") if zone else Html()
        return join((tag("input", type=kind, value=field.text, **field.attributes), note))

    return draw_native


def _ticked(kind: str) -> Callable[[Field], Html]:
    def draw_ticked(field: Field) -> Html:
        offered = join(_tick(field, kind, number) for number in range(len(field.element["options"])))
        given = {**field.attributes, "data_kind": "many" if kind == "checkbox" else "one"}
        legend = tag("legend", field.label) if field.label else Html()
        return tag("fieldset", legend, offered, class_="ticks", role="radiogroup" if kind == "radio" else None, **given)

    return draw_ticked


def _tick(field: Field, kind: str, number: int) -> Html:
    option = field.element["options"][number]
    own = f"{field.id}/{number}"
    note = tag("small", plain(option["description"]["text"]), dir="auto") if "description" in option else Html()
    ticked = option["value"] in field.values
    box = tag("input", type=kind, id=own, name=field.id, value=option["value"], checked=ticked)
    text = option["text"]
    said = render(text["text"], field.sheet.reader) if text["type"] == "mrkdwn" else plain(text["text"])
    return tag("label", box, tag("span", tag("span", said, dir="auto"), note), for_=own)


def _select(field: Field) -> Html:
    return comboboxes.draw(
        comboboxes.offers(field.element, field.sheet.reader),
        field.values,
        prompt=field.prompt or UNSAID,
        several=field.element["type"].startswith("multi_"),
        attributes=field.attributes,
    )


def _files(field: Field) -> Html:
    known = field.sheet.reader.files
    return uploads.draw(field.element, [known[each] for each in field.values if each in known], field.attributes)


TYPED: Mapping[str, tuple[str, str | None]] = {
    "number_input": ("text", "decimal"),
    "email_text_input": ("email", None),
    "url_text_input": ("url", None),
}
"""The kind of a browser's field. A number is typed as text, so that what is no number is seen, and refused."""

FIELDS: Mapping[str, Callable[[Field], Html]] = {
    "plain_text_input": _typed,
    "email_text_input": _typed,
    "url_text_input": _typed,
    "number_input": _typed,
    "datepicker": _native("date"),
    "timepicker": _native("time"),
    "datetimepicker": _native("datetime-local"),
    "checkboxes": _ticked("checkbox"),
    "radio_buttons": _ticked("radio"),
    "static_select": _select,
    "multi_static_select": _select,
    "users_select": _select,
    "multi_users_select": _select,
    "channels_select": _select,
    "multi_channels_select": _select,
    "conversations_select": _select,
    "multi_conversations_select": _select,
    "file_input": _files,
}
