"""`/consult organisers`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.domain.members import may_organise
from bot.domain.organiser_grammar import ChangeOrganisers, ListOrganisers, parse
from bot.usecases import organisers as usecases
from bot.view import organisers as view
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Typed


@dataclass(frozen=True, slots=True)
class OrganiserHandlers:
    desk: Desk

    async def typed(self, typed: Typed, rest: str) -> Message:
        match parse(rest):
            case ListOrganisers():
                listed = await self.desk.db.write(usecases.list_, typed.sender)
                return view.listed(self.desk.words(listed.reader), listed.outcome)
            case ChangeOrganisers() as asked:
                return await self._change(typed, asked)
            case _ as never:
                assert_never(never)

    async def _change(self, typed: Typed, asked: ChangeOrganisers) -> Message:
        may_organise(await self.desk.known(typed.sender))
        await self.desk.known_to(typed.sender, asked.users)
        answer = await self.desk.db.write(
            usecases.change, typed.sender, asked.users, organise=asked.organise, now=self.desk.clock()
        )
        return view.changed(self.desk.words(answer.reader), answer.outcome)
