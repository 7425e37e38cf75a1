"""What every handler needs, and what they all do alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.deliveries import shard_of
from bot.domain.ids import WorkspaceId
from bot.domain.members import Member, Sender, Standing
from bot.domain.refusals import Refusal
from bot.ports import Clock, Database, Directory, Work
from bot.usecases import drafts, members
from bot.view import refusals
from bot.view.message import Message
from bot.view.texts import Texts, Words
from handlers.background import Background
from handlers.incoming import Typed


@dataclass(frozen=True, slots=True)
class Desk:
    """`team` is the workspace in which the app is installed."""

    db: Database
    clock: Clock
    texts: Texts
    directory: Directory
    work: Work
    background: Background
    team: str

    def words(self, reader: Member | None = None) -> Words:
        return self.texts.of(None if reader is None else reader.locale)

    async def known(self, sender: Sender) -> Member:
        """The sender with their standing, asked of Slack where it isn't known yet.

        Raises:
            Refusal("slack-silent")
        """
        member = await self.db.write(members.meet, sender)
        if member.standing is not Standing.UNKNOWN:
            return member
        profile = await self.directory.profile(sender.user)
        if profile is None:
            raise Refusal("slack-silent")
        await self.db.write(members.remember, self.team, [profile], now=self.clock())
        return await self.db.write(members.meet, sender)

    def changed(self, workspace: WorkspaceId) -> None:
        """Something was written: have what it owes sent now rather than at the next tick."""
        self.work.submit((shard_of(workspace),))
        self.work.redraw()

    async def refused(self, refusal: Refusal, sender: Sender, command: str = "") -> Message:
        """A refusal in words, with what would be understood as buttons."""
        texts = refusal.facts.get("readings", ())
        if not isinstance(texts, tuple) or not texts or not command:
            return refusals.refused(self.words(), refusal)
        ids = await self.db.write(drafts.offer, sender, command, texts, insisted=False, now=self.clock())
        return refusals.refused(self.words(), refusal, list(zip(ids, texts, strict=True)))

    async def again(self, command: str, typed: Typed) -> Sequence[int]:
        """A draft by which the sender may say that they mean the same words again."""
        return await self.db.write(drafts.offer, typed.sender, command, (typed.text,), insisted=True, now=self.clock())
