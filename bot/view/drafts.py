"""Buttons that stand for a whole command text."""

from __future__ import annotations

from slack_sdk.models.blocks import ButtonElement

from bot.domain.ids import DraftId
from bot.view.message import button
from bot.view.texts import Words

USE = "draft-use"
FILL_IN = "draft-fill-in"


def insist_button(words: Words, draft: DraftId) -> ButtonElement:
    return button(words.plain("button-insist"), USE, draft)


def reading_button(words: Words, place: int, draft: DraftId, text: str) -> ButtonElement:
    label = words.plain("button-reading", place=place)
    return button(label, USE, draft, spoken=f"{label}: {text}")


def form_button(words: Words, draft: DraftId) -> ButtonElement:
    """Opens the form, filled with what was understood of the draft."""
    return button(words.plain("button-form"), FILL_IN, draft)
