"""Typed text as it is compared: without case, accents, smart quotes, dash variants or odd white space."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeVar

from bot.domain.refusals import Refusal

T = TypeVar("T")

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


def matches(typed: str, candidates: Mapping[T, Sequence[str]]) -> tuple[T, ...]:
    """The candidates one of whose names is `typed`; if there are none, those with a name that begins so."""
    wanted = fold(typed)
    if not wanted:
        return ()
    folded = {key: tuple(fold(name) for name in names) for key, names in candidates.items()}
    exact = tuple(key for key, names in folded.items() if wanted in names)
    return exact or tuple(key for key, names in folded.items() if any(n.startswith(wanted) for n in names))


def match(typed: str, candidates: Mapping[T, Sequence[str]]) -> T:
    """The one candidate that `typed` names; the first of a candidate's names is the one shown.

    Raises:
        Refusal("label-unknown"): none; the facts hold what is known.
        Refusal("label-ambiguous"): several; the facts hold which.
    """
    found = matches(typed, candidates)
    if len(found) == 1:
        return found[0]
    if found:
        raise Refusal("label-ambiguous", typed=typed, matches=tuple(candidates[key][0] for key in found))
    raise Refusal("label-unknown", typed=typed, known=tuple(names[0] for names in candidates.values() if names))


def _is_accent(char: str) -> bool:
    """Combining diacritics and Arabic vowel marks; the vowel signs of other scripts are letters."""
    return "\u0300" <= char <= "\u036f" or "\u064b" <= char <= "\u0652" or char == "\u0670"
