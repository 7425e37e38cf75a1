"""The form of a mechanism: a new one, or one that stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, InputBlock, StaticSelectElement

from bot.domain.ids import DraftId
from bot.domain.mechanism_entries import (
    ABBREVIATION,
    ALIASES,
    LONGEST_NAME,
    LONGEST_SHORT,
    LONGEST_TEXT,
    NAME,
    STATUS,
    TEXTS,
    ZONE,
    place,
    revision_of,
)
from bot.domain.mechanisms import Mechanism, MechanismFacts, MechanismStatus
from bot.domain.zones import typed_name
from bot.view.forms import Form, choice, chosen, entry, line
from bot.view.mechanisms import NAMES
from bot.view.message import paragraphs
from bot.view.texts import Mrkdwn, Words

ADD, EDIT = "mechanism-add", "mechanism-change"
LONG = frozenset({"source", "note"})

STATUSES: Mapping[MechanismStatus, str] = {
    MechanismStatus.ACTIVE: "status-active",
    MechanismStatus.DORMANT: "status-dormant",
    MechanismStatus.HISTORICAL: "status-historical",
    MechanismStatus.PROPOSED: "status-proposed",
    MechanismStatus.UNCLEAR: "status-unclear",
}


def add(words: Words, name: str, draft: DraftId, namesake: Mechanism | None = None) -> Form:
    """`namesake` is a mechanism that may have been meant instead."""
    notes = () if namesake is None else (words.md("form-mechanism-namesake", title=namesake.title),)
    return Form(
        callback=ADD,
        draft=draft,
        title=words.plain("form-mechanism-add"),
        submit=words.plain("form-save"),
        close=words.plain("form-close"),
        blocks=[*paragraphs(notes), *_Inputs(words, "").all(MechanismFacts("", name), None)],
    )


def edit(words: Words, mechanism: Mechanism, draft: DraftId, *notes: Mrkdwn) -> Form:
    """What may be changed of a mechanism; `notes` stand above. Its inputs' names tell its revision."""
    inputs = _Inputs(words, revision_of(mechanism)).all(mechanism.facts, mechanism.own_zone)
    return Form(
        callback=EDIT,
        draft=draft,
        title=words.plain("form-mechanism-edit"),
        submit=words.plain("form-save"),
        close=words.plain("form-close"),
        blocks=[*paragraphs((*notes, words.md("mechanism-title", title=mechanism.title))), *inputs],
    )


@dataclass(frozen=True, slots=True)
class _Inputs:
    words: Words
    revision: str

    def all(self, facts: MechanismFacts, zone: str | None) -> list[Block]:
        zone_name = None if zone is None else typed_name(ZoneInfo(zone))
        up_to = self.words.plain("form-up-to", limit=LONGEST_SHORT)
        return [
            self._line(NAME, facts.name, self.words.plain("form-up-to", limit=LONGEST_NAME), optional=False),
            self._line(ABBREVIATION, facts.abbreviation, up_to),
            self._aliases(facts.aliases),
            *(self._text(name, getattr(facts, name)) for name in TEXTS if name not in LONG),
            self._status(facts.status),
            self._line(ZONE, zone_name, self.words.plain("form-mechanism-zone-hint")),
            *(self._text(name, getattr(facts, name)) for name in TEXTS if name in LONG),
        ]

    def _line(self, name: str, value: str | None, hint: str | None, *, optional: bool = True) -> InputBlock:
        return entry(self._label(name), place(name, self.revision), line(value), hint=hint, optional=optional)

    def _text(self, name: str, value: str) -> InputBlock:
        element = line(value, multiline=name in LONG or None)
        hint = self.words.plain("form-up-to", limit=LONGEST_TEXT) if name in LONG else None
        return entry(self._label(name), place(name, self.revision), element, hint=hint, optional=True)

    def _aliases(self, aliases: tuple[str, ...]) -> InputBlock:
        element = line("\n".join(aliases), multiline=True)
        hint = self.words.plain("form-aliases-hint", limit=LONGEST_SHORT)
        return entry(self._label(ALIASES), place(ALIASES, self.revision), element, hint=hint, optional=True)

    def _status(self, status: MechanismStatus) -> InputBlock:
        options = [choice(self.words.plain(key), each) for each, key in STATUSES.items()]
        element = StaticSelectElement(options=options, initial_option=chosen(options, status))
        return entry(self._label(STATUS), place(STATUS, self.revision), element)

    def _label(self, name: str) -> str:
        return self.words.plain(NAMES[name])
