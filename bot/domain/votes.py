"""Votes: what a click means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import OptionId
from bot.domain.poll_times import refuse_untimely
from bot.domain.polls import Option, Poll
from bot.domain.refusals import Refusal

NERVOUS_S = 2.0
"""In a multiple choice the same click again within this time changes nothing."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one voter has said so far; `clicked` is Slack's `action_ts` of their newest click."""

    chosen: frozenset[OptionId] = frozenset()
    clicked: str = "0"
    clicked_option: OptionId | None = None


@dataclass(frozen=True, slots=True)
class Voted:
    """The voice as it is now. `changed` is false where the click said nothing new."""

    poll: Poll
    chosen: tuple[Option, ...]
    changed: bool


def vote(poll: Poll, voice: Voice, option: OptionId, clicked: str, *, now: datetime) -> frozenset[OptionId]:
    """What the voter has chosen after a click on `option` at Slack's time `clicked`.

    Single choice: a click sets the voice, the same again changes nothing. Otherwise it adds or removes.
    An older click that arrives later changes nothing.

    Raises:
        Refusal("option-gone"), Refusal("too-many-choices"), and those of `refuse_untimely`.
    """
    refuse_untimely(poll, now)
    if option not in {each.id for each in poll.options}:
        raise Refusal("option-gone")
    if seconds(clicked) <= seconds(voice.clicked):
        return voice.chosen
    if poll.single:
        return frozenset({option})
    if _nervous(voice, option, clicked):
        return voice.chosen
    chosen = voice.chosen ^ {option}
    if poll.choices and len(chosen) > poll.choices:
        raise Refusal("too-many-choices", limit=poll.choices)
    return chosen


def take_back(poll: Poll, voice: Voice, clicked: str, *, now: datetime) -> frozenset[OptionId]:
    """What is left after *Take back my vote*: nothing, unless a newer click has come already.

    Raises:
        What `refuse_untimely` does.
    """
    refuse_untimely(poll, now)
    return frozenset() if seconds(clicked) > seconds(voice.clicked) else voice.chosen


def chosen_options(poll: Poll, chosen: frozenset[OptionId]) -> tuple[Option, ...]:
    return tuple(each for each in poll.options if each.id in chosen)


def seconds(slack_ts: str) -> tuple[int, int]:
    """Slack's `seconds.micros` as something that compares."""
    whole, _, micros = slack_ts.partition(".")
    return int(whole), int(micros.ljust(6, "0")[:6] or 0)


def _nervous(voice: Voice, option: OptionId, clicked: str) -> bool:
    if voice.clicked_option != option:
        return False
    (then_s, then_us), (now_s, now_us) = seconds(voice.clicked), seconds(clicked)
    return (now_s - then_s) + (now_us - then_us) / 1e6 < NERVOUS_S
