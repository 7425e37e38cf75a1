"""The silence procedure in words: what it has come to, and the form by which somebody objects."""

from __future__ import annotations

from slack_sdk.models.blocks import Block, PlainTextInputElement, StaticSelectElement

from bot.domain.cancel_reasons import LONGEST_REASON
from bot.domain.ids import DraftId
from bot.domain.objections import Objected, ReasonAsked, outcome
from bot.domain.poll_results import Silence
from bot.domain.polls import Objection, Poll
from bot.view import times
from bot.view.forms import Form, choice, entry
from bot.view.message import HEADER, MOST_CHOICES, Message, note, paragraphs, shorten
from bot.view.texts import Mrkdwn, Words

OBJECT = "objection-form"
REASON = "reason"
MECHANISM = "mechanism"


def lines_of(words: Words, poll: Poll) -> list[Mrkdwn]:
    """What silence means, or what it came to; nothing of any other poll."""
    if not poll.objection:
        return []
    match outcome(poll):
        case Silence.RUNNING:
            return [words.md("procedure-running")]
        case Silence.ADOPTED if poll.ends_at is not None:
            return [words.md("procedure-adopted", when=times.anywhere(words, poll.ends_at))]
        case Silence.OBJECTED if poll.objected is not None:
            return _objected(words, poll.objected)
        case _:
            return [words.md("procedure-ended-early")]


def blocks(words: Words, poll: Poll) -> list[Block]:
    return list(paragraphs(lines_of(words, poll)))


def form(words: Words, asked: ReasonAsked) -> Form:
    """It says what an objection does, since it can't be undone.

    It is about the poll itself: a draft would keep of an anonymous one who was about to object.
    """
    poll = asked.poll
    question = words.md("poll-question", question=shorten(poll.question, HEADER))
    shown = words.md("form-objecting-anonymous" if poll.anonymous else "form-objecting-named")
    reason = PlainTextInputElement(multiline=True, max_length=LONGEST_REASON)
    hint = words.plain("form-reason-hint", limit=LONGEST_REASON)
    return Form(
        callback=OBJECT,
        draft=DraftId(poll.id),
        title=words.plain("form-objecting"),
        submit=words.plain("form-object"),
        close=words.plain("form-close"),
        blocks=[
            *paragraphs((question, words.md("form-objecting-stops"), shown)),
            *_which(words, asked),
            entry(words.plain("form-reason"), REASON, reason, hint=hint, optional=True),
        ],
    )


def _which(words: Words, asked: ReasonAsked) -> list[Block]:
    """For which mechanism, where the reader speaks for several."""
    if len(asked.mechanisms) < 2:
        return []
    offered = [choice(each.title, str(each.id)) for each in asked.mechanisms[:MOST_CHOICES]]
    return [entry(words.plain("form-objecting-for"), MECHANISM, StaticSelectElement(options=offered))]


def objected(words: Words, of: Objected) -> Message:
    """To whoever objected."""
    return note(words.md("objection-stands", number=of.poll.number, question=of.poll.question))


def _objected(words: Words, by: Objection) -> list[Mrkdwn]:
    if by.mechanism is not None:
        said = words.md("procedure-stopped-by", who=by.mechanism)
    elif by.user is not None:
        said = words.md("procedure-stopped-by", who=Mrkdwn(f"<@{by.user}>"))
    else:
        said = words.md("procedure-stopped")
    return [said] if by.reason is None else [said, words.md("procedure-reason", reason=" ".join(by.reason.split()))]
