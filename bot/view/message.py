"""What an answer or a channel message is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.domain.lengths import length
from bot.view.texts import Mrkdwn, Words

SECTION = 3000
HEADER = 150
BUTTON = 75
BUTTONS = 25
"""In one block, Slack's limit."""

MOST_CHOICES = 100
"""Options of a select, Slack's limit."""

LIST_TEXT = 12_500
"""Characters in the blocks of a list: Slack's limit of 13,200 a message (measured, not documented) less a heading."""

LIST_BLOCKS = 48
"""Slack's limit of 50, less a heading and a line on what is left out."""

KEPT_TEXT = 4_000
"""What `chat.update` takes at most: where the details don't fit, `text` is the heading alone."""

JOINER = "\u200d"
"""Joins emoji into one; at the end of a text it joins nothing."""

ATOM = re.compile(r"<[^<>]{1,2900}>|&(?:amp|lt|gt);|[^\s<&]{1,50}|.")
"""What is never cut in two: a mention, a link, an entity, a word."""


@dataclass(frozen=True, slots=True)
class Message:
    """`text` makes sense alone: notifications and screen readers have nothing else. It is encoded."""

    text: str
    blocks: tuple[Block, ...] = ()

    def content(self) -> dict[str, Any]:
        """As arguments of a Slack call.

        Raises:
            SlackObjectFormationError: it breaks one of Slack's limits, which is a bug of ours.
        """
        return {"text": self.text, "blocks": [block.to_dict() for block in self.blocks]}


def section(text: Mrkdwn, accessory: InteractiveElement | None = None) -> SectionBlock:
    return SectionBlock(text=MarkdownTextObject(text=text), accessory=accessory)


def context(text: Mrkdwn) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=text)])


def header(text: str) -> HeaderBlock:
    return HeaderBlock(text=PlainTextObject(text=shorten(text, HEADER)))


def actions(*buttons: ButtonElement) -> ActionsBlock:
    return ActionsBlock(elements=list(buttons))


def button(
    label: str,
    action: str,
    value: int,
    *,
    choice: int | str | None = None,
    style: str | None = None,
    spoken: str | None = None,
) -> ButtonElement:
    """A button that carries the id `value`; `action` is unique in its block once the id is added.

    `choice` is another id before it, where it is about two things, or a word that says what to do. `spoken` is what a
    screen reader says where the label alone is too short to be understood.
    """
    carried = str(value) if choice is None else f"{choice}:{value}"
    return ButtonElement(
        text=PlainTextObject(text=shorten(label, BUTTON)),
        action_id=f"{action}:{carried}",
        value=carried,
        style=style,
        accessibility_label=None if spoken is None else shorten(spoken, BUTTON),
    )


def lines(*texts: Mrkdwn) -> Mrkdwn:
    return Mrkdwn("\n".join(texts))


def note(text: Mrkdwn, *blocks: Block) -> Message:
    """An answer in words, and what may be done about it."""
    return Message(text, (*paragraphs(text.split("\n")), *blocks))


def paragraphs(rows: Iterable[str]) -> list[SectionBlock]:
    """Lines in as few sections as Slack's limit allows; a line too long for one goes on in the next."""
    packed: list[str] = []
    for row in rows:
        if packed and length(packed[-1]) + 1 + length(row) <= SECTION:
            packed[-1] += "\n" + row
        else:
            packed += _pieces(row)
    return [section(Mrkdwn(each)) for each in packed]


def as_fit(groups: Iterable[Sequence[Block]]) -> list[Sequence[Block]]:
    """As many of `groups`, from the first, as stand in one message."""
    fitting: list[Sequence[Block]] = []
    room, blocks_left = LIST_TEXT, LIST_BLOCKS
    for group in groups:
        room -= sum(_lengths([block.to_dict() for block in group]))
        blocks_left -= len(group)
        if room < 0 or blocks_left < 0:
            break
        fitting.append(group)
    return fitting


def listing(
    words: Words,
    heading: Mrkdwn,
    groups: Sequence[Sequence[Mrkdwn]],
    *,
    unread: int = 0,
    where: Mrkdwn | None = None,
) -> Message:
    """Groups of lines; those that one message can't hold are counted, and the `unread` ones behind them.

    `where` says how the others can be read.
    """
    fitting = as_fit(paragraphs(group) for group in groups)
    left = len(groups) - len(fitting) + unread
    more = [words.count("and-more", left), *([] if where is None else [where])] if left else []
    rows = [row for group in groups[: len(fitting)] for row in group]
    blocks = [block for group in fitting for block in group]
    ends = [context(Mrkdwn(" ".join(more)))] if more else []
    return Message(lines(heading, *rows, *more), (section(heading), *blocks, *ends))


def shorten(text: str, limit: int) -> str:
    """A label cut to a limit of Slack's. What it stands for is always whole in the text beside it."""
    if length(text) <= limit:
        return text
    units = text.encode("utf-16-le")[: 2 * (limit - 1)]
    return units.decode("utf-16-le", "ignore").rstrip(JOINER) + "…"


def _pieces(row: str) -> list[str]:
    pieces, room = [""], SECTION
    for atom in ATOM.findall(row):
        if room < (taken := length(atom)):
            pieces.append("")
            room = SECTION
        pieces[-1] += atom
        room -= taken
    return pieces


def _lengths(value: object) -> Iterator[int]:
    """Of every `text` in a tree of blocks, as Slack counts them."""
    if isinstance(value, list):
        for item in value:
            yield from _lengths(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name == "text" and isinstance(item, str):
                yield length(item)
            else:
                yield from _lengths(item)
