"""What is entered in the fields of a view, read as the bot will get it, or refused in words for its person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workspace import inputs
from workspace.inputs import Place
from workspace.page import uploads
from workspace.page.reader import Reader
from workspace.page.sheet import Raw
from workspace.wire import Impossible, Json


@dataclass(frozen=True, slots=True)
class Read:
    """What the workspace may be told, and by `block_id` what is wrong with the rest."""

    values: dict[Place, Any]
    errors: dict[str, str]


def read(blocks: list[Json], drafts: Mapping[Place, Raw], reader: Reader) -> Read:
    """Read the drafts of those fields that still stand."""
    outcome = Read({}, {})
    for block, element in inputs.stateful(blocks):
        place = (block["block_id"], element["action_id"])
        if place not in drafts:
            continue
        value = value_of(element, drafts[place], reader)
        error = refusal(element, value)
        if error is None:
            outcome.values[place] = value
        else:
            outcome.errors[block["block_id"]] = error
    return outcome


def value_of(element: Json, raw: Raw | None, reader: Reader) -> Any:
    """What stands in a field, for `inputs.read`: a wall time of the reader's as the second that it is, ids as files."""
    match element["type"], raw:
        case "datetimepicker", str():
            return int(datetime.fromisoformat(raw).replace(tzinfo=reader.zone).timestamp()) if raw else None
        case "file_input", list():
            return [reader.files[each] for each in raw if each in reader.files]
        case _:
            return raw


def refusal(element: Json, value: Any) -> str | None:
    """Why nobody can enter that there."""
    most = element.get("max_selected_items")
    if most is not None and len(value) > most:
        return f"Choose at most {most}."
    try:
        inputs.read(element, value)
    except Impossible:
        return _worded(element, len(value))
    return None


def _worded(element: Json, length: int) -> str:
    match element["type"]:
        case "plain_text_input":
            least, most = element.get("min_length", 0), element.get("max_length", 3000)
            limit = f"at least {least}" if length < least else f"at most {most}"
            return f"Write {limit} characters. There are {length}."
        case "number_input":
            least, most = element.get("min_value"), element.get("max_value")
            kind = "a number" if element["is_decimal_allowed"] else "a whole number"
            bounds = [f"from {least}"] * (least is not None) + [f"up to {most}"] * (most is not None)
            return " ".join(("Write", kind, *bounds)) + "."
        case "email_text_input":
            return "Write an e-mail address, such as name@example.org."
        case "url_text_input":
            return "Write a web address, such as https://example.org."
        case "file_input":
            return f"{uploads.wanted(element)}, please, and no empty one."
        case _:
            return "This can’t be chosen here."
