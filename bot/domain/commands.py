"""The slash commands: one table, from which listeners are registered and the manifest is made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """`name` without slash and prefix; description and usage hint are catalogue keys made from it."""

    name: str

    @property
    def description_key(self) -> str:
        return f"command-{self.name}-description"

    @property
    def usage_key(self) -> str:
        return f"command-{self.name}-usage"


COMMANDS = (CommandSpec("signup"), CommandSpec("webinar"), CommandSpec("poll"), CommandSpec("consult"))
