"""A poll as a form asks for it: read into what a typed one is read into, and written as it would be typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from bot.domain.folding import without_hiding
from bot.domain.markup import plain_words
from bot.domain.new_polls import NewPoll, ask, check_options, check_question
from bot.domain.poll_meanings import Progress, Settings
from bot.domain.poll_quotes import quote
from bot.domain.polls import refuse_unbuilt
from bot.domain.refusal_places import Places
from bot.domain.refusals import Refusal

QUESTION, OPTIONS, CHOICES, LIMIT = "question", "options", "choices", "limit"
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


def read(entry: PollEntry) -> NewPoll | Mapping[str, Refusal]:
    """The poll that was asked for, or what is refused of it, by input."""
    question, options = said(entry.question), tuple(filter(None, map(said, entry.options.splitlines())))
    places = Places()
    places.read(QUESTION, partial(check_question, question))
    places.read(OPTIONS, partial(check_options, options))
    places.read(LIMIT, partial(_votes, entry))
    return places.refused or _ask(entry, question, options)


def as_typed(new: NewPoll) -> str:
    """The command text that says the same, without the slash word."""
    settings = ["anonymous"] if new.anonymous else []
    if new.votes != 1:
        settings.append(f"limit {new.votes or 'any'}")
    if new.progress == "shown":
        settings.append("--progress")
    return " ".join([*settings, *map(quote, (new.question, *new.options))])


def _ask(entry: PollEntry, question: str, options: tuple[str, ...]) -> NewPoll | Mapping[str, Refusal]:
    progress: Progress = "shown" if entry.progress else "default"
    try:
        new = ask(question, options, Settings(anonymous=entry.anonymous, progress=progress, votes=_votes(entry)))
        refuse_unbuilt(new)
    except Refusal as refusal:
        return {_place(refusal, options): refusal}
    return new


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
    if refusal.key.startswith("votes-"):
        return LIMIT
    return OPTIONS if options else QUESTION


def said(text: str) -> str:
    """As it would be read if it were typed in quotes: tokens are words, and none is left after them."""
    shown = without_hiding(text).strip()
    while (words := plain_words(shown).strip()) != shown:
        shown = words
    return shown
