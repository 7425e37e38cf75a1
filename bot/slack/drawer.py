"""Draws kept messages: the newest picture, by one process at a time, at the pace that Slack allows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import assert_never

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.deliveries import Failed, Hitch, NotSent, RateLimited, Unknown
from bot.domain.drawing import ARCHIVED, GONE, Rests, Turn
from bot.domain.ids import MessageId
from bot.ports import Clock, Database
from bot.slack import outcomes
from bot.usecases import drawing, messages
from bot.usecases.drawing import NotYet
from bot.usecases.messages import Picture, Withdrawn
from bot.usecases.subjects import LettersProgress, Subject
from bot.view.message import Message

log = logging.getLogger(__name__)

LETTERS_PACE = 3
"""How many times as long as others the message that counts letters rests: it changes all the time for minutes."""

SHORTEST_S = 0.01
"""Before a turn that somebody else has is asked for again."""


@dataclass(frozen=True, slots=True)
class SlackDrawer:
    """The drawer port over Slack's Web API. `message` words a subject; `clock` is the bot's, `real` is real time.

    A turn is taken, in the database, before each update, and outlasts it: so an older picture never lands on a newer
    one. What Slack did not answer in time may still be carried out, and the newest is drawn again after a rest; so it
    is where whoever had the turn has died.
    """

    client: AsyncWebClient
    db: Database
    message: Callable[[Subject], Message]
    clock: Clock
    real: Clock
    rests: Rests
    unanswered: set[MessageId] = field(default_factory=set)
    """Messages whose last update Slack did not answer: it is given longer for the next."""

    async def draw(self, message: MessageId) -> float:
        patience = self.rests.patient if message in self.unanswered else self.rests.quick
        lease, patient = self.rests.lease(patience), self.rests.patient
        turn = await self.db.write(drawing.take, message, lease, patient, real_now=self.real())
        match turn:
            case Turn():
                return await self._take(turn, patience)
            case NotYet(free_at):
                return max(SHORTEST_S, (free_at - self.real()).total_seconds())
            case None:
                return 0.0
            case _:
                assert_never(turn)

    async def _take(self, turn: Turn, patience: timedelta) -> float:
        self.unanswered.discard(turn.message)
        picture = await self.db.read(messages.picture, turn.message)
        left = turn.until - self.real()
        if picture.subject is None or left < self.rests.spare:
            return await self._rest(turn, timedelta(seconds=SHORTEST_S))
        try:
            async with asyncio.timeout(min(patience, left).total_seconds()):
                await self._update(picture)
        except Exception as error:  # noqa: BLE001 - a fault is logged, and this picture not tried again
            return await self._hindered(turn, picture, error)
        return await self._drawn(turn, picture)

    async def _update(self, picture: Picture) -> None:
        kept, subject = picture.message, picture.subject
        if isinstance(subject, Withdrawn):
            await self.client.chat_delete(channel=kept.channel, ts=kept.ts or "")
        elif subject is not None:
            content = self.message(subject).content()
            await self.client.chat_update(channel=kept.channel, ts=kept.ts or "", **content)

    async def _hindered(self, turn: Turn, picture: Picture, error: Exception) -> float:
        try:
            hitch = outcomes.of(error)
        except Exception:
            log.exception("message %s can't be drawn", turn.message)
            return await self._drawn(turn, picture)
        return await self._met(turn, picture, hitch)

    async def _met(self, turn: Turn, picture: Picture, hitch: Hitch) -> float:
        match hitch:
            case RateLimited(retry_in_s):
                until, of = self.real() + timedelta(seconds=retry_in_s), picture.message.workspace
                await self.db.write(drawing.limited, turn, of, until=until)
                return retry_in_s
            case NotSent(_, retry_in_s):
                return await self._rest(turn, timedelta(seconds=retry_in_s))
            case Unknown():
                self.unanswered.add(turn.message)
                return await self._rest(turn, self.rests.patient)
            case Failed(reason):
                return await self._failed(turn, picture, reason)
            case _:
                assert_never(hitch)

    async def _failed(self, turn: Turn, picture: Picture, reason: str) -> float:
        if reason in ARCHIVED:
            return await self._rest(turn, self.rests.archived)
        if reason not in GONE:
            log.warning("message %s can't be brought up to date: %s", turn.message, reason)
        elif not isinstance(picture.subject, Withdrawn):
            if await self.db.write(drawing.lose, picture.message, reason, now=self.clock()):
                log.warning("message %s is no longer in Slack: %s", turn.message, reason)
            return 0.0
        return await self._drawn(turn, picture)

    async def _drawn(self, turn: Turn, picture: Picture) -> float:
        """There is nothing to do about this picture any more."""
        pace = LETTERS_PACE if isinstance(picture.subject, LettersProgress) else 1
        rest, version = self.rests.between * pace, picture.subject.version if picture.subject else 0
        await self.db.write(drawing.drawn, turn, version, rests_until=self.real() + rest)
        return rest.total_seconds()

    async def _rest(self, turn: Turn, rest: timedelta) -> float:
        await self.db.write(drawing.rest, turn, until=self.real() + rest)
        return rest.total_seconds()
