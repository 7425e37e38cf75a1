"""What people type after `/poll` that is no question: a verb with a poll's number, `list`, `help`, `planned`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from bot.domain.folding import fold
from bot.domain.poll_answer_grammar import EnterVoice, read_verb
from bot.domain.poll_quotes import QUOTES, has_quote, read_all
from bot.domain.trimmings import trim
from bot.domain.words import join, short_number, split

Verb: TypeAlias = Literal["results", "close", "reopen", "nudge", "edit", "export", "delete", "duplicate"]
VERBS: Mapping[str, Verb] = MappingProxyType({each: each for each in get_args(Verb)})

_ALONE = frozenset({"help", "list", "show"})
_FILLERS = frozenset({
    "please", "pls", "the", "a", "poll", "polls", "number", "no", "nr", "my", "our", "this", "that", "it", "now",
    "and", "can", "could", "you", "i", "want", "to", "thanks", "thank", "all", "open", "me",
})  # fmt: skip
_NUMBER = re.compile(r"#?p?\d+")
_APART = re.compile(r"\bp (?=\d+(?: |\Z))")
_QUESTION_MARKS = frozenset("?？؟")


@dataclass(frozen=True, slots=True)
class Help:
    """`reason` is the key of why nothing was posted, if anything was asked for, and `typed` the words in question."""

    reason: Literal["verb-unknown", "number-missing", "single-word", "command-inexact"] | None = None
    typed: str = ""


@dataclass(frozen=True, slots=True)
class ListPolls:
    """`list`, or `list closed`: those that the sender made and closed lately."""

    closed: bool = False


@dataclass(frozen=True, slots=True)
class PlannedPoll:
    """`planned`, for one review or for all."""

    review: str | None


@dataclass(frozen=True, slots=True)
class PollVerb:
    """One of `VERBS`. `rest` is `channel` of results, and of a reopening when it is to end, as typed."""

    verb: Verb
    number: int
    rest: str = ""


def verb_text(verb: str, number: int) -> str:
    """As it would be typed."""
    return f"{verb} P{number}"


Command: TypeAlias = Help | ListPolls | PlannedPoll | PollVerb | EnterVoice


def read_command(text: str) -> Command | None:
    """A subcommand, or help where `text` only comes near one or is a single word; None where it is a question."""
    words = split(text)
    if entered := read_verb(text):
        return entered
    if fold(words[0].text) == "planned" and (planned := _planned(text[words[0].end :])):
        return planned
    if has_quote(text):
        return None
    said = trim(fold(text)).split()
    if len(said) <= 1:
        return _single(said, words[0].text)
    if said in (["list", "closed"], ["list", "closed", "polls"]):
        return ListPolls(closed=True)
    return _verb(text, said) or _inexact(text, said)


def _single(said: list[str], typed: str) -> Command:
    match said:
        case ["help"]:
            return Help()
        case ["list"]:
            return ListPolls()
        case ["planned"]:
            return PlannedPoll(None)
        case _:
            return Help("number-missing" if trim(fold(typed)) in VERBS else "single-word", typed)


def _verb(text: str, said: list[str]) -> Help | PollVerb | None:
    verb, typed, *more = said
    number = short_number(typed, "P")
    if number is None:
        return None
    if not more:
        return _numbered(text, verb, number)
    if verb == "results" and (whom := _audience(more)):
        return _numbered(text, verb, number, whom.removeprefix("me"))
    if verb == "reopen" and more[0] == "end" and len(more) > 1:
        return PollVerb("reopen", number, join(text, split(text)[3:]))
    return None


def _numbered(text: str, verb: str, number: int, rest: str = "") -> Help | PollVerb:
    """`close P1?` asks, and closing can't be undone in every poll."""
    if verb not in VERBS:
        return Help("verb-unknown", split(text)[0].text)
    return Help("command-inexact", text) if _QUESTION_MARKS & set(text) else PollVerb(VERBS[verb], number, rest)


def _audience(place: list[str]) -> str:
    """`channel` or `me`, whatever small words stand before it; empty for anything else."""
    *before, last = place
    found = {"channel": "channel", "here": "channel", "me": "me"}.get(last, "")
    return found if set(before) <= _FILLERS | {"in"} else ""


def _inexact(text: str, said: list[str]) -> Help | None:
    """`close 1`, `close P 1`, `please close poll P1`, `list polls`: a verb, numbers and small words alone."""
    core = [word for word in _APART.sub("p", " ".join(said)).split() if word not in _FILLERS]
    verbs = [word for word in core if word in VERBS or word in _ALONE]
    numbers = [word for word in core if _NUMBER.fullmatch(word)]
    if len(verbs) != 1 or len(verbs) + len(numbers) != len(core):
        return None
    if verbs[0] in VERBS and not any(short_number(number, "P") for number in numbers):
        return Help("number-missing", verbs[0])
    return Help("command-inexact", text)


def _planned(typed: str) -> PlannedPoll | None:
    """One word, or several in quotes; `planned meeting on Friday?` is a question."""
    review = typed.strip().rstrip(".!")
    if not review:
        return PlannedPoll(None)
    if review[0] in QUOTES:
        parts = read_all(review)
        whole = len(parts) == 1 and parts[0].end == len(review) and parts[0].content
        return PlannedPoll(parts[0].content) if whole else None
    single = len(review.split()) == 1 and not has_quote(review) and not review.endswith("?")
    return PlannedPoll(review) if single else None
