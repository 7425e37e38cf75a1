"""`/consult claims`, and the buttons that decide one."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import RepresentativeId
from bot.usecases import claims as usecases
from bot.view import claims as view
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Typed


@dataclass(frozen=True, slots=True)
class ClaimHandlers:
    desk: Desk

    async def typed(self, typed: Typed, _: str) -> Message:
        await self.desk.known(typed.sender)
        answer = await self.desk.db.write(usecases.list_, typed.sender)
        return view.listed(self.desk.words(answer.reader), answer.outcome)

    async def confirm(self, click: Click) -> Message:
        return await self._decide(click, confirm=True)

    async def refuse(self, click: Click) -> Message:
        return await self._decide(click, confirm=False)

    async def _decide(self, click: Click, *, confirm: bool) -> Message:
        await self.desk.known(click.sender)
        claim, now = RepresentativeId(click.value), self.desk.clock()
        answer = await self.desk.db.write(usecases.decide, click.sender, claim, confirm=confirm, now=now)
        self.desk.changed(answer.reader.workspace.id)
        return view.decided(self.desk.words(answer.reader), answer.outcome)
