"""`/signup` in a capacity, and for somebody else."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import UserId
from bot.domain.members import Sender, may_organise
from bot.domain.representations import Person, WithoutAccount
from bot.domain.signup_grammar import CancelFor, TakeSeatAs
from bot.usecases import capacities, proxy_seats
from bot.view import claims as claims_view
from bot.view import proxy_seats as view
from bot.view.message import Message
from handlers.desk import Desk


@dataclass(frozen=True, slots=True)
class ProxySeatHandlers:
    desk: Desk

    async def take(self, sender: Sender, asked: TakeSeatAs) -> Message:
        now = self.desk.clock()
        if asked.person is None:
            own = await self.desk.db.write(capacities.sign_up, sender, asked, now=now)
            self.desk.changed(own.reader.workspace.id)
            return claims_view.seated(self.desk.words(own.reader), own.reader, own.outcome, now)
        await self._known(sender, asked.person)
        answer = await self.desk.db.write(proxy_seats.sign_up, sender, asked, asked.person, now=now)
        self.desk.changed(answer.reader.workspace.id)
        return view.seated(self.desk.words(answer.reader), answer.outcome, now)

    async def give_back(self, sender: Sender, asked: CancelFor) -> Message:
        await self._known(sender, asked.person)
        answer = await self.desk.db.write(proxy_seats.give_back, sender, asked, now=self.desk.clock())
        self.desk.changed(answer.reader.workspace.id)
        return view.given_back(self.desk.words(answer.reader), answer.outcome)

    async def _known(self, sender: Sender, person: Person) -> None:
        """Only organisers act for others; then Slack is asked who it is about."""
        may_organise(await self.desk.known(sender))
        if not isinstance(person, WithoutAccount):
            await self.desk.known_to(sender, [UserId(person)])
