"""The form that changes a poll which stands."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import OptionId
from bot.domain.poll_commands import PollVerb, read_command
from bot.domain.poll_edits import MORE, OPTION, QUESTION, PollEdit, PollEdited
from bot.domain.refusals import Refusal
from bot.usecases import poll_edits as usecases
from bot.view import forms
from bot.view import poll_edits as view
from bot.view.forms import Errors
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Submitted, Typed


@dataclass(frozen=True, slots=True)
class PollEdits:
    desk: Desk

    async def open(self, typed: Typed, number: int) -> None:
        """The form for `edit P7`."""
        answer = await self.desk.db.write(usecases.to_edit, typed.sender, number, now=self.desk.clock())
        form = view.form(self.desk.words(answer.reader), answer.outcome, await self.desk.kept(typed))
        await self.desk.forms.open(typed.trigger, form.content())

    async def save(self, submitted: Submitted) -> Message | Errors:
        typed = await self.desk.filled_in(submitted, "poll")
        number = _number(typed)
        await self.desk.known(typed.sender)
        answer = await self.desk.db.write(usecases.edit, typed.sender, number, _edit(submitted), now=self.desk.clock())
        words = self.desk.words(answer.reader)
        if not isinstance(answer.outcome, PollEdited):
            return forms.beside(words, answer.outcome)
        self.desk.changed(answer.reader.workspace.id)
        return view.edited(words, answer.outcome)


def _number(typed: Typed) -> int:
    """Refusal("draft-gone"): it is something else than `edit P7`."""
    match read_command(typed.text):
        case PollVerb("edit", number):
            return number
        case _:
            raise Refusal("draft-gone")


def _edit(submitted: Submitted) -> PollEdit:
    ids = {name: name.removeprefix(OPTION) for name in submitted.filled if name.startswith(OPTION)}
    options = {OptionId(int(each)): submitted.text(name) for name, each in ids.items() if each.isdecimal()}
    return PollEdit(submitted.text(QUESTION), options, submitted.text(MORE))
