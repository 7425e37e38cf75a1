"""What people type after `/webinar`, decoded: a verb with a webinar's number, or a whole new webinar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NoReturn, TypeAlias
from zoneinfo import ZoneInfo

from bot.domain import webinar_changes as changes
from bot.domain import webinar_parts as parts
from bot.domain.folding import fold, is_blank, without_hiding
from bot.domain.invitation_grammar import VERBS as INVITATION_VERBS
from bot.domain.labels import KEYWORDS
from bot.domain.leads import Lead
from bot.domain.part_reader import SEPARATORS, PartReader
from bot.domain.poll_quotes import QUOTES, Quoted, quote, read_next
from bot.domain.refusals import Refusal
from bot.domain.trimmings import trim
from bot.domain.webinar_plans import NewWebinar
from bot.domain.webinar_sessions import TypedSession, plan, read_session
from bot.domain.words import join, short_number, split, split_parts

VERBS = ("edit", "roster", "export", "calendar", "remind", "attendance", *INVITATION_VERBS)


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Nothing was typed, or `new` alone: the form says it all."""


@dataclass(frozen=True, slots=True)
class Help:
    """`reason` is the key of what was wrong, if anything was, and `typed` the word that was."""

    reason: Literal["verb-unknown", "number-missing"] | None = None
    typed: str = ""


@dataclass(frozen=True, slots=True)
class ListWebinars:
    """`list`."""


@dataclass(frozen=True, slots=True)
class ShowWebinar:
    """`show W1`, or `W1` alone."""

    number: int


@dataclass(frozen=True, slots=True)
class WebinarVerb:
    """One of `VERBS`; `rest` is what follows the number, as typed."""

    verb: str
    number: int
    rest: str = ""


WebinarCommand: TypeAlias = (
    OpenForm | Help | ListWebinars | ShowWebinar | WebinarVerb | changes.WebinarChange | NewWebinar
)


def parse(text: str, today: date) -> WebinarCommand:
    """What decoded `text` asks for. `today` only serves to offer a year where a date has none.

    Raises:
        Refusal: a part is missing or can't be understood; nothing is guessed.
    """
    typed = without_hiding(text).rstrip(" .!")
    words = split(typed)
    if not words:
        return OpenForm()
    verb = trim(fold(words[0].text))
    match verb:
        case "help":
            return Help()
        case "list":
            return ListWebinars() if len(words) == 1 else _too_much(join(typed, words[1:]))
        case "new":
            start = _after_new(typed)
            return _new(typed, start, today) if typed[start:].strip() else OpenForm()
        case _:
            return _with_number(verb, typed, today)


def _after_new(text: str) -> int:
    """Where `new`, or `new webinar` before a quote, has ended."""
    new, *rest = split(text)
    filler = rest[0] if rest and trim(fold(rest[0].text)) == "webinar" else new
    return filler.end if text[filler.end :].lstrip()[:1] in QUOTES else new.end


def edit_text(number: int) -> str:
    """What somebody would type to change a webinar."""
    return f"edit W{number}"


def _with_number(verb: str, text: str, today: date) -> Help | ShowWebinar | WebinarVerb | changes.WebinarChange:
    words = split(text)
    if len(words) == 1 and (alone := short_number(verb, "W")):
        return ShowWebinar(alone)
    if verb not in (*VERBS, *changes.VERBS, "show"):
        return Help("verb-unknown", words[0].text)
    number = short_number(trim(fold(words[1].text)), "W") if len(words) > 1 else None
    if number is None:
        return Help("number-missing", words[0].text)
    if verb in changes.VERBS:
        return changes.read_change(verb, number, text, words[1].end, today)
    rest = join(text, words[2:])
    if rest and verb in ("show", "calendar"):
        _too_much(rest)
    if verb == "show":
        return ShowWebinar(number)
    return WebinarVerb(verb, number, rest)


def _too_much(part: str) -> NoReturn:
    raise Refusal("webinar-unreadable", part=part)


@dataclass(slots=True)
class Parts:
    """What was read so far; None is what wasn't said."""

    day: date | None = None
    zone: ZoneInfo | None = None
    seats: int | None = None
    link: str | None = None
    leads: tuple[Lead, ...] | None = None
    channel: str | None = None
    sessions: list[TypedSession] = field(default_factory=list)


def _new(text: str, start: int, today: date) -> NewWebinar:
    title = _title(text, start, today)
    draft = Parts()
    _read_parts(draft, PartReader(text, split_parts(text, title.end)), today)
    return NewWebinar(
        title=title.content,
        zone=draft.zone,
        sessions=plan(draft.sessions, draft.day, text),
        seats=draft.seats,
        link=draft.link,
        leads=draft.leads,
        channel=draft.channel,
        typed=text,
    )


def _read_parts(draft: Parts, reader: PartReader, today: date) -> None:
    city_end = -1
    while not reader.done:
        word = reader.peek()
        if word in SEPARATORS:
            reader.take()
        elif word in KEYWORDS:
            read_keyword(draft, reader, today)
            city_end = reader.at if word == "in" else city_end
        else:
            draft.sessions.append(read_session(reader, today, city_end=city_end))


def read_keyword(draft: Parts, reader: PartReader, today: date) -> None:
    """One keyword and what follows it; refuses as `parse` does."""
    keyword = fold(reader.take())
    said = {
        "on": draft.day,
        "in": draft.zone,
        "seats": draft.seats,
        "link": draft.link,
        "remind": draft.leads,
        "channel": draft.channel,
    }[keyword]
    if said is not None:
        raise Refusal("part-twice", part=keyword)
    if reader.done:
        raise Refusal("part-empty", part=keyword)
    _set(draft, keyword, reader, today)


def _set(draft: Parts, keyword: str, reader: PartReader, today: date) -> None:
    match keyword:
        case "on":
            draft.day = parts.read_day(reader, today)
        case "in":
            draft.zone = parts.read_zone(reader)
        case "seats":
            draft.seats = parts.read_seats(reader)
        case "link":
            draft.link = parts.read_link(reader)
        case "remind":
            draft.leads = parts.read_leads(reader)
        case _:
            draft.channel = parts.read_channel(reader)


def _title(text: str, start: int, today: date) -> Quoted:
    """The quoted part that comes first."""
    if text[start:].lstrip()[0] not in QUOTES:
        raise _unquoted(text, start, today)
    title = read_next(text, start)
    if title is None or is_blank(title.content):
        raise Refusal("title-empty")
    parts.check_title(title.content)
    return title


def _unquoted(text: str, start: int, today: date) -> Refusal:
    """With the first reading that would be understood: the words before a keyword, quoted."""
    words = split(text, start)
    for at, word in enumerate(words[1:], 1):
        if fold(word.text) not in KEYWORDS:
            continue
        reading = f"new {quote(join(text, words[:at]))} {text[word.start :]}"
        try:
            parse(reading, today)
        except Refusal:
            continue
        return Refusal("title-unquoted", typed=join(text, words), readings=(reading,))
    return Refusal("title-unquoted", typed=join(text, words))
