"""What the blocks of one message or view are drawn on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workspace.inputs import Place
from workspace.page.reader import Reader

Raw = str | list[str]
"""What stands in a field: what is typed, the value of the chosen option, or the values of several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Who reads it, the elements being pressed just now, and what was chosen in them before.

    `source` is the message's `ts`, or the view's id. `copy` tells apart what stands on the page twice. Only a view has
    `drafts`, what its person has entered and the bot has not been told, and `errors`, a text by `block_id`.
    """

    source: str
    reader: Reader
    copy: str = ""
    pressed: frozenset[Place] = frozenset()
    chosen: Mapping[Place, Any] = field(default_factory=dict)
    drafts: Mapping[Place, Raw] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """What the ids of its elements begin with."""
        return self.copy + self.source
