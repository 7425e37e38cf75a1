"""The letter of invitation: a text with placeholders, which each recipient reads filled in for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from typing import TypeAlias

from bot.domain.folding import fold, is_blank
from bot.domain.leads import Lead
from bot.domain.markup import plain_words
from bot.domain.refusals import Refusal

LONGEST = 2000
LONGEST_ENCODED = 4000
"""As Slack counts it, which writes `&` with five characters."""

MOST_USES = 2
"""How often one placeholder may stand in a letter, and the sessions once: what fills them is long, a message is not."""

DEFAULT_NUDGES = (Lead(7, "d"), Lead(2, "d"))


class Placeholder(StrEnum):
    """What may stand between braces in a letter."""

    NAME = "name"
    MECHANISM = "mechanism"
    ROLE = "role"
    TITLE = "title"
    SESSIONS = "sessions"
    ORGANISER = "organiser"


Part: TypeAlias = str | Placeholder
KNOWN = tuple(f"{{{each}}}" for each in Placeholder)


@dataclass(frozen=True, slots=True)
class Letter:
    """A webinar's letter. `text` is None for ours; `nudges` are leads before its first session still to come.

    `nudged` is how often those who had not answered were nudged by command.
    """

    text: str | None = None
    nudges: tuple[Lead, ...] = DEFAULT_NUDGES
    nudged: int = 0


def check_text(typed: str) -> str:
    """The letter as it is kept: what would ping or link is words.

    Raises:
        Refusal("letter-empty"), Refusal("letter-too-long"), and those of `parts`.
    """
    text = plain_words(typed.replace("\r\n", "\n")).strip()
    if is_blank(text):
        raise Refusal("letter-empty")
    if len(text) > LONGEST:
        raise Refusal("letter-too-long", count=len(text), limit=LONGEST)
    encoded = len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))
    if encoded > LONGEST_ENCODED:
        raise Refusal("letter-too-long", count=encoded, limit=LONGEST_ENCODED)
    parts(text)
    return text


def parts(text: str) -> tuple[Part, ...]:
    """A letter's text, and between it what is filled in; `{{` and `}}` are braces.

    Raises:
        Refusal("letter-brace"): a brace that opens or closes nothing.
        Refusal("letter-placeholder"): no such placeholder; `known` are those there are.
        Refusal("letter-placeholder-often")
    """
    found: list[Part] = []
    try:
        for literal, name, spec, conversion in Formatter().parse(text):
            found += [literal] if literal else []
            if name is not None:
                found.append(
                    _placeholder(f"{name}{f'!{conversion}' if conversion else ''}{f':{spec}' if spec else ''}")
                )
    except ValueError:
        raise Refusal("letter-brace", known=KNOWN) from None
    _check_uses(found)
    return tuple(found)


def _placeholder(name: str) -> Placeholder:
    try:
        return Placeholder(fold(name))
    except ValueError:
        raise Refusal("letter-placeholder", typed=f"{{{name}}}", known=KNOWN) from None


def _check_uses(found: list[Part]) -> None:
    for each, uses in Counter(part for part in found if isinstance(part, Placeholder)).items():
        limit = 1 if each is Placeholder.SESSIONS else MOST_USES
        if uses > limit:
            raise Refusal("letter-placeholder-often", typed=f"{{{each}}}", count=uses, limit=limit)
