"""The form of `/consult represent`."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    InputInteractiveElement,
    PlainTextObject,
    StaticSelectElement,
    UserMultiSelectElement,
)

from bot.domain.ids import DraftId
from bot.domain.mechanisms import Mechanism
from bot.domain.represent_entries import HOW, MECHANISM, NAME, PEOPLE, ROLE, SINCE, UNTIL, RepresentEntry
from bot.domain.representatives import How
from bot.domain.roles import Role
from bot.view import representatives as view
from bot.view.forms import Form, choice, chosen, entry, line
from bot.view.texts import Words

REPRESENT = "represent-form"
MOST_OPTIONS = 100
"""What a select of Slack's takes at most."""


def form(words: Words, filled: RepresentEntry, among: Sequence[Mechanism], draft: DraftId) -> Form:
    name_hint, since_hint = words.plain("form-name-hint"), words.plain("form-since-hint")
    blocks: list[Block] = [
        entry(words.plain("form-people"), PEOPLE, _people(words, filled), optional=True),
        entry(words.plain("form-name"), NAME, line(filled.name), hint=name_hint, optional=True),
        entry(words.plain("form-how"), HOW, _hows(words, filled), optional=True),
        entry(words.plain("form-mechanism"), MECHANISM, _mechanisms(words, filled, among)),
        entry(words.plain("form-role"), ROLE, _roles(words, filled)),
        entry(words.plain("form-since"), SINCE, _day(filled.since), hint=since_hint, optional=True),
        entry(words.plain("form-until"), UNTIL, _day(filled.until), hint=words.plain("form-until-hint"), optional=True),
    ]
    return Form(
        callback=REPRESENT,
        draft=draft,
        title=words.plain("form-represent"),
        submit=words.plain("form-represent-name"),
        close=words.plain("form-close"),
        blocks=blocks,
    )


def _people(words: Words, filled: RepresentEntry) -> InputInteractiveElement:
    placeholder = PlainTextObject(text=words.plain("form-people-placeholder"))
    return UserMultiSelectElement(initial_users=list(filled.people) or None, placeholder=placeholder)


def _hows(words: Words, filled: RepresentEntry) -> InputInteractiveElement:
    return _select(words, {each.value: view.how(words, each) for each in How}, filled.how)


def _roles(words: Words, filled: RepresentEntry) -> InputInteractiveElement:
    return _select(words, {each.value: view.role(words, each) for each in Role}, filled.role)


def _mechanisms(words: Words, filled: RepresentEntry, among: Sequence[Mechanism]) -> InputInteractiveElement:
    """A choice of those in use; a text where there are more than a select takes, or none yet."""
    in_use = {str(each.id): each for each in among if not each.retired}
    if not 0 < len(in_use) <= MOST_OPTIONS:
        typed = in_use.get(filled.mechanism)
        return line(filled.mechanism if typed is None else typed.title)
    return _select(words, {key: each.title for key, each in in_use.items()}, filled.mechanism)


def _select(words: Words, offered: dict[str, str], value: str) -> StaticSelectElement:
    options = [choice(text, key) for key, text in offered.items()]
    placeholder = PlainTextObject(text=words.plain("form-choose"))
    return StaticSelectElement(options=options, initial_option=chosen(options, value), placeholder=placeholder)


def _day(day: str) -> DatePickerElement:
    return DatePickerElement(initial_date=day or None)
