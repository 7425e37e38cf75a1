"""Representatives as a form asks for them, read into what typed ones are read into; and the form filled with a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from bot.domain.ids import MechanismId, UserId
from bot.domain.mechanisms import Mechanism, choose_mechanism
from bot.domain.mentions import read_mention
from bot.domain.refusal_places import Places
from bot.domain.refusals import Refusal
from bot.domain.represent_grammar import Represent, parse
from bot.domain.representations import NewRepresentation, Person, check_in_use, person
from bot.domain.representatives import How
from bot.domain.roles import Role
from bot.domain.webinar_entries import read_day
from bot.domain.words import split_parts

PEOPLE, NAME, HOW, MECHANISM, ROLE, SINCE, UNTIL = "people", "name", "how", "mechanism", "role", "since", "until"
"""The inputs, by the names under which their refusals are returned."""

_PLACES = {
    "representative-bot": PEOPLE,
    "member-left": PEOPLE,
    "person-missing": PEOPLE,
    "how-needless": HOW,
    "how-missing": HOW,
}


@dataclass(frozen=True, slots=True)
class RepresentEntry:
    """As it was filled in; empty is what wasn't. `mechanism` is an id that was chosen, or a name that was typed."""

    people: tuple[str, ...] = ()
    name: str = ""
    how: str = ""
    mechanism: str = ""
    role: str = ""
    since: str = ""
    until: str = ""


def read(entry: RepresentEntry, among: Sequence[Mechanism]) -> tuple[NewRepresentation, ...] | Mapping[str, Refusal]:
    """Those who are to be named, or what is refused, by input."""
    places = Places()
    people = _people(places, entry)
    mechanism = places.read(MECHANISM, partial(_mechanism, entry.mechanism, among))
    role = places.read(ROLE, partial(_role, entry.role))
    since = places.read(SINCE, partial(read_day, entry.since)) if entry.since else None
    until = places.read(UNTIL, partial(read_day, entry.until)) if entry.until else None
    if since is not None and until is not None and until < since:
        places.refused[UNTIL] = Refusal("days-reversed", since=since, until=until)
    if mechanism is None or role is None or places.refused:
        return places.refused
    return tuple(NewRepresentation(each, mechanism, role, since, until) for each in people)


def place_of(refusal: Refusal) -> str:
    """The input beside which a refusal of the whole stands."""
    if refusal.key in _PLACES:
        return _PLACES[refusal.key]
    return UNTIL if refusal.key == "days-reversed" else MECHANISM if refusal.key.startswith("mechanism-") else NAME


def fill(text: str, among: Sequence[Mechanism], today: date) -> RepresentEntry:
    """What could be read of a command that was refused. Nothing here is ever refused.

    Where it can't be read as a whole, the people who are mentioned are kept.
    """
    rest = text.strip().partition(" ")[2]
    try:
        asked = parse(rest, today)
    except Refusal:
        return RepresentEntry(people=_mentioned(rest))
    return _filled(asked, among) if isinstance(asked, Represent) else RepresentEntry()


def _filled(asked: Represent, among: Sequence[Mechanism]) -> RepresentEntry:
    return RepresentEntry(
        people=asked.whom.users,
        name=asked.whom.name,
        how=asked.how or "",
        mechanism=_found(asked.whom.mechanism, among),
        role=asked.role or "",
        since=asked.since.isoformat() if asked.since else "",
        until=asked.until.isoformat() if asked.until else "",
    )


def _people(places: Places, entry: RepresentEntry) -> tuple[Person, ...]:
    try:
        how = How(entry.how) if entry.how else None
        users = tuple(UserId(each) for each in entry.people)
        return tuple(person(each, entry.name, how) for each in users or (None,))
    except Refusal as refusal:
        places.refused[place_of(refusal)] = refusal
    except ValueError:
        places.refused[HOW] = Refusal("how-missing", name=entry.name)
    return ()


def _mechanism(chosen: str, among: Sequence[Mechanism]) -> MechanismId:
    if not chosen:
        raise Refusal("mechanism-unchosen")
    by_id = next((each for each in among if str(each.id) == chosen), None)
    return check_in_use(by_id or choose_mechanism(chosen, among)).id


def _role(chosen: str) -> Role:
    try:
        return Role(chosen)
    except ValueError:
        raise Refusal("role-missing") from None


def _mentioned(rest: str) -> tuple[UserId, ...]:
    users: dict[UserId, None] = {}
    for word in split_parts(rest):
        try:
            user = read_mention(word.text)
        except Refusal:
            continue
        if user is not None:
            users[user] = None
    return tuple(users)


def _found(phrase: str, among: Sequence[Mechanism]) -> str:
    """The id of what was called so, or the name as it was typed."""
    try:
        return str(choose_mechanism(phrase, among).id)
    except Refusal:
        return phrase
