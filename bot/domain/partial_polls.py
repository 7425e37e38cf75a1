"""What could be read of a poll that was refused, for a form that is filled with it. Nothing here is ever refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.folding import without_hiding
from bot.domain.markup import plain_words
from bot.domain.poll_meanings import Sender, Settings, meant
from bot.domain.poll_quotes import QUOTES, Quoted, has_quote, read_next
from bot.domain.poll_settings import TypedSetting, is_setting, read_one
from bot.domain.poll_suspicions import suspect
from bot.domain.refusals import Refusal
from bot.domain.words import Word, join, split

_PRIVATE = re.compile(r"\banonymous\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PartialPoll:
    """`left_out` are the words that no input of the form holds, as typed. `votes`: 0 for any number. Times are UTC."""

    question: str = ""
    options: tuple[str, ...] = ()
    anonymous: bool = False
    progress: bool = False
    hidden: bool = False
    add_choice: bool = False
    objection: bool = False
    votes: int = 1
    by_mechanism: bool = False
    on: datetime | None = None
    end: datetime | None = None
    left_out: tuple[str, ...] = ()


def read(sender: Sender) -> PartialPoll:
    """What `sender.typed` says, as far as it can be read.

    Where it says `anonymous` outside its quotes the poll is anonymous, however that was meant: a dropped `anonymous`
    would be a breach of privacy.
    """
    text = without_hiding(sender.typed).strip()
    if has_quote(text):
        return _quoted(text, sender)
    suspicion = _suspicion(text, sender)
    if suspicion is not None:
        return _quoted(suspicion, sender)
    return PartialPoll(question=plain_words(text))


def _suspicion(text: str, sender: Sender) -> str | None:
    """Unquoted text with its settings outside of the question, where it seems to hold any."""
    found = suspect(text, sender.now, sender.zone)
    return found.readings[0] if found and len(found.readings) > 1 else None


def _quoted(text: str, sender: Sender) -> PartialPoll:
    parts = _parts(text)
    groups = _outside(text, parts)
    outside = _sort(text, groups)
    question, options = _question(text, parts, outside.words)
    found = _each(outside.settings, replace(sender, typed=text))
    words = outside.words[1:] if question.unquoted else outside.words
    others = () if question.unquoted and not options else tuple(join(text, group) for group in words if group)
    return replace(
        found,
        question=question.text,
        options=options,
        anonymous=found.anonymous or any(_PRIVATE.search(join(text, group)) for group in groups),
        left_out=(*found.left_out, *outside.unread, *others),
    )


def _parts(text: str) -> list[Quoted]:
    """The quoted parts. A quote that is never closed runs to the end; one inside a word is passed over."""
    parts: list[Quoted] = []
    at = 0
    while at < len(text):
        try:
            part = read_next(text, at)
        except Refusal as refusal:
            opening = next(place for place in range(at, len(text)) if text[place] in QUOTES)
            if refusal.key == "quote-unclosed":
                return [*parts, Quoted(plain_words(text[opening + 1 :]).strip(), opening, len(text))]
            at = opening + 1
            continue
        if part is None:
            break
        parts.append(part)
        at = part.end
    return parts


def _outside(text: str, parts: Sequence[Quoted]) -> list[tuple[Word, ...]]:
    """The words before the first part, between any two, and after the last."""
    starts, ends = [0, *(part.end for part in parts)], [*(part.start for part in parts), len(text)]
    return [split(text, start, end) for start, end in zip(starts, ends, strict=True)]


@dataclass(slots=True)
class _Outside:
    """What stands outside the quotes: settings, those that can't be read, and in each group the other words."""

    settings: list[TypedSetting] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    words: list[list[Word]] = field(default_factory=list)


def _sort(text: str, groups: Sequence[Sequence[Word]]) -> _Outside:
    sorted_ = _Outside()
    for words in groups:
        sorted_.words.append([])
        at = 0
        while at < len(words):
            at = _sort_one(sorted_, text, words, at)
    return sorted_


def _sort_one(sorted_: _Outside, text: str, words: Sequence[Word], at: int) -> int:
    """Where the next one begins."""
    if not is_setting(words[at].text):
        sorted_.words[-1].append(words[at])
        return at + 1
    try:
        setting, end = read_one(text, words, at)
    except Refusal:
        sorted_.unread.append(words[at].text)
        return at + 1
    sorted_.settings.append(setting)
    return end


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    unquoted: bool = False


def _question(text: str, parts: Sequence[Quoted], words: Sequence[Sequence[Word]]) -> tuple[_Question, tuple[str, ...]]:
    """The first part, unless words before it are the question: `Which format? "Event" "Submission"`."""
    contents = [part.content for part in parts]
    before = words[0]
    if not before:
        return _Question(contents[0] if contents else ""), tuple(each for each in contents[1:] if each)
    if len(parts) <= 1:  # `Adopt the "Lima Declaration"?`
        return _Question(plain_words(text[before[0].start :]), unquoted=True), ()
    return _Question(plain_words(join(text, before)), unquoted=True), tuple(each for each in contents if each)


def _each(settings: Sequence[TypedSetting], sender: Sender) -> PartialPoll:
    """Each setting by itself; what no input holds, or what can't be read, is left out."""
    poll = PartialPoll()
    for setting in settings:
        try:
            poll = _with(poll, setting, meant([setting], sender))
        except Refusal:
            poll = _without(poll, setting)
    return poll


def _with(poll: PartialPoll, setting: TypedSetting, said: Settings) -> PartialPoll:
    match setting.name:
        case "anonymous":
            return replace(poll, anonymous=True)
        case "hidden":
            return replace(poll, hidden=True)
        case "progress":
            return replace(poll, progress=True)
        case "objection":
            return replace(poll, objection=True)
        case "add-choice":
            return replace(poll, add_choice=True)
        case "votes":
            return replace(poll, votes=said.votes)
        case "by":
            return replace(poll, by_mechanism=said.by_mechanism)
        case "on":
            return replace(poll, on=said.on)
        case "end":
            return replace(poll, end=said.end)
        case _:
            return _without(poll, setting)


def _without(poll: PartialPoll, setting: TypedSetting) -> PartialPoll:
    return replace(poll, left_out=(*poll.left_out, f"{setting.shown} {setting.value}".strip()))
