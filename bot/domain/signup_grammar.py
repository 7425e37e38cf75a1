"""What people type after `/signup`, decoded: a seat, the way they say it, or giving it back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.domain import seat_clauses
from bot.domain.capacities import Speaking
from bot.domain.folding import fold
from bot.domain.markup import plain_words
from bot.domain.poll_quotes import quote
from bot.domain.refusals import Refusal
from bot.domain.representations import Person
from bot.domain.session_choice import names_by_itself, shorter_forms
from bot.domain.trimmings import trim
from bot.domain.words import short_number, split

_POLITE = (
    r"(?:(?:sorry|please|hello|hi|i|i'm|i am|we|have to|must|need to|want to|would like to|i'd like to|am|are|be) )*"
)
_SEAT = r"(?: (?:me|it|my|the|this|from))*(?: (?:seat|place|spot|booking|registration|sign-?up|session|webinar))?"
_CANCEL = r"(?:cancel|withdraw|unregister|give back|give up|annuler|cancelar|not (?:coming|attending))"
_CANNOT = r"(?:can'?t|cannot|can not|won'?t|will not|unable to|not able to)"
_ATTEND = r"(?:attend|come|join|participate|make it|make|be there)"
_GIVE_BACK = re.compile(
    rf"{_POLITE}(?:(?:{_CANCEL}|leave){_SEAT}|give{_SEAT} (?:back|up)|{_CANNOT}(?: {_ATTEND})?{_SEAT})"
    r"(?: (?:anymore|any more|after all|please|sorry|thanks|thank you|merci|gracias))*"
)
_GIVE_BACK_SOMETHING = re.compile(rf"{_POLITE}(?:{_CANCEL}|{_CANNOT} {_ATTEND}) .+")
_MAYBE_GIVE_BACK = re.compile(rf"{_POLITE}(?:leave|{_CANNOT}) (?P<what>.+)")
_REMINDERS = r"(?:(?:the|my|your|all|any|these|more) )*reminders?"
_TELLING_OFF = r"(?:stop|no|no more|turn off|switch off|disable|mute|cancel)"
_TELLING_ON = r"(?:turn on|switch on|enable|unmute|resume|restart)"
_REMINDERS_OFF = re.compile(
    rf"{_POLITE}(?:{_TELLING_OFF} {_REMINDERS}|{_REMINDERS} off|(?:turn|switch) {_REMINDERS} off"
    r"|mute(?: me)?|(?:stop|don't|do not) remind(?:ing)? me)(?: please)?"
)
_REMINDERS_ON = re.compile(
    rf"{_POLITE}(?:{_TELLING_ON} {_REMINDERS}|{_REMINDERS} on|(?:turn|switch) {_REMINDERS} on|unmute(?: me)?|remind me)"
    r"(?: please)?"
)
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
class TakeSeatAs:
    """The same in a capacity, or by an organiser for somebody else. `typed` is the whole command.

    `either`: `phrase` names a session, or else what `speaking` says is meant. An empty one is the seat that is held.
    """

    webinar: int | None
    phrase: str
    speaking: Speaking | None
    person: Person | None = None
    either: bool = False
    typed: str = field(default="", compare=False)

    def offering(self, refusal: Refusal) -> Refusal:
        """A refusal of the mechanism with whole commands: with each of those that come into question."""
        names = refusal.facts.get("matches") or refusal.facts.get("suggestions")
        said = self.speaking.mechanism if self.speaking else ""
        if not isinstance(names, tuple) or not said or self.typed.count(said) != 1:
            return refusal
        readings = tuple(self.typed.replace(said, quote(each)) for each in names)
        return Refusal(refusal.key, **{**refusal.facts, "readings": readings})


@dataclass(frozen=True, slots=True)
class CancelFor:
    """An organiser gives back the seat of somebody else."""

    webinar: int | None
    person: Person
    typed: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give the seat back."""

    webinar: int | None


@dataclass(frozen=True, slots=True)
class Status:
    """Which seat do I have?"""

    webinar: int | None


@dataclass(frozen=True, slots=True)
class Reminders:
    """Whether the member wants any, of every webinar."""

    wanted: bool


SignupCommand: TypeAlias = Help | PickSession | TakeSeat | TakeSeatAs | Cancel | CancelFor | Status | Reminders


def parse(text: str) -> SignupCommand:
    """What decoded `text` asks for; a webinar's number may stand anywhere.

    Raises:
        Refusal: those of `seat_clauses`, of `as ROLE`, `for MECHANISM` and `for @ben`.
        Refusal("signup-two-webinars"): `W1 morning W2`.
        Refusal("signup-reminders-of-one"): `reminders off W1`, while they are of every webinar.
        Refusal("signup-cancel-unclear"): `cancel afternoon`: whether that is the seat held isn't known here.
    """
    webinar, phrase = _split_number(text)
    phrase, person = seat_clauses.take_person(phrase)
    if person is not None:
        return _for_somebody(webinar, phrase, person, text)
    folded = fold(phrase)
    said = trim(folded)
    match shorter_forms(said)[-1]:
        case "help" | "reminders" | "reminder":
            return Help()
        case "status":
            return Status(webinar)
    if "?" not in folded:
        if _GIVE_BACK.fullmatch(said):
            return Cancel(webinar)
        if reminders := _reminders(said, webinar):
            return reminders
    _refuse_unclear_cancelling(said, phrase, webinar)
    clauses = seat_clauses.read(phrase)
    if clauses.speaking is not None:
        return TakeSeatAs(webinar, plain_words(clauses.phrase), clauses.speaking, None, clauses.either, text)
    if not shorter_forms(folded)[-1]:
        return PickSession(webinar)
    return TakeSeat(webinar, plain_words(phrase))


def _for_somebody(webinar: int | None, phrase: str, person: Person, text: str) -> TakeSeatAs | CancelFor:
    """`afternoon for @ben`, `cancel for @ben`: nothing else is done for others."""
    said = trim(fold(phrase))
    if _GIVE_BACK.fullmatch(said):
        return CancelFor(webinar, person, text)
    names_no_seat = shorter_forms(said)[-1] in ("", "status", "help") or _reminders(said, None) is not None
    if names_no_seat or _GIVE_BACK_SOMETHING.fullmatch(said) or _MAYBE_GIVE_BACK.fullmatch(said):
        raise Refusal("signup-for-unclear")
    clauses = seat_clauses.read(phrase)
    return TakeSeatAs(webinar, plain_words(clauses.phrase), clauses.speaking, person, clauses.either, text)


def _reminders(said: str, webinar: int | None) -> Reminders | None:
    wanted = _REMINDERS_ON.fullmatch(said) is not None
    if not wanted and not _REMINDERS_OFF.fullmatch(said):
        return None
    if webinar is not None:
        reading = "reminders on" if wanted else "reminders off"
        raise Refusal("signup-reminders-of-one", number=webinar, readings=(reading,))
    return Reminders(wanted)


def webinar_named(text: str) -> int | None:
    """The one webinar that `text` names, whatever else it says; for the form, which never refuses."""
    try:
        return _split_number(text)[0]
    except Refusal:
        return None


def _split_number(text: str) -> tuple[int | None, str]:
    """`afternoon for W1` is W1 and `afternoon`; no label holds such a word, so that it may stand anywhere."""
    words = [word.text for word in split(text)]
    numbers = {place: number for place, word in enumerate(words) if (number := short_number(trim(fold(word)), "W"))}
    if len(set(numbers.values())) > 1:
        raise Refusal("signup-two-webinars", matches=tuple(f"W{number}" for number in numbers.values()))
    left_out = {*numbers, *(place - 1 for place in numbers if place and fold(words[place - 1]) in _BEFORE_NUMBER)}
    phrase = " ".join(word for place, word in enumerate(words) if place not in left_out)
    return next(iter(numbers.values()), None), phrase


def _refuse_unclear_cancelling(said: str, phrase: str, webinar: int | None) -> None:
    """A session is named, or it is a question: it may not be the seat that is held, so that one is shown first."""
    maybe = _MAYBE_GIVE_BACK.fullmatch(said)
    names_session = maybe is not None and names_by_itself(shorter_forms(maybe["what"])[-1])
    if names_session or _GIVE_BACK.fullmatch(said) or _GIVE_BACK_SOMETHING.fullmatch(said):
        reading = "status" if webinar is None else f"status W{webinar}"
        raise Refusal("signup-cancel-unclear", typed=plain_words(phrase), readings=(reading,))
