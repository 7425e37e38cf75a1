"""Slack's history, searched for what may have been sent: slowly, where Slack allows no more than a call a minute."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.deliveries import Failed, Hitch
from bot.domain.ids import ChannelId
from bot.slack import outcomes

EVENT_TYPE = "convene_delivery"
CURSOR_GONE = "invalid_cursor"
"""Slack has forgotten where a search broke off: it begins anew."""

PAGE = 100
"""Messages a page; Slack gives fewer to apps that it doesn't know well (docs.slack.dev, rate limits: 15)."""


@dataclass(frozen=True, slots=True)
class Looked:
    """`found`: the `ts` of each key that stands there; `sought` are those of which the others don't."""

    found: Mapping[str, str]
    sought: frozenset[str]


@dataclass(frozen=True, slots=True)
class Later:
    """Not searched to the end. What was `found` by then stands; others may be sought in `seconds` of real time."""

    seconds: float
    found: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Blind:
    """Nothing of this history can be read."""

    reason: str


Search: TypeAlias = Looked | Later | Blind


@dataclass(slots=True)
class _Reading:
    """A search under way, from the newest message back; who has been sent since it began is sought by the next."""

    sought: frozenset[str]
    oldest: datetime
    cursor: str = ""
    found: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class History:
    client: AsyncWebClient
    readings: dict[ChannelId, _Reading] = field(default_factory=dict)

    async def search(self, channel: ChannelId, keys: Collection[str], oldest: datetime) -> Search:
        """Look for messages that bear these keys, said since `oldest`; goes on where a search broke off."""
        reading = self.readings.setdefault(channel, _Reading(frozenset(keys), oldest))
        try:
            while not await self._read_page(channel, reading):
                pass
        except Exception as error:  # noqa: BLE001 - `outcomes.of` raises what isn't Slack's
            return self._broken_off(channel, reading, outcomes.of(error))
        del self.readings[channel]
        return Looked(reading.found, reading.sought)

    async def _read_page(self, channel: ChannelId, reading: _Reading) -> bool:
        """Whether that was the last one that is needed."""
        answer = await self.client.conversations_history(
            channel=channel,
            oldest=f"{reading.oldest.timestamp():.6f}",
            include_all_metadata=True,
            limit=PAGE,
            cursor=reading.cursor,
        )
        for message in answer["messages"]:
            key = key_of(message)
            if key in reading.sought:
                reading.found.setdefault(key, message["ts"])
        reading.cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        return not reading.cursor or len(reading.found) == len(reading.sought)

    def _broken_off(self, channel: ChannelId, reading: _Reading, trouble: Hitch) -> Later | Blind:
        if isinstance(trouble, Failed) or trouble.reason == outcomes.MISSING_SCOPE:
            del self.readings[channel]
            return Later(0.0, {}) if trouble.reason == CURSOR_GONE else Blind(trouble.reason)
        return Later(outcomes.rest_s(trouble), dict(reading.found))


def metadata(key: str) -> dict[str, Any]:
    """What a message bears so that it can be found again."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def key_of(message: Mapping[str, Any]) -> str | None:
    borne = message.get("metadata", {})
    if borne.get("event_type") != EVENT_TYPE:
        return None
    key = borne.get("event_payload", {}).get("key")
    return key if isinstance(key, str) else None
