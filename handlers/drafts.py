"""Buttons that stand for a whole command text: pressing one is typing it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from bot.domain.ids import DraftId
from bot.domain.refusals import Refusal
from bot.usecases import drafts as usecases
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Typed


@dataclass(frozen=True, slots=True)
class DraftHandlers:
    """`typed` are the handlers of the commands, by name."""

    desk: Desk
    typed: Mapping[str, Callable[[Typed], Awaitable[Message]]]

    async def use(self, click: Click) -> Message:
        """Carry out the draft as if typed, once however often it is pressed."""
        draft = await self.desk.db.write(usecases.chosen, click.sender, DraftId(click.value), now=self.desk.clock())
        sender = replace(click.sender, channel=draft.channel)
        typed = Typed(sender, draft.text, f"draft:{draft.id}", draft.insisted)
        try:
            return await self.typed[draft.command](typed)
        except Refusal as refusal:
            return await self.desk.refused(refusal, sender, draft.command)
