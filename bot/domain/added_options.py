"""An option that a voter adds to a poll which allows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.folding import fold_case, is_blank
from bot.domain.new_polls import LONGEST_OPTION, MOST_OPTIONS
from bot.domain.polls import Poll, PollState, check_length, was_called
from bot.domain.refusals import Refusal

OF_TEXT = frozenset({"option-missing", "option-too-long", "option-there", "option-was", "poll-too-long"})
"""Refusals of what was entered, by which another text may be accepted."""


@dataclass(frozen=True, slots=True)
class OptionAdded:
    """`poll` is as it was before."""

    poll: Poll
    text: str


def may_add(poll: Poll, now: datetime) -> None:
    """Any voter may, as long as the poll takes votes and has room.

    Raises:
        Refusal("options-fixed"), Refusal("options-late"), Refusal("options-full")
    """
    if not poll.adds_options:
        raise Refusal("options-fixed", number=poll.number)
    if poll.state is not PollState.OPEN or poll.is_to_come(now) or poll.has_ended(now):
        raise Refusal("options-late", number=poll.number)
    if len(poll.options) >= MOST_OPTIONS:
        raise Refusal("options-full", number=poll.number, limit=MOST_OPTIONS)


def add(poll: Poll, text: str, now: datetime) -> OptionAdded:
    """What adding `text`, shown as words, comes to.

    Raises:
        Refusal("option-missing"), Refusal("option-too-long"), Refusal("option-there"), Refusal("option-was"),
        Refusal("poll-too-long"), and those of `may_add`.
    """
    may_add(poll, now)
    if is_blank(text):
        raise Refusal("option-missing")
    if len(text) > LONGEST_OPTION:
        raise Refusal("option-too-long", count=len(text), limit=LONGEST_OPTION, option=text)
    if fold_case(text) in {fold_case(each.text) for each in poll.options}:
        raise Refusal("option-there", option=text)
    if was_called(poll.options, text):
        raise Refusal("option-was", option=text)
    check_length(poll.question, (*(each.text for each in poll.options), text))
    return OptionAdded(poll, text)
