"""Sends what is owed, and redraws what has changed: rendered from the database as it is now."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, assert_never

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.deliveries import Claimed, Failed, NotSent, Pointless, Result, Sent, Unknown
from bot.domain.ids import ChannelId, MessageId
from bot.domain.polls import Poll
from bot.ports import Clock, Database
from bot.slack import outcomes
from bot.usecases import deliveries, members
from bot.usecases.deliveries import Announcement, PollPost, Reminder, Subject, Unposted, Withdrawn
from bot.view import polls, reminders, webinars
from bot.view.message import Message
from bot.view.texts import Texts

log = logging.getLogger(__name__)

EVENT_TYPE = "convene_delivery"
IN_TROUBLE_S = 10.0
ARCHIVED_S = 3600.0
ARCHIVED = frozenset({"is_archived", "is_inactive"})
"""An archived channel may be opened again, and its messages should be right then."""

HISTORY = 100
"""Messages a page of a channel's history."""

SKEW = timedelta(minutes=1)
"""How far Slack's clock may be behind ours when its history is searched."""


@dataclass(frozen=True, slots=True)
class SlackAnnouncer:
    """The announcer port over Slack's Web API.

    `client` doesn't retry by itself: whether a message was sent is decided here. `clock` is the bot's,
    `real` is real time.
    """

    client: AsyncWebClient
    db: Database
    texts: Texts
    clock: Clock
    real: Clock
    interval_s: float

    async def send(self, claimed: Claimed) -> Result:
        subject = await self.db.read(deliveries.subject, claimed, now=self.clock())
        result = subject if isinstance(subject, Pointless) else await self._post(claimed, subject)
        version = 0 if isinstance(subject, Pointless | Reminder | Unposted) else subject.version
        await self.db.write(deliveries.finish, claimed, result, version, now=self.clock(), real_now=self.real())
        return result

    async def find(self, claimed: Claimed) -> Result:
        result = await self._find(claimed)
        await self.db.write(deliveries.finish, claimed, result, 0, now=self.clock(), real_now=self.real())
        return result

    async def redraw(self, message: MessageId) -> float:
        picture = await self.db.read(deliveries.picture, message)
        kept, subject = picture.message, picture.subject
        if subject is None or kept.ts is None:
            return 0.0
        try:
            if isinstance(subject, Withdrawn):
                await self.client.chat_delete(channel=kept.channel, ts=kept.ts)
            else:
                await self.client.chat_update(channel=kept.channel, ts=kept.ts, **self._message(subject).content())
        except Exception as error:  # noqa: BLE001 - `outcomes.of` raises what isn't Slack's
            result = outcomes.of(error)
            if pause_s := _pause(result):
                return max(self.interval_s, pause_s)
            log.warning("message %s can't be brought up to date: %s", message, result.reason)
        await self.db.write(deliveries.shown, message, subject.version)
        return self.interval_s

    async def _post(self, claimed: Claimed, subject: Subject) -> Result:
        channel = claimed.channel
        try:
            channel = channel or await self._channel(claimed, subject)
        except Exception as error:  # noqa: BLE001 - `outcomes.of` raises what isn't Slack's
            result = outcomes.of(error)
            return NotSent(result.reason, outcomes.RETRY_S) if isinstance(result, Unknown) else result
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": claimed.key}}
        try:
            answer = await self.client.chat_postMessage(
                channel=channel,
                metadata=metadata,
                unfurl_links=False,
                unfurl_media=False,
                **self._message(subject).content(),
            )
        except Exception as error:  # noqa: BLE001 - `outcomes.of` raises what isn't Slack's
            result = outcomes.of(error)
            return Unknown(result.reason, channel) if isinstance(result, Unknown) else result
        return Sent(ChannelId(answer["channel"]), answer["ts"])

    async def _channel(self, claimed: Claimed, subject: Subject) -> ChannelId:
        """Where to post: a member's direct messages are opened once, and kept."""
        if not isinstance(subject, Reminder | Unposted) or subject.member is None:
            return ChannelId(claimed.recipient)
        if subject.member.direct is not None:
            return subject.member.direct
        answer = await self.client.conversations_open(users=[subject.member.user])
        direct = ChannelId(answer["channel"]["id"])
        await self.db.write(members.direct_opened, claimed.workspace, subject.member.id, direct)
        return direct

    async def _find(self, claimed: Claimed) -> Result:
        channel = await self.db.read(deliveries.went_to, claimed)
        if channel is None:
            return NotSent("never posted", 0)
        try:
            async for message in self._since(channel, claimed.first_attempt_at - SKEW):
                if _key(message) == claimed.key:
                    return Sent(channel, message["ts"])
        except Exception as error:  # noqa: BLE001 - `outcomes.of` raises what isn't Slack's
            return Unknown(f"could not look: {outcomes.of(error).reason}")
        return NotSent("not found in Slack", 0)

    async def _since(self, channel: ChannelId, oldest: datetime) -> AsyncIterator[dict[str, Any]]:
        """What has been said in a channel since then, page by page."""
        cursor = ""
        while True:
            answer = await self.client.conversations_history(
                channel=channel,
                oldest=f"{oldest.timestamp():.6f}",
                include_all_metadata=True,
                limit=HISTORY,
                cursor=cursor,
            )
            for message in answer["messages"]:
                yield message
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def _message(self, subject: Subject) -> Message:
        now = self.clock()
        match subject:
            case Reminder(webinar, session, member, last):
                if member is None:
                    return reminders.to_channel(self.texts.of(None), webinar, session, now)
                words = self.texts.of(member.locale)
                return reminders.to_member(words, webinar, session, member, last=last, now=now)
            case Unposted(about, member):
                words = self.texts.of(member.locale)
                if isinstance(about, Poll):
                    return polls.unposted(words, about)
                return webinars.unposted(words, about)
            case Announcement(webinar, _):
                return webinars.announcement(self.texts.of(None), webinar, now)
            case PollPost(poll, _):
                return polls.post(self.texts.of(None), poll)
            case _:
                assert_never(subject)


def _pause(result: NotSent | Failed | Unknown) -> float:
    """How long to wait before a message is drawn again; 0 where that will never work."""
    match result:
        case NotSent(_, retry_in_s):
            return retry_in_s
        case Unknown():
            return IN_TROUBLE_S
        case Failed(reason):
            return ARCHIVED_S if reason in ARCHIVED else 0


def _key(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata", {})
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    key = metadata.get("event_payload", {}).get("key")
    return key if isinstance(key, str) else None
