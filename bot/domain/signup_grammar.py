"""What people type after `/signup`, decoded: a seat, the way they say it, or giving it back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.folding import fold
from bot.domain.labels import CLAIMS
from bot.domain.markup import plain_words
from bot.domain.refusals import Refusal
from bot.domain.session_choice import names_by_itself, shorter_forms
from bot.domain.words import short_number, split

_SEAT = r"(?: (?:me|it|my|the|this|from))*(?: (?:seat|place|spot|booking|registration|sign-?up|session|webinar))?"
_GIVE_BACK = re.compile(
    r"(?:sorry,? |please |i |i have to |i must |i need to )*"
    r"(?:(?:cancel|withdraw|leave|unregister|give back|give up|annuler|cancelar)" + _SEAT + r"|give"
    + _SEAT
    + r" (?:back|up)|(?:can'?t|cannot|can not)(?: (?:attend|come|join|participate|make it|be there))?"
    + _SEAT
    + r")(?: (?:anymore|any more|please|sorry|thanks))*"
)  # fmt: skip
_BEFORE_NUMBER = frozenset({"for", "in", "of", "to", "from", "on"})


@dataclass(frozen=True, slots=True)
class Help:
    """`help`."""


@dataclass(frozen=True, slots=True)
class PickSession:
    """No session was named: offer those of `webinar`, or of the one that is meant here."""

    webinar: int | None


@dataclass(frozen=True, slots=True)
class TakeSeat:
    """`phrase` names a session for `choose_session`. Whoever has a seat moves."""

    webinar: int | None
    phrase: str


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give the seat back."""

    webinar: int | None


@dataclass(frozen=True, slots=True)
class Status:
    """Which seat do I have?"""

    webinar: int | None


SignupCommand: TypeAlias = Help | PickSession | TakeSeat | Cancel | Status


def parse(text: str) -> SignupCommand:
    """What decoded `text` asks for; a webinar's number may stand anywhere.

    Raises:
        Refusal("signup-claims-not-built"): `as ROLE`, `for MECHANISM`.
        Refusal("signup-two-webinars"): `W1 morning W2`.
    """
    webinar, phrase = _split_number(text)
    folded = fold(phrase)
    match folded:
        case "help":
            return Help()
        case "status":
            return Status(webinar)
    if _GIVE_BACK.fullmatch(folded):
        return Cancel(webinar)
    _refuse_claims(folded)
    if not shorter_forms(folded)[-1]:
        return PickSession(webinar)
    return TakeSeat(webinar, plain_words(phrase))


def webinar_named(text: str) -> int | None:
    """The one webinar that `text` names, whatever else it says; for the form, which never refuses."""
    try:
        return _split_number(text)[0]
    except Refusal:
        return None


def _split_number(text: str) -> tuple[int | None, str]:
    """`afternoon for W1` is W1 and `afternoon`; no label holds such a word, so that it may stand anywhere."""
    words = [word.text for word in split(text)]
    numbers = {place: number for place, word in enumerate(words) if (number := short_number(word, "W"))}
    if len(set(numbers.values())) > 1:
        raise Refusal("signup-two-webinars", matches=tuple(f"W{number}" for number in numbers.values()))
    left_out = {*numbers, *(place - 1 for place in numbers if place and fold(words[place - 1]) in _BEFORE_NUMBER)}
    phrase = " ".join(word for place, word in enumerate(words) if place not in left_out)
    return next(iter(numbers.values()), None), phrase


def _refuse_claims(folded: str) -> None:
    """`afternoon as chair for ARCP`; but `me for the afternoon` and `for 16:00` claim nothing."""
    asked = shorter_forms(folded)[-1]
    claims = CLAIMS & set(asked.split())
    leading = re.match(r"(?:as|for)\b(?! (?:the|le|la|el)\b)", folded)
    if claims or (leading and not names_by_itself(asked)):
        raise Refusal("signup-claims-not-built", typed=folded)
