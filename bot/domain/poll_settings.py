"""Settings of a poll as typed: words before its question, flags on either side of it. What they mean comes later."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.domain.refusals import Refusal
from bot.domain.words import Span, Word, join, span, split

LONG_DASHES = "‒–—―−"
_FLAG = re.compile(rf"(?:--|[{LONG_DASHES}]{{1,2}})(?P<name>[^\W\d_][\w-]*)(?P<value>=.*)?", re.DOTALL)

_NAMES = ("anonymous", "hidden", "by", "on", "end", "lang", "objection")
WORD_FORMS: Mapping[str, str] = MappingProxyType(
    {name: name for name in _NAMES} | {"limit": "votes", "add-choice": "add-choice"},
)
FLAG_FORMS: Mapping[str, str] = MappingProxyType(
    {name: name for name in _NAMES} | {"progress": "progress", "votes": "votes", "public-add-option": "add-choice"},
)
_SWITCHES = frozenset({"anonymous", "hidden", "progress", "add-choice", "objection"})
_WHENS = frozenset({"on", "end"})


@dataclass(frozen=True, slots=True)
class TypedSetting:
    """`shown` is the setting as it was written, `place` is where its value stands; a switch has neither."""

    name: str
    shown: str
    value: str = ""
    place: Span = (0, 0)

    @property
    def is_flag(self) -> bool:
        """Whether it was written `--so`."""
        return self.shown.startswith("--")


def read_before(text: str, end: int) -> list[TypedSetting]:
    """The settings in front of the question, in either form.

    Raises:
        Refusal("setting-unknown"), Refusal("setting-value-missing"), Refusal("setting-takes-no-value").
    """
    words = split(text, 0, end)
    settings: list[TypedSetting] = []
    at = 0
    while at < len(words):
        if not is_setting(words[at].text):
            raise Refusal("setting-unknown", setting=words[at].text, known=tuple(WORD_FORMS))
        setting, at = read_one(text, words, at)
        settings.append(setting)
    return settings


def read_after(text: str, start: int) -> list[TypedSetting]:
    """The flags behind the question and its options.

    Raises:
        Refusal("setting-after-question"), Refusal("text-outside-quotes"), and those of `read_before`.
    """
    words = split(text, start)
    settings: list[TypedSetting] = []
    at = 0
    while at < len(words):
        if words[at].text.casefold() in WORD_FORMS:
            raise Refusal("setting-after-question", setting=words[at].text)
        if not is_setting(words[at].text):
            raise Refusal("text-outside-quotes", typed=join(text, words[at:]))
        setting, at = read_one(text, words, at)
        settings.append(setting)
    return settings


def is_setting(word: str) -> bool:
    """Whether the word is written as a setting: a known word, or any flag."""
    return word.casefold() in WORD_FORMS or _FLAG.fullmatch(word) is not None


def read_one(text: str, words: Sequence[Word], at: int) -> tuple[TypedSetting, int]:
    """The setting that begins at that word, and where the next one may; refuses as `read_before` does."""
    name, shown, attached = _named(words[at])
    if name in _SWITCHES:
        if attached:
            raise Refusal("setting-takes-no-value", setting=shown, typed=attached[0].text)
        return TypedSetting(name, shown), at + 1
    end = at + 1
    most = len(words) if name in _WHENS else end + (0 if attached else 1)
    while end < min(most, len(words)) and not is_setting(words[end].text):
        end += 1
    value = [word for word in (*attached, *words[at + 1 : end]) if word.text]
    if value:
        return TypedSetting(name, shown, join(text, value), span(value)), end
    if shown == "limit":  # alone, it limits to one
        return TypedSetting(name, shown, "1"), end
    raise Refusal("setting-value-missing", setting=shown)


def _named(word: Word) -> tuple[str, str, list[Word]]:
    """The setting's name, how it was written, and the value that hangs on it with an equals sign."""
    typed = word.text.casefold()
    if typed in WORD_FORMS:
        return WORD_FORMS[typed], typed, []
    flag = _FLAG.fullmatch(word.text)
    name = flag["name"].casefold() if flag else typed
    if not flag or name not in FLAG_FORMS:
        raise Refusal("setting-unknown", setting=f"--{name}", known=tuple(f"--{each}" for each in FLAG_FORMS))
    attached = Word(flag["value"][1:], word.start + flag.start("value") + 1, word.end) if flag["value"] else None
    return FLAG_FORMS[name], f"--{name}", [attached] if attached else []
