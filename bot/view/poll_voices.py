"""Whose voices a poll's message shows, and the row by which a mechanism abstains."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.given_voices import abstaining, for_option, mechanisms_of
from bot.domain.lengths import length
from bot.domain.mechanisms import Mechanism
from bot.domain.polls import Option, Poll, PollState
from bot.view.message import button, lines, section
from bot.view.texts import Mrkdwn, Words, inline

ABSTAIN = "abstain"
NAMES_IN_POST = 1_500
"""Characters of mechanisms' names that a poll's message holds beside the longest question and options."""


def names(words: Words, poll: Poll, option: Option) -> list[Mrkdwn]:
    """The mechanisms that chose it, in alphabetical order."""
    return _row(words, poll, mechanisms_of(for_option(poll.given, option.id)))


def abstentions(words: Words, poll: Poll) -> list[Block]:
    """By mechanism: how many abstain, and which; with the button while it is open."""
    is_open = poll.state is PollState.OPEN
    if not poll.by_mechanism or poll.objection or not (is_open or poll.abstained):
        return []
    rows = [words.md("poll-abstain")]
    if poll.shows_counts:
        rows = [words.count("poll-abstentions", poll.abstained)]
        rows += _row(words, poll, mechanisms_of(abstaining(poll.given)))
    return [section(lines(*rows), button(words.plain("button-abstain"), ABSTAIN, poll.id) if is_open else None)]


def counted(words: Words, poll: Poll) -> list[Mrkdwn]:
    """How many have answered; people who abstain have no row of their own."""
    if poll.by_mechanism:
        return [words.count("poll-mechanisms", poll.voters)]
    abstained = [words.count("poll-abstained", poll.abstained)] if poll.abstained else []
    return [words.count("poll-voters", poll.voters), *abstained]


def fitting(words: Words, shown: Sequence[Mrkdwn], most: int, room: int) -> Mrkdwn:
    """As many names as `room` characters hold, `most` at most; the rest as a number."""
    kept: list[Mrkdwn] = []
    for each in shown[:most]:
        room -= length(each) + len(", ")
        if room < 0:
            break
        kept.append(each)
    rest = len(shown) - len(kept)
    text = ", ".join(kept)
    return Mrkdwn(text if not rest else f"{text} {words.count('and-more', rest)}".strip())


def _row(words: Words, poll: Poll, mechanisms: Sequence[Mechanism]) -> list[Mrkdwn]:
    if not mechanisms:
        return []
    titles = [inline(each.title) for each in mechanisms]
    return [fitting(words, titles, len(titles), NAMES_IN_POST // (len(poll.options) + 1))]
