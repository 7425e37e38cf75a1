"""Refusals of what was filled in, gathered so that each can stand beside its input."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.domain.refusals import Refusal

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Places:
    """`refused` are the refusals by the input's name, each input's first."""

    refused: dict[str, Refusal] = field(default_factory=dict)

    def read(self, name: str, read: Callable[[], T]) -> T | None:
        """What `read` makes of that input; None where it is refused."""
        try:
            return read()
        except Refusal as refusal:
            self.refused.setdefault(name, refusal)
            return None
