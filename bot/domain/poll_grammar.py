"""What people type after `/poll`, decoded: a verb with a poll's number, or a whole new poll."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.domain import poll_rewordings as rewordings
from bot.domain.folding import is_blank, without_hiding, without_invisible
from bot.domain.markup import plain_words
from bot.domain.new_polls import NewPoll, ask
from bot.domain.poll_anonymity import Aside, find_anonymity, without_anonymity
from bot.domain.poll_answer_grammar import EnterVoice
from bot.domain.poll_commands import Help, ListPolls, PlannedPoll, PollVerb, read_command
from bot.domain.poll_meanings import Sender, Settings, settle
from bot.domain.poll_quotes import Quoted, has_quote, quote, read_all
from bot.domain.poll_settings import is_separator, is_setting, read_after, read_before
from bot.domain.poll_suspicions import Suspicion, suspect
from bot.domain.polls import refuse_unpostable
from bot.domain.refusals import Fact, Refusal
from bot.domain.words import join, split

__all__ = ["EnterVoice", "Help", "ListPolls", "OpenForm", "PlannedPoll", "PollCommand", "PollVerb", "parse"]


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Nothing was typed: the form says it all."""


PollCommand: TypeAlias = OpenForm | Help | ListPolls | PlannedPoll | PollVerb | EnterVoice | NewPoll


def parse(text: str, now: datetime, zone: ZoneInfo) -> PollCommand:
    """What decoded `text` asks for; `zone` is the sender's, for times without an offset.

    Raises:
        Refusal: something can't be placed or understood; nothing is dropped and nothing is guessed.
    """
    typed = without_hiding(text).strip()  # nothing may hide a setting
    if is_blank(typed):
        return OpenForm()
    return read_command(typed) or _poll(Sender(typed, now, zone))


def is_subcommand(text: str) -> bool:
    """Whether `text` asks for something else than a poll; a single word is a question that was not posted."""
    typed = without_hiding(text).strip()
    try:
        command = None if is_blank(typed) else read_command(typed)
    except Refusal:
        return False
    return command is not None and not (isinstance(command, Help) and command.reason == "single-word")


def _poll(sender: Sender) -> NewPoll:
    if has_quote(sender.typed):
        return _quoted(replace(sender, typed=sender.typed.rstrip(" .,;")))
    _refuse_single_quotes(sender)
    for text in dict.fromkeys((sender.typed, without_invisible(sender.typed).strip())):
        _refuse_suspicious(replace(sender, typed=text))
    return ask(plain_words(sender.typed), (), Settings())


def _refuse_single_quotes(sender: Sender) -> None:
    """`'Which?' 'A' 'B'` is meant as quoted, with or without settings."""
    reading = rewordings.with_double_quotes(sender.typed)
    if reading is None:
        return
    offered: Fact = (reading,)
    try:
        _quoted(replace(sender, typed=reading))
    except Refusal as refusal:
        offered = refusal.facts.get("readings", ())
        if not offered and not rewordings.is_single_quoted(sender.typed):
            return
    raise Refusal("quotes-single", readings=_understood(offered if isinstance(offered, tuple) else (), sender))


def _refuse_suspicious(sender: Sender) -> None:
    """The anonymous reading is offered first."""
    suspicion, aside = suspect(sender.typed, sender.now, sender.zone), find_anonymity(sender.typed)
    readings = suspicion.readings if suspicion else ()
    if aside and (_says_more(aside, suspicion) or not any(_is_anonymous(reading, sender) for reading in readings)):
        raise _unclear(sender, aside, suspicion)
    if suspicion is None:
        return
    offered = _understood(readings, sender)
    if any(_names_no_language(reading, sender) for reading in readings):
        raise Refusal("settings-unquoted-language", setting=suspicion.setting, readings=offered)
    raise Refusal("settings-unquoted", setting=suspicion.setting, readings=offered)


def _says_more(aside: Aside, suspicion: Suspicion | None) -> bool:
    """`anonymous poll: …` asks for more than the setting `anonymous` and a question that begins with `poll`."""
    return suspicion is not None and len(aside.said) > len(suspicion.setting) == len("anonymous")


def _unclear(sender: Sender, aside: Aside, suspicion: Suspicion | None) -> Refusal:
    """Anonymous or not: whatever else was said stands in both readings."""
    inner = suspect(without_anonymity(sender.typed), sender.now, sender.zone)
    anonymous = [f"anonymous {each}" for each in (inner.readings if inner else ())] or rewordings.anonymous(
        sender.typed
    )
    named = _understood((*(suspicion.readings if suspicion else ()), quote(sender.typed)), sender)
    readings = (
        *_understood(anonymous, sender)[:1],
        *(each for each in named if not _is_anonymous(each, sender)),
    )
    return Refusal("anonymity-unclear", typed=aside.said, readings=readings)


def _quoted(sender: Sender) -> NewPoll:
    parts = read_all(sender.typed)
    try:
        return _read(sender, parts)
    except Refusal as refusal:
        raise _with_readings(refusal, sender, parts) from None


def _read(sender: Sender, parts: Sequence[Quoted]) -> NewPoll:
    _refuse_between(sender.typed, parts)
    before = read_before(sender.typed, parts[0].start)
    after = read_after(sender.typed, parts[-1].end)
    settings = settle([*before, *after], sender)
    question, *options = (part.content for part in parts)
    return ask(question, options, settings)


def _with_readings(refusal: Refusal, sender: Sender, parts: Sequence[Quoted]) -> Refusal:
    """Words out of place are refused with those of their rewordings that are understood."""
    if refusal.key not in rewordings.OUT_OF_PLACE:
        return refusal
    reworded = rewordings.of_quoted(sender.typed, parts, refusal)
    readings = reworded.facts.get("readings", ())
    offered = _understood(readings if isinstance(readings, tuple) else (), sender)
    return Refusal(reworded.key, **{**reworded.facts, "readings": offered})


def _refuse_between(text: str, parts: Sequence[Quoted]) -> None:
    for left, right in pairwise(parts):
        words = [word for word in split(text, left.end, right.start) if not is_separator(word.text)]
        if words and is_setting(words[0].text):
            raise Refusal("setting-in-the-middle", setting=words[0].text)
        if words:
            raise Refusal("text-outside-quotes", typed=join(text, words))


def _understood(readings: Iterable[str], sender: Sender) -> tuple[str, ...]:
    return tuple(each for each in dict.fromkeys(readings) if isinstance(_try(each, sender), NewPoll))


def _is_anonymous(reading: str, sender: Sender) -> bool:
    tried = _try(reading, sender)
    return isinstance(tried, NewPoll) and tried.anonymous


def _names_no_language(reading: str, sender: Sender) -> bool:
    tried = _try(reading, sender)
    return isinstance(tried, Refusal) and tried.key == "language-unknown"


def _try(reading: str, sender: Sender) -> NewPoll | Refusal:
    """The poll that a quoted reading would be; one that could not be posted is no poll."""
    try:
        poll = _read(replace(sender, typed=reading), read_all(reading))
        refuse_unpostable(poll)
    except Refusal as refusal:
        return refusal
    return poll
