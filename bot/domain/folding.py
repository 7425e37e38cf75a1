"""Typed text as it is compared: without case, accents, smart quotes, dash variants or odd white space."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_EMPTY_LETTERS = "\u2800\u3164\uffa0"
_ALIKE = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
    | dict.fromkeys("‘’‚‛′´`ʼ", "'")
    | dict.fromkeys("“”„‟″«»〝〞〟", '"')
    | dict.fromkeys(_EMPTY_LETTERS, " "),
)
_BLANKS = str.maketrans(dict.fromkeys(_EMPTY_LETTERS, " "))
_TAGS = "\U000e0020-\U000e007f"
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f"
    "\U000e0080-\U000e0fff]"
    f"|(?<![\U0001f3f4{_TAGS}])[{_TAGS}]+",  # behind a black flag they say which one: Scotland's or Wales's
)
"""What shows nothing: Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties.txt), controls, line notes."""

_HIDING = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """`text` for comparing, never for showing: `  Après–Midi ` becomes `apres-midi`.

    Grammars compare the same few words again and again.
    """
    plain = without_invisible(text).translate(_ALIKE)
    for _ in range(2):  # once isn't stable: see "compatibility caseless match" in Unicode 3.13, D146
        plain = unicodedata.normalize("NFKD", plain).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not _is_accent(c))
    return " ".join(without_invisible(bare).translate(_ALIKE).split())


def fold_case(text: str) -> str:
    """`text` without case, odd white space and what shows nothing: `Résumé` and `resume` stay two answers."""
    return " ".join(unicodedata.normalize("NFC", without_invisible(text).translate(_BLANKS)).casefold().split())


def without_invisible(text: str) -> str:
    """`text` for comparing: what joins letters is left out too."""
    return _INVISIBLE.sub("", text)


def without_hiding(text: str) -> str:
    """`text` for showing, without what hides between letters or turns the text around.

    What joins or parts letters (Persian, Indic, emoji) and the marks of direction stay.
    """
    return _HIDING.sub("", text)


def is_blank(text: str) -> bool:
    """Whether nothing of `text` would be seen."""
    return not fold_case(text)


def _is_accent(char: str) -> bool:
    """Combining diacritics and Arabic vowel marks; the vowel signs of other scripts are letters."""
    return "\u0300" <= char <= "\u036f" or "\u064b" <= char <= "\u0652" or char == "\u0670"
