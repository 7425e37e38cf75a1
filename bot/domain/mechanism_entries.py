"""A mechanism as a form asks for it, read into facts and a zone, or into what is refused, by input."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from bot.domain.folding import fold
from bot.domain.markup import plain_words
from bot.domain.mechanism_grammar import VERBS
from bot.domain.mechanisms import Mechanism, MechanismFacts, MechanismStatus
from bot.domain.refusal_places import Places
from bot.domain.refusals import Refusal
from bot.domain.repetitions import digest
from bot.domain.roles import find_role
from bot.domain.spellings import spell
from bot.domain.words import short_number
from bot.domain.zones import find_zone

NAME, ABBREVIATION, ALIASES, STATUS, ZONE = "name", "abbreviation", "aliases", "status", "zone"
TEXTS = ("type", "region", "associated_body", "established", "secretariat", "chair_model", "source", "note")
"""Facts that are texts as they are typed; all of these are inputs by their names."""

LONGEST_NAME, LONGEST_SHORT, LONGEST_TEXT = 200, 80, 500
MOST_ALIASES = 20

_RESERVED = VERBS | {
    "all", "and", "any", "anybody", "anyone", "as", "at", "by", "chairs", "everybody", "everyone", "everything", "for",
    "from", "heads", "in", "me", "mechanism", "mechanisms", "myself", "nobody", "none", "not", "of", "on", "or", "to",
    "until", "with",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MechanismEntry:
    """As it was filled in, by the inputs' names; aliases one a line. Empty is what nobody knows."""

    typed: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.typed.get(name, "")


@dataclass(frozen=True, slots=True)
class MechanismRead:
    """`zone_name` (IANA) is None where its days begin as the workspace's do."""

    facts: MechanismFacts
    zone_name: str | None


def read(entry: MechanismEntry, before: Mechanism | None = None) -> MechanismRead | Mapping[str, Refusal]:
    """The facts that were asked for, or what is refused of them, by input. A new one's code is yet to be given.

    Names that it has are taken as they are: the register's ADD reads like a verb of ours. How sure the register is of
    its facts is kept as long as their source is.
    """
    places, had = Places(), frozenset[str]() if before is None else before.names
    name = places.read(NAME, partial(_name, entry.text(NAME), had))
    short = partial(check_short, had=had)
    abbreviation = places.read(ABBREVIATION, partial(_maybe, short, entry.text(ABBREVIATION)))
    aliases = places.read(ALIASES, partial(_aliases, entry.text(ALIASES), had))
    texts = {each: places.read(each, partial(_maybe, _check_text, entry.text(each))) or "" for each in TEXTS}
    zone = places.read(ZONE, partial(_maybe, _zone, entry.text(ZONE)))
    status = places.read(STATUS, partial(_status, entry.text(STATUS)))
    if name is None or status is None or places.refused:
        return places.refused
    facts = MechanismFacts("", name, abbreviation or "", aliases or (), status=status, **texts)
    return MechanismRead(_as_before(facts, before), zone or None)


def check_short(typed: str, had: frozenset[str] = frozenset()) -> str:
    """An abbreviation or alias as it is shown; `had` are names that the mechanism has already, as they are spelt.

    Raises:
        Refusal("mechanism-text-too-long"), Refusal("mechanism-name-empty"), Refusal("mechanism-name-reserved")
    """
    return _check_name(_check_length(_shown(typed), LONGEST_SHORT), had)


def check_aliases(aliases: tuple[str, ...]) -> tuple[str, ...]:
    """The aliases themselves: Refusal("aliases-too-many")."""
    if len(aliases) > MOST_ALIASES:
        raise Refusal("aliases-too-many", count=len(aliases), limit=MOST_ALIASES)
    return aliases


def revision_of(mechanism: Mechanism | None) -> str:
    """What tells that nobody has changed a mechanism since; empty for one that isn't there yet."""
    return "" if mechanism is None else digest((mechanism.facts, mechanism.own_zone, mechanism.retired))[:12]


def place(name: str, revision: str) -> str:
    """An input's name. It tells the mechanism's revision, so that a form is known that has become old."""
    return f"{name}-{revision}" if revision else name


def _as_before(facts: MechanismFacts, before: Mechanism | None) -> MechanismFacts:
    if before is None:
        return facts
    confidence = before.facts.confidence if facts.source == before.facts.source else ""
    return replace(facts, code=before.facts.code, confidence=confidence)


def _name(typed: str, had: frozenset[str]) -> str:
    return _check_name(_check_length(_shown(typed), LONGEST_NAME), had)


def _aliases(typed: str, had: frozenset[str]) -> tuple[str, ...]:
    """Each once, whatever its case and accents."""
    found: dict[str, str] = {}
    for each in filter(str.strip, typed.splitlines()):
        found.setdefault(fold(each), check_short(each, had))
    return check_aliases(tuple(found.values()))


def _maybe(check: Callable[[str], str], typed: str) -> str:
    return check(typed) if typed else ""


def _check_text(typed: str) -> str:
    return _check_length(_shown(typed), LONGEST_TEXT)


def _check_length(shown: str, limit: int) -> str:
    if len(shown) > limit:
        raise Refusal("mechanism-text-too-long", count=len(shown), limit=limit)
    return shown


def _check_name(shown: str, had: frozenset[str]) -> str:
    """Refusal("mechanism-name-empty"); Refusal("mechanism-name-reserved"): it would be read as something else."""
    spelt = spell(shown)
    if not spelt:
        raise Refusal("mechanism-name-empty")
    numbered = any(short_number(spelt, letter) is not None for letter in "WPC")
    if spelt in had:
        return shown
    if numbered or _RESERVED & {spelt, fold(shown)} or find_role(shown) or find_role(spelt):
        raise Refusal("mechanism-name-reserved", typed=shown)
    return shown


def _shown(typed: str) -> str:
    return " ".join(plain_words(typed).split())


def _zone(typed: str) -> str:
    return find_zone(typed).key


def _status(typed: str) -> MechanismStatus:
    """Refusal("mechanism-status-missing"): Slack offers no other than ours."""
    try:
        return MechanismStatus(typed)
    except ValueError:
        raise Refusal("mechanism-status-missing") from None
