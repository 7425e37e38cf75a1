"""Events: what Slack tells of changes in people."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import UserId
from bot.usecases import members
from handlers.desk import Desk


@dataclass(frozen=True, slots=True)
class EventHandlers:
    desk: Desk

    async def user_change(self, user: UserId) -> None:
        """Zone, language or standing of a person may have changed: read them again in the background."""
        await self.desk.db.write(members.forget_profile, self.desk.team, user)
