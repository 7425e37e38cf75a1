"""Sends what is owed, rendered from the database as it is now."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain import delivery_logs
from bot.domain.deliveries import (
    Claimed,
    Doubted,
    Failed,
    Hitch,
    NotSent,
    Pointless,
    Result,
    Sent,
    Unknown,
)
from bot.domain.ids import ChannelId
from bot.domain.members import Member
from bot.ports import Clock, Database
from bot.slack import calendars, outcomes, personal, poll_files
from bot.slack.history import Blind, History, Later, Looked, metadata
from bot.slack.uploads import Uploads
from bot.usecases import deliveries, members
from bot.usecases.subjects import (
    Announcement,
    CalendarFile,
    CalendarNote,
    ChangeNotice,
    ClaimMade,
    ClaimWasDecided,
    InvitationLetter,
    LettersProgress,
    PollExport,
    PollFile,
    PollLost,
    PollNudge,
    PollPost,
    PollResult,
    Reminder,
    SeatByOther,
    Subject,
    TroubleReport,
    ZonesChanged,
)
from bot.view import calendars as calendar_notes
from bot.view import changes, invitations, letters, poll_running, polls, reminders, troubles, webinars
from bot.view.letters import Written
from bot.view.message import Message
from bot.view.texts import Texts

log = logging.getLogger(__name__)

SKEW = timedelta(minutes=1)
"""How far Slack's clock may be behind ours when its history is searched."""


@dataclass(frozen=True, slots=True)
class SlackAnnouncer:
    """The announcer port over Slack's Web API.

    `client` doesn't retry by itself, and gives up after `timeout`: whether a message was sent is decided here. `clock`
    is the bot's, `real` is real time.
    """

    client: AsyncWebClient
    db: Database
    texts: Texts
    clock: Clock
    real: Clock
    timeout: timedelta
    history: History
    uploads: Uploads

    async def send(self, claimed: Claimed) -> Result:
        subject = await self.db.read(deliveries.to_send, claimed, now=self.clock(), real_now=self.real())
        match subject:
            case Pointless() | NotSent():
                result: Result = subject
            case CalendarFile():
                result = await self.uploads.send(
                    claimed, calendars.document(self.texts, subject, claimed, self.clock())
                )
            case PollFile():
                result = await self._send_file(claimed, subject)
            case _:
                result = await self._post(claimed, subject)
        version = subject.version if isinstance(subject, Announcement | PollPost | LettersProgress) else 0
        await self.db.write(deliveries.finish, claimed, result, version, real_now=self.real())
        return result

    async def find(self, doubted: Doubted) -> float:
        if doubted.channel is None:
            return await self._found([(each, NotSent("never-posted", 0)) for each in doubted.deliveries])
        if doubted.deliveries[0].thread is not None:
            return await self._find_file(doubted.deliveries[0])
        by_key = {each.key: each for each in doubted.deliveries}
        oldest = min(each.first_attempt_at for each in doubted.deliveries) - SKEW
        match await self.history.search(doubted.channel, by_key, oldest):
            case Looked(found, sought):
                missing = [(by_key[key], NotSent("not-in-slack", 0)) for key in sought - set(found) if key in by_key]
                return await self._found([*_sent(doubted.channel, by_key, found), *missing])
            case Later(seconds, found):
                await self._found(_sent(doubted.channel, by_key, found))
                return seconds
            case Blind(reason):
                return await self._give_up_looking(doubted.deliveries, reason)

    async def _find_file(self, claimed: Claimed) -> float:
        match await self.uploads.look(claimed):
            case Later(seconds):
                return seconds
            case Blind(reason):
                return await self._give_up_looking([claimed], reason)
            case result:
                return await self._found([(claimed, result)])

    async def _give_up_looking(self, among: Sequence[Claimed], reason: str) -> float:
        times = {"now": self.clock(), "real_now": self.real()}
        for claimed, state in await self.db.write(deliveries.give_up_looking, among, reason, **times):
            log.warning("delivery %s can't be looked up (%s): %s", delivery_logs.named(claimed), reason, state)
        return 0.0

    async def open_direct(self, member: Member) -> Hitch | None:
        try:
            await self._opened(member)
        except Exception as error:  # noqa: BLE001 - `outcomes.of` raises what isn't Slack's
            hitch = outcomes.of(error)
            log.warning("direct messages with %s can't be opened: %s", member.user, hitch.reason)
            return hitch
        return None

    async def is_answering(self) -> bool:
        try:
            await self.client.auth_test()
        except Exception as error:  # noqa: BLE001 - `outcomes.of` raises what isn't Slack's
            return not isinstance(outcomes.of(error), Unknown | NotSent)
        return True

    async def _found(self, results: Sequence[tuple[Claimed, Result]]) -> float:
        for claimed, result in results:
            told = delivery_logs.told(claimed, result)
            log.info("delivery %s was in doubt: %s", delivery_logs.named(claimed), told)
        await self.db.write(deliveries.found, results, real_now=self.real())
        return 0.0

    async def _send_file(self, claimed: Claimed, subject: PollFile) -> Result:
        """Drawn in a thread of its own: a picture takes longer than a click may wait."""
        try:
            drawn = await asyncio.to_thread(poll_files.document, self.texts, subject, claimed, self.clock())
        except Exception:
            log.exception("delivery %s can't be drawn", delivery_logs.named(claimed))
            return Failed("fault")
        return await self.uploads.send(claimed, drawn)

    async def _post(self, claimed: Claimed, subject: Subject) -> Result:
        channel = claimed.channel
        try:
            channel = channel or await self._channel(claimed, subject)
        except Exception as error:  # noqa: BLE001 - `outcomes.of` raises what isn't Slack's
            return outcomes.unsent(outcomes.of(error))
        try:
            content = self.message(subject).content()
        except Exception:
            log.exception("delivery %s can't be worded", delivery_logs.named(claimed))
            return Failed("fault")
        if self.real() + self.timeout > claimed.lease_until:
            return NotSent("late", 0)
        try:
            answer = await self.client.chat_postMessage(
                channel=channel,
                metadata=metadata(claimed.key),
                unfurl_links=False,
                unfurl_media=False,
                **content,
            )
        except Exception as error:  # noqa: BLE001 - `outcomes.of` raises what isn't Slack's
            result = outcomes.of(error)
            return Unknown(result.reason, channel) if isinstance(result, Unknown) else result
        return Sent(ChannelId(answer["channel"]), answer["ts"])

    async def _channel(self, claimed: Claimed, subject: Subject) -> ChannelId:
        """Where to post: a member's direct messages are opened once, and kept."""
        if isinstance(subject, Announcement | PollPost | PollResult) or subject.member is None:
            return ChannelId(claimed.recipient)
        return subject.member.direct or await self._opened(subject.member)

    async def _opened(self, member: Member) -> ChannelId:
        answer = await self.client.conversations_open(users=[member.user])
        direct = ChannelId(answer["channel"]["id"])
        await self.db.write(members.direct_opened, member, direct)
        return direct

    def message(self, subject: Subject) -> Message:
        now = self.clock()
        match subject:
            case Reminder():
                return self._reminder(subject, now)
            case ChangeNotice():
                return self._change(subject, now)
            case CalendarNote(webinar, session, member):
                return calendar_notes.note_to(self.texts.of(member.locale), webinar, session, member)
            case InvitationLetter() | LettersProgress():
                return self._of_letters(subject, now)
            case ZonesChanged(webinar, member):
                return webinars.zones_changed(self.texts.of(member.locale), webinar)
            case TroubleReport(member, groups):
                return troubles.report(self.texts.of(member.locale), groups)
            case ClaimMade() | ClaimWasDecided() | SeatByOther() | PollLost() | PollNudge() | PollExport():
                return personal.message(self.texts, subject, now)
            case Announcement(webinar, _):
                return webinars.announcement(self.texts.of(None), webinar, now)
            case PollPost(poll) | PollResult(poll):
                words = self.texts.of(poll.language)
                return polls.post(words, poll) if isinstance(subject, PollPost) else poll_running.result(words, poll)
            case _:
                assert_never(subject)

    def _change(self, notice: ChangeNotice, now: datetime) -> Message:
        member = notice.member
        if member is None:
            return changes.to_channel(self.texts.of(None), notice.webinar, notice.changes, now)
        return changes.to_member(self.texts.of(member.locale), notice.webinar, notice.changes[0], member, now)

    def _of_letters(self, of: InvitationLetter | LettersProgress, now: datetime) -> Message:
        words = self.texts.of(None if of.member is None else of.member.locale)
        if isinstance(of, LettersProgress):
            return invitations.progress(words, of.webinar, of.counts)
        written = Written(of.webinar, of.addressee, of.letter, of.organiser, now)
        return letters.nudge(words, written) if of.nudge else letters.letter(words, written)

    def _reminder(self, of: Reminder, now: datetime) -> Message:
        if of.member is None:
            return reminders.to_channel(self.texts.of(None), of.webinar, of.session, now)
        words = self.texts.of(of.member.locale)
        return reminders.to_member(words, of.webinar, of.session, of.member, last=of.last, now=now)


def _sent(channel: ChannelId, by_key: Mapping[str, Claimed], found: Mapping[str, str]) -> list[tuple[Claimed, Result]]:
    return [(by_key[key], Sent(channel, ts)) for key, ts in found.items() if key in by_key]
