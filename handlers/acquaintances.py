"""Whom member ids belong to: asked of Slack side by side, as far as there is time."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from bot.domain.ids import UserId
from bot.domain.import_rows import Acquaintance
from bot.domain.members import Profile, Sender, Standing
from bot.ports import Clock, Database, Directory
from bot.usecases import imports
from handlers.background import Background

AT_ONCE = 8
OF_A_FILE = frozenset({Acquaintance.HERE, Acquaintance.BOT})
"""Who of a file is kept: nothing of an id that belongs to nobody, nor of somebody who has left."""

NAMED_BY_HAND = frozenset(Acquaintance)
"""Who is named by a mention is there, though Slack may show the bot nothing of them."""


@dataclass(slots=True)
class Acquaintances:
    """Those of one file or command, of whom `kept` is kept.

    Where Slack does not answer once, no more is asked: it may be that it has had enough.
    """

    db: Database
    clock: Clock
    directory: Directory
    background: Background
    sender: Sender
    kept: frozenset[Acquaintance]
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    is_silent: bool = False

    async def of(self, users: Collection[UserId], within_s: float) -> dict[UserId, Acquaintance]:
        """What is known by then; the rest goes on being asked, so that it is known when they are named again."""
        known = await self.db.read(imports.met, self.sender, users)
        asked = await self._ask([each for each in users if each not in known], within_s)
        return {user: _standing(each) for user, each in known.items()} | {each.user: _profile(each) for each in asked}

    async def _ask(self, users: Sequence[UserId], within_s: float) -> list[Profile]:
        if not users:
            return []
        asking = [asyncio.create_task(self._profile(each)) for each in users]
        done, late = await asyncio.wait(asking, timeout=max(within_s, 0))
        if late:
            self.background.start(self._go_on(late))
        return await self._remembered(done)

    async def _go_on(self, late: Collection[asyncio.Task[Profile | None]]) -> None:
        await asyncio.wait(late)
        await self._remembered(late)

    async def _remembered(self, told: Iterable[asyncio.Task[Profile | None]]) -> list[Profile]:
        profiles = [profile for each in told if (profile := each.result()) is not None]
        people = [each for each in profiles if _profile(each) in self.kept]
        await self.db.write(imports.acquaint, self.sender, people, now=self.clock())
        return profiles

    async def _profile(self, user: UserId) -> Profile | None:
        async with self.places:
            profile = None if self.is_silent else await self.directory.profile(user)
        self.is_silent = self.is_silent or profile is None
        return profile


def _standing(standing: Standing) -> Acquaintance:
    match standing:
        case Standing.BOT:
            return Acquaintance.BOT
        case Standing.LEFT:
            return Acquaintance.LEFT
        case _:
            return Acquaintance.HERE


def _profile(profile: Profile) -> Acquaintance:
    return Acquaintance.UNKNOWN if profile.is_unseen else _standing(profile.standing)
