"""`/consult`, and what organisers decide about deliveries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import assert_never

from bot.domain.consult_grammar import Help, ShowDeliveries, Topic, parse
from bot.domain.ids import DeliveryId
from bot.usecases import troubles as usecases
from bot.view import refusals
from bot.view import troubles as view
from bot.view.message import Message
from handlers.audit import AuditHandlers
from handlers.claims import ClaimHandlers
from handlers.desk import Desk
from handlers.incoming import Click, Typed
from handlers.mechanisms import MechanismHandlers
from handlers.organisers import OrganiserHandlers
from handlers.represent import RepresentHandlers


@dataclass(frozen=True, slots=True)
class ConsultHandlers:
    desk: Desk

    async def typed(self, typed: Typed) -> Message | None:
        match parse(typed.text):
            case Help(reason, word):
                return refusals.guide(self.desk.words(), "help-consult", reason, word)
            case ShowDeliveries():
                return await self._deliveries(typed)
            case Topic(name, rest):
                return await self._topics()[name](typed, rest)
            case _ as never:
                assert_never(never)

    def _topics(self) -> Mapping[str, Callable[[Typed, str], Awaitable[Message | None]]]:
        return {
            "audit": AuditHandlers(self.desk).typed,
            "mechanisms": MechanismHandlers(self.desk).typed,
            "claims": ClaimHandlers(self.desk).typed,
            "organisers": OrganiserHandlers(self.desk).typed,
            "represent": RepresentHandlers(self.desk).typed,
        }

    async def send_again(self, click: Click) -> Message:
        return await self._decide(click, again=True)

    async def let_be(self, click: Click) -> Message:
        return await self._decide(click, again=False)

    async def _deliveries(self, typed: Typed) -> Message:
        await self.desk.known(typed.sender)
        answer = await self.desk.db.write(usecases.show, typed.sender, now=self.desk.clock())
        return view.deliveries(self.desk.words(answer.reader), answer.reader, answer.outcome)

    async def _decide(self, click: Click, *, again: bool) -> Message:
        await self.desk.known(click.sender)
        delivery, now = DeliveryId(click.value), self.desk.clock()
        answer = await self.desk.db.write(usecases.decide, click.sender, delivery, again=again, now=now)
        self.desk.changed(answer.reader.workspace.id)
        return view.decided(self.desk.words(answer.reader), answer.outcome)
