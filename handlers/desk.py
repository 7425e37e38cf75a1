"""What every handler needs, and what they all do alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.deliveries import shard_of
from bot.domain.forms import mending
from bot.domain.ids import DraftId, UserId, WorkspaceId
from bot.domain.import_rows import Acquaintance
from bot.domain.members import UNSURE, Member, Sender
from bot.domain.refusals import Refusal
from bot.ports import Clock, Database, Directory, Forms, Intake, Work
from bot.usecases import drafts, members
from bot.view import refusals
from bot.view.message import Message
from bot.view.texts import Texts, Words
from handlers.acquaintances import NAMED_BY_HAND, Acquaintances
from handlers.background import Background
from handlers.incoming import Click, Submitted, Typed

ASKED_WITHIN_S = 2.0
"""How long Slack is asked about people who are named: whoever names them has an answer within 3 s."""


@dataclass(frozen=True, slots=True)
class Desk:
    """`team` is the workspace in which the app is installed."""

    db: Database
    clock: Clock
    texts: Texts
    directory: Directory
    forms: Forms
    intake: Intake
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
        if member.standing not in UNSURE:
            return member
        profile = await self.directory.profile(sender.user)
        if profile is None:
            raise Refusal("slack-silent")
        await self.db.write(members.remember, self.team, [profile], now=self.clock())
        return await self.db.write(members.meet, sender)

    async def known_to(self, sender: Sender, users: Iterable[UserId]) -> None:
        """Have Slack asked about people whom the sender names, side by side, where they aren't known yet.

        Raises:
            Refusal("slack-silent"): it did not tell of all of them in time.
        """
        named = tuple(dict.fromkeys(users))
        if named and len(await self.acquaintances(sender, NAMED_BY_HAND).of(named, ASKED_WITHIN_S)) < len(named):
            raise Refusal("slack-silent")

    def acquaintances(self, sender: Sender, kept: frozenset[Acquaintance]) -> Acquaintances:
        return Acquaintances(self.db, self.clock, self.directory, self.background, sender, kept)

    def changed(self, workspace: WorkspaceId) -> None:
        """Something was written: have what it owes sent now rather than at the next tick."""
        self.work.submit((shard_of(workspace),))
        self.work.redraw()

    async def refused(self, refusal: Refusal, typed: Typed | None = None) -> Message:
        """A refusal in words; of a command with what would be understood as buttons, and with its form."""
        if typed is None:
            return refusals.refused(self.words(), refusal)
        readings = refusal.facts.get("readings", ())
        texts = readings if isinstance(readings, tuple) else ()
        form = (typed.text,) if mending(typed.command, typed.text, refusal) else ()
        if not texts and not form:
            return refusals.refused(self.words(), refusal)
        ids = await self._offer(typed, (*texts, *form))
        offered = list(zip(ids[: len(texts)], texts, strict=True))
        return refusals.refused(self.words(), refusal, offered, ids[-1] if form else None)

    async def again(self, typed: Typed) -> DraftId:
        """A draft by which the sender may say that they mean the same words again."""
        (draft,) = await self.db.write(
            drafts.offer, typed.sender, typed.command, (typed.text,), insisted=True, now=self.clock()
        )
        return draft

    async def kept(self, typed: Typed) -> DraftId:
        """The draft that keeps what was typed: a form is about it, and knows nothing else."""
        if typed.draft is not None:
            return typed.draft
        (draft,) = await self._offer(typed, (typed.text,))
        return draft

    async def typed(self, sender: Sender, draft: DraftId | None, cause: str = "", trigger: str = "") -> Typed:
        """A draft as if its sender typed it now, where they typed it.

        Raises:
            Refusal("draft-gone"): it is too old, or somebody else's.
        """
        if draft is None:
            raise Refusal("draft-gone")
        found = await self.db.write(drafts.chosen, sender, draft, now=self.clock())
        there = replace(sender, channel=found.channel)
        return Typed(there, found.command, found.text, cause or f"draft:{found.id}", found.insisted, trigger, found.id)

    async def filled_in(self, form: Submitted | Click, command: str) -> Typed:
        """What a form is about, or a press in it, as if typed: its channel, and the text that it was opened for.

        Raises:
            Refusal("draft-gone"): it is too old, somebody else's, or another command's.
        """
        typed = await self.typed(form.sender, form.draft)
        if typed.command != command:
            raise Refusal("draft-gone")
        return typed

    async def _offer(self, typed: Typed, texts: Sequence[str]) -> tuple[DraftId, ...]:
        return await self.db.write(drafts.offer, typed.sender, typed.command, texts, insisted=False, now=self.clock())
