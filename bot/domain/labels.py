"""Labels of sessions: what people may sign up by must never read as anything else."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.domain.clock_times import parse_range, parse_time
from bot.domain.folding import fold
from bot.domain.refusals import Refusal

LONGEST_LABEL = 40

KEYWORDS = frozenset({"on", "in", "seats", "link", "remind", "channel"})
CLAIMS = frozenset({"as", "for"})  # of `/signup afternoon as chair for ARCP`

_VERBS = frozenset({
    "new", "list", "show", "edit", "move", "cancel", "reopen", "roster", "export", "calendar",
    "reminders", "attendance", "invite", "help", "status", "withdraw", "leave", "change", "switch",
    "cannot", "can't", "to", "from", "the", "me", "session", "sessions", "next", "all", "none",
    "any", "and",
})  # fmt: skip
_NUMBER = re.compile(r"#?\d+(?:st|nd|rd|th)?|[wpc]\d+")


def check_label(label: str) -> str:
    """The label itself.

    Raises:
        Refusal("label-missing"), Refusal("label-too-long"), Refusal("label-reserved").
    """
    folded = fold(label)
    if not folded:
        raise Refusal("label-missing")
    if len(label) > LONGEST_LABEL:
        raise Refusal("label-too-long", label=label, count=len(label), limit=LONGEST_LABEL)
    words = folded.split()
    if folded in _VERBS | KEYWORDS or CLAIMS & set(words) or _is_number_or_time(folded):
        raise Refusal("label-reserved", label=label)
    if any(re.fullmatch(r"w\d+", word) for word in words) or not folded[0].isalnum():
        raise Refusal("label-reserved", label=label)
    return label


def check_distinct(labels: tuple[str, ...]) -> None:
    """Refuse two labels that read alike: Refusal("label-twice")."""
    seen: set[str] = set()
    for label in labels:
        if fold(label) in seen:
            raise Refusal("label-twice", label=label)
        seen.add(fold(label))


def _is_number_or_time(folded: str) -> bool:
    if _NUMBER.fullmatch(folded) or not any(char.isalpha() for char in folded):
        return True
    return _reads(parse_time, folded, "time-unreadable") or _reads(parse_range, folded, "range-unreadable")


def _reads(read: Callable[[str], object], text: str, refused: str) -> bool:
    try:
        read(text)
    except Refusal as refusal:
        return refusal.key != refused
    return True
