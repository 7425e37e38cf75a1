"""Slack's markup as HTML: pure, and safe whatever stands in it.

Source: Slack's "Formatting with mrkdwn". `&amp;`, `&lt;` and `&gt;` are decoded once, and then all is escaped for HTML.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import groupby

from workspace.page import dates
from workspace.page.markup import Html, escape, join, tag
from workspace.page.reader import Reader
from workspace.wire import decode_entities

PREFORMATTED = re.compile(r"```\n?(.+?)\n?```\n?", re.DOTALL)
QUOTE = re.compile(r"(?:&gt;|>) ?")
SPECIAL = re.compile(r"`(?P<code>[^`]+)`|<(?P<control>[^<>]+)>|(?P<link>https?://[^\s<>|]*[^\s<>|.,;:!?)\]*_~])")
DATE = re.compile(r"!date\^(?P<seconds>\d{1,11})\^(?P<template>[^^]+)(?:\^(?P<link>.+))?")
STYLES = (
    (re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])"), "strong"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_]+?)(?<=\S)_(?![\w_])"), "em"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~]+?)(?<=\S)~(?![\w~])"), "s"),
)
BROADCASTS = frozenset({"channel", "everyone", "here"})
LINKS = ("http://", "https://", "mailto:")
EMOJI_CODE = re.compile(r":([a-z0-9_+\-]+):")
EMOJI = {
    "+1": "👍",
    "alarm_clock": "⏰",
    "bar_chart": "📊",
    "bell": "🔔",
    "calendar": "📆",
    "eyes": "👀",
    "tada": "🎉",
    "warning": "⚠️",
    "wave": "👋",
    "white_check_mark": "✅",
    "x": "❌",
}

# A finished piece stands in the text as its number between two characters of the private use area, which no one types.
OPEN, CLOSE = "\ue000", "\ue001"
KEPT = re.compile(f"{OPEN}(\\d+){CLOSE}")


def render(text: str, reader: Reader) -> Html:
    """Paragraphs, quotes and preformatted text."""
    pieces = PREFORMATTED.split(text.replace(OPEN, "").replace(CLOSE, ""))
    return join(
        tag("pre", decode_entities(piece)) if index % 2 else _prose(piece.strip("\n"), reader)
        for index, piece in enumerate(pieces)
    )


def plain(text: str) -> Html:
    """A text that holds no markup but emoji codes, such as a button's."""
    return escape(_emoji(text))


def _prose(text: str, reader: Reader) -> Html:
    runs = groupby(text.split("\n"), lambda line: QUOTE.match(line) is not None)
    return join(_run(list(lines), reader, is_quote=is_quote) for is_quote, lines in runs)


def _run(lines: list[str], reader: Reader, *, is_quote: bool) -> Html:
    if not is_quote:
        return Html("<br>".join(_line(line, reader) for line in lines))
    return tag("blockquote", Html("<br>".join(_line(QUOTE.sub("", line, count=1), reader) for line in lines)))


def _line(line: str, reader: Reader) -> Html:
    kept: list[Html] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(_special(found, reader))
        return f"{OPEN}{len(kept) - 1}{CLOSE}"

    styled: str = plain(decode_entities(SPECIAL.sub(keep, line)))
    for style, name in STYLES:
        styled = style.sub(rf"<{name}>\1</{name}>", styled)
    return Html(KEPT.sub(lambda number: kept[int(number[1])], styled))


def _special(found: re.Match[str], reader: Reader) -> Html:
    if found["code"] is not None:
        return tag("code", decode_entities(found["code"]))
    if found["link"] is not None:
        return _link(found["link"], found["link"])
    target, _, label = found["control"].partition("|")
    written = CONTROLS.get(target[:1], _address)(target, label, reader)
    return escape(decode_entities(found[0])) if written is None else written


def _person(target: str, label: str, reader: Reader) -> Html | None:
    return _mention("@", reader.people.get(target[1:], decode_entities(label) or target[1:]))


def _room(target: str, label: str, reader: Reader) -> Html | None:
    return _mention("#", reader.rooms.get(target[1:], decode_entities(label) or target[1:]))


def _command(target: str, label: str, reader: Reader) -> Html | None:
    date = DATE.fullmatch(target)
    if date is not None:
        return _date(date, label, reader)
    if target[1:] in BROADCASTS:
        return _mention("@", target[1:])
    return escape(decode_entities(label)) if label else None


def _address(target: str, label: str, _: Reader) -> Html | None:
    return _link(target, label or target) if target.startswith(LINKS) else None


def _date(date: re.Match[str], fallback: str, reader: Reader) -> Html:
    at = datetime.fromtimestamp(int(date["seconds"]), UTC)
    said = dates.fill(decode_entities(date["template"]), at, reader)
    shown = tag("time", said, datetime=at.isoformat(), title=decode_entities(fallback) or None)
    return _link(date["link"], shown) if (date["link"] or "").startswith(LINKS) else shown


def _mention(sigil: str, name: str) -> Html:
    return tag("span", sigil + name, class_="mention")


def _link(address: str, label: str) -> Html:
    shown = label if isinstance(label, Html) else decode_entities(label).removeprefix("mailto:")
    return tag("a", shown, href=decode_entities(address), target="_blank", rel="noopener noreferrer")


def _emoji(text: str) -> str:
    return EMOJI_CODE.sub(lambda code: EMOJI.get(code[1], code[0]), text)


CONTROLS: dict[str, Callable[[str, str, Reader], Html | None]] = {"@": _person, "#": _room, "!": _command}
