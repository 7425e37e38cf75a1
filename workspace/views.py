"""Modals and the App Home, as the bot describes them, held to Slack's limits."""

import json
from typing import Any

from workspace.blocks import BLOCK_OF_MODAL, BLOCKS_OF_VIEW, check_blocks, elements_of, with_ids
from workspace.checks import Check, Spot, boolean, by_type, record, string
from workspace.elements import ID_LENGTH, plain_text
from workspace.wire import Json, SlackError

TITLE = 24
PRIVATE_METADATA = 3000
VIEW_BYTES = 250_000


def input_has_submit(spot: Spot) -> None:
    has_input = any(block["type"] == "input" for block in spot.value["blocks"])
    if has_input and "submit" not in spot.value:
        spot.refuse("missing required field: submit, where a view has an input")


COMMON: dict[str, Check] = {
    "private_metadata": string(PRIVATE_METADATA, 0),
    "callback_id": string(ID_LENGTH, 0),
    "external_id": string(ID_LENGTH, 0),
}
VIEW = by_type(
    {
        "modal": record(
            {"title": plain_text(TITLE), "blocks": check_blocks(BLOCKS_OF_VIEW, BLOCK_OF_MODAL)},
            {
                **COMMON,
                "submit": plain_text(TITLE),
                "close": plain_text(TITLE),
                "clear_on_close": boolean,
                "notify_on_close": boolean,
                "submit_disabled": boolean,
            },
            input_has_submit,
        ),
        "home": record({"blocks": check_blocks(BLOCKS_OF_VIEW)}, COMMON),
    }
)


def accept(value: Any, kind: str) -> Json:
    """The view that the bot describes, with the ids that Slack gives where the bot gave none.

    Raises:
        SlackError: Slack would not take it, or it is not of this `kind`.

    """
    problems: list[str] = []
    spot = Spot(value, "/view", problems)
    VIEW(spot)
    if not problems and value["type"] != kind:
        spot.refuse(f"must be of type {kind}")
    if problems:
        raise SlackError("invalid_arguments", response_metadata={"messages": problems})
    if len(json.dumps(value, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    return {**value, "blocks": with_ids(value["blocks"])}


def scopes_of(view: Json) -> tuple[str, ...]:
    """What the app must have been granted for the elements of an accepted view."""
    takes_files = any(element["type"] == "file_input" for block in view["blocks"] for element in elements_of(block))
    return ("files:read",) if takes_files else ()
