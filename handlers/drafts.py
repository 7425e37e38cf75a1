"""Buttons that stand for a whole command text: pressing one is typing it, or opens the form filled with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.domain.ids import DraftId
from bot.domain.refusals import Refusal
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Typed

OnTyped = Callable[[Typed], Awaitable[Message | None]]


@dataclass(frozen=True, slots=True)
class DraftHandlers:
    """`typed` are the handlers of the commands, by name, and `forms` what opens their forms."""

    desk: Desk
    typed: Mapping[str, OnTyped]
    forms: Mapping[str, OnTyped]

    async def use(self, click: Click) -> Message | None:
        """Carry out the draft as if typed, once however often it is pressed."""
        return await self._carry_out(click, self.typed)

    async def fill_in(self, click: Click) -> Message | None:
        """Open the form, filled with what was understood of the draft."""
        return await self._carry_out(click, self.forms)

    async def _carry_out(self, click: Click, handlers: Mapping[str, OnTyped]) -> Message | None:
        typed = await self.desk.typed(click.sender, DraftId(click.value), trigger=click.trigger)
        handle = handlers.get(typed.command)
        if handle is None:  # a command without a form, or no command's text
            raise Refusal("draft-gone")
        try:
            return await handle(typed)
        except Refusal as refusal:
            return await self.desk.refused(refusal, typed)
