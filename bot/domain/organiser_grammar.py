"""What people type after `/consult organisers`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.folding import fold
from bot.domain.ids import UserId
from bot.domain.mentions import read_mentions
from bot.domain.refusals import Refusal
from bot.domain.trimmings import trim
from bot.domain.words import split

_ADD = frozenset({"add", "name", "appoint"})
_REMOVE = frozenset({"remove", "delete", "drop"})
_LIST = frozenset({"", "list", "show"})


@dataclass(frozen=True, slots=True)
class ListOrganisers:
    """`organisers`."""


@dataclass(frozen=True, slots=True)
class ChangeOrganisers:
    """`add @ana @ben` (`organise`), or `remove`."""

    users: tuple[UserId, ...]
    organise: bool


OrganiserCommand: TypeAlias = ListOrganisers | ChangeOrganisers


def parse(rest: str) -> OrganiserCommand:
    """What decoded `rest` asks for.

    Raises:
        Refusal("organisers-unreadable"): another word than `add` or `remove`.
        Refusal: those of `read_mentions`.
    """
    words = [word.text for word in split(rest)]
    verb = trim(fold(words[0])) if words else ""
    if verb in _LIST and len(words) <= 1:
        return ListOrganisers()
    if verb not in _ADD | _REMOVE:
        raise Refusal("organisers-unreadable", typed=rest)
    return ChangeOrganisers(read_mentions(words[1:]), organise=verb in _ADD)
