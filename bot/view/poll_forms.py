"""The form of `/poll`, and the draft that its maker looks at before anybody else does."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    CheckboxesElement,
    DatePickerElement,
    NumberInputElement,
    Option,
    SectionBlock,
    TimePickerElement,
)
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.domain.ids import DraftId
from bot.domain.lengths import length
from bot.domain.members import Member
from bot.domain.new_polls import LONGEST_OPTION, LONGEST_QUESTION, MOST_OPTIONS, NewPoll
from bot.domain.partial_polls import PartialPoll
from bot.domain.poll_entries import CHOICES, LIMIT, OPTIONS, QUESTION, SETTINGS
from bot.domain.poll_time_entries import END_DATE, END_TIME, ON_DATE, ON_TIME
from bot.domain.polls import draft as drafted
from bot.domain.zones import display_name
from bot.view import polls, times
from bot.view.forms import TYPED, Form, choice, entry, left_out, line, radio
from bot.view.message import Message, actions, button, context, note
from bot.view.texts import Words

ASK = "poll-form"
POST = "poll-draft"
DISCARD = "poll-discard"
SHOWN = "poll-shown"
"""What the buttons of a draft do: nothing, since it is only looked at."""

ANONYMOUS, HIDDEN, PROGRESS, ADD_CHOICE, OBJECTION = "anonymous", "hidden", "progress", "adding", "objection"
BY_MECHANISM = "by-mechanism"
SWITCHES = (ANONYMOUS, HIDDEN, PROGRESS, ADD_CHOICE, BY_MECHANISM, OBJECTION)


def form(words: Words, partial: PartialPoll, draft: DraftId, zone: ZoneInfo) -> Form:
    """`zone` is the sender's, in which times are said."""
    question_hint = words.plain("form-question-hint", limit=LONGEST_QUESTION)
    options_hint = words.plain("form-options-hint", most=MOST_OPTIONS, limit=LONGEST_OPTION)
    text, without_room = _lines(partial.options)
    question, options = line(partial.question, multiline=True), line(text, multiline=True)
    return Form(
        callback=ASK,
        draft=draft,
        title=words.plain("form-poll"),
        submit=words.plain("form-look"),
        close=words.plain("form-close"),
        blocks=[
            *left_out(words, partial.left_out),
            *_without_room(words, without_room),
            entry(words.plain("form-question"), QUESTION, question, hint=question_hint),
            entry(words.plain("form-options"), OPTIONS, options, hint=options_hint, optional=True),
            *_choices(words, partial.votes),
            _settings(words, partial),
            *_times(words, partial, zone),
        ],
    )


def preview(words: Words, maker: Member, new: NewPoll, draft: DraftId, now: datetime) -> Form:
    """The poll exactly as it will stand in the channel; closing it leads back to the form."""
    poll = drafted(new, new.options or polls.default_options(words, new), maker, now)
    later = [] if new.on is None else [context(words.md("poll-draft-later", when=times.anywhere(words, new.on)))]
    return Form(
        callback=POST,
        draft=draft,
        title=words.plain("form-draft"),
        submit=words.plain("form-post"),
        close=words.plain("form-edit"),
        blocks=[
            context(words.md("poll-draft-hint")),
            *later,
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
    ticked = {
        ANONYMOUS: partial.anonymous,
        HIDDEN: partial.hidden,
        PROGRESS: partial.progress,
        ADD_CHOICE: partial.add_choice,
        BY_MECHANISM: partial.by_mechanism,
        OBJECTION: partial.objection,
    }
    options = [choice(words.plain(f"form-{each}"), each, words.plain(f"form-{each}-hint")) for each in ticked]
    initial: list[Option] = [option for option, is_on in zip(options, ticked.values(), strict=True) if is_on]
    boxes = CheckboxesElement(options=options, initial_options=initial or None)
    return entry(words.plain("form-settings"), SETTINGS, boxes, optional=True)


def _times(words: Words, partial: PartialPoll, zone: ZoneInfo) -> list[Block]:
    """A date and a time each; nothing stands in them where nothing was said."""
    place = display_name(zone)
    return [
        *_time(words, "form-on", (ON_DATE, ON_TIME), partial.on and partial.on.astimezone(zone), place),
        *_time(words, "form-close-by", (END_DATE, END_TIME), partial.end and partial.end.astimezone(zone), place),
    ]


def _time(words: Words, key: str, names: tuple[str, str], at: datetime | None, place: str) -> tuple[Block, Block]:
    day = DatePickerElement(initial_date=None if at is None else f"{at:%Y-%m-%d}")
    clock = TimePickerElement(initial_time=None if at is None else f"{at:%H:%M}")
    hint = words.plain(f"{key}-hint")
    return (
        entry(words.plain(f"{key}-date"), names[0], day, hint=hint, optional=True),
        entry(words.plain(f"{key}-time", place=place), names[1], clock, optional=True),
    )


def _inert(block: Block, place: int) -> Block:
    pressed: list[object] = []
    if isinstance(block, SectionBlock):
        pressed = [block.accessory]
    elif isinstance(block, ActionsBlock):
        pressed = list(block.elements)
    for each in pressed:
        if isinstance(each, InteractiveElement):
            each.action_id = f"{SHOWN}:{place}"
    return block


def _without_room(words: Words, options: tuple[str, ...]) -> list[Block]:
    return [context(words.count("form-options-without-room", len(options)))] if options else []


def _lines(options: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """As many whole options as the input holds, and those that it doesn't."""
    text, whole = "", tuple(" ".join(each.split()) for each in options)
    for place, option in enumerate(whole):
        if length(text) + length(option) >= TYPED:
            return text.strip(), whole[place:]
        text += option + "\n"
    return text.strip(), ()
