"""Nudging those who have not answered a poll: Slack is asked who is in its channel, which may take a while."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.domain.ids import PollId
from bot.domain.members import Answer
from bot.domain.poll_commands import PollVerb
from bot.domain.poll_nudges import PollNudged
from bot.domain.polls import Poll
from bot.usecases import poll_nudges as usecases
from bot.view import poll_nudges as view
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Typed

PATIENCE_S = 1.5
"""How long the answer waits, of the 3 s that Slack gives it, so that it can say how many are nudged."""


@dataclass(frozen=True, slots=True)
class PollNudging:
    desk: Desk

    async def typed(self, typed: Typed, asked: PollVerb) -> Message:
        now = self.desk.clock()
        may = await self.desk.db.write(usecases.may_nudge, typed.sender, asked.number, now=now)
        nudging = asyncio.ensure_future(self._nudge(typed, may.outcome))
        await asyncio.wait((nudging,), timeout=PATIENCE_S)
        if nudging.done():
            answer = nudging.result()
            return view.nudged(self.desk.words(answer.reader), answer.outcome)
        self.desk.background.start(_finished(nudging))
        return view.nudged(self.desk.words(may.reader), PollNudged(may.outcome, None))

    async def _nudge(self, typed: Typed, poll: Poll) -> Answer[PollNudged]:
        people = None if poll.by_mechanism else await self.desk.directory.people(poll.channel)
        answer = await self.desk.db.write(usecases.nudge, typed.sender, PollId(poll.id), people, now=self.desk.clock())
        self.desk.changed(answer.reader.workspace.id)
        return answer


async def _finished(nudging: asyncio.Future[Answer[PollNudged]]) -> None:
    await nudging
