"""What is said when a request is declined: what was not understood, and what to do instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from bot.domain.clock_times import offset_code
from bot.domain.ids import DraftId
from bot.domain.refusals import Fact, Refusal
from bot.view.drafts import form_button, reading_button
from bot.view.message import Message, actions, lines, note, shorten
from bot.view.texts import Mrkdwn, Words
from bot.view.times import anywhere, in_utc

TWO_READINGS = frozenset({"time-skipped", "time-repeated"})
QUOTED = 200
READING = 500
"""How much of what was typed is said again: enough to know it by."""


def refused(
    words: Words, refusal: Refusal, readings: Sequence[tuple[DraftId, str]] = (), form: DraftId | None = None
) -> Message:
    """A refusal in words; each of `readings` is a text that would be understood, offered as a button.

    `form` is what was typed: its button opens the form with what was understood of it.
    """
    rows = [
        words.md("reading", place=place, command=shorten(text, READING))
        for place, (_, text) in enumerate(readings, start=1)
    ]
    buttons = [reading_button(words, place, draft, text) for place, (draft, text) in enumerate(readings, start=1)]
    if form is not None:
        buttons.append(form_button(words, form))
    said = lines(words.md(_key(refusal), **(_facts(words, refusal) | _instants(words, refusal))), *rows)
    return note(said, actions(*buttons)) if buttons else note(said)


def beside(words: Words, refusal: Refusal) -> str:
    """A refusal in plain text, as it stands beside an input: where a form is filled in, advice on typing misleads."""
    key = _key(refusal)
    own = key.replace("refusal-", "beside-", 1)
    facts = _facts(words, refusal)
    if refusal.key in TWO_READINGS:
        facts["choices"] = _readings(words, refusal)
    return words.bare(own if words.has(own) else key, **facts)


def in_row(words: Words, refusal: Refusal) -> Mrkdwn:
    """Why a row of a file is bad: its cell is said already, and where there are hundreds of them each is short."""
    key = _key(refusal)
    own = key.replace("refusal-", "row-", 1)
    return words.md(own if words.has(own) else key, **_facts(words, refusal))


def fault(words: Words, reference: str) -> Message:
    """A fault of ours: the reference is in the log, above the trace."""
    return note(words.md("fault", reference=reference))


def guide(
    words: Words, key: str, reason: str | None = None, typed: str = "", *, form: DraftId | None = None
) -> Message:
    """How a command is typed, and why that is the answer where something else was asked for."""
    said = words.md(key)
    if reason is not None:
        said = lines(words.md(f"reason-{reason}", typed=shorten(typed, QUOTED)), said)
    return note(said) if form is None else note(said, actions(form_button(words, form)))


def plain(words: Words, key: str) -> Message:
    return note(words.md(key))


def _key(refusal: Refusal) -> str:
    return f"refusal-{refusal.key}{'-near' if refusal.facts.get('suggestions') else ''}"


def _facts(words: Words, refusal: Refusal) -> dict[str, str | int]:
    return {name: _fact(words, fact) for name, fact in refusal.facts.items() if name != "readings"}


def _instants(words: Words, refusal: Refusal) -> dict[str, Mrkdwn]:
    """Those that Slack writes in the reader's own time."""
    facts = refusal.facts.items()
    return {name: anywhere(words, at) for name, at in facts if isinstance(at, datetime) and at.tzinfo is UTC}


def _readings(words: Words, refusal: Refusal) -> str:
    """`01:30 or 03:30`; of a time that comes twice `02:30 UTC+02:00 or 02:30 UTC+01:00`."""
    choices = refusal.facts.get("choices", ())
    shown = [_clock(datetime.fromisoformat(each)) for each in (choices if isinstance(choices, tuple) else ())]
    return words.plain("either", first=shown[0], second=shown[-1])


def _clock(at: datetime) -> str:
    offset = at.utcoffset()
    return f"{at:%H:%M}" if offset is None else f"{at:%H:%M} {offset_code(offset)}"


def _fact(words: Words, fact: Fact) -> str | int:
    match fact:
        case tuple():
            return ", ".join(fact)
        case datetime():
            return in_utc(words, fact) if fact.tzinfo is UTC else fact.strftime("%Y-%m-%d %H:%M")
        case date():
            return fact.isoformat()
        case time():
            return fact.strftime("%H:%M")
        case str():
            return shorten(fact, QUOTED)
        case _:
            return fact
