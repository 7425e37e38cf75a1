"""What the rules say when they won't: a message id and its facts, never prose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TypeAlias

Fact: TypeAlias = str | int | date | datetime | time | tuple[str, ...]


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault
    """A request that is declined, worded in `bot.view` alone.

    `facts["readings"]`, where present, holds whole command texts (without the slash word), each of which
    would be understood: the answer offers them as buttons.
    """

    def __init__(self, key: str, **facts: Fact) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts: Mapping[str, Fact] = facts
