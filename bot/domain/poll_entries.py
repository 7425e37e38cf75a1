"""A poll as a form asks for it: read into what a typed one is read into, and written as it would be typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.domain.folding import without_hiding
from bot.domain.markup import plain_words
from bot.domain.new_polls import NewPoll, ask, check_options, check_question
from bot.domain.poll_meanings import Progress, Settings, check_together
from bot.domain.poll_quotes import quote
from bot.domain.poll_time_entries import AT_NO_TIME, END_DATE, END_TIME, ON_DATE, ON_TIME, FilledIn, TimeEntry
from bot.domain.poll_time_entries import read as read_time
from bot.domain.polls import refuse_unpostable
from bot.domain.refusal_places import Places
from bot.domain.refusals import Refusal

QUESTION, OPTIONS, CHOICES, LIMIT, SETTINGS = "question", "options", "choices", "limit", "settings"
"""The inputs, by the names under which their refusals are returned."""


@dataclass(frozen=True, slots=True)
class PollEntry:
    """As it was filled in: `options` one a line; `choices` is one, limit or any, and `limit` is the number for it."""

    question: str
    options: str
    choices: str
    limit: str
    anonymous: bool
    progress: bool
    hidden: bool = False
    add_choice: bool = False
    objection: bool = False
    by_mechanism: bool = False
    on: TimeEntry = AT_NO_TIME
    end: TimeEntry = AT_NO_TIME


def read(entry: PollEntry, filled_in: FilledIn) -> NewPoll | Mapping[str, Refusal]:
    """The poll that was asked for, or what is refused of it, by input."""
    question, options = said(entry.question), tuple(filter(None, map(said, entry.options.splitlines())))
    places = Places()
    places.read(QUESTION, partial(check_question, question))
    places.read(OPTIONS, partial(check_options, options))
    votes = places.read(LIMIT, partial(_votes, entry))
    settings = places.read(SETTINGS, partial(_switches, entry))
    on = read_time(places, entry.on, (ON_DATE, ON_TIME), filled_in)
    end = read_time(places, entry.end, (END_DATE, END_TIME), filled_in)
    if places.refused or settings is None or votes is None:
        return places.refused
    return _ask(question, options, replace(settings, votes=votes, on=on, end=end))


def as_typed(new: NewPoll) -> str:
    """The command text that says the same, without the slash word; times are in UTC, to the minute."""
    switches = {
        "anonymous": new.anonymous,
        "hidden": new.progress == "hidden",
        "--progress": new.progress == "shown",
        "add-choice": new.add_choice,
        "by mechanism": new.by_mechanism,
        "objection": new.objection,
        f"limit {new.votes or 'any'}": new.votes != 1,
        f"lang {new.lang}": new.lang is not None,
    }
    times = [f"{name} {_instant(at)}" for name, at in (("on", new.on), ("end", new.end)) if at is not None]
    settings = [name for name, is_on in switches.items() if is_on]
    return " ".join([*settings, *times, *map(quote, (new.question, *new.options))])


def _ask(question: str, options: tuple[str, ...], settings: Settings) -> NewPoll | Mapping[str, Refusal]:
    try:
        check_together(settings)
        new = ask(question, options, settings)
        refuse_unpostable(new)
    except Refusal as refusal:
        return {_place(refusal, options): refusal}
    return new


def _switches(entry: PollEntry) -> Settings:
    """Refusal("progress-unclear"): counts can't be hidden and shown."""
    if entry.hidden and entry.progress:
        raise Refusal("progress-unclear")
    progress: Progress = "hidden" if entry.hidden else "shown" if entry.progress else "default"
    return Settings(
        anonymous=entry.anonymous,
        progress=progress,
        add_choice=entry.add_choice,
        by_mechanism=entry.by_mechanism,
        objection=entry.objection,
    )


def _votes(entry: PollEntry) -> int:
    """How many choices a voter has, 0 for any number.

    Raises:
        Refusal("limit-missing"), Refusal("limit-unasked"), Refusal("limit-unreadable")
    """
    if entry.choices != "limit":
        if entry.limit:
            raise Refusal("limit-unasked", typed=entry.limit)
        return 0 if entry.choices == "any" else 1
    if not entry.limit:
        raise Refusal("limit-missing")
    if not (entry.limit.isascii() and entry.limit.isdigit() and len(entry.limit) < 10 and int(entry.limit)):
        raise Refusal("limit-unreadable", typed=entry.limit)
    return int(entry.limit)


def _place(refusal: Refusal, options: tuple[str, ...]) -> str:
    """The input beside which a refusal of the whole stands."""
    if refusal.key.startswith(("end-", "objection-needs")):
        return END_DATE
    if refusal.key == "objection-conflict":
        return SETTINGS if refusal.facts["setting"] == "add-choice" else CHOICES
    if refusal.key.startswith("votes-"):
        return LIMIT
    return OPTIONS if options else QUESTION


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M}Z"


def said(text: str) -> str:
    """As it would be read if it were typed in quotes: tokens are words, and none is left after them."""
    shown = without_hiding(text).strip()
    while (words := plain_words(shown).strip()) != shown:
        shown = words
    return shown
