"""What people type after `/consult mechanisms`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.folding import fold
from bot.domain.poll_quotes import quote, read_next
from bot.domain.refusals import Refusal
from bot.domain.trimmings import trim
from bot.domain.words import split

LOAD, ADD, EDIT, SHOW = "load", "add", "edit", "show"
RETIRE, RESTORE, ALIAS, ZONE = "retire", "restore", "alias", "zone"

_SAID = {
    LOAD: "load, import",
    ADD: "add, new",
    EDIT: "edit, change",
    SHOW: "show",
    RETIRE: "retire",
    RESTORE: "restore, unretire, reinstate",
    ALIAS: "alias, aliases",
    ZONE: "zone, timezone",
}
_VERBS = {word: verb for verb, said in _SAID.items() for word in said.split(", ")}
_LIST, _ALL, _HELP = frozenset({"", "list"}), frozenset({"all", "list all", "show all"}), "help"

VERBS = frozenset(_VERBS) | {"list", _HELP}
"""What no mechanism can be called: it would never be shown."""


@dataclass(frozen=True, slots=True)
class Help:
    """`help`."""


@dataclass(frozen=True, slots=True)
class ListMechanisms:
    """`mechanisms`; with `everything` the retired ones too."""

    everything: bool = False


@dataclass(frozen=True, slots=True)
class LoadRegister:
    """`load`."""


@dataclass(frozen=True, slots=True)
class AddMechanism:
    """`add "NAME"`, or `add` alone: the form."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class MechanismVerb:
    """`verb` is SHOW, EDIT, RETIRE or RESTORE; `phrase` is how the mechanism was named."""

    verb: str
    phrase: str


@dataclass(frozen=True, slots=True)
class MechanismChange:
    """`verb` is ALIAS or ZONE. Where the mechanism's name ends, in `rest`, only the register can tell."""

    verb: str
    rest: str


MechanismCommand: TypeAlias = Help | ListMechanisms | LoadRegister | AddMechanism | MechanismVerb | MechanismChange


def parse(rest: str) -> MechanismCommand:
    """What decoded `rest` asks for; what isn't a verb of ours is a mechanism, to be shown.

    Raises:
        Refusal("mechanism-missing"): a verb without a mechanism.
        Refusal: those of `read_next`.
    """
    whole = trim(fold(rest))
    if whole == _HELP:
        return Help()
    if whole in _LIST | _ALL:
        return ListMechanisms(everything=whole in _ALL)
    first = split(rest)[0]
    verb = _VERBS.get(trim(fold(first.text)))
    if verb is None:
        return MechanismVerb(SHOW, rest.strip())
    return _after(verb, rest[first.end :].strip())


def edit_text(code: str) -> str:
    """What would be typed after `/consult` to edit it."""
    return f"mechanisms {EDIT} {quote(code)}"


def _after(verb: str, said: str) -> MechanismCommand:
    if verb == LOAD and not said:
        return LoadRegister()
    if verb == LOAD:
        raise Refusal("mechanisms-load-all", typed=said)
    if verb == ADD:
        quoted = read_next(said)
        return AddMechanism(quoted.content if quoted else said)
    if not said:
        raise Refusal("mechanism-missing", verb=verb)
    return MechanismChange(verb, said) if verb in (ALIAS, ZONE) else MechanismVerb(verb, said)
