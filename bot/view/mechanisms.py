"""The register of mechanisms, and who speaks for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import ActionsBlock

from bot.domain.mechanisms import Mechanism, MechanismStatus
from bot.domain.members import Member
from bot.domain.register import (
    MechanismAdded,
    MechanismEdited,
    MechanismOutcome,
    MechanismRetired,
    MechanismShown,
    MechanismsListed,
    RegisterLoaded,
    ZoneFrom,
)
from bot.domain.representatives import Representative
from bot.domain.zones import display_name
from bot.view import terms
from bot.view.message import Message, actions, as_fit, button, context, lines, listing, note, paragraphs
from bot.view.texts import Mrkdwn, Words

EDIT, RETIRE, RESTORE = "mechanism-edit", "mechanism-retire", "mechanism-restore"

MARKS: Mapping[MechanismStatus, str] = {
    MechanismStatus.DORMANT: "mark-dormant",
    MechanismStatus.HISTORICAL: "mark-historical",
    MechanismStatus.PROPOSED: "mark-proposed",
    MechanismStatus.UNCLEAR: "mark-unclear",
}
TYPES = {"rcp": "mechanism-type-rcp", "irf": "mechanism-type-irf", "global": "mechanism-type-global"}
CONFIDENCE = {"high": "confidence-high", "medium": "confidence-medium", "low": "confidence-low"}
ZONES: Mapping[ZoneFrom, str] = {
    ZoneFrom.CHOSEN: "mechanism-zone-chosen",
    ZoneFrom.SEAT: "mechanism-zone-seat",
    ZoneFrom.WORKSPACE: "mechanism-zone-workspace",
    ZoneFrom.NOBODY: "mechanism-zone-nobody",
}
FACTS = {
    "abbreviation": "fact-abbreviation",
    "aliases": "fact-aliases",
    "type": "fact-type",
    "region": "fact-region",
    "associated_body": "fact-associated-body",
    "established": "fact-established",
    "secretariat": "fact-secretariat",
    "chair_model": "fact-chair-model",
    "source": "fact-source",
    "note": "fact-note",
}
"""In the order of the register."""

NAMES = FACTS | {"name": "fact-name", "status": "fact-status", "zone": "fact-zone"}
"""What may be changed."""


def listed(words: Words, outcome: MechanismsListed) -> Message:
    if not outcome.mechanisms:
        return note(words.md("mechanisms-none"))
    groups = [_row(words, each, outcome) for each in outcome.mechanisms]
    heading = words.count("mechanisms-heading", len(outcome.mechanisms))
    if outcome.retired and not any(each.retired for each in outcome.mechanisms):
        heading = lines(heading, words.count("mechanisms-retired", outcome.retired))
    return listing(words, heading, groups)


def shown(words: Words, reader: Member, outcome: MechanismShown) -> Message:
    """What is known of it, the people as far as they fit; organisers get buttons."""
    mechanism = outcome.mechanism
    facts = [_title(words, mechanism), *_facts(words, mechanism), _zone(words, mechanism, outcome.zone_from)]
    people = _people(words, outcome)
    buttons = [_buttons(words, mechanism)] if reader.is_organiser else []
    always = [*paragraphs(facts), *buttons]
    fitting = people[: len(as_fit([always, *(paragraphs(group) for group in people)])) - 1]
    left = len(people) - len(fitting)
    more = [words.count("and-more", left)] if left else []
    rows = [*facts, *(row for group in fitting for row in group)]
    return Message(lines(*rows, *more), (*paragraphs(rows), *(context(each) for each in more), *buttons))


def loaded(words: Words, outcome: RegisterLoaded) -> Message:
    rows = [words.count("register-added", outcome.added)]
    if outcome.stood:
        rows.append(words.count("register-stood", outcome.stood))
    rows += [words.md("register-clash", mechanism=title, other=other) for title, other in outcome.clashing]
    return note(lines(*rows))


def done(words: Words, outcome: MechanismOutcome) -> Message:
    """What came of a change; the mechanism's days are said, since whose voice counts hangs on them."""
    title = outcome.mechanism.title
    match outcome:
        case MechanismAdded():
            text = words.md("mechanism-added", title=title, code=outcome.mechanism.facts.code)
        case MechanismEdited(_, ()):
            text = words.md("mechanism-same", title=title)
        case MechanismEdited(mechanism, changed):
            what = ", ".join(words.plain(NAMES[each]) for each in changed)
            text = words.md("mechanism-edited", title=title, what=what, zone=mechanism.zone_name)
        case MechanismRetired(mechanism, same):
            text = _retired(words, mechanism, same=same)
        case _ as never:
            assert_never(never)
    return note(text)


def _retired(words: Words, mechanism: Mechanism, *, same: bool) -> Mrkdwn:
    if same:
        return words.md("mechanism-retired-already" if mechanism.retired else "mechanism-in-use", title=mechanism.title)
    return words.md("mechanism-is-retired" if mechanism.retired else "mechanism-is-restored", title=mechanism.title)


def _row(words: Words, mechanism: Mechanism, outcome: MechanismsListed) -> Sequence[Mrkdwn]:
    speaking = [each for each in outcome.speaking if each.mechanism.id == mechanism.id]
    claiming = [each for each in outcome.claiming if each.mechanism.id == mechanism.id]
    rows = [_title(words, mechanism)]
    rows.append(terms.by_role(words, speaking) if speaking else words.md("mechanism-nobody"))
    if claiming:
        rows.append(words.md("mechanism-claims", people=terms.by_role(words, claiming)))
    return rows


def _title(words: Words, mechanism: Mechanism) -> Mrkdwn:
    facts = mechanism.facts
    named = words.md("mechanism-named", title=facts.abbreviation, name=facts.name)
    title = named if facts.abbreviation not in ("", facts.name) else words.md("mechanism-title", title=mechanism.title)
    marks = [words.md("mark-retired")] if mechanism.retired else []
    marks += [words.md(MARKS[facts.status])] if facts.status in MARKS else []
    marks += [words.md("mark-doubt")] if facts.is_in_doubt else []
    return Mrkdwn(" · ".join((title, *marks)))


def _facts(words: Words, mechanism: Mechanism) -> list[Mrkdwn]:
    facts = mechanism.facts
    said = {name: _fact(words, name, getattr(facts, name)) for name in FACTS}
    rows = [words.md("fact", name=words.plain(FACTS[name]), fact=fact) for name, fact in said.items() if fact]
    if facts.confidence in CONFIDENCE:
        rows.append(words.md(CONFIDENCE[facts.confidence]))
    missing = [words.plain(FACTS[name]) for name, fact in said.items() if not fact and name not in ("note", "aliases")]
    return [*rows, words.md("facts-missing", facts=", ".join(missing))] if missing else rows


def _fact(words: Words, name: str, fact: str | tuple[str, ...]) -> str:
    if isinstance(fact, tuple):
        return ", ".join(fact)
    return words.plain(TYPES[fact]) if name == "type" and fact in TYPES else fact


def _zone(words: Words, mechanism: Mechanism, where_from: ZoneFrom) -> Mrkdwn:
    place = display_name(ZoneInfo(mechanism.zone_name))
    return words.md("mechanism-zone", place=place, zone=mechanism.zone_name, origin=words.plain(ZONES[where_from]))


def _people(words: Words, outcome: MechanismShown) -> list[list[Mrkdwn]]:
    """The rows of one person each, those who speak for it now first; the first of a kind has the heading with it."""
    found = outcome.terms
    rows = [
        *_group(words, words.md("terms-speaking"), found.speaking),
        *_group(words, words.md("terms-claiming"), found.claiming),
        *_group(words, words.md("terms-to-come"), found.to_come),
        *_group(words, words.md("terms-over"), found.over),
    ]
    return rows or [[words.md("mechanism-nobody")]]


def _group(words: Words, heading: Mrkdwn, among: Iterable[Representative]) -> list[list[Mrkdwn]]:
    rows = [[terms.row(words, each)] for each in among]
    return [[heading, *rows[0]], *rows[1:]] if rows else []


def _buttons(words: Words, mechanism: Mechanism) -> ActionsBlock:
    turn = (
        button(words.plain("button-restore"), RESTORE, mechanism.id)
        if mechanism.retired
        else button(words.plain("button-retire"), RETIRE, mechanism.id)
    )
    return actions(button(words.plain("button-edit"), EDIT, mechanism.id), turn)
