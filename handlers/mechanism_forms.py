"""The form of a mechanism, and what is sent in by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain import consult_grammar
from bot.domain import mechanism_entries as entries
from bot.domain import mechanism_grammar as grammar
from bot.domain.ids import DraftId, MechanismId
from bot.domain.mechanism_entries import MechanismEntry, MechanismRead
from bot.domain.mechanism_grammar import AddMechanism, MechanismCommand, MechanismVerb
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Answer, Member
from bot.domain.refusals import Refusal
from bot.domain.register import MechanismAdded, MechanismEdited
from bot.usecases import mechanisms as usecases
from bot.view import forms
from bot.view import mechanism_forms as view
from bot.view import mechanisms as shown
from bot.view.forms import Errors, Form
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Submitted, Typed

INPUTS = (entries.NAME, entries.ABBREVIATION, entries.ALIASES, entries.STATUS, entries.ZONE, *entries.TEXTS)


@dataclass(frozen=True, slots=True)
class MechanismForms:
    desk: Desk

    async def open_new(self, typed: Typed, organiser: Member, name: str, namesake: Mechanism | None) -> None:
        """An empty form, or one with a name. `namesake` is called as the verb is, and may have been meant."""
        draft = await self.desk.kept(typed)
        form = view.add(self.desk.words(organiser), name, draft, None if name else namesake)
        await self.desk.forms.open(typed.trigger, form.content())

    async def open(self, typed: Typed, which: str | MechanismId) -> None:
        """The form for `edit X`. Its draft names the mechanism by its code, which nothing changes."""
        await self.desk.known(typed.sender)
        answer = await self.desk.db.write(usecases.to_edit, typed.sender, which)
        about = replace(typed, text=grammar.edit_text(answer.outcome.facts.code), draft=None)
        form = view.edit(self.desk.words(answer.reader), answer.outcome, await self.desk.kept(about))
        await self.desk.forms.open(typed.trigger, form.content())

    async def press(self, click: Click) -> Message | None:
        """*Edit* beside a mechanism."""
        typed = Typed(click.sender, "consult", "", click.clicked, trigger=click.trigger)
        await self.open(typed, MechanismId(click.value))
        return None

    async def add(self, submitted: Submitted) -> Message | Errors:
        typed = await self.desk.filled_in(submitted, "consult")
        if not isinstance(_said(typed), AddMechanism):
            raise Refusal("draft-gone")
        organiser = await self.desk.known(typed.sender)
        read = entries.read(_entry(submitted, ""))
        if not isinstance(read, MechanismRead):
            return self._beside(organiser, read)
        answer = await self.desk.db.write(usecases.add, typed.sender, read, now=self.desk.clock())
        return self._settled(answer)

    async def save(self, submitted: Submitted) -> Message | Errors | Form:
        """Save what was changed; a form that has become old is shown anew, and nothing is stored."""
        typed = await self.desk.filled_in(submitted, "consult")
        before = await self._mechanism(typed)
        revision = entries.revision_of(before.outcome)
        if entries.place(entries.NAME, revision) not in submitted.filled:
            return self._anew(before, submitted.draft)
        read = entries.read(_entry(submitted, revision), before.outcome)
        if not isinstance(read, MechanismRead):
            return self._beside(before.reader, read, revision)
        try:
            answer = await self.desk.db.write(usecases.edit, typed.sender, read, revision, now=self.desk.clock())
        except Refusal as refusal:
            if refusal.key != "mechanism-changed-meanwhile":
                raise
            return self._anew(await self._mechanism(typed), submitted.draft)
        return self._settled(answer, revision)

    async def _mechanism(self, typed: Typed) -> Answer[Mechanism]:
        """Which one a form is about: Refusal("draft-gone") where it is about none."""
        match _said(typed):
            case MechanismVerb(grammar.EDIT, phrase):
                await self.desk.known(typed.sender)
                return await self.desk.db.write(usecases.to_edit, typed.sender, phrase)
            case _:
                raise Refusal("draft-gone")

    def _settled(
        self,
        answer: Answer[MechanismAdded | Mapping[str, Refusal]] | Answer[MechanismEdited | Mapping[str, Refusal]],
        revision: str = "",
    ) -> Message | Errors:
        outcome = answer.outcome
        if isinstance(outcome, MechanismAdded | MechanismEdited):
            return shown.done(self.desk.words(answer.reader), outcome)
        return self._beside(answer.reader, outcome, revision)

    def _beside(self, reader: Member, refused: Mapping[str, Refusal], revision: str = "") -> Errors:
        placed = {entries.place(name, revision): refusal for name, refusal in refused.items()}
        return forms.beside(self.desk.words(reader), placed)

    def _anew(self, answer: Answer[Mechanism], draft: DraftId) -> Form:
        """As it is by now: nothing that somebody else has changed is overwritten unseen."""
        words = self.desk.words(answer.reader)
        return view.edit(words, answer.outcome, draft, words.md("form-mechanism-meanwhile"))


def _said(typed: Typed) -> MechanismCommand | None:
    match consult_grammar.parse(typed.text):
        case consult_grammar.Topic("mechanisms", rest):
            return grammar.parse(rest)
        case _:
            return None


def _entry(submitted: Submitted, revision: str) -> MechanismEntry:
    return MechanismEntry({name: submitted.text(entries.place(name, revision)) for name in INPUTS})
