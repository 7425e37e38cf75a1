"""The form of `/signup`: which webinar, which session, and a way to give the seat back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, InputBlock, Option, PlainTextObject, StaticSelectElement

from bot.domain.ids import DraftId
from bot.domain.members import Member
from bot.domain.refusals import Refusal
from bot.domain.signups import Full, SeatForm
from bot.domain.webinars import Session, Webinar
from bot.view import refusals, times
from bot.view.forms import OPTION, Errors, Form, choice, chosen, entry, radio
from bot.view.message import actions, button, lines, paragraphs, section, shorten
from bot.view.signups import GIVE_BACK, seats
from bot.view.texts import Words

SIGN_UP = "signup-form"
WEBINAR = "signup-webinar"
SESSION = "session"
MOST_WEBINARS = 100
"""Options that a select of Slack's takes at most."""


def form(words: Words, reader: Member, offered: SeatForm, draft: DraftId, now: datetime) -> Form:
    blocks: list[Block] = []
    if len(offered.webinars) > 1 or offered.chosen is None:
        blocks.append(_which(words, offered))
    if offered.chosen is not None:
        blocks += _sessions(words, reader, offered, offered.chosen, now)
    has_input = any(isinstance(block, InputBlock) for block in blocks)
    return Form(
        callback=SIGN_UP,
        draft=draft,
        title=words.plain("form-signup"),
        submit=words.plain("form-move" if offered.seat else "form-sign-up") if has_input else None,
        close=words.plain("form-close"),
        blocks=blocks,
    )


def full(words: Words, place: str, outcome: Full) -> Errors:
    """Beside the sessions: none was left in the one that was chosen."""
    held = "" if outcome.held is None else " " + words.bare("session-full-held", label=outcome.held.label)
    said = words.bare("session-full", label=outcome.session.label, title=outcome.webinar.title)
    return Errors({place: said + held})


def refused(words: Words, place: str, refusal: Refusal) -> Errors:
    return Errors({place: refusals.beside(words, refusal)})


def session_place(filled: Sequence[str]) -> str | None:
    """The name of the input that holds the session, among the names of all; a webinar's has its own."""
    return next((name for name in filled if name.startswith(f"{SESSION}:")), None)


def _which(words: Words, offered: SeatForm) -> InputBlock:
    options = [
        choice(words.plain("form-webinar-option", number=each.number, title=each.title), str(each.id))
        for each in offered.webinars[:MOST_WEBINARS]
    ]
    now_chosen = None if offered.chosen is None else chosen(options, str(offered.chosen.id))
    select = StaticSelectElement(
        action_id=f"{WEBINAR}:0",
        options=options,
        initial_option=now_chosen,
        placeholder=PlainTextObject(text=words.plain("form-webinar-placeholder")),
    )
    return entry(words.plain("form-webinar-label"), "webinar", select, dispatch_action=True)


def _sessions(words: Words, reader: Member, offered: SeatForm, webinar: Webinar, now: datetime) -> list[Block]:
    heading = words.md("webinar-heading", number=webinar.number, title=webinar.title)
    if webinar.is_cancelled:
        return [section(lines(heading, words.md("webinar-is-cancelled")))]
    seat, zone = offered.seat, None if reader.zone is None else ZoneInfo(reader.zone)
    shown = [each for each in webinar.sessions if each.is_open(now) or each is seat]
    if not shown:
        return [section(lines(heading, words.md("form-all-started")))]
    rows = [heading]
    if zone is None or any(len(times.brief(words, each, webinar, zone)) > OPTION for each in shown):
        rows += [words.md("seat-span", label=each.label, time=times.own(words, each, webinar)) for each in shown]
    options = [_option(words, each, webinar, zone) for each in shown]
    picker = radio(options, None if seat is None else str(seat.id))
    blocks: list[Block] = [
        *paragraphs(rows),
        entry(words.plain("form-session-label"), f"{SESSION}:{webinar.id}", picker),
    ]
    if seat is not None:
        give_back = button(words.plain("button-give-back"), GIVE_BACK, seat.id)
        blocks += [section(words.md("your-seat-in", label=seat.label)), actions(give_back)]
    return blocks


def _option(words: Words, session: Session, webinar: Webinar, zone: ZoneInfo | None) -> Option:
    """A session with its times and its seats; where both times don't fit, the host's stand above."""
    when = times.brief(words, session, webinar, zone)
    if zone is not None and len(when) > OPTION:
        when = times.brief_own(words, session, zone)
    text = words.plain("form-session-option", label=session.label, seats=seats(words, session))
    return choice(text, str(session.id), shorten(when, OPTION))
