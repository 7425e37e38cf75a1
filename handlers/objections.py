"""Objecting to a silence procedure: asked for the reason, then sent in."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import MechanismId, PollId
from bot.domain.members import Answer
from bot.domain.objections import ReasonAsked
from bot.domain.poll_entries import said
from bot.domain.refusals import Refusal
from bot.usecases import objections as usecases
from bot.view import forms
from bot.view import objections as view
from bot.view.forms import Errors
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Submitted


@dataclass(frozen=True, slots=True)
class Objections:
    desk: Desk

    async def ask(self, click: Click, answer: Answer[ReasonAsked]) -> None:
        form = view.form(self.desk.words(answer.reader), answer.outcome)
        await self.desk.forms.open(click.trigger, form.content())

    async def send(self, submitted: Submitted) -> Message | Errors:
        """What another reason would not mend takes the place of the form."""
        poll, reason, now = PollId(submitted.draft), said(submitted.text(view.REASON)), self.desk.clock()
        try:
            answer = await self.desk.db.write(
                usecases.object_to, submitted.sender, poll, reason, now=now, mechanism=_mechanism(submitted)
            )
        except Refusal as refusal:
            if refusal.key == "reason-too-long":
                return forms.beside(self.desk.words(), {view.REASON: refusal})
            return await self.desk.refused(refusal)
        self.desk.changed(answer.reader.workspace.id)
        return view.objected(self.desk.words(answer.reader), answer.outcome)


def _mechanism(submitted: Submitted) -> MechanismId | None:
    """For which it is, where that was asked."""
    chosen = submitted.id(view.MECHANISM)
    return None if chosen is None else MechanismId(chosen)
