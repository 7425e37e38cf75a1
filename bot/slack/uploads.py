"""Files, handed over exactly once: uploaded unseen, then shared in the thread of the message that announces them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.calendars import mark
from bot.domain.deliveries import Claimed, Failed, Hitch, NotSent, RateLimited, Result, Sent, Unknown
from bot.domain.ids import ChannelId
from bot.ports import Clock, Database
from bot.slack import outcomes
from bot.slack.history import PAGE, Blind, Later
from bot.usecases import files

Find: TypeAlias = Sent | NotSent | Later | Blind


@dataclass(frozen=True, slots=True)
class Document:
    """`title` is what people read, `name` what they save."""

    name: str
    title: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Uploads:
    """`client` and `http` don't retry by themselves, and give up after `timeout`; `real` is real time.

    Slack's files take no metadata, and sharing one tells no `ts`. So the id of an upload is committed before it is
    shared, and its name bears a mark of the delivery's key: by both it is found again.
    """

    client: AsyncWebClient
    http: aiohttp.ClientSession
    db: Database
    real: Clock
    timeout: timedelta

    async def send(self, claimed: Claimed, document: Document) -> Result:
        """Upload, then share: only that is seen, and until then nothing was sent whatever goes wrong."""
        try:
            file = await self._upload(document)
        except Exception as error:  # noqa: BLE001 - `outcomes.of` raises what isn't Slack's
            return outcomes.unsent(_trouble(error))
        if not await self.db.write(files.uploaded, claimed, file):
            return NotSent("claim-lost", 0)
        if self.real() + self.timeout > claimed.lease_until:
            return NotSent("late", 0)
        return await self._share(claimed, file, document.title)

    async def look(self, claimed: Claimed) -> Find:
        """Whether a file in doubt stands in its thread."""
        if claimed.file is None or claimed.channel is None:
            return NotSent("never-shared", 0)
        try:
            shared = await self._shares(claimed.file, claimed.channel)
        except Exception as error:  # noqa: BLE001 - `outcomes.of` raises what isn't Slack's
            trouble = outcomes.of(error)
            return self._broken_off(trouble) or await self._look_in_thread(claimed, claimed.channel, trouble.reason)
        if shared:
            return Sent(claimed.channel, shared[0].get("ts"))
        return await self._look_in_thread(claimed, claimed.channel, None)

    async def _upload(self, document: Document) -> str:
        """The id of the file, which nobody sees yet."""
        place = await self.client.files_getUploadURLExternal(filename=document.name, length=len(document.content))
        async with self.http.post(place["upload_url"], data=document.content) as answer:
            answer.raise_for_status()
        file: str = place["file_id"]
        return file

    async def _share(self, claimed: Claimed, file: str, title: str) -> Result:
        channel = claimed.channel or ChannelId(claimed.recipient)
        try:
            await self.client.files_completeUploadExternal(
                files=[{"id": file, "title": title}], channel_id=channel, thread_ts=claimed.thread
            )
        except Exception as error:  # noqa: BLE001 - `outcomes.of` raises what isn't Slack's
            trouble = outcomes.of(error)
            return trouble if isinstance(trouble, Unknown) else outcomes.unsent(trouble)
        return Sent(channel, None)

    async def _shares(self, file: str, channel: ChannelId) -> list[dict[str, Any]]:
        """Where Slack says that the file is seen in that conversation."""
        told = (await self.client.files_info(file=file))["file"].get("shares") or {}
        return [share for kind in told.values() for share in kind.get(channel, ())]

    async def _look_in_thread(self, claimed: Claimed, channel: ChannelId, blind: str | None) -> Find:
        """Slack's word that a file is shared may come late, and of one that was deleted there is none.

        `blind` is why Slack could say nothing of the file itself; None: it said that it is shared nowhere.
        """
        try:
            async for message in self._thread(channel, claimed.thread or ""):
                if _bears(message.get("files", ()), claimed):
                    return Sent(channel, message["ts"])
        except Exception as error:  # noqa: BLE001 - `outcomes.of` raises what isn't Slack's
            trouble = outcomes.of(error)
            if later := self._broken_off(trouble):
                return later
            if blind is not None:
                return Blind(trouble.reason)
        return NotSent("not-in-slack", 0)

    async def _thread(self, channel: ChannelId, ts: str) -> AsyncIterator[dict[str, Any]]:
        cursor = ""
        while True:
            answer = await self.client.conversations_replies(channel=channel, ts=ts, limit=PAGE, cursor=cursor)
            for message in answer["messages"]:
                yield message
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def _broken_off(self, trouble: Hitch) -> Later | None:
        """When to ask again, where asking again may help."""
        if isinstance(trouble, Failed) or trouble.reason == outcomes.MISSING_SCOPE:
            return None
        return Later(outcomes.rest_s(trouble), {})


def _bears(shown: Iterable[Mapping[str, Any]], claimed: Claimed) -> bool:
    ending = f"-{mark(claimed.key)}."
    return any(file.get("id") == claimed.file or ending in file.get("name", "") for file in shown)


def _trouble(error: Exception) -> Hitch:
    """Also of the bytes' own address, which is none of Slack's methods."""
    if not isinstance(error, aiohttp.ClientResponseError):
        return outcomes.of(error)
    if error.status == 429:
        said = None if error.headers is None else error.headers.get("Retry-After")
        return RateLimited(float(said or outcomes.RETRY_S))
    return Unknown(f"http-{error.status}") if error.status >= 500 else Failed(f"http-{error.status}")
