"""What people type after `/poll`, decoded: a verb with a poll's number, or a whole new poll."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.folding import fold, is_blank, without_hiding
from bot.domain.markup import plain_words
from bot.domain.new_polls import NewPoll, ask
from bot.domain.poll_meanings import Sender, Settings, settle
from bot.domain.poll_quotes import QUOTES, Quoted, has_quote, quote, read_all
from bot.domain.poll_settings import TypedSetting, is_setting, read_after, read_before
from bot.domain.poll_suspicions import suspect
from bot.domain.refusals import Refusal
from bot.domain.words import join, short_number, split

VERBS = ("results", "close", "reopen", "nudge", "edit", "export", "delete")


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Nothing was typed: the form says it all."""


@dataclass(frozen=True, slots=True)
class Help:
    """`reason` is the key of why nothing was posted, if anything was asked for, and `typed` the word in question."""

    reason: Literal["verb-unknown", "number-missing", "single-word"] | None = None
    typed: str = ""


@dataclass(frozen=True, slots=True)
class ListPolls:
    """`list`."""


@dataclass(frozen=True, slots=True)
class PlannedPoll:
    """`planned`, for one review or for all."""

    review: str | None


@dataclass(frozen=True, slots=True)
class PollVerb:
    """One of `VERBS`."""

    verb: str
    number: int


PollCommand: TypeAlias = OpenForm | Help | ListPolls | PlannedPoll | PollVerb | NewPoll


def parse(text: str, now: datetime, zone: ZoneInfo) -> PollCommand:
    """What decoded `text` asks for; `zone` is the sender's, for times without an offset.

    Raises:
        Refusal: something can't be placed or understood; nothing is dropped and nothing is guessed.
    """
    typed = without_hiding(text).strip()  # nothing may hide a setting
    if is_blank(typed):
        return OpenForm()
    command = _command(typed)
    if command:
        return command
    sender = Sender(typed, now, zone)
    return _quoted(sender) if has_quote(typed) else _unquoted(sender)


def _command(text: str) -> Help | ListPolls | PlannedPoll | PollVerb | None:
    """A subcommand, or a single word, which is never posted; None where `text` is a question."""
    words = split(text)
    verb, quoted = fold(words[0].text), has_quote(text)
    if verb == "planned" and (planned := _planned(text[words[0].end :].strip())):
        return planned
    number = short_number(words[1].text, "P") if len(words) == 2 else None
    if number:
        return PollVerb(verb, number) if verb in VERBS else Help("verb-unknown", words[0].text)
    if len(words) > 1 or quoted:
        return None
    match verb:
        case "help":
            return Help()
        case "list":
            return ListPolls()
        case _:
            return Help("number-missing" if verb in VERBS else "single-word", words[0].text)


def _planned(review: str) -> PlannedPoll | None:
    """One word, or several in quotes; `planned meeting on Friday?` is a question."""
    if not review:
        return PlannedPoll(None)
    if review[0] in QUOTES:
        parts = read_all(review)
        whole = len(parts) == 1 and parts[0].end == len(review) and parts[0].content
        return PlannedPoll(parts[0].content) if whole else None
    single = len(review.split()) == 1 and not has_quote(review) and not review.endswith("?")
    return PlannedPoll(review) if single else None


def _unquoted(sender: Sender) -> NewPoll:
    suspicion = suspect(sender.typed, sender.now, sender.zone)
    if not suspicion:
        return ask(plain_words(sender.typed), (), Settings())
    readings = tuple(reading for reading in suspicion.readings if _is_understood(reading, sender))
    raise Refusal("settings-unquoted", setting=suspicion.setting, readings=readings)


def _is_understood(reading: str, sender: Sender) -> bool:
    try:
        parse(reading, sender.now, sender.zone)
    except Refusal:
        return False
    return True


def _quoted(sender: Sender) -> NewPoll:
    parts = read_all(sender.typed)
    _refuse_between(sender.typed, parts)
    before = _before(sender.typed, parts)
    after = read_after(sender.typed, parts[-1].end)
    settings = settle([*before, *after], sender)
    question, *options = (part.content for part in parts)
    return ask(question, options, settings)


def _before(text: str, parts: Sequence[Quoted]) -> list[TypedSetting]:
    """Settings, or refuse with the reading that the quotes belong to the question."""
    words = split(text, 0, parts[0].start)
    if len(parts) == 1 and len(words) > 1 and not any(is_setting(word.text) for word in words):
        raise Refusal("text-outside-quotes", typed=join(text, words), readings=(quote(text),))
    return read_before(text, parts[0].start)


def _refuse_between(text: str, parts: Sequence[Quoted]) -> None:
    for left, right in pairwise(parts):
        words = split(text, left.end, right.start)
        if words and is_setting(words[0].text):
            raise Refusal("setting-in-the-middle", setting=words[0].text)
        if words:
            raise Refusal("text-outside-quotes", typed=join(text, words))
