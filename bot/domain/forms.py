"""Which form says the same as a command text."""

from __future__ import annotations

from typing import Literal, TypeAlias

from bot.domain import poll_grammar
from bot.domain.folding import fold
from bot.domain.poll_quotes import QUOTES

FormName: TypeAlias = Literal["signup", "webinar-new", "webinar-edit", "poll"]


def form_of(command: str, text: str) -> FormName | None:
    """None where `text` asks for something that no form does."""
    match command:
        case "signup":
            return "signup"
        case "poll":
            return None if poll_grammar.is_subcommand(text) else "poll"
        case "webinar":
            return _of_webinar(text)
        case _:
            return None


def _of_webinar(text: str) -> FormName | None:
    first = fold(text).partition(" ")[0]
    if first == "edit":
        return "webinar-edit"
    begins = first in ("", "new") or text.lstrip()[0] in QUOTES
    return "webinar-new" if begins else None
