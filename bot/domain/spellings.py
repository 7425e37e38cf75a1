"""Mechanisms' names as they are compared: `the Colombo Process`, `Colombo process` and `Colombo` are one name."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.domain.folding import fold

_WORD = re.compile(r"[^\W_]+(?:\+[^\W_]+)*")
_PLUS = re.compile(r"(?<=\d)\s*(?:\+|plus)\s*(?=\d)")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")

_BEFORE = frozenset({"the", "le", "la", "el", "l", "process", "processus", "proceso", "of", "de", "du", "del", "d"})
_BEHIND = frozenset({"process", "processus", "proceso"})


@lru_cache(maxsize=4_000)  # a register's names are compared again and again: with each row of a file, for one
def words(text: str) -> tuple[str, ...]:
    """The words of a name, folded, without punctuation: `IGAD–RCP` has two, `5 + 5` and `5plus5` are `5+5`."""
    return tuple(_WORD.findall(tighten(fold(text).replace("&", " and "))))


def tighten(text: str) -> str:
    """`5 + 5` and `5plus5` as the one word `5+5`."""
    return _PLUS.sub("+", text)


def whole(said: tuple[str, ...]) -> str:
    """Words as the whole of a name: without an article, and without `Process`, which people add and drop."""
    kept = _without_article(said)
    while len(kept) > 1 and kept[-1] in _BEHIND:
        kept = kept[:-1]
    return " ".join(kept)


def beginning(said: tuple[str, ...]) -> str:
    """Words as the beginning of a name, or as a name that may have begun so: all but the article."""
    return " ".join(_without_article(said))


def spell(text: str) -> str:
    """The whole of a name as it is compared; empty where it has no letter and no digit."""
    return whole(words(text))


def outside(text: str) -> str:
    """A name without what stands in brackets in it: of `RCM (Puebla Process)` RCM."""
    return _BRACKETS.sub(" ", text)


def inside(text: str) -> tuple[str, ...]:
    """What stands in brackets in a name, which is another name of its own."""
    return tuple(_BRACKETS.findall(text))


def _without_article(said: tuple[str, ...]) -> tuple[str, ...]:
    kept = said
    while len(kept) > 1 and kept[0] in _BEFORE:
        kept = kept[1:]
    return kept
