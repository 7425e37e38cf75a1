"""*Add an option*, pressed and sent in."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.added_options import OF_TEXT
from bot.domain.ids import PollId
from bot.domain.poll_entries import said
from bot.domain.refusals import Refusal
from bot.usecases import added_options as usecases
from bot.view import added_options as view
from bot.view import forms
from bot.view.forms import Errors
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Submitted


@dataclass(frozen=True, slots=True)
class AddedOptions:
    desk: Desk

    async def open(self, click: Click) -> None:
        answer = await self.desk.db.write(usecases.may_add, click.sender, PollId(click.value), now=self.desk.clock())
        form = view.form(self.desk.words(answer.reader), answer.outcome)
        await self.desk.forms.open(click.trigger, form.content())

    async def add(self, submitted: Submitted) -> Message | Errors:
        """What can't be mended by another text takes the place of the form."""
        poll, text, now = PollId(submitted.draft), said(submitted.text(view.OPTION)), self.desk.clock()
        try:
            answer = await self.desk.db.write(usecases.add, submitted.sender, poll, text, now=now)
        except Refusal as refusal:
            if refusal.key in OF_TEXT:
                return forms.beside(self.desk.words(), {view.OPTION: refusal})
            return await self.desk.refused(refusal)
        self.desk.changed(answer.reader.workspace.id)
        return view.added(self.desk.words(answer.reader), answer.outcome)
