"""What a form is made of: a modal with inputs, each under one name, and the modal that says what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
)
from slack_sdk.models.views import View

from bot.domain.ids import DraftId
from bot.domain.refusals import Refusal
from bot.view import refusals
from bot.view.message import Message, context, shorten
from bot.view.texts import Words

OPTION = 75
LEFT_OUT = 500
TYPED = 3000
"""What an input of Slack's takes at most."""


@dataclass(frozen=True, slots=True)
class Form:
    """A modal. Its metadata is the id of a draft and nothing else: whose form it is, and where it was asked for.

    Of a form that any voter may send in it is the poll's id instead.
    """

    callback: str
    draft: DraftId
    title: str
    close: str
    blocks: Sequence[Block]
    submit: str | None = None

    def content(self) -> Mapping[str, object]:
        """As Slack takes it.

        Raises:
            SlackObjectFormationError: it breaks one of Slack's limits, which is a bug of ours.
        """
        view = View(
            type="modal",
            callback_id=self.callback,
            private_metadata=str(self.draft),
            title=self.title,
            submit=self.submit,
            close=self.close,
            blocks=list(self.blocks),
        )
        content: Mapping[str, object] = view.to_dict()
        return content


@dataclass(frozen=True, slots=True)
class Pushed:
    """A form in front of the one that was submitted: closing it leads back."""

    form: Form


@dataclass(frozen=True, slots=True)
class Errors:
    """Texts beside inputs, by the inputs' names; the form stays as it was filled in."""

    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Halted:
    """A refusal in the place of a form that has no input to put it beside: closing it leads back."""

    message: Message


def told(words: Words, message: Message, *, clear_on_close: bool = True) -> Mapping[str, object]:
    """An answer in the place of a form. Closing it leads back to no form, unless what was asked for isn't settled."""
    view = View(
        type="modal",
        title=words.plain("form-told"),
        close=words.plain("form-close"),
        clear_on_close=clear_on_close,
        blocks=list(message.blocks),
    )
    content: Mapping[str, object] = view.to_dict()
    return content


def beside(words: Words, refused: Mapping[str, Refusal]) -> Errors:
    return Errors({name: refusals.beside(words, refusal) for name, refusal in refused.items()})


def left_out(words: Words, typed: Sequence[str]) -> list[Block]:
    """What was typed and has no place in the form, so that nobody believes that it was taken over."""
    if not typed:
        return []
    return [context(words.md("form-left-out", typed=shorten(", ".join(typed), LEFT_OUT)))]


def entry(
    label: str,
    name: str,
    element: InputInteractiveElement,
    *,
    hint: str | None = None,
    optional: bool | None = None,
    dispatch_action: bool | None = None,
) -> InputBlock:
    """An input under `name`, which is its block's id; `element` bears an action id of its own or takes that name."""
    element.action_id = element.action_id or name
    return InputBlock(
        block_id=name,
        label=PlainTextObject(text=label),
        element=element,
        hint=None if hint is None else PlainTextObject(text=hint),
        optional=optional,
        dispatch_action=dispatch_action,
    )


def line(value: str | None, *, multiline: bool | None = None) -> PlainTextInputElement:
    """A text to type, with what is known already; past Slack's limit it is cut, and too long to be accepted."""
    return PlainTextInputElement(initial_value=shorten(value or "", TYPED) or None, multiline=multiline)


def radio(options: Sequence[Option], value: str | None) -> RadioButtonsElement:
    return RadioButtonsElement(options=list(options), initial_option=chosen(options, value))


def choice(text: str, value: str, description: str | None = None) -> Option:
    return Option(
        text=PlainTextObject(text=shorten(text, OPTION)),
        value=value,
        description=None if description is None else PlainTextObject(text=shorten(description, OPTION)),
    )


def chosen(options: Sequence[Option], value: str | None) -> Option | None:
    return next((each for each in options if each.value == value), None)
