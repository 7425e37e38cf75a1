"""Which form says the same as a command text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from bot.domain import consult_grammar, poll_grammar, represent_grammar
from bot.domain.folding import fold
from bot.domain.poll_quotes import QUOTES
from bot.domain.refusals import Refusal
from bot.domain.trimmings import trim

FormName: TypeAlias = Literal[
    "signup", "webinar-new", "webinar-edit", "webinar-move", "webinar-invite", "poll", "represent"
]


STANDING: Mapping[str, FormName] = {"edit": "webinar-edit", "move": "webinar-move", "invite": "webinar-invite"}
"""The verbs whose forms are about a webinar that stands."""

NEVER_MENDED = frozenset({"organisers-only", "full-members-only", "people-only", "no-webinar"})
NEVER_MENDED_BY: Mapping[FormName, frozenset[str]] = {
    "represent": frozenset({"mechanism-out-of-use", "representative-bot"}),
    "webinar-edit": frozenset({"webinar-unknown", "webinar-not-open"}),
    "webinar-move": frozenset({"webinar-unknown", "session-cancelled-move", "session-started"}),
    "webinar-invite": frozenset({"webinar-unknown", "webinar-not-open", "invite-over"}),
}


def mending(command: str, text: str, refusal: Refusal) -> FormName | None:
    """The form by which somebody can do what was refused; None where no form could."""
    form = None if refusal.key in NEVER_MENDED else form_of(command, text)
    return None if form and refusal.key in NEVER_MENDED_BY.get(form, ()) else form


def form_of(command: str, text: str) -> FormName | None:
    """None where `text` asks for something that no form does."""
    match command:
        case "signup":
            return "signup"
        case "poll":
            return None if poll_grammar.is_subcommand(text) else "poll"
        case "webinar":
            return _of_webinar(text)
        case "consult":
            return _of_consult(text)
        case _:
            return None


def _of_consult(text: str) -> FormName | None:
    """A naming has a form; what removes one has none."""
    first, _, rest = fold(text).partition(" ")
    removes = trim(rest.partition(" ")[0]) in represent_grammar.REMOVING
    return "represent" if consult_grammar.TOPICS.get(trim(first)) == represent_grammar.VERB and not removes else None


def _of_webinar(text: str) -> FormName | None:
    first = trim(fold(text).partition(" ")[0])
    if first in STANDING:
        return STANDING[first]
    begins = first in ("", "new") or text.lstrip()[0] in QUOTES
    return "webinar-new" if begins else None
