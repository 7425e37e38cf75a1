"""Announcers that are wrong on purpose: what loses and doubles messages here must be seen to."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk.http_retry.builtin_async_handlers import async_default_handlers
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.deliveries import Claimed, NotSent, Result, Sent
from bot.domain.ids import ChannelId
from bot.slack.announcer import SlackAnnouncer
from bot.slack.history import metadata
from bot.usecases import deliveries


@dataclass(frozen=True, slots=True)
class MarkThenPost(SlackAnnouncer):
    """Records that a message was sent, and then sends it: whoever dies between the two has lost it."""

    async def send(self, claimed: Claimed) -> Result:
        result = Sent(ChannelId(claimed.recipient), "0.000001")
        await self.db.write(deliveries.finish, claimed, result, 0, real_now=self.real())
        await _post(self.client, claimed)
        return result


@dataclass(frozen=True, slots=True)
class PostThenMark(SlackAnnouncer):
    """Sends as a client of Slack's SDK does unless told otherwise, and takes whatever fails for not sent.

    The SDK posts again by itself when the connection breaks, and what it gives up is owed again unseen.
    """

    async def send(self, claimed: Claimed) -> Result:
        self.client.retry_handlers = async_default_handlers()
        try:
            result: Result = await _post(self.client, claimed)
        except Exception as error:  # noqa: BLE001 - wrong on purpose: nothing is told apart
            result = NotSent(repr(error), 0)
        await self.db.write(deliveries.finish, claimed, result, 0, real_now=self.real())
        return result


async def _post(client: AsyncWebClient, claimed: Claimed) -> Sent:
    """Slack opens the direct messages by itself where a member is named as the channel."""
    answer = await client.chat_postMessage(channel=claimed.recipient, text=claimed.key, metadata=metadata(claimed.key))
    return Sent(ChannelId(answer["channel"]), answer["ts"])
