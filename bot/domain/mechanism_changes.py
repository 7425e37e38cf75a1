"""What is typed after a mechanism's name to change it: where the name ends, only the register can tell."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain import spellings
from bot.domain.folding import fold
from bot.domain.mechanisms import Mechanism, choose_mechanism
from bot.domain.poll_quotes import read_all
from bot.domain.refusals import Refusal
from bot.domain.words import split
from bot.domain.zones import find_zone, zones_named

_TO = frozenset({"to", "in", "is", "as"})
_NO_ZONE = frozenset({"workspace", "none", "default"})


def read_alias(rest: str, among: Sequence[Mechanism]) -> tuple[Mechanism, str]:
    """`Colombo Process "CP"`, or `MIDSA SADC dialogue`: the longest whole name, then what it is called as well.

    Raises:
        Refusal("alias-missing"), and those of `choose_mechanism` and `read_all`.
    """
    quoted = read_all(rest)
    if quoted and not rest[quoted[-1].end :].strip(" .,;") and (said := rest[: quoted[-1].start].strip(" :=")):
        return choose_mechanism(said, among), quoted[-1].content
    for head, tail in _splits(rest):
        found = [each for each in among if spellings.spell(head) in each.names]
        if len(found) == 1:
            return found[0], tail
    raise Refusal("alias-missing", mechanism=choose_mechanism(rest, among).title)


def read_zone(rest: str, among: Sequence[Mechanism]) -> tuple[Mechanism, str | None]:
    """`PIDC Apia`, `Rabat Process to Rabat`, `PIDC workspace`: the longest name that a zone follows.

    Raises:
        Refusal("zone-missing"), and those of `choose_mechanism` and `find_zone`.
    """
    for head, tail in _splits(rest):
        if not (spellings.spell(tail) in _NO_ZONE or zones_named(tail)):
            continue
        try:
            mechanism = choose_mechanism(head, among)
        except Refusal:
            continue
        return mechanism, None if spellings.spell(tail) in _NO_ZONE else find_zone(tail).key
    for head, tail in _splits(rest):
        if any(spellings.spell(head) in each.names for each in among):
            find_zone(tail)
    raise Refusal("zone-missing", mechanism=choose_mechanism(rest, among).title)


def _splits(rest: str) -> list[tuple[str, str]]:
    """Where a name may end and something else begin, the longest name first; `to` between them says nothing."""
    return [(_without_to(rest[: word.start]), rest[word.start :].strip()) for word in reversed(split(rest)[1:])]


def _without_to(head: str) -> str:
    words = split(head)
    return head[: words[-1].start].strip() if fold(words[-1].text) in _TO else head.strip()
