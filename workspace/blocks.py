"""Blocks of messages and views, held to Slack's limits."""

import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from workspace.checks import Check, Spot, any_of, boolean, by_type, many, record, string
from workspace.elements import (
    ID_LENGTH,
    IN_ACTIONS,
    IN_INPUT,
    IN_INPUT_OF_MODAL,
    IN_SECTION,
    PICTURE,
    URL,
    URL_LENGTH,
    any_text,
    plain_text,
)
from workspace.wire import Json, SlackError

BLOCKS_OF_MESSAGE = 50
BLOCKS_OF_VIEW = 100
SECTION_TEXT = 3000
SECTION_FIELDS = 10
FIELD_TEXT = 2000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
ACTIONS_ELEMENTS = 25
TEXT_OF_ALL_BLOCKS = 13_200
"""Measured by others, not documented: about as much text as all blocks of a message may hold together."""

IN_CONTEXT = by_type(
    {
        "image": PICTURE,
        "plain_text": record({"text": string(SECTION_TEXT)}, {"emoji": boolean}),
        "mrkdwn": record({"text": string(SECTION_TEXT)}, {"verbatim": boolean}),
    }
)
BLOCK_ID: Mapping[str, Check] = {"block_id": string(ID_LENGTH)}


def files_dispatch_nothing(spot: Spot) -> None:
    if spot.value["element"]["type"] == "file_input" and spot.value.get("dispatch_action"):
        spot.at("element").refuse("unsupported type: file_input, where a block has dispatch_action")


def entry(element: Check) -> Check:
    """An input block."""
    return record(
        {"label": plain_text(2000), "element": element},
        {**BLOCK_ID, "hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
        files_dispatch_nothing,
    )


BLOCKS: Mapping[str, Check] = {
    "section": record(
        {},
        {
            **BLOCK_ID,
            "text": any_text(SECTION_TEXT),
            "fields": many(any_text(FIELD_TEXT), 1, SECTION_FIELDS),
            "accessory": IN_SECTION,
            "expand": boolean,
        },
        any_of("text", "fields"),
    ),
    "header": record({"text": plain_text(HEADER_TEXT)}, BLOCK_ID),
    "divider": record({}, BLOCK_ID),
    "context": record({"elements": many(IN_CONTEXT, 1, CONTEXT_ELEMENTS)}, BLOCK_ID),
    "actions": record({"elements": many(IN_ACTIONS, 1, ACTIONS_ELEMENTS)}, BLOCK_ID),
    "image": record(
        {"image_url": string(URL_LENGTH, pattern=URL), "alt_text": string(2000)},
        {**BLOCK_ID, "title": plain_text(2000)},
    ),
}
BLOCK = by_type({**BLOCKS, "input": entry(IN_INPUT)})
BLOCK_OF_MODAL = by_type({**BLOCKS, "input": entry(IN_INPUT_OF_MODAL)})


def elements_of(block: Json) -> Iterator[Json]:
    """The elements of a block that a person can act on."""
    match block["type"]:
        case "actions":
            yield from block["elements"]
        case "section" if "accessory" in block and block["accessory"]["type"] != "image":
            yield block["accessory"]
        case "input":
            yield block["element"]


def check_blocks(at_most: int, block: Check = BLOCK) -> Check:
    """A list of blocks, none of whose ids stands twice."""
    each_in_order = many(block, 0, at_most)

    def check(spot: Spot) -> None:
        before = len(spot.problems)
        each_in_order(spot)
        if len(spot.problems) == before:
            _refuse_twins(spot)

    return check


def accept(value: Any) -> list[Json]:
    """The blocks of a message, with the ids that Slack gives where the bot gave none.

    Raises:
        SlackError: Slack would not take them.

    """
    if not isinstance(value, list):
        raise SlackError("invalid_blocks_format")
    problems: list[str] = []
    check_blocks(BLOCKS_OF_MESSAGE)(Spot(value, "/blocks", problems))
    if problems:
        plain = [problem.removeprefix("[ERROR] ") for problem in problems]
        raise SlackError("invalid_blocks", errors=plain, response_metadata={"messages": problems})
    if sum(map(len, texts_of(value))) > TEXT_OF_ALL_BLOCKS:
        raise SlackError("msg_blocks_too_long")
    return with_ids(value)


def texts_of(value: Any) -> Iterator[str]:
    """Every `text` in a tree of blocks, in its order."""
    if isinstance(value, list):
        for item in value:
            yield from texts_of(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name == "text" and isinstance(item, str):
                yield item
            else:
                yield from texts_of(item)


def with_ids(blocks: list[Json]) -> list[Json]:
    """A copy in which every block and every element has its id."""
    return [_with_ids(block) for block in blocks]


def _with_ids(block: Json) -> Json:
    full = {"block_id": secrets.token_hex(3), **block}
    match block["type"]:
        case "actions":
            full["elements"] = [_with_id(element) for element in block["elements"]]
        case "section" if "accessory" in block:
            full["accessory"] = _with_id(block["accessory"])
        case "input":
            full["element"] = _with_id(block["element"])
    return full


def _with_id(element: Json) -> Json:
    return element if element["type"] == "image" else {"action_id": secrets.token_hex(3), **element}


def _refuse_twins(spot: Spot) -> None:
    for twin in _twins(block.get("block_id") for block in spot.value):
        spot.refuse(f"block_id already exists: {twin}")
    for index, block in enumerate(spot.value):
        for twin in _twins(element.get("action_id") for element in elements_of(block)):
            spot.at(index).refuse(f"action_id already exists: {twin}")


def _twins(ids: Iterator[str | None]) -> list[str]:
    return [name for name, count in Counter(ids).items() if name is not None and count > 1]
