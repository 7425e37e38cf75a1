"""Unquoted text that may hold settings: a dropped `anonymous` would be a breach of privacy, so it is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.moments import parse_when
from bot.domain.poll_quotes import quote
from bot.domain.poll_settings import FLAG_FORMS, LONG_DASHES
from bot.domain.refusals import Refusal
from bot.domain.words import join, split

_LONG = rf"(?:--|[{LONG_DASHES}]+)"
_SHORT = r"(?<!\S)[-‐‑﹣－]"
_NAME = f"(?:{'|'.join(FLAG_FORMS)}|limit|add-choice)(?![\\w-])"
_SURE = r"(?:anonymous|hidden|progress|objection|votes|limit|add-choice|public-add-option)(?![\w-])"
_FLAG = re.compile(rf"--(?=[^\W\d_])|(?:{_LONG}|{_SHORT})(?={_NAME})|(?:{_LONG}|{_SHORT})\s+(?={_SURE})", re.IGNORECASE)
_WORD = re.compile(
    r"(?:(?:anonymous|hidden|add-choice|objection|by\s+mechanism|lang\s+[a-z]{2}|limit\s+(?:-?\d+|any))(?![\w-])"
    rf"|{_LONG}(?:votes|lang|by)(?:=|\s+)\S+|{_LONG}{_NAME})\s*",
    re.IGNORECASE,
)
_WHEN = re.compile(rf"(?:{_LONG})?(?:on|end)(?:=|\s+)", re.IGNORECASE)
_LONGEST_WHEN = 6  # words
_NO_WHEN = frozenset({"when-unreadable", "date-unreadable"})


@dataclass(frozen=True, slots=True)
class Suspicion:
    """`readings` are what may have been meant: with the setting outside the question, and inside it."""

    setting: str
    readings: tuple[str, ...]


def suspect(text: str, now: datetime, zone: ZoneInfo) -> Suspicion | None:
    """What in unquoted `text` looks like a setting, if anything does."""
    end = _leading(text, now, zone)
    if end:
        settings, question = text[:end].strip(), text[end:].lstrip(" ,;:.!–—-").rstrip()
        outside = f"{_with_hyphens(settings)} {quote(question)}"
        return Suspicion(settings, (outside, quote(text)) if question else (quote(text),))
    flag = _FLAG.search(text)
    if not flag:
        return None
    question, settings = text[: flag.start()].strip(), text[flag.start() :]
    return Suspicion(settings, (f"{quote(question)} {_with_hyphens(settings)}", quote(text)))


def _leading(text: str, now: datetime, zone: ZoneInfo) -> int:
    """Where the settings at the start of `text` end; 0 where it begins with none."""
    end = 0
    while found := _WORD.match(text, end):
        end = found.end()
    when = _when_end(text, end, now, zone)
    return _after(text, when, now, zone) if when else end


def _after(text: str, end: int, now: datetime, zone: ZoneInfo) -> int:
    rest = text[end:]
    blank = len(rest) - len(rest.lstrip())
    return end + blank + _leading(rest.lstrip(), now, zone)


def _when_end(text: str, start: int, now: datetime, zone: ZoneInfo) -> int:
    """Where an `on` or `end` with a time that can be read ends; `end of year party?` has none."""
    found = _WHEN.match(text, start)
    if not found:
        return 0
    words = split(text, found.end())
    for length in range(min(_LONGEST_WHEN, len(words)), 0, -1):
        if _is_when(join(text, words[:length]), now, zone):
            return words[length - 1].end
    return 0


def _is_when(text: str, now: datetime, zone: ZoneInfo) -> bool:
    try:
        parse_when(text, now, zone)
    except Refusal as refusal:
        return refusal.key not in _NO_WHEN
    return True


def _with_hyphens(settings: str) -> str:
    """`—anonymous`, `-anonymous` and `-- anonymous` as `--anonymous`."""
    return re.sub(rf"(?:{_LONG}|{_SHORT})\s*(?={_NAME})", "--", settings, flags=re.IGNORECASE)
