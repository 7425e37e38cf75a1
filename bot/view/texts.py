"""The words: gettext catalogues, read once, and how facts are put into them."""

from __future__ import annotations

import gettext
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent.parent / "locales"
FALLBACK = "en"
_MARKS = re.compile(r"[*`]")
_TURNING = frozenset({"R", "AL", "AN"})
"""Of what is written from right to left (UAX #9)."""


class Mrkdwn(str):
    """Slack markup that is meant as such: it is not encoded again."""

    __slots__ = ()


def encode(text: str) -> str:
    """What a person typed, as Slack's text: it pings nobody and links nowhere."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def inline(text: str) -> Mrkdwn:
    """The same amid a line: where it runs from right to left, words and numbers beside it are kept from turning around.

    A command stays as it is typed.
    """
    turns = not text.isascii() and any(unicodedata.bidirectional(each) in _TURNING for each in text)
    return Mrkdwn(f"\u2068{encode(text)}\u2069" if turns and not text.startswith("/") else encode(text))


@dataclass(frozen=True, slots=True)
class Words:
    """The texts in one language. A key that the catalogue lacks is a bug, and raises KeyError."""

    locale: Locale
    catalogue: gettext.GNUTranslations = field(repr=False)
    prefix: str

    def md(self, key: str, **facts: object) -> Mrkdwn:
        """As Slack markup: facts that are plain strings are encoded."""
        return Mrkdwn(self._look_up(key).format(p=self.prefix, **_encoded(facts)))

    def plain(self, key: str, **facts: object) -> str:
        """As plain text, for buttons and headers."""
        return self._look_up(key).format(p=self.prefix, **facts)

    def bare(self, key: str, **facts: object) -> str:
        """As plain text without the marks of Slack's markup, for what stands beside an input."""
        return _MARKS.sub("", self._look_up(key)).format(p=self.prefix, **facts)

    def has(self, key: str) -> bool:
        return self.catalogue.gettext(key) != key

    def count(self, key: str, number: int, **facts: object) -> Mrkdwn:
        """As Slack markup, in the plural form that `number` takes; the text calls it `n`."""
        text = self.catalogue.ngettext(key, key, number)
        if text == key:
            raise KeyError(key)
        return Mrkdwn(text.format(n=number, p=self.prefix, **_encoded(facts)))

    def _look_up(self, key: str) -> str:
        text = self.catalogue.gettext(key)
        if text == key:
            raise KeyError(key)
        return text


@dataclass(frozen=True, slots=True)
class Texts:
    """All languages. What a language lacks is said in English."""

    words: dict[str, Words]

    def of(self, locale: str | None) -> Words:
        """The words for a Slack locale such as `fr-FR`."""
        language = (locale or FALLBACK).partition("-")[0].lower()
        return self.words.get(language, self.words[FALLBACK])


def load(prefix: str = "") -> Texts:
    """Read every catalogue below `bot/locales`; `prefix` renames the commands that texts mention."""
    found = sorted(path.parent.parent.name for path in LOCALES.glob("*/LC_MESSAGES/convene.po"))
    return Texts({language: _load(language, prefix) for language in found})


def _load(language: str, prefix: str) -> Words:
    return Words(Locale.parse(language), _catalogue(language), prefix)


@cache
def _catalogue(language: str) -> gettext.GNUTranslations:
    with (LOCALES / language / "LC_MESSAGES" / "convene.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _encoded(facts: Mapping[str, object]) -> dict[str, object]:
    return {
        name: inline(fact) if isinstance(fact, str) and not isinstance(fact, Mrkdwn) else fact
        for name, fact in facts.items()
    }
