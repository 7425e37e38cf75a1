"""The form that changes a poll which stands."""

from __future__ import annotations

from slack_sdk.models.blocks import Block

from bot.domain.ids import DraftId
from bot.domain.new_polls import LONGEST_OPTION, LONGEST_QUESTION, MOST_OPTIONS
from bot.domain.poll_edits import MORE, QUESTION, PollEdited, PollToEdit, place
from bot.view.forms import Form, entry, line
from bot.view.message import Message, context, note
from bot.view.texts import Words

EDIT = "poll-edit"


def form(words: Words, to_edit: PollToEdit, draft: DraftId) -> Form:
    """An input an option: what is typed into one changes that one, and an empty one goes where that is possible."""
    poll, fixed = to_edit.poll, to_edit.fixed
    question_hint = words.plain("form-question-hint", limit=LONGEST_QUESTION)
    options = [
        entry(
            words.plain("form-poll-option", place=number),
            place(each.id),
            line(each.text),
            optional=None if fixed else True,
        )
        for number, each in enumerate(to_edit.options, 1)
    ]
    return Form(
        callback=EDIT,
        draft=draft,
        title=words.plain("form-poll-edit"),
        submit=words.plain("form-save"),
        close=words.plain("form-close"),
        blocks=[
            context(words.md(_advice(to_edit), number=poll.number)),
            entry(words.plain("form-question"), QUESTION, line(poll.question, multiline=True), hint=question_hint),
            *options,
            *([] if fixed else [_more(words)]),
        ],
    )


def edited(words: Words, outcome: PollEdited) -> Message:
    key = "poll-is-edited" if outcome.changed else "poll-same"
    return note(words.md(key, number=outcome.poll.number, question=outcome.poll.question))


def _advice(to_edit: PollToEdit) -> str:
    if to_edit.poll.objection:
        return "form-poll-silence"
    return "form-poll-fixed" if to_edit.fixed else "form-poll-free"


def _more(words: Words) -> Block:
    hint = words.plain("form-options-hint", most=MOST_OPTIONS, limit=LONGEST_OPTION)
    return entry(words.plain("form-poll-more"), MORE, line("", multiline=True), hint=hint, optional=True)
