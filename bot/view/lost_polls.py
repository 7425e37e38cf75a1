"""What a poll's maker reads once its message is gone."""

from __future__ import annotations

from bot.domain.polls import Poll, PollState
from bot.view.message import Message, actions, button, lines, note
from bot.view.poll_running import RUN
from bot.view.texts import Mrkdwn, Words

DELETED = "message_not_found"


def word(words: Words, poll: Poll, reason: str) -> Message:
    """Why it is gone, what is left, and what may be done: closing by a button."""
    key = "poll-lost-deleted" if reason == DELETED else "poll-lost-unreachable"
    rows = [
        words.md(key, number=poll.number, question=poll.question, channel=Mrkdwn(f"<#{poll.channel}>")),
        words.md("poll-lost-advice" if poll.state is PollState.OPEN else "poll-lost-closed", number=poll.number),
    ]
    if poll.state is not PollState.OPEN:
        return note(lines(*rows))
    return note(lines(*rows), actions(button(words.plain("button-poll-close"), RUN, poll.id, choice="close")))
