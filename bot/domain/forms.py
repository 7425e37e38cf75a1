"""Which form says the same as a command text."""

from __future__ import annotations

from typing import Literal, TypeAlias

FormName: TypeAlias = Literal["signup"]


def form_of(command: str, text: str) -> FormName | None:  # noqa: ARG001 - the text decides where a command has several
    """None where `text` asks for something that no form does."""
    return "signup" if command == "signup" else None
