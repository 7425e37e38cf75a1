"""The form of `/poll`, and the draft that its maker looks at before anybody else does."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.models.blocks import Block, CheckboxesElement, NumberInputElement, Option, SectionBlock
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.domain.ids import DraftId
from bot.domain.members import Member
from bot.domain.new_polls import LONGEST_OPTION, LONGEST_QUESTION, MOST_OPTIONS, NewPoll
from bot.domain.partial_polls import PartialPoll
from bot.domain.poll_entries import CHOICES, LIMIT, OPTIONS, QUESTION
from bot.domain.polls import draft as drafted
from bot.view import polls
from bot.view.forms import TYPED, Form, choice, entry, left_out, line, radio
from bot.view.message import Message, actions, button, context, note
from bot.view.texts import Words

ASK = "poll-form"
POST = "poll-draft"
DISCARD = "poll-discard"
SHOWN = "poll-shown"
"""What the buttons of a draft do: nothing, since it is only looked at."""

SETTINGS = "settings"
ANONYMOUS, PROGRESS = "anonymous", "progress"


def form(words: Words, partial: PartialPoll, draft: DraftId) -> Form:
    question_hint = words.plain("form-question-hint", limit=LONGEST_QUESTION)
    options_hint = words.plain("form-options-hint", most=MOST_OPTIONS, limit=LONGEST_OPTION)
    question, options = line(partial.question, multiline=True), line(_lines(partial.options), multiline=True)
    return Form(
        callback=ASK,
        draft=draft,
        title=words.plain("form-poll"),
        submit=words.plain("form-look"),
        close=words.plain("form-close"),
        blocks=[
            *left_out(words, partial.left_out),
            entry(words.plain("form-question"), QUESTION, question, hint=question_hint),
            entry(words.plain("form-options"), OPTIONS, options, hint=options_hint, optional=True),
            *_choices(words, partial.votes),
            _settings(words, partial),
        ],
    )


def preview(words: Words, maker: Member, new: NewPoll, draft: DraftId, now: datetime) -> Form:
    """The poll exactly as it will stand in the channel; closing it leads back to the form."""
    poll = drafted(new, new.options or (words.plain("poll-yes"), words.plain("poll-no")), maker, now)
    return Form(
        callback=POST,
        draft=draft,
        title=words.plain("form-draft"),
        submit=words.plain("form-post"),
        close=words.plain("form-edit"),
        blocks=[
            context(words.md("poll-draft-hint")),
            *(_inert(block, place) for place, block in enumerate(polls.post(words, poll).blocks)),
            actions(button(words.plain("button-discard"), DISCARD, draft)),
        ],
    )


def discarded(words: Words) -> Message:
    return note(words.md("poll-discarded"))


def _choices(words: Words, votes: int) -> tuple[Block, Block]:
    options = [choice(words.plain(f"form-choices-{each}"), each) for each in ("one", "limit", "any")]
    now = {0: "any", 1: "one"}.get(votes, "limit")
    limit = NumberInputElement(
        is_decimal_allowed=False, min_value="1", max_value=str(MOST_OPTIONS), initial_value=_limit(votes)
    )
    return (
        entry(words.plain("form-choices"), CHOICES, radio(options, now)),
        entry(words.plain("form-limit"), LIMIT, limit, hint=words.plain("form-limit-hint"), optional=True),
    )


def _limit(votes: int) -> str | None:
    return str(votes) if 1 < votes <= MOST_OPTIONS else None


def _settings(words: Words, partial: PartialPoll) -> Block:
    options = [
        choice(words.plain("form-anonymous"), ANONYMOUS, words.plain("form-anonymous-hint")),
        choice(words.plain("form-progress"), PROGRESS, words.plain("form-progress-hint")),
    ]
    ticked: list[Option] = [
        option for option, is_on in zip(options, (partial.anonymous, partial.progress), strict=True) if is_on
    ]
    boxes = CheckboxesElement(options=options, initial_options=ticked or None)
    return entry(words.plain("form-settings"), SETTINGS, boxes, optional=True)


def _inert(block: Block, place: int) -> Block:
    if isinstance(block, SectionBlock) and isinstance(block.accessory, InteractiveElement):
        block.accessory.action_id = f"{SHOWN}:{place}"
    return block


def _lines(options: tuple[str, ...]) -> str:
    """As many whole options as the input holds."""
    text = ""
    for option in (" ".join(each.split()) for each in options):
        if len(text) + len(option) >= TYPED:
            break
        text += option + "\n"
    return text.strip()
