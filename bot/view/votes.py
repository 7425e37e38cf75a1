"""What voters are told of their votes, and who chose what."""

from __future__ import annotations

from bot.domain.ids import UserId
from bot.domain.polls import Option, Poll
from bot.domain.votes import Voted
from bot.view import poll_choosing
from bot.view.message import BUTTON, HEADER, Message, lines, note, shorten
from bot.view.texts import Mrkdwn, Words

NAMES = 50
NAMES_IN_ALL = 200
"""How many people a message names beside twenty options."""


def voted(words: Words, outcome: Voted) -> Message:
    """To the voter alone."""
    if not outcome.chosen:
        return note(words.md("vote-none", question=outcome.poll.question))
    said = words.md("vote-is", question=outcome.poll.question, chosen=_listed(outcome.chosen))
    return note(said, *poll_choosing.removals(words, outcome.poll, outcome.chosen))


def who(words: Words, poll: Poll) -> Message:
    """Who chose what in a named poll, to whoever asks: names go before the whole of a long text."""
    chosen = [each for each in poll.options if each.voters]
    most = min(NAMES, NAMES_IN_ALL // max(1, len(chosen)))
    rows = [
        words.md("poll-who", option=shorten(each.text, BUTTON), names=_names(words, each.voters, most))
        for each in chosen
    ]
    asked = words.md("poll-question", question=shorten(poll.question, HEADER))
    return note(lines(asked, *(rows or [words.md("poll-who-none")])))


def _listed(chosen: tuple[Option, ...]) -> str:
    return "; ".join(each.text for each in chosen)


def _names(words: Words, voters: tuple[UserId, ...], most: int) -> Mrkdwn:
    """People as Slack shows them; past `most` the rest as a number."""
    names = Mrkdwn(", ".join(f"<@{each}>" for each in voters[:most]))
    rest = len(voters) - most
    return names if rest <= 0 else Mrkdwn(f"{names} {words.count('and-more', rest)}")
