"""What is said when a request is declined: what was not understood, and what to do instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from bot.domain.ids import DraftId
from bot.domain.refusals import Fact, Refusal
from bot.view.drafts import reading_button
from bot.view.message import Message, actions, lines, note, shorten
from bot.view.texts import Words

QUOTED = 200
READING = 500
"""How much of what was typed is said again: enough to know it by."""


def refused(words: Words, refusal: Refusal, readings: Sequence[tuple[DraftId, str]] = ()) -> Message:
    """A refusal in words; each of `readings` is a text that would be understood, offered as a button."""
    facts = {name: _fact(fact) for name, fact in refusal.facts.items() if name != "readings"}
    near = "-near" if refusal.facts.get("suggestions") else ""
    said = words.md(f"refusal-{refusal.key}{near}", **facts)
    if not readings:
        return note(said)
    rows = [
        words.md("reading", place=place, command=shorten(text, READING))
        for place, (_, text) in enumerate(readings, start=1)
    ]
    buttons = [reading_button(words, place, draft, text) for place, (draft, text) in enumerate(readings, start=1)]
    return note(lines(said, *rows), actions(*buttons))


def fault(words: Words, reference: str) -> Message:
    """A fault of ours: the reference is in the log, above the trace."""
    return note(words.md("fault", reference=reference))


def guide(words: Words, key: str, reason: str | None = None, typed: str = "") -> Message:
    """How a command is typed, and why that is the answer where something else was asked for."""
    if reason is None:
        return note(words.md(key))
    return note(lines(words.md(f"reason-{reason}", typed=shorten(typed, QUOTED)), words.md(key)))


def plain(words: Words, key: str) -> Message:
    return note(words.md(key))


def _fact(fact: Fact) -> str | int:
    match fact:
        case tuple():
            return ", ".join(fact)
        case datetime():
            return fact.strftime("%Y-%m-%d %H:%M")
        case date():
            return fact.isoformat()
        case time():
            return fact.strftime("%H:%M")
        case str():
            return shorten(fact, QUOTED)
        case _:
            return fact
