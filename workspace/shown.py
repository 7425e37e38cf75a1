"""The readable text of what the workspace shows, for assertions and for people without the page."""

from collections.abc import Iterator
from typing import Any

from workspace.messages import Ephemeral, Message
from workspace.modals import View
from workspace.wire import decode_entities

UNSEEN = frozenset({"confirm", "placeholder"})
"""What a reader doesn't see until acting on an element."""


def plain(shown: Message | Ephemeral | View) -> str:
    """All that is read in it, a line for each text; of a message with blocks that is the blocks, as in Slack."""
    match shown:
        case View():
            return _lines([shown.content.get(part) for part in ("title", "blocks", "submit", "close")])
        case Message(blocks=[]) | Ephemeral(blocks=[]):
            return decode_entities(shown.text)
        case _:
            return _lines(shown.blocks)


def _lines(parts: Any) -> str:
    return decode_entities("\n".join(_seen(parts)))


def _seen(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _seen(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name in ("text", "alt_text") and isinstance(item, str):
                yield item
            elif name not in UNSEEN:
                yield from _seen(item)
