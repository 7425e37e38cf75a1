"""What those who run a poll may do with it, and what came of it; lists of polls."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import ButtonElement, ConfirmObject

from bot.domain.members import Member
from bot.domain.poll_posting import PollExported, PollShared
from bot.domain.poll_running import PollDeleted, PollReopened, PollsListed
from bot.domain.polls import Poll, PollState, shares
from bot.view import objections, times
from bot.view.message import HEADER, Message, actions, button, lines, listing, note, shorten
from bot.view.texts import Mrkdwn, Words

RUN = "poll-run"
DELETE = "poll-delete"

SHARE = "share"
PRESSED = ("close", "reopen", "nudge", "edit", "results", SHARE, "export", "duplicate")
"""What the buttons do, by the verb that each stands for; SHARE is `results` to the channel."""


def running(words: Words, poll: Poll) -> Message:
    """To whoever runs it: a button for each thing that can be done now."""
    said = words.md("poll-run", number=poll.number, question=poll.question)
    buttons = [button(words.plain(f"button-poll-{each}"), RUN, poll.id, choice=each) for each in _possible(poll)]
    return note(said, actions(*buttons, _delete(words, poll)))


def result(words: Words, poll: Poll) -> Message:
    """The counts in words: closed, they are the result."""
    key = "poll-closed-result" if poll.state is PollState.CLOSED else "poll-open-result"
    percents = shares([each.votes for each in poll.options], poll.choosers)
    rows = [
        words.count("poll-result-percent", each.votes, text=each.text, percent=percent)
        for each, percent in zip(poll.options, percents, strict=True)
    ]
    turnout = [_voters(words, poll)]
    if poll.abstained:
        turnout.append(words.count("result-abstentions", poll.abstained))
    said, outcome = words.md(key, number=poll.number, question=poll.question), objections.lines_of(words, poll)
    return note(lines(said, *rows, *outcome, Mrkdwn(" · ".join(turnout))))


def export(words: Words, poll: Poll) -> Message:
    """The direct message in whose thread the files stand."""
    return note(words.md("poll-export", number=poll.number, question=poll.question))


def exported(words: Words, outcome: PollExported) -> Message:
    return note(words.md("poll-exporting", number=outcome.poll.number, question=outcome.poll.question))


def shared(words: Words, outcome: PollShared) -> Message:
    poll, key = outcome.poll, "poll-shared-already" if outcome.stands else "poll-shared"
    channel = Mrkdwn(f"<#{poll.channel}>")
    return note(words.md(key, number=poll.number, question=poll.question, channel=channel))


def reopened(words: Words, reader: Member, outcome: PollReopened) -> Message:
    poll = outcome.poll
    key = "poll-open-already" if outcome.again else "poll-reopened"
    rows = [words.md(key, number=poll.number, question=poll.question)]
    if poll.ends_at is not None:
        rows.append(words.md("poll-ends", time=_at(words, reader, poll.ends_at)))
    return note(lines(*rows))


def to_delete(words: Words, poll: Poll) -> Message:
    """Nothing is deleted yet: the button asks once more."""
    said = words.md(
        "poll-delete-asked-anonymous" if poll.anonymous else "poll-delete-asked",
        number=poll.number,
        question=poll.question,
    )
    return note(said, actions(_delete(words, poll)))


def deleted(words: Words, outcome: PollDeleted) -> Message:
    return note(words.md("poll-is-deleted", number=outcome.poll.number, question=outcome.poll.question))


def listed(words: Words, reader: Member, outcome: PollsListed, now: datetime) -> Message:
    """A row a poll, the newest first; how many have voted is said only where its counts are shown."""
    if not outcome.polls:
        return note(words.md("polls-closed-none" if outcome.closed else "polls-none"))
    heading = words.md("polls-closed-listed" if outcome.closed else "polls-listed")
    rows = [[_row(words, reader, each, now)] for each in reversed(outcome.polls)]
    return listing(words, heading, rows, where=words.md("polls-more"))


def _possible(poll: Poll) -> list[str]:
    if poll.state is PollState.OPEN:
        shown = ["results", "export"] if poll.shows_counts else []
        return ["close", "nudge", "edit", *shown, "duplicate"]
    reopening = [] if poll.anonymous or poll.objection else ["reopen"]
    return ["results", SHARE, "export", *reopening, "duplicate"]


def _delete(words: Words, poll: Poll) -> ButtonElement:
    made = button(words.plain("button-poll-delete"), DELETE, poll.id, style="danger")
    made.confirm = ConfirmObject(
        title=words.plain("confirm-poll-delete", number=poll.number),
        text=words.plain("confirm-poll-delete-text"),
        confirm=words.plain("button-poll-delete"),
        deny=words.plain("button-keep"),
    )
    return made


def _row(words: Words, reader: Member, poll: Poll, now: datetime) -> Mrkdwn:
    """`• *P7: Which format?* in #general · 3 voters · until 10 Dec, 18:00`."""
    question, channel = shorten(poll.question, HEADER), Mrkdwn(f"<#{poll.channel}>")
    parts = [words.md("poll-row", number=poll.number, question=question, channel=channel)]
    if poll.posts_at is not None and poll.is_to_come(now):
        parts.append(words.md("poll-to-come", when=_at(words, reader, poll.posts_at)))
    elif poll.shows_counts:
        parts.append(_voters(words, poll))
    if poll.closed_at is not None:
        parts.append(words.md("poll-row-closed", time=_at(words, reader, poll.closed_at)))
    elif poll.ends_at is not None:
        parts.append(words.md("poll-until", when=_at(words, reader, poll.ends_at)))
    return Mrkdwn(" · ".join(parts))


def _voters(words: Words, poll: Poll) -> Mrkdwn:
    return words.count("poll-mechanisms" if poll.by_mechanism else "poll-voters", poll.voters)


def _at(words: Words, reader: Member, at: datetime) -> str:
    return times.moment(words, at, ZoneInfo(reader.zone or "UTC"))
