"""What an answer or a channel message is made of."""

from __future__ import annotations

from collections.abc import Iterable
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

from bot.view.texts import Mrkdwn

SECTION = 3000
HEADER = 150
BUTTON = 75


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
    label: str, action: str, value: int, *, style: str | None = None, spoken: str | None = None
) -> ButtonElement:
    """A button that carries the id `value`; `action` is unique in its block once the id is added.

    `spoken` is what a screen reader says where the label alone is too short to be understood.
    """
    return ButtonElement(
        text=PlainTextObject(text=shorten(label, BUTTON)),
        action_id=f"{action}:{value}",
        value=str(value),
        style=style,
        accessibility_label=None if spoken is None else shorten(spoken, BUTTON),
    )


def lines(*texts: Mrkdwn) -> Mrkdwn:
    return Mrkdwn("\n".join(texts))


def note(text: Mrkdwn, *blocks: Block) -> Message:
    """An answer in words, and what may be done about it."""
    return Message(text, (*paragraphs(text.split("\n")), *blocks))


def paragraphs(rows: Iterable[str]) -> list[SectionBlock]:
    """Lines in as few sections as Slack's limit allows."""
    packed: list[str] = []
    for row in rows:
        if packed and len(packed[-1]) + 1 + len(row) <= SECTION:
            packed[-1] += "\n" + row
        else:
            packed.append(row)
    return [section(Mrkdwn(each)) for each in packed]


def shorten(text: str, limit: int) -> str:
    """A label cut to a limit of Slack's. What it stands for is always whole in the text beside it."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
