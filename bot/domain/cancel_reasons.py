"""Why a webinar or a session is cancelled, as people type it: in quotes, or else it is asked back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.folding import fold, is_blank
from bot.domain.poll_quotes import Quoted, quote, read_next
from bot.domain.refusals import Refusal
from bot.domain.session_choice import names_by_itself, shorter_forms
from bot.domain.words import join, split

LONGEST_REASON = 500

_INTRODUCTIONS = frozenset({
    "because of", "because", "due to", "owing to", "since", "as", "the reason is", "reason is", "reason",
    "parce que", "en raison de", "car", "porque", "debido a",
})  # fmt: skip
_SINGLE = "'‘’‚‛′´`ʼ"
_SINGLE_QUOTED = re.compile(rf"(?<!\S)[{_SINGLE}](?P<reason>\S.*?)[{_SINGLE}]$")


@dataclass(frozen=True, slots=True)
class TypedCancel:
    """`phrase` is the session as typed, empty where none was named."""

    phrase: str
    reason: str | None


def read_cancel(typed: str, start: int) -> TypedCancel:
    """What stands in `typed` from `start` on: `[SESSION] ["REASON"]`.

    Raises:
        Refusal("reason-unquoted"): with the whole command that has it in quotes, where that would be understood.
        Refusal("reason-too-long").
        Refusal("cancel-unclear"): what stands in quotes is the name of a session rather than a reason.
        Refusal("webinar-unreadable"): the fact `part` holds what follows the reason.
        Refusal("quote-unclosed"), Refusal("quote-in-word").
    """
    quoted = read_next(typed, start)
    if quoted is None:
        _refuse_unquoted(typed, start)
        return TypedCancel(typed[start:], None)
    before, behind = typed[start : quoted.start], read_next(typed, quoted.end)
    if behind and is_blank(before) and is_blank(typed[quoted.end : behind.start]):
        return _with_reason(typed, quoted.content, behind)
    if is_blank(before) and _names_session(quoted.content):
        reading = f"{typed[: quoted.start]}{quoted.content}"
        raise Refusal("cancel-unclear", typed=quoted.content, readings=(reading,))
    return _with_reason(typed, _without_introduction(before), quoted)


def check_reason(reason: str) -> str | None:
    """The reason itself, None where it shows nothing: Refusal("reason-too-long")."""
    if is_blank(reason):
        return None
    if len(reason) > LONGEST_REASON:
        raise Refusal("reason-too-long", count=len(reason), limit=LONGEST_REASON)
    return reason


def _with_reason(typed: str, phrase: str, quoted: Quoted) -> TypedCancel:
    behind = typed[quoted.end :].strip(" .,;!")
    if behind:
        raise Refusal("webinar-unreadable", part=behind)
    return TypedCancel(phrase, check_reason(quoted.content))


def _without_introduction(before: str) -> str:
    """`afternoon because` is `afternoon`."""
    words = split(before)
    for at in range(len(words)):
        if _introduces(join(before, words[at:])):
            return before[: words[at].start]
    return before


def _introduces(text: str) -> bool:
    return fold(text).rstrip(" :") in _INTRODUCTIONS


def _names_session(text: str) -> bool:
    return names_by_itself(shorter_forms(fold(text))[-1])


def _refuse_unquoted(typed: str, start: int) -> None:
    """A reason without quotes, or in single ones."""
    single = _SINGLE_QUOTED.search(typed, start)
    if single and not _names_session(single["reason"]):
        raise _unquoted(typed, start, single.start(), single["reason"])
    words = split(typed, start)
    for at in range(len(words)):
        for end in range(min(at + 3, len(words)), at, -1):
            if _introduces(join(typed, words[at:end])):
                raise _unquoted(typed, start, words[at].start, join(typed, words[end:]))


def _unquoted(typed: str, start: int, at: int, reason: str) -> Refusal:
    check_reason(reason)
    reading = typed[:at] + quote(reason)
    try:
        understood = read_cancel(reading, start).reason is not None
    except Refusal:
        understood = False
    return Refusal("reason-unquoted", typed=reason, readings=(reading,) if understood else ())
