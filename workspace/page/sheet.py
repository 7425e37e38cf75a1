"""What the blocks of one message are drawn on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workspace.inputs import Place
from workspace.page.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The message's `ts`, who reads it, the elements being pressed just now, and what was chosen in them before."""

    ts: str
    reader: Reader
    pressed: frozenset[Place] = frozenset()
    chosen: Mapping[Place, Any] = field(default_factory=dict)
