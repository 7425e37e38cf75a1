"""`/consult audit`."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.audit_grammar import next_page, parse
from bot.domain.audit_pages import AuditPage, zone_of
from bot.domain.ids import DraftId
from bot.domain.members import may_organise
from bot.usecases import audit_pages, drafts
from bot.view import audit as view
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Typed


@dataclass(frozen=True, slots=True)
class AuditHandlers:
    desk: Desk

    async def typed(self, typed: Typed, rest: str) -> Message:
        """What may be a long search takes a snapshot, and so holds up nobody's sign-up."""
        organiser = await self.desk.known(typed.sender)
        may_organise(organiser)
        asked = parse(rest, self.desk.clock().astimezone(zone_of(organiser)).date())
        answer = await self.desk.db.read(audit_pages.show, typed.sender, asked)
        words, page = self.desk.words(answer.reader), answer.outcome
        acts = view.rows(words, answer.reader, page)
        return view.shown(words, page, acts, await self._older(typed, page, len(acts)))

    async def _older(self, typed: Typed, page: AuditPage, shown: int) -> DraftId | None:
        """The draft of the command for what doesn't stand in this message."""
        if page.older + len(page.acts) == shown:
            return None
        text = next_page(page.asked, page.acts[shown - 1].id)
        (draft,) = await self.desk.db.write(
            drafts.offer, typed.sender, typed.command, (text,), insisted=False, now=self.desk.clock()
        )
        return draft
