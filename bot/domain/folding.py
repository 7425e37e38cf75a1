"""Typed text as it is compared: without case, accents, smart quotes, dash variants or odd white space."""

from __future__ import annotations

import unicodedata

_ALIKE = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
    | dict.fromkeys("‘’‚‛′´`ʼ", "'")
    | dict.fromkeys("“”„‟″«»〝〞〟", '"')
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ""),
)


def fold(text: str) -> str:
    """`text` for comparing, never for showing: `  Après–Midi ` becomes `apres-midi`."""
    plain = text.translate(_ALIKE)
    for _ in range(2):  # once isn't stable: see "compatibility caseless match" in Unicode 3.13, D146
        plain = unicodedata.normalize("NFKD", plain).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not _is_accent(c))
    return " ".join(bare.translate(_ALIKE).split())


def fold_case(text: str) -> str:
    """`text` without case and odd white space only: `Résumé` and `resume` stay two answers."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _is_accent(char: str) -> bool:
    """Combining diacritics and Arabic vowel marks; the vowel signs of other scripts are letters."""
    return "\u0300" <= char <= "\u036f" or "\u064b" <= char <= "\u0652" or char == "\u0670"
