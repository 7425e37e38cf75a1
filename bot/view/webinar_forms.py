"""The forms of `/webinar`: a new one, and what may be changed of one that stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import (
    Block,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    NumberInputElement,
    TimePickerElement,
    UrlInputElement,
)

from bot.domain.ids import ChannelId, DraftId
from bot.domain.leads import Lead
from bot.domain.members import Member
from bot.domain.move_entries import place
from bot.domain.partial_moves import FilledMove, FilledTime
from bot.domain.partial_webinars import PartialSession, PartialWebinar
from bot.domain.reminders import DEFAULT_LEADS
from bot.domain.webinar_entries import CHANNEL, DATE, END, LABEL, LEADS, LINK, SEATS, START, TITLE, ZONE
from bot.domain.webinar_parts import MOST_SEATS
from bot.domain.webinar_sessions import MOST_SESSIONS
from bot.domain.webinars import Session, Webinar
from bot.domain.zones import display_name, typed_name
from bot.view import times
from bot.view.forms import TYPED, Form, entry, left_out, line
from bot.view.message import actions, button, context, paragraphs, shorten
from bot.view.texts import Mrkdwn, Words

MAKE, EDIT, MOVE = "webinar-form", "webinar-change", "webinar-move"
ADD_SESSION = "webinar-add-session"
FEWEST_ROWS = 2
USUAL = (("form-label-1", time(9), time(11)), ("form-label-2", time(16), time(18)))
"""What stands in the rows where no session was said."""


def form(
    words: Words, partial: PartialWebinar, zone: ZoneInfo | None, channel: ChannelId, draft: DraftId, rows: int = 0
) -> Form:
    """A new webinar; `zone` is the host's unless one was said, `channel` is where the form was asked for.

    There are as many rows for sessions as were said, and at least `rows`.
    """
    sessions = _rows(words, partial.sessions, rows)
    return Form(
        callback=MAKE,
        draft=draft,
        title=words.plain("form-webinar"),
        submit=words.plain("form-make"),
        close=words.plain("form-close"),
        blocks=[
            *left_out(words, partial.left_out),
            entry(words.plain("form-title"), TITLE, line(partial.title)),
            _zone(words, partial.zone or zone),
            _date(words, partial),
            *(block for place, each in enumerate(sessions, 1) for block in _session(words, place, each)),
            *_more(words, len(sessions)),
            *options(words, partial.seats, partial.link, partial.leads or DEFAULT_LEADS),
            _channel(words, partial.channel or channel),
        ],
    )


def edit(words: Words, reader: Member, webinar: Webinar, draft: DraftId, rest: Sequence[str] = ()) -> Form:
    """What may be changed of a webinar. Its sessions are shown; moving them is another matter."""
    heading = words.md("webinar-heading", number=webinar.number, title=webinar.title)
    spans = [
        words.md("seat-span", label=each.label, time=times.written(words, each, webinar, reader))
        for each in webinar.sessions
    ]
    return Form(
        callback=EDIT,
        draft=draft,
        title=words.plain("form-webinar-edit"),
        submit=words.plain("form-save"),
        close=words.plain("form-close"),
        blocks=[
            *left_out(words, rest),
            *paragraphs((heading, *spans, words.md("form-times-stay", number=webinar.number))),
            entry(words.plain("form-title"), TITLE, line(webinar.title)),
            *options(words, webinar.sessions[0].seats, webinar.link, webinar.leads),
        ],
    )


def move(words: Words, webinar: Webinar, filled: FilledMove, draft: DraftId, now: datetime, *notes: Mrkdwn) -> Form:
    """When the sessions take place that may be moved, or when it was typed that they should; `notes` stand above."""
    ahead = [each for each in webinar.sessions if each.is_open(now)]
    channel = Mrkdwn(f"<#{webinar.channel}>")
    heading = words.md("webinar-heading", number=webinar.number, title=webinar.title)
    zone = words.md("form-move-zone", place=display_name(webinar.zone), zone=webinar.zone_name)
    return Form(
        callback=MOVE,
        draft=draft,
        title=words.plain("form-webinar-move"),
        submit=words.plain("form-save"),
        close=words.plain("form-close"),
        blocks=[
            *left_out(words, filled.left_out),
            *paragraphs((*notes, heading, zone, words.md("form-move-said", channel=channel))),
            *(block for each in ahead for block in _time(words, webinar, each, filled.times.get(each.id))),
        ],
    )


def _time(words: Words, webinar: Webinar, session: Session, typed: FilledTime | None) -> list[Block]:
    """Three inputs, by names that tell the webinar's revision."""
    begins, ends = session.wall_start, session.wall_end
    at = typed or FilledTime(begins.date(), begins.time(), ends.time())
    date_name, start_name, end_name = (place(part, session.id, webinar.revision) for part in (DATE, START, END))
    date_label, start_label, end_label = _time_labels(words, None if len(webinar.sessions) == 1 else session.label)
    return [
        entry(date_label, date_name, DatePickerElement(initial_date=at.day.isoformat())),
        entry(start_label, start_name, _clock(at.start)),
        entry(end_label, end_name, _clock(at.end)),
    ]


def _time_labels(words: Words, session: str | None) -> tuple[str, str, str]:
    """`session` is None where there is only one."""
    if session is None:
        return words.plain("form-date"), words.plain("form-start-alone"), words.plain("form-end-alone")
    return (
        words.plain("form-move-date", label=session),
        words.plain("form-move-start", label=session),
        words.plain("form-move-end", label=session),
    )


def options(words: Words, seats: int | None, link: str | None, leads: Sequence[Lead]) -> list[Block]:
    """The inputs that a webinar keeps for life."""
    limit = NumberInputElement(
        is_decimal_allowed=False,
        min_value="1",
        max_value=str(MOST_SEATS),
        initial_value=None if seats is None else str(seats),
    )
    reminders = line(" ".join(lead.code for lead in leads))
    return [
        entry(words.plain("form-seats"), SEATS, limit, hint=words.plain("form-seats-hint"), optional=True),
        entry(words.plain("form-link"), LINK, _link(link), hint=words.plain("form-link-hint"), optional=True),
        entry(words.plain("form-leads"), LEADS, reminders, hint=words.plain("form-leads-hint")),
    ]


def _link(link: str | None) -> UrlInputElement:
    return UrlInputElement(initial_value=shorten(link, TYPED) if link else None)


def _zone(words: Words, zone: ZoneInfo | None) -> Block:
    name = None if zone is None else typed_name(zone)
    return entry(words.plain("form-zone"), ZONE, line(name), hint=words.plain("form-zone-hint"))


def _date(words: Words, partial: PartialWebinar) -> Block:
    picker = DatePickerElement(initial_date=None if partial.day is None else partial.day.isoformat())
    return entry(words.plain("form-date"), DATE, picker, hint=words.plain("form-date-hint"))


def _channel(words: Words, channel: str) -> Block:
    """A direct message is no place for a webinar: there Slack's own current channel is offered, if there is one."""
    is_channel = channel.startswith(("C", "G"))
    select = ConversationSelectElement(
        initial_conversation=channel if is_channel else None,
        default_to_current_conversation=None if is_channel else True,
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
    )
    return entry(words.plain("form-channel"), CHANNEL, select)


def _rows(words: Words, said: Sequence[PartialSession], rows: int) -> Sequence[PartialSession | None]:
    usual = [PartialSession(words.plain(label), start, end) for label, start, end in USUAL]
    filled = [*(said or usual)][:MOST_SESSIONS]
    return [*filled, *[None] * (min(max(rows, FEWEST_ROWS), MOST_SESSIONS) - len(filled))]


def _session(words: Words, place: int, session: PartialSession | None) -> list[Block]:
    """Three inputs. The first session is needed; the others are left out where they have no name."""
    label, start, end = (None, None, None) if session is None else (session.label, session.start, session.end)
    hint = None if place == 1 else words.plain("form-session-hint")
    return [
        entry(words.plain("form-label", place=place), f"{LABEL}-{place}", line(label), hint=hint, optional=place > 1),
        entry(words.plain("form-start", place=place), f"{START}-{place}", _clock(start), optional=place > 1),
        entry(words.plain("form-end", place=place), f"{END}-{place}", _clock(end), optional=place > 1),
    ]


def _clock(at: time | None) -> TimePickerElement:
    return TimePickerElement(initial_time=None if at is None else f"{at:%H:%M}")


def _more(words: Words, rows: int) -> list[Block]:
    if rows >= MOST_SESSIONS:
        return [context(words.md("form-sessions-all", limit=MOST_SESSIONS))]
    return [actions(button(words.plain("button-add-session"), ADD_SESSION, rows))]
