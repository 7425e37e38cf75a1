"""The form that moves a webinar's sessions."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import move_entries, partial_moves
from bot.domain.ids import DraftId
from bot.domain.members import Answer
from bot.domain.move_entries import MoveEntry, NewTimes, place
from bot.domain.partial_moves import FilledMove, PartialMove
from bot.domain.refusals import Refusal
from bot.domain.webinar_entries import DATE, END, START
from bot.domain.webinars import Webinar
from bot.usecases import webinar_changes
from bot.view import changes, forms
from bot.view import webinar_forms as view
from bot.view.forms import Errors, Form
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Submitted, Typed


@dataclass(frozen=True, slots=True)
class WebinarMoves:
    desk: Desk

    async def open(self, typed: Typed) -> None:
        """The form for `move W1`, with what could be read of what else was typed."""
        said = self._said(typed)
        answer = await self._webinar(typed, said.number)
        now = self.desk.clock()
        filled = partial_moves.fill(answer.outcome, answer.reader, said, now)
        draft = await self.desk.kept(typed)
        form = view.move(self.desk.words(answer.reader), answer.outcome, filled, draft, now)
        await self.desk.forms.open(typed.trigger, form.content())

    async def move(self, submitted: Submitted) -> Message | Errors | Form:
        """Move what was changed, all of it or nothing; a form that has become old is shown anew."""
        typed = await self.desk.filled_in(submitted, "webinar")
        answer = await self._webinar(typed, self._said(typed).number)
        entries = _entries(submitted, answer.outcome)
        if not entries:
            return self._anew(answer, submitted.draft)
        moved = move_entries.read(entries, answer.outcome, self.desk.clock())
        if not isinstance(moved, NewTimes):
            return forms.beside(self.desk.words(answer.reader), moved)
        try:
            return await self._moved(typed, answer.outcome, moved)
        except Refusal as refusal:
            if refusal.key == "changed-meanwhile":
                return self._anew(await self._webinar(typed, answer.outcome.number), submitted.draft)
            beside = move_entries.place_of(refusal, entries, answer.outcome.revision)
            return forms.beside(self.desk.words(answer.reader), {beside: refusal})

    async def _moved(self, typed: Typed, webinar: Webinar, new: NewTimes) -> Message:
        answer = await self.desk.db.write(
            webinar_changes.move_to,
            typed.sender,
            webinar.number,
            new.of,
            revision=webinar.revision,
            now=self.desk.clock(),
        )
        self.desk.changed(answer.reader.workspace.id)
        return changes.done(self.desk.words(answer.reader), answer.outcome)

    async def _webinar(self, typed: Typed, number: int) -> Answer[Webinar]:
        await self.desk.known(typed.sender)
        return await self.desk.db.write(webinar_changes.to_move, typed.sender, number, now=self.desk.clock())

    def _said(self, typed: Typed) -> PartialMove:
        return partial_moves.read(typed.text, self.desk.clock().date())

    def _anew(self, answer: Answer[Webinar], draft: DraftId) -> Form:
        """With the times as they are by now: nothing that somebody else has changed is overwritten unseen."""
        words = self.desk.words(answer.reader)
        note = words.md("form-move-meanwhile")
        return view.move(words, answer.outcome, FilledMove(), draft, self.desk.clock(), note)


def _entries(submitted: Submitted, webinar: Webinar) -> list[MoveEntry]:
    """Of the sessions that the form was opened for; none if the webinar has changed since."""
    names = [
        (each, [place(part, each.id, webinar.revision) for part in (DATE, START, END)]) for each in webinar.sessions
    ]
    return [
        MoveEntry(each, *(submitted.text(name) for name in inputs))
        for each, inputs in names
        if all(name in submitted.filled for name in inputs)
    ]
