"""What an organiser types after `/poll answer P7`: for which mechanism, its answer, and how that came."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.folding import fold, fold_case, without_hiding
from bot.domain.hows import parse_how, take_how
from bot.domain.poll_quotes import has_quote
from bot.domain.polls import Option, Poll
from bot.domain.quoted_words import is_quoted, split_quoted, unquoted
from bot.domain.refusals import Refusal
from bot.domain.representatives import How
from bot.domain.spellings import tighten
from bot.domain.trimmings import trim
from bot.domain.words import Word, short_number, split

VERB = "answer"

_ABSTAINS = frozenset({"abstain", "abstains", "abstained", "abstention", "abstaining"})
_SMALL = frozenset({"", ",", ";", "and", "&", "option", "options"})
"""What people write between options."""

_NUMBER = re.compile(r"#?(?P<number>[1-9]\d?)[.,;]?", re.ASCII)


@dataclass(frozen=True, slots=True)
class EnterVoice:
    """`typed` is all that follows the poll's number."""

    number: int
    typed: str


@dataclass(frozen=True, slots=True)
class LetterAnswer:
    """The answer of a mechanism by its name: options by their texts or numbers, from 1; none of them is to abstain."""

    mechanism: str
    options: tuple[str | int, ...]
    how: How


def read_verb(text: str) -> EnterVoice | None:
    """`answer P7 …`, whatever follows; None where `text` is something else."""
    words = split(text)
    number = short_number(trim(fold(words[1].text)), "P") if len(words) > 1 else None
    if number is None or is_quoted(words[0].text) or trim(fold(words[0].text)) != VERB:
        return None
    return EnterVoice(number, text[words[1].end :].strip())


def parse(asked: EnterVoice) -> LetterAnswer:
    """`for Colombo Process "Event" by letter`, also with the options first, or with `abstain` in their place.

    Raises:
        Refusal("voice-unreadable"), Refusal("voice-how-missing"), those of quotes
    """
    said, how = take_how(" " + without_hiding(asked.typed))
    said = said if has_quote(said) else tighten(said)  # `5 + 5 2` are a mechanism and an option
    words = split_quoted(said)
    mechanism, answer = _parted(words)
    options = _options(answer)
    if not mechanism or options is None:
        raise Refusal("voice-unreadable", number=asked.number)
    if not how:
        raise Refusal("voice-how-missing", number=asked.number)
    return LetterAnswer(_named(said, mechanism), options, parse_how(how))


def meant(poll: Poll, asked: LetterAnswer) -> tuple[Option, ...]:
    """The options that are meant: Refusal("voice-option-unknown")."""
    return tuple(dict.fromkeys(_option(poll, each) for each in asked.options))


def _parted(words: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """The words that name the mechanism, and those of the answer: `for` stands before the former."""
    at = next((place for place, each in enumerate(words) if fold(each.text) == "for"), None)
    if at:
        return words[at + 1 :], words[:at]
    rest = words if at is None else words[1:]
    end = _name_ends(rest, quoted=at is not None)
    return rest[:end], rest[end:]


def _name_ends(words: Sequence[Word], *, quoted: bool) -> int:
    """Where a mechanism's name in front of its answer ends: one in quotes by itself, where `for` stands before it."""
    if quoted and words and is_quoted(words[0].text):
        return 1
    end = next((place for place, each in enumerate(words) if is_quoted(each.text)), len(words))
    among_numbers = end == len(words)
    while end > 0 and _parts(words[end - 1], among_numbers=among_numbers):
        end -= 1
    return end


def _parts(word: Word, *, among_numbers: bool) -> bool:
    """Whether the word is none of the name before it: a comma, and where no option is in quotes a number."""
    said = trim(fold(word.text))
    is_answer = said in _ABSTAINS or _NUMBER.fullmatch(word.text) is not None
    return said in _SMALL or (among_numbers and is_answer)


def _options(words: Sequence[Word]) -> tuple[str | int, ...] | None:
    """None where these are no answer, or one that says two things."""
    found: list[str | int] = []
    abstains = False
    for word in words:
        number = _NUMBER.fullmatch(word.text)
        if is_quoted(word.text):
            found.append(unquoted(word.text))
        elif number:
            found.append(int(number["number"]))
        elif trim(fold(word.text)) in _ABSTAINS:
            abstains = True
        elif trim(fold(word.text)) not in _SMALL:
            return None
    return None if abstains is bool(found) else tuple(found)


def _named(said: str, words: Sequence[Word]) -> str:
    text = said[words[0].start : words[-1].end].rstrip(" :")
    return unquoted(text) if len(words) == 1 else text


def _option(poll: Poll, typed: str | int) -> Option:
    """By number, by its text, or where that is no other's by its text without case and accents."""
    if isinstance(typed, int):
        alike = list(poll.options[typed - 1 : typed])
    else:
        alike = [each for each in poll.options if fold_case(each.text) == fold_case(typed)]
        alike = alike or [each for each in poll.options if fold(each.text) == fold(typed)]
    if len(alike) != 1:
        known = tuple(f"{place}. {each.text}" for place, each in enumerate(poll.options, 1))
        raise Refusal("voice-option-unknown", typed=typed, number=poll.number, known=known)
    return alike[0]
