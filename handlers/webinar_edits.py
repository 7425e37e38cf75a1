"""The form that changes a webinar which stands."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import webinar_entries
from bot.domain.refusals import Refusal
from bot.domain.webinar_entries import WebinarEdit
from bot.domain.webinar_grammar import WebinarVerb, edit_text, parse
from bot.usecases import webinars as usecases
from bot.view import forms, webinars
from bot.view import webinar_forms as view
from bot.view.forms import Errors
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Submitted, Typed


@dataclass(frozen=True, slots=True)
class WebinarEdits:
    desk: Desk

    async def press(self, click: Click) -> Message | None:
        """*Edit* beside a webinar: as if `edit W1` were typed."""
        typed = Typed(click.sender, "webinar", edit_text(click.value), click.clicked, trigger=click.trigger)
        try:
            await self.open(typed)
        except Refusal as refusal:
            return await self.desk.refused(refusal, typed)
        return None

    async def open(self, typed: Typed) -> None:
        """The form for `edit W1`. What else was typed is refused at first, and named in the form after that."""
        await self.desk.known(typed.sender)
        verb = self._verb(typed)
        if verb.rest and typed.draft is None:
            raise Refusal("webinar-unreadable", part=verb.rest)
        answer = await self.desk.db.write(usecases.to_edit, typed.sender, verb.number)
        draft, rest = await self.desk.kept(typed), (verb.rest,) if verb.rest else ()
        form = view.edit(self.desk.words(answer.reader), answer.reader, answer.outcome, draft, rest)
        await self.desk.forms.open(typed.trigger, form.content())

    async def save(self, submitted: Submitted) -> Message | Errors:
        typed = await self.desk.filled_in(submitted, "webinar")
        names = (webinar_entries.TITLE, webinar_entries.SEATS, webinar_entries.LINK, webinar_entries.LEADS)
        change = webinar_entries.read_change(*(submitted.text(name) for name in names))
        if not isinstance(change, WebinarEdit):
            return forms.beside(self.desk.words(), change)
        await self.desk.known(typed.sender)
        try:
            answer = await self.desk.db.write(
                usecases.edit, typed.sender, self._verb(typed).number, change, now=self.desk.clock()
            )
        except Refusal as refusal:
            return forms.beside(self.desk.words(), {_place(refusal): refusal})
        self.desk.changed(answer.reader.workspace.id)
        return webinars.edited(self.desk.words(answer.reader), answer.reader, answer.outcome, self.desk.clock())

    def _verb(self, typed: Typed) -> WebinarVerb:
        """`edit W1`.

        Raises:
            Refusal("draft-gone"): it is something else.
        """
        match parse(typed.text, self.desk.clock().date()):
            case WebinarVerb("edit") as verb:
                return verb
            case _:
                raise Refusal("draft-gone")


def _place(refusal: Refusal) -> str:
    return webinar_entries.SEATS if refusal.key.startswith("seats-") else webinar_entries.TITLE
