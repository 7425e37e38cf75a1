"""Words beside a question that may ask for an anonymous poll: posting it with names would be a breach of privacy."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAMED = r"(?:poll|ballot|vote|voting|survey|sondage|encuesta|voto|votaci[oó]n|scrutin)s?"
_ANONYMOUS = r"(?:ann?[oó]n[iy]m(?!it|at|id)\w*|anon)"  # with its misspellings and its sisters in other languages
_POLITE = r"please|pls|thanks|thank\s+you|merci|gracias|:[\w+'-]+:"  # an emoji's name in the end
_WHOLE = r"(?!\w|[-'’]\w)"

_FOLLOWED = rf"(?:[\s,]+(?:{_NAMED}|{_POLITE}))*{_WHOLE}"
_ENDED = rf"(?:[\s,:=]+(?:{_NAMED}|{_POLITE}|question|mode|only|yes|on|true))*[\W_]*\Z"
_SURE = rf"(?:{_ANONYMOUS}|(?:secret|private|confidential)\s+{_NAMED}){_WHOLE}"
_MAYBE = rf"(?:secret|confidential|private)(?:ly)?{_WHOLE}"
_LEADING = (
    r"(?:(?:please|pls|an?|the|this(?:\s+is)?|it|as|by|in|with|make|keep|post|run|create|start|new|quick|set\s+up"
    r"|i|we|want|need|would\s+like|votes?|poll|ballot|survey|and)[\s,:]+){0,8}"
)

_FIRST = re.compile(
    rf"[\W_]*(?P<said>(?:(?:new\s+)?{_NAMED}[\s,:]+)?(?:{_SURE}|secret(?:ly)?{_WHOLE}){_FOLLOWED}"
    rf"|{_LEADING}(?:{_ANONYMOUS}\s+{_NAMED}|(?:secret|private|confidential)\s+{_NAMED}){_FOLLOWED}"
    rf"|{_LEADING}(?:{_SURE}|{_MAYBE}){_FOLLOWED}(?=\s*[:;,.!–—)\]]|\s-\s))[\s,;:.!)\]}}*_–—-]*",
    re.IGNORECASE,
)
_LAST = re.compile(rf"(?<![\w'’-]){_LEADING}(?:(?P<sure>{_SURE})|(?P<maybe>{_MAYBE}))(?P<end>{_ENDED})", re.IGNORECASE)
_IN_BRACKETS = re.compile(
    rf"[(\[{{（【*_~`]\s*{_LEADING}(?:{_SURE}|{_MAYBE}){_FOLLOWED}[^\w)\]]*[)\]}}）】*_~`]|(?<!\S)[#/+]{_SURE}",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    rf"\b(?P<said>(?:{_ANONYMOUS}|secret|private|confidential)\s+(?:\w+\s+)?{_NAMED})\s*[:–—]", re.IGNORECASE
)
_SENTENCE_ENDS = tuple("?!.;:,–—-)؟。")
_SENTENCE_GOES_ON = re.compile(r"\b(?:is|are|be|was|were|stay|remain)\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Aside:
    """`said` may ask for an anonymous poll; `rest` is the text without it, empty where nothing is left."""

    said: str
    rest: str


def find_anonymity(text: str) -> Aside | None:
    """The first or last words of `text`, or a part in brackets, that may ask for an anonymous poll.

    `Is the anonymous hotline ready?` has none. Where the words belong to the sentence, as in `Is it anonymous?` and
    `Dear all, an anonymous poll: …`, the rest is the whole text.
    """
    return _bracketed(text) or _first(text) or _last(text) or _announced(text)


def is_anonymity(text: str) -> bool:
    """Whether `text` asks for an anonymous poll and for nothing else."""
    aside = find_anonymity(text)
    return aside is not None and not aside.rest


def without_anonymity(text: str) -> str:
    """`text` without any of its asides."""
    while (aside := find_anonymity(text)) and aside.rest != text:
        text = aside.rest
    return text


def _bracketed(text: str) -> Aside | None:
    found = _IN_BRACKETS.search(text)
    if not found:
        return None
    left, right = text[: found.start()].rstrip(), text[found.end() :]
    joint = " " if right[:1].isspace() or right[:1].isalnum() else ""
    return _aside(found[0], (left + joint + right.lstrip()).strip())


def _first(text: str) -> Aside | None:
    found = _FIRST.match(text)
    return _aside(found["said"], text[found.end() :].strip()) if found else None


def _last(text: str) -> Aside | None:
    found = _LAST.search(text)
    if not found:
        return None
    said, before = found["sure"] or found["maybe"], text[: found.start()].rstrip()
    if before.endswith(_SENTENCE_ENDS):
        return _aside(said, before.rstrip(" \t\n,;:–—-"))
    if not found["sure"]:
        return None
    within = "?" in found["end"] or _SENTENCE_GOES_ON.search(before)
    return _aside(said, text if within else before)


def _announced(text: str) -> Aside | None:
    found = _ANNOUNCED.search(text)
    return _aside(found["said"], text) if found else None


def _aside(said: str, rest: str) -> Aside:
    return Aside(said.strip(), rest if any(char.isalnum() for char in rest) else "")
