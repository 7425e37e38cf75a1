"""What a person has chosen or typed in the elements of a message or a view."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from workspace import files
from workspace.blocks import elements_of
from workspace.elements import DATE, FILES_OF_INPUT, TIME, options_of
from workspace.files import SharedFile
from workspace.wire import Impossible, Json

Place = tuple[str, str]
"""A `block_id` and an `action_id`: what an input's state is kept under."""

Chosen = Mapping[Place, Any]
"""The values that differ from an element's initial one, as they stand in a payload."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Of an element with state: the payload's key for its value, the block's key for the first, how to read one."""

    key: str
    initial: str
    read: Callable[[Json, Any], Any]


def stateful(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every block and element that holds a value."""
    for block in blocks:
        for element in elements_of(block):
            if element["type"] in KINDS:
                yield block, element


def places(blocks: list[Json]) -> set[Place]:
    return {(block["block_id"], element["action_id"]) for block, element in stateful(blocks)}


def values(blocks: list[Json], chosen: Chosen) -> Json:
    """`state.values`: every stateful element, by block and action."""
    state: Json = {}
    for block, element in stateful(blocks):
        place = (block["block_id"], element["action_id"])
        value = chosen[place] if place in chosen else initial(element)
        state.setdefault(place[0], {})[place[1]] = {"type": element["type"], **held(element, value)}
    return state


def initial(element: Json) -> Any:
    kind = KINDS[element["type"]]
    return element.get(kind.initial, [] if kind.key.endswith("s") else None)


def held(element: Json, value: Any) -> Json:
    """A value under the key that Slack uses for this type of element."""
    return {KINDS[element["type"]].key: value}


def read(element: Json, value: Any) -> Any:
    """A driver's value as Slack would send it: an option's `value` becomes the option, and so on.

    Raises:
        Impossible: nobody could choose or type that here.

    """
    most = element.get("max_selected_items")
    if most is not None and len(value) > most:
        raise Impossible(f"{element['action_id']} takes at most {most}, not {len(value)}")
    return KINDS[element["type"]].read(element, value)


def pick(element: Json, value: str) -> Json:
    """The option of that value.

    Raises:
        Impossible: it is not offered.

    """
    for one in options_of(element):
        if one["value"] == value:
            return one
    raise Impossible(f"{element['action_id']} offers no option {value!r}")


def _pick_several(element: Json, chosen: list[str]) -> list[Json]:
    return [pick(element, value) for value in chosen]


def _typed(element: Json, value: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if value and not least <= len(value) <= most:
        raise Impossible(f"{element['action_id']} takes from {least} to {most} characters, not {len(value)}")
    return value or None


def _number(element: Json, value: str) -> str | None:
    if not value:
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise Impossible(f"{element['action_id']} takes a number, not {value!r}") from None
    least, most = element.get("min_value", value), element.get("max_value", value)
    if not Decimal(least) <= number <= Decimal(most):
        raise Impossible(f"{element['action_id']} takes from {least} to {most}, not {value}")
    if number % 1 and not element["is_decimal_allowed"]:
        raise Impossible(f"{element['action_id']} takes whole numbers, not {value}")
    return value


def _matching(pattern: str) -> Callable[[Json, Any], Any]:
    def take(element: Json, value: str) -> str | None:
        if not re.fullmatch(pattern, value):
            raise Impossible(f"{element['action_id']} cannot be {value!r}")
        return value or None

    return take


def _attached(element: Json, chosen: list[SharedFile]) -> list[Json]:
    most, kinds = element.get("max_files", FILES_OF_INPUT), element.get("filetypes")
    if len(chosen) > most:
        raise Impossible(f"{element['action_id']} takes at most {most} files, not {len(chosen)}")
    for file in chosen:
        if kinds is not None and file.extension not in {kind.casefold() for kind in kinds}:
            raise Impossible(f"{element['action_id']} takes {', '.join(kinds)}, not {file.name}")
        if not 0 < file.size <= files.BYTES_OF_INPUT:
            raise Impossible(
                f"{element['action_id']} takes files of up to {files.BYTES_OF_INPUT} bytes, not {file.size}"
            )
    return [files.wire(file) for file in chosen]


def _one(_: Json, value: Any) -> Any:
    return value or None


def _several(_: Json, value: list[str]) -> list[str]:
    return value


KINDS: Mapping[str, Kind] = {
    "plain_text_input": Kind("value", "initial_value", _typed),
    "email_text_input": Kind("value", "initial_value", _matching(r"\S+@\S+|")),
    "url_text_input": Kind("value", "initial_value", _matching(r"\w+:\S+|")),
    "number_input": Kind("value", "initial_value", _number),
    "static_select": Kind("selected_option", "initial_option", pick),
    "radio_buttons": Kind("selected_option", "initial_option", pick),
    "multi_static_select": Kind("selected_options", "initial_options", _pick_several),
    "checkboxes": Kind("selected_options", "initial_options", _pick_several),
    "users_select": Kind("selected_user", "initial_user", _one),
    "multi_users_select": Kind("selected_users", "initial_users", _several),
    "channels_select": Kind("selected_channel", "initial_channel", _one),
    "multi_channels_select": Kind("selected_channels", "initial_channels", _several),
    "conversations_select": Kind("selected_conversation", "initial_conversation", _one),
    "multi_conversations_select": Kind("selected_conversations", "initial_conversations", _several),
    "datepicker": Kind("selected_date", "initial_date", _matching(f"{DATE}|")),
    "timepicker": Kind("selected_time", "initial_time", _matching(f"{TIME}|")),
    "datetimepicker": Kind("selected_date_time", "initial_date_time", _one),
    "file_input": Kind("files", "initial_files", _attached),
}
