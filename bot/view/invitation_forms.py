"""The forms of invitations: whom to invite and with which letter, the letter before it goes, and who comes instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, PlainTextInputElement, UserMultiSelectElement, UserSelectElement

from bot.domain.ids import DraftId, UserId
from bot.domain.invitation_outcomes import LettersPlanned, MayPassOn
from bot.domain.letters import KNOWN, LONGEST, Letter, check_text
from bot.domain.members import Member
from bot.domain.webinars import Webinar
from bot.view import invitations, people
from bot.view.forms import TYPED, Form, entry, line
from bot.view.letters import ours
from bot.view.message import paragraphs, section, shorten
from bot.view.texts import Words

INVITE = "invitation-form"
SEND = "invitation-letters"
INSTEAD = "invitation-instead-form"
PEOPLE, AUDIENCE, LETTER, NUDGES = "people", "audience", "letter", "nudges"
SOMEBODY, NAME = "somebody", "name"
SUBMIT = 24
"""Characters of a form's button (docs.slack.dev, views)."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What could be read of a command, as it stands in the form's inputs."""

    users: Sequence[UserId] = ()
    audience: str = ""
    nudges: str = ""
    letter: str = ""


def form(words: Words, webinar: Webinar, letter: Letter, filled: Filled, draft: DraftId) -> Form:
    """Whom to invite, and the letter with its placeholders."""
    nudges = filled.nudges or " ".join(each.code for each in letter.nudges) or words.plain("form-nudges-never")
    text = filled.letter or _offered(words, letter)
    people_chosen = UserMultiSelectElement(initial_users=list(filled.users) or None)
    return Form(
        callback=INVITE,
        draft=draft,
        title=words.plain("form-invite"),
        submit=words.plain("form-look"),
        close=words.plain("form-close"),
        blocks=[
            section(words.md("webinar-heading", number=webinar.number, title=webinar.title)),
            _optional(words, "form-audience", AUDIENCE, line(filled.audience)),
            entry(words.plain("form-invite-people"), PEOPLE, people_chosen, optional=True),
            entry(
                words.plain("form-letter"),
                LETTER,
                PlainTextInputElement(initial_value=shorten(text, TYPED), multiline=True),
                hint=words.plain("form-letter-hint", known=", ".join(KNOWN), limit=LONGEST),
            ),
            entry(words.plain("form-nudges"), NUDGES, line(nudges), hint=words.plain("form-nudges-hint")),
        ],
    )


def edited(words: Words, letter: Letter, text: str) -> str | None:
    """The text that was sent in, as `check_text` leaves it; None where it is the one that the form offers."""
    return None if text == check_text(_offered(words, letter)) else text


def look(words: Words, reader: Member, outcome: LettersPlanned, draft: DraftId, now: datetime) -> Form:
    """The letter as it will be read; closing it leads back to the form."""
    return Form(
        callback=SEND,
        draft=draft,
        title=words.plain("form-draft"),
        submit=shorten(invitations.send_label(words, outcome), SUBMIT) if outcome.changes else None,
        close=words.plain("form-edit"),
        blocks=invitations.shown(words, reader, outcome, now),
    )


def instead(words: Words, allowed: MayPassOn, draft: DraftId) -> Form:
    """Who comes instead: by their account, or by name."""
    now, webinar = allowed.now, allowed.webinar
    account = None if now is None or not now.has_account else now.user
    name = None if now is None or now.has_account else now.name
    rows = [words.md("form-instead-said", title=webinar.title)]
    if now is not None:
        rows.append(words.md("form-instead-now", instead=people.named(now)))
    blocks: list[Block] = [
        *paragraphs(rows),
        entry(words.plain("form-instead-user"), SOMEBODY, UserSelectElement(initial_user=account), optional=True),
        _optional(words, "form-instead-name", NAME, line(name)),
    ]
    return Form(
        callback=INSTEAD,
        draft=draft,
        title=words.plain("form-instead"),
        submit=words.plain("form-pass-on"),
        close=words.plain("form-close"),
        blocks=blocks,
    )


def _offered(words: Words, letter: Letter) -> str:
    return letter.text or ours(words)


def _optional(words: Words, label: str, name: str, element: PlainTextInputElement) -> Block:
    hint = words.plain("form-audience-hint" if name == AUDIENCE else "form-instead-name-hint")
    return entry(words.plain(label), name, element, hint=hint, optional=True)
