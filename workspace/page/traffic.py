"""What passed between Slack and the bot, newest first, without the secrets."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from workspace.page.markup import Html, join, tag
from workspace.page.reader import Reader
from workspace.page.timeline import Item
from workspace.traffic import KEPT, Exchange, Traffic

LATEST = 100
"""How many exchanges are shown."""

REMEMBERED = 2 * KEPT
"""How many are kept as they were drawn, for two zones or two workspaces."""

SECRET_NAMES = frozenset({"token", "client_secret", "refresh_token", "authorization"})
SECRET_TEXT = re.compile(r"xox[a-z.]*-[\w.-]+|xapp-[\w.-]+|(?<=/response/)\w+")
MASK = "•••"


def items(traffic: Traffic, reader: Reader, sieve: str) -> Iterator[Item]:
    """Those in which the sieve's text stands, in small letters."""
    fitting = (each for each in reversed(traffic) if _fits(each, sieve))
    for exchange, _ in zip(fitting, range(LATEST), strict=False):
        yield Item(str(exchange.number), entry(exchange, reader.zone))


@lru_cache(REMEMBERED)
def entry(exchange: Exchange, zone: ZoneInfo) -> Html:
    """Drawn once: it never changes, and most of them are long."""
    local = exchange.at.astimezone(zone)
    way = "Slack → bot" if exchange.is_to_bot else "bot → Slack"
    outcome = _outcome(exchange)
    line = (
        tag("time", f"{local:%H:%M:%S}", datetime=local.isoformat()),
        tag("span", way, class_="way"),
        tag("strong", name_of(exchange)),
        tag("span", outcome, class_="outcome" if outcome == "ok" else "outcome wrong"),
        tag("span", f"{exchange.elapsed_s * 1000:.0f} ms", class_="elapsed"),
    )
    sent, answered = (tag("pre", _pretty(body), dir="ltr", tabindex="0") for body in bodies(exchange))
    opened = (tag("h3", "Request"), sent, tag("h3", "Answer"), answered)
    return tag(
        "details",
        tag("summary", join(line), id=f"exchange/{exchange.number}"),
        *opened,
        class_="exchange",
        role="listitem",
        data_testid="exchange",
    )


def name_of(exchange: Exchange) -> str:
    """The method that was called, the command that was typed, or the kind of the interaction or event."""
    if not exchange.is_to_bot:
        return exchange.name
    sent = read(exchange.sent)
    event = sent.get("event", {})
    if "command" in sent:
        return str(sent["command"])
    actions = [str(one.get("action_id", "")) for one in sent.get("actions", ())]
    callback = str((sent.get("view") or {}).get("callback_id", "")) if not actions else ""
    return " ".join(filter(None, (str(event.get("type", "") or sent.get("type", "")), *actions, callback)))


def bodies(exchange: Exchange) -> tuple[Any, Any]:
    """The request and the answer as they may be shown."""
    return masked(read(exchange.sent)), masked(read(exchange.answered))


def read(body: bytes) -> Any:
    """JSON, a form, a form with a `payload`, or text."""
    text = body.decode(errors="replace")
    try:
        return json.loads(text) if text.strip() else {}
    except ValueError:
        if "=" not in text:
            return {"text": text}
    form = {name: _maybe_json(value) for name, value in parse_qsl(text, keep_blank_values=True)}
    payload = form.get("payload")
    return payload if isinstance(payload, dict) else form


def masked(value: Any) -> Any:
    match value:
        case dict():
            return {name: MASK if name in SECRET_NAMES and one else masked(one) for name, one in value.items()}
        case list():
            return [masked(one) for one in value]
        case str():
            return SECRET_TEXT.sub(MASK, value)
        case _:
            return value


def _maybe_json(value: str) -> Any:
    try:
        return json.loads(value) if value[:1] in ("{", "[") else value
    except ValueError:
        return value


def _fits(exchange: Exchange, sieve: str) -> bool:
    return not sieve or sieve in _told(exchange)


@lru_cache(REMEMBERED)
def _told(exchange: Exchange) -> str:
    return " ".join((name_of(exchange), _outcome(exchange), *map(_pretty, bodies(exchange)))).casefold()


def _outcome(exchange: Exchange) -> str:
    answered = read(exchange.answered)
    refused = isinstance(answered, dict) and answered.get("ok") is False
    if exchange.error is not None:
        return f"error: {exchange.error}"
    if refused:
        return f"error: {answered.get('error')}"
    return "ok" if exchange.status is not None and exchange.status // 100 == 2 else f"error: HTTP {exchange.status}"


def _pretty(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, indent=2) if body else "nothing"
