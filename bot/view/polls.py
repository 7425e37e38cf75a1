"""A poll in its channel, and the answers to those who make it and vote."""

from __future__ import annotations

from slack_sdk.models.blocks import Block, OverflowMenuElement, PlainTextObject
from slack_sdk.models.blocks import Option as Choice

from bot.domain.ids import DraftId
from bot.domain.lengths import length
from bot.domain.new_polls import NewPoll
from bot.domain.polls import Option, Poll, PollClosed, PollMade, PollState, PollTakenBack, SameAgain, shares
from bot.view import added_options, objections, poll_choosing, poll_voices, times
from bot.view.drafts import insist_button
from bot.view.message import (
    KEPT_TEXT,
    Message,
    actions,
    button,
    context,
    lines,
    note,
    section,
)
from bot.view.texts import Mrkdwn, Words, encode

MENU = "poll-menu"
TAKE_POLL_BACK = "poll-take-back"
MINE, TAKE_BACK, WHO, RUN = "mine", "take-back", "who", "run"

BAR = 10
FULL, EMPTY = "█", "░"


def post(words: Words, poll: Poll) -> Message:
    """The channel's message: the question, each option with its count, how it is voted, and by what rules."""
    said = words.md("poll-closed-text" if poll.state is PollState.CLOSED else "poll-text", question=poll.question)
    blocks: list[Block] = [section(words.md("poll-question", question=poll.question), _menu(words, poll))]
    blocks += (*_options(words, poll), *poll_choosing.below(words, poll))
    blocks += (*objections.blocks(words, poll), *poll_voices.abstentions(words, poll))
    blocks += added_options.buttons(words, poll)
    blocks.append(context(_rules(words, poll)))
    text = "\n".join((said, *(encode(each.text) for each in poll.options), *objections.lines_of(words, poll)))
    return Message(text if length(text) <= KEPT_TEXT else said, tuple(blocks))


def made(words: Words, outcome: PollMade) -> Message:
    """To the maker alone: what the typed words became, and a way back."""
    poll = outcome.poll
    rows = [
        _made(words, poll),
        *(words.md("poll-made-option", text=each.text) for each in poll.options),
        *objections.lines_of(words, poll),
        _rules(words, poll),
    ]
    return note(lines(*rows), actions(button(words.plain("button-take-poll-back"), TAKE_POLL_BACK, poll.id)))


def default_options(words: Words, new: NewPoll) -> tuple[str, ...]:
    """What may be chosen where nothing was said, in the poll's own words."""
    keys = ("poll-agree", "poll-object") if new.objection else ("poll-yes", "poll-no")
    return tuple(words.plain(each) for each in keys)


def _made(words: Words, poll: Poll) -> Mrkdwn:
    if poll.posts_at is None:
        return words.md("poll-made", number=poll.number, question=poll.question)
    when = times.anywhere(words, poll.posts_at)
    return words.md("poll-made-later", number=poll.number, question=poll.question, when=when)


def same_again(words: Words, outcome: SameAgain, draft: DraftId) -> Message:
    return note(
        words.md("poll-same-again", number=outcome.earlier.number, question=outcome.earlier.question),
        actions(insist_button(words, draft)),
    )


def closed(words: Words, outcome: PollClosed) -> Message:
    """With the result, whatever has become of the channel's message."""
    poll = outcome.poll
    said = words.md("poll-closed-now", number=poll.number, question=poll.question)
    counts = [words.count("poll-result", each.votes, text=each.text) for each in poll.options]
    counts += [words.count("poll-result-abstained", poll.abstained)] if poll.abstained else []
    return note(lines(said, *counts, *objections.lines_of(words, poll)))


def taken_back(words: Words, outcome: PollTakenBack) -> Message:
    return note(words.md("poll-taken-back", number=outcome.poll.number, question=outcome.poll.question))


def _options(words: Words, poll: Poll) -> list[Block]:
    percents = shares([each.votes for each in poll.options], poll.choosers)
    return [_option(words, poll, each, percent) for each, percent in zip(poll.options, percents, strict=True)]


def _option(words: Words, poll: Poll, option: Option, percent: int) -> Block:
    rows = [poll_choosing.named(words, poll, option)]
    if poll.shows_counts:
        full = (percent * BAR + 50) // 100
        bar = Mrkdwn(FULL * full + EMPTY * (BAR - full))
        rows.append(words.count("poll-count", option.votes, bar=bar, percent=percent))
        rows += poll_voices.names(words, poll, option)
    return section(lines(*rows), poll_choosing.beside(words, poll, option))


def _rules(words: Words, poll: Poll) -> Mrkdwn:
    """`P7 · one choice · named · 3 voters`."""
    choices = words.md("poll-any") if poll.choices == 0 else words.count("poll-choices", poll.choices)
    parts = [
        *([words.md("poll-number", number=poll.number)] if poll.number else []),
        choices,
        *([words.md("poll-by-mechanism")] if poll.by_mechanism else []),
        _named(words, poll),
    ]
    if not poll.shows_counts:
        parts.append(words.md("poll-counts-later"))
    else:
        parts += poll_voices.counted(words, poll)
    if poll.edited_at is not None:
        parts.append(words.md("poll-edited"))
    if poll.adds_options and poll.state is PollState.OPEN:
        parts.append(words.md("poll-adds-options"))
    parts += [words.md("poll-is-closed")] if poll.state is PollState.CLOSED else _until(words, poll)
    return Mrkdwn(" · ".join(parts))


def _named(words: Words, poll: Poll) -> Mrkdwn:
    """Names would tell the counts, and wait for them."""
    if poll.anonymous:
        return words.md("poll-anonymous")
    return words.md("poll-named" if poll.shows_counts else "poll-named-later")


def _until(words: Words, poll: Poll) -> list[Mrkdwn]:
    return [] if poll.ends_at is None else [words.md("poll-until", when=times.anywhere(words, poll.ends_at))]


def _menu(words: Words, poll: Poll) -> OverflowMenuElement:
    """At most five entries, Slack's limit: all that is for those who run it stands behind one of them."""
    is_open = poll.state is PollState.OPEN
    entries = [MINE] if is_open or not poll.anonymous else []
    if is_open:
        entries += [TAKE_BACK] if poll.objection else [TAKE_BACK, poll_voices.ABSTAIN]
    if not poll.anonymous and poll.shows_counts:
        entries.append(WHO)
    entries.append(RUN)
    return OverflowMenuElement(
        action_id=f"{MENU}:{poll.id}",
        options=[
            Choice(text=PlainTextObject(text=words.plain(f"menu-{each}")), value=f"{each}:{poll.id}")
            for each in entries
        ],
    )
