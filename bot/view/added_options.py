"""*Add an option*: its button, its form, and what came of it."""

from __future__ import annotations

from slack_sdk.models.blocks import Block, PlainTextInputElement

from bot.domain.added_options import OptionAdded
from bot.domain.ids import DraftId
from bot.domain.new_polls import LONGEST_OPTION, MOST_OPTIONS
from bot.domain.polls import Poll, PollState
from bot.view.forms import Form, entry
from bot.view.message import HEADER, Message, actions, button, note, paragraphs, shorten
from bot.view.texts import Words

OPEN = "option-add"
ADD = "option-form"
OPTION = "option"


def buttons(words: Words, poll: Poll) -> list[Block]:
    """Where the poll takes more options."""
    if not poll.adds_options or poll.state is not PollState.OPEN or len(poll.options) >= MOST_OPTIONS:
        return []
    return [actions(button(words.plain("button-add-option"), OPEN, poll.id))]


def form(words: Words, poll: Poll) -> Form:
    """It is about the poll itself: a draft would keep of an anonymous one who was about to add what."""
    question = words.md("poll-question", question=shorten(poll.question, HEADER))
    own = words.md("form-option-anonymous" if poll.anonymous else "form-option-named")
    text = PlainTextInputElement(max_length=LONGEST_OPTION)
    return Form(
        callback=ADD,
        draft=DraftId(poll.id),
        title=words.plain("form-option"),
        submit=words.plain("form-option-add"),
        close=words.plain("form-close"),
        blocks=[*paragraphs((question, own)), entry(words.plain("form-option-text"), OPTION, text)],
    )


def added(words: Words, outcome: OptionAdded) -> Message:
    """To whoever added it; the channel's message shows it by itself."""
    return note(words.md("option-added", option=outcome.text, number=outcome.poll.number))
