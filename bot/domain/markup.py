"""Slack's markup in what people send: entities are decoded once on the way in, tokens are shown as words."""

from __future__ import annotations

import re

from bot.domain.folding import without_hiding

_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_TOKEN = re.compile(r"<(?P<kind>[@#!]|https?:|mailto:)(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>", re.IGNORECASE)


def decode(text: str) -> str:
    """Slack's three entities as characters, once: `&amp;lt;` stays `&lt;`.

    Source: https://docs.slack.dev/messaging/formatting-message-text (escaping text).
    """
    return re.sub("&(?:amp|lt|gt);", lambda entity: _ENTITIES[entity[0]], text)


def plain_words(text: str) -> str:
    """Mentions, channels, groups and links of decoded `text` as words that ping nobody; nothing turns them around."""
    return without_hiding(_TOKEN.sub(_as_words, text))


def _as_words(token: re.Match[str]) -> str:
    kind, target, label = token["kind"].casefold(), token["target"], token["label"]
    match kind:
        case "@" | "#":
            return kind + (label or target)
        case "!":
            return _special(target, label)
        case "mailto:":
            return label or target
        case _:
            return token["kind"] + target


def _special(target: str, label: str | None) -> str:
    """`<!here>`, `<!subteam^S1|@chairs>`, `<!date^0^{date}|1 January>`."""
    name, _, rest = target.partition("^")
    words = label or (rest if name == "subteam" else name)
    return words if name == "date" or words.startswith("@") else f"@{words}"
