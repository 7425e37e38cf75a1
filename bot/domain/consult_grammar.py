"""What people type after `/consult`, decoded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.domain.folding import fold, without_hiding
from bot.domain.trimmings import trim
from bot.domain.words import split

UNBUILT = ("organisers", "mechanisms", "represent", "language", "timezone", "privacy", "audit", "status")

_DELIVERIES = frozenset({"delivery", "deliveries"})


@dataclass(frozen=True, slots=True)
class Help:
    """`reason` is the key of why nothing was done, if anything was asked for, and `typed` the word that was."""

    reason: Literal["verb-unknown", "verb-unbuilt"] | None = None
    typed: str = ""


@dataclass(frozen=True, slots=True)
class ShowDeliveries:
    """`deliveries`."""


ConsultCommand: TypeAlias = Help | ShowDeliveries


def parse(text: str) -> ConsultCommand:
    """What decoded `text` asks for; nothing is refused."""
    words = split(without_hiding(text))
    said = trim(fold(text))
    if said in ("", "help"):
        return Help()
    if said in _DELIVERIES:
        return ShowDeliveries()
    verb = said.split()[0]
    return Help("verb-unbuilt", verb) if verb in UNBUILT else Help("verb-unknown", words[0].text)
