"""Which form says the same as a command text."""

from __future__ import annotations

from typing import Literal, TypeAlias

from bot.domain import poll_grammar

FormName: TypeAlias = Literal["signup", "poll"]


def form_of(command: str, text: str) -> FormName | None:
    """None where `text` asks for something that no form does."""
    match command:
        case "signup":
            return "signup"
        case "poll":
            return None if poll_grammar.is_subcommand(text) else "poll"
        case _:
            return None
