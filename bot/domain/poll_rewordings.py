"""What may have been meant by a poll that can't be read as it was typed: whole texts, for whoever checks them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.poll_anonymity import find_anonymity, is_anonymity, without_anonymity
from bot.domain.poll_quotes import Quoted, quote
from bot.domain.poll_settings import is_setting, read_leading
from bot.domain.refusals import Refusal
from bot.domain.words import Word, join, split

_OPEN, _CLOSE = "'‘‚‛’´`′", "'’‛‘´`′"
_SINGLE = re.compile(rf"(?<!\w)[{_OPEN}](?P<inside>\S|\S.*?\S)[{_CLOSE}](?=[\s,;.{_OPEN}]|\Z)", re.DOTALL)
OUT_OF_PLACE = frozenset({"setting-unknown", "text-outside-quotes", "setting-after-question"})
"""Refusals of words that stand before, between or after quoted parts."""

_ASKS = ("?", "؟", "？")


def with_double_quotes(text: str) -> str | None:
    """`text` with its single-quoted parts in double quotes; None where there aren't two of them."""
    reading, count = _SINGLE.subn(lambda part: quote(part["inside"]), text)
    return reading if count > 1 else None


def is_single_quoted(text: str) -> bool:
    """Whether single-quoted parts are all there is."""
    return not _SINGLE.sub("", text).strip(" ,;.\t\n")


def anonymous(text: str) -> tuple[str, ...]:
    """What is left without the aside, asked anonymously; nothing where nothing is left."""
    rest = without_anonymity(text)
    return (f"anonymous {quote(rest)}",) if rest else ()


def of_quoted(text: str, parts: Sequence[Quoted], refusal: Refusal) -> Refusal:
    """The refusal of words before or after quoted parts, with readings where there are any."""
    before, after = text[: parts[0].start], text[parts[-1].end :]
    match refusal.key:
        case "setting-unknown" if is_anonymity(before):
            return _with(refusal, f"anonymous {text[parts[0].start :]}")
        case "setting-unknown":
            return _of_words_before(text, parts, refusal)
        case "text-outside-quotes" | "setting-after-question" if is_anonymity(after):
            return _after_question(f"{text[: parts[-1].end]} --anonymous")
        case _:
            return refusal


def _of_words_before(text: str, parts: Sequence[Quoted], refusal: Refusal) -> Refusal:
    """The words in front of the quotes are the question, or its beginning."""
    _, words = read_leading(text, split(text, 0, parts[0].start))
    if not words or (len(parts) == 1 and words[0].start > 0):
        return refusal
    asks = any(word.text.endswith(_ASKS) for word in words) or words[-1].text.endswith(":")
    if not asks and (len(words) == 1 or any(is_setting(word.text) for word in words)):
        return refusal
    readings = _whole_question(text) if len(parts) == 1 else _unquoted_question(text, words, parts)
    return Refusal("text-outside-quotes", typed=join(text, words), readings=readings)


def _whole_question(text: str) -> tuple[str, ...]:
    return (*anonymous(text), quote(text)) if find_anonymity(text) else (quote(text),)


def _unquoted_question(text: str, words: Sequence[Word], parts: Sequence[Quoted]) -> tuple[str, ...]:
    settings, options = text[: words[0].start], text[parts[0].start :]
    question = _unwrapped(join(text, words))
    named = f"{settings}{quote(question)} {options}"
    if not find_anonymity(question):
        return (named,)
    return (*(f"{settings}{each} {options}" for each in anonymous(question)), named)


def _after_question(reading: str) -> Refusal:
    return Refusal("setting-after-question", setting="anonymous", flag="--anonymous", readings=(reading,))


def _with(refusal: Refusal, reading: str) -> Refusal:
    return Refusal(refusal.key, **{**refusal.facts, "readings": (reading,)})


def _unwrapped(text: str) -> str:
    """A question in single quotes, without them."""
    found = _SINGLE.fullmatch(text)
    return found["inside"] if found else text
