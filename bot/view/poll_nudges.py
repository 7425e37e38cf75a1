"""Nudges about polls: to those who have not answered, and to who sent them."""

from __future__ import annotations

from bot.domain.mechanisms import Mechanism
from bot.domain.poll_nudges import PollNudged
from bot.domain.polls import Poll
from bot.view import times
from bot.view.message import Message, lines, note
from bot.view.poll_voices import fitting
from bot.view.texts import Mrkdwn, Words, inline

NAMES = 2_000
"""Characters of the names of mechanisms that have not answered."""

LINK = "https://slack.com/app_redirect?team={team}&amp;channel={channel}&amp;message_ts={ts}"
"""Opens the channel (docs.slack.dev, deep linking), and the message where the client knows how."""


def to_member(words: Words, team: str, poll: Poll, ts: str | None, silent: tuple[Mechanism, ...]) -> Message:
    """`silent` are the mechanisms that the reader speaks for and that have not answered, in a poll by mechanism."""
    channel = Mrkdwn(f"<#{poll.channel}>")
    said = words.md("poll-nudge", number=poll.number, question=poll.question, channel=channel)
    rows = [said]
    if silent:
        titles = [inline(each.title) for each in silent]
        rows.append(words.md("poll-nudge-for", mechanisms=fitting(words, titles, len(titles), NAMES)))
    if poll.ends_at is not None:
        rows.append(words.md("poll-nudge-ends", when=times.anywhere(words, poll.ends_at)))
    if ts is not None:
        link = Mrkdwn(LINK.format(team=team, channel=poll.channel, ts=ts))
        rows.append(words.md("poll-nudge-link", link=link))
    rows.append(words.md("poll-nudge-stop"))
    return Message(said, note(lines(*rows)).blocks)


def nudged(words: Words, outcome: PollNudged) -> Message:
    poll = outcome.poll
    if outcome.people is None:
        return note(words.md("poll-nudging", number=poll.number, question=poll.question))
    number = words.plain("poll-number", number=poll.number)
    return note(words.count("poll-nudged", outcome.people, poll=number, question=poll.question))
