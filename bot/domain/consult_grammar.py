"""What people type after `/consult`, decoded: a topic, each with a grammar of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.domain.folding import fold, without_hiding
from bot.domain.trimmings import trim
from bot.domain.words import split

UNBUILT = ("language", "timezone", "privacy", "status")
TOPICS = {
    **dict.fromkeys(("organisers", "organiser", "organizers", "organizer"), "organisers"),
    **dict.fromkeys(("mechanisms", "mechanism"), "mechanisms"),
    **dict.fromkeys(("represent", "represents", "representative", "representatives"), "represent"),
    **dict.fromkeys(("claims", "claim"), "claims"),
    "audit": "audit",
}

_DELIVERIES = frozenset({"delivery", "deliveries"})


@dataclass(frozen=True, slots=True)
class Help:
    """`reason` is the key of why nothing was done, if anything was asked for, and `typed` the word that was."""

    reason: Literal["verb-unknown", "verb-unbuilt"] | None = None
    typed: str = ""


@dataclass(frozen=True, slots=True)
class ShowDeliveries:
    """`deliveries`."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One of `TOPICS` by its name; `rest` is what follows it, as typed."""

    name: str
    rest: str


ConsultCommand: TypeAlias = Help | ShowDeliveries | Topic


def parse(text: str) -> ConsultCommand:
    """What decoded `text` asks for; nothing is refused."""
    typed = without_hiding(text)
    words = split(typed)
    said = trim(fold(typed))
    if said in ("", "help"):
        return Help()
    if said in _DELIVERIES:
        return ShowDeliveries()
    verb = trim(fold(words[0].text))
    if verb in TOPICS:
        return Topic(TOPICS[verb], typed[words[0].end :].strip())
    return Help("verb-unbuilt", verb) if verb in UNBUILT else Help("verb-unknown", words[0].text)
