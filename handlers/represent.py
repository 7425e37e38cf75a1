"""`/consult represent`: typed, by its form and by the buttons of its answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.domain import consult_grammar
from bot.domain import represent_entries as entries
from bot.domain.consult_grammar import Topic
from bot.domain.forms import form_of
from bot.domain.ids import RepresentativeId, UserId
from bot.domain.import_grammar import asks_to_import
from bot.domain.members import may_organise
from bot.domain.refusals import Refusal
from bot.domain.represent_entries import RepresentEntry
from bot.domain.represent_grammar import ImportFile, OpenForm, RemoveRepresentation, Represent, parse
from bot.usecases import representatives as usecases
from bot.usecases import terms
from bot.view import forms
from bot.view import represent_forms as form_view
from bot.view import representatives as view
from bot.view.forms import Errors
from bot.view.message import Message
from handlers.desk import Desk
from handlers.imports import Imports
from handlers.incoming import Click, Submitted, Typed


@dataclass(frozen=True, slots=True)
class RepresentHandlers:
    desk: Desk

    async def typed(self, typed: Typed, rest: str) -> Message | None:
        may_organise(await self.desk.known(typed.sender))
        match parse(rest, self.desk.clock().date()):
            case OpenForm():
                await self.open(typed)
                return None
            case ImportFile():
                await Imports(self.desk).open(typed)
                return None
            case Represent() as asked:
                await self.desk.known_to(typed.sender, asked.whom.users)
                return await self._represent(typed, asked)
            case RemoveRepresentation() as asked:
                await self.desk.known_to(typed.sender, asked.whom.users)
                removed = await self.desk.db.write(terms.remove, typed.sender, asked, now=self.desk.clock())
                return view.removed(self.desk.words(removed.reader), removed.outcome)
            case _ as never:
                assert_never(never)

    async def open(self, typed: Typed) -> None:
        """The form, with what could be read of what was typed; or the one that takes a file."""
        if form_of(typed.command, typed.text) is None:
            raise Refusal("draft-gone")
        said = consult_grammar.parse(typed.text)
        if isinstance(said, Topic) and asks_to_import(said.rest):
            await Imports(self.desk).open(typed)
            return
        await self.desk.known(typed.sender)
        answer = await self.desk.db.write(usecases.register, typed.sender)
        filled = entries.fill(typed.text, answer.outcome, self.desk.clock().date())
        draft = await self.desk.kept(typed)
        form = form_view.form(self.desk.words(answer.reader), filled, answer.outcome, draft)
        await self.desk.forms.open(typed.trigger, form.content())

    async def submit(self, submitted: Submitted) -> Message | Errors:
        typed = await self.desk.filled_in(submitted, "consult")
        await self.desk.known(typed.sender)
        answer = await self.desk.db.write(usecases.register, typed.sender)
        words, entry = self.desk.words(answer.reader), _entry(submitted)
        these = entries.read(entry, answer.outcome)
        if not isinstance(these, tuple):
            return forms.beside(words, these)
        try:
            await self.desk.known_to(typed.sender, map(UserId, entry.people))
            named = await self.desk.db.write(usecases.name, typed.sender, these, now=self.desk.clock())
        except Refusal as refusal:
            return forms.beside(words, {entries.place_of(refusal): refusal})
        self.desk.changed(named.reader.workspace.id)
        return view.named(words, named.outcome)

    async def remove(self, click: Click) -> Message:
        await self.desk.known(click.sender)
        one = RepresentativeId(click.value)
        answer = await self.desk.db.write(terms.remove_one, click.sender, one, now=self.desk.clock())
        return view.removed(self.desk.words(answer.reader), answer.outcome)

    async def end(self, click: Click) -> Message:
        """End the term of somebody the day before that of another begins."""
        await self.desk.known(click.sender)
        old, new = RepresentativeId(click.about), RepresentativeId(click.value)
        answer = await self.desk.db.write(terms.end_before, click.sender, old, new, now=self.desk.clock())
        return view.ended(self.desk.words(answer.reader), answer.outcome)

    async def _represent(self, typed: Typed, asked: Represent) -> Message:
        answer = await self.desk.db.write(usecases.represent, typed.sender, asked, now=self.desk.clock())
        self.desk.changed(answer.reader.workspace.id)
        return view.named(self.desk.words(answer.reader), answer.outcome)


def _entry(submitted: Submitted) -> RepresentEntry:
    return RepresentEntry(
        people=submitted.filled.get(entries.PEOPLE, ()),
        name=submitted.text(entries.NAME),
        how=submitted.text(entries.HOW),
        mechanism=submitted.text(entries.MECHANISM),
        role=submitted.text(entries.ROLE),
        since=submitted.text(entries.SINCE),
        until=submitted.text(entries.UNTIL),
    )
