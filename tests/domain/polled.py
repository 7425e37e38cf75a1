"""Results of polls to try things with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.domain.poll_results import AnonymousResult, Given, NamedResult, Tally, VoiceAnswer
from bot.domain.polls import PollState
from bot.domain.representatives import How

CLOSED_AT = datetime(2026, 12, 10, 17, 0, tzinfo=UTC)
FORMATS = {"Event": 2, "Submission": 1, "Nothing yet": 0}
ANSWERS = (
    VoiceAnswer("Puebla Process", Given(("Event",), "Ana Ruiz", CLOSED_AT - timedelta(hours=1)), "rcm"),
    VoiceAnswer("Almaty Process", None, "almaty"),
    VoiceAnswer("Éxodo Forum", Given((), "Ben Okoro", CLOSED_AT - timedelta(hours=2)), "exodo"),
    VoiceAnswer("Budapest Process", Given(("Event", "Submission"), "Li Wei", CLOSED_AT, How.LETTER), "budapest"),
)


def anonymous(question: str = "Which format?", options: Mapping[str, int] = FORMATS) -> AnonymousResult:
    return AnonymousResult(
        number=7,
        question=question,
        state=PollState.CLOSED,
        tallies=tuple(Tally(text, votes) for text, votes in options.items()),
        voted=sum(options.values()),
        closed_at=CLOSED_AT,
    )


def named(question: str = "Which format?", options: Mapping[str, int] = FORMATS) -> NamedResult:
    """By mechanism: two chose, one of them twice, one abstained, and one has not answered."""
    return NamedResult(
        number=7,
        question=question,
        state=PollState.CLOSED,
        tallies=tuple(Tally(text, votes) for text, votes in options.items()),
        voted=2,
        abstained=1,
        could=4,
        choices=2,
        by_mechanism=True,
        closed_at=CLOSED_AT,
        answers=ANSWERS,
    )
