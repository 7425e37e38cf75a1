"""`/consult mechanisms`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.documents import register
from bot.domain import mechanism_grammar as grammar
from bot.domain.ids import MechanismId
from bot.domain.mechanism_grammar import (
    AddMechanism,
    Help,
    ListMechanisms,
    LoadRegister,
    MechanismChange,
    MechanismVerb,
    parse,
)
from bot.domain.members import may_organise
from bot.usecases import mechanisms as usecases
from bot.view import mechanisms as view
from bot.view import refusals
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Typed
from handlers.mechanism_forms import MechanismForms


@dataclass(frozen=True, slots=True)
class MechanismHandlers:
    desk: Desk

    async def typed(self, typed: Typed, rest: str) -> Message | None:
        match parse(rest):
            case Help():
                return refusals.guide(self.desk.words(), "help-mechanisms")
            case ListMechanisms() as asked:
                return await self._list(typed, asked)
            case LoadRegister():
                return await self._load(typed)
            case AddMechanism(name):
                return await self._add(typed, name)
            case MechanismVerb(grammar.SHOW, phrase):
                return await self._show(typed, phrase)
            case MechanismVerb(grammar.EDIT, phrase):
                await MechanismForms(self.desk).open(typed, phrase)
                return None
            case MechanismVerb(verb, phrase):
                return await self._retire(typed, phrase, retired=verb == grammar.RETIRE)
            case MechanismChange() as asked:
                return await self._change(typed, asked)
            case _ as never:
                assert_never(never)

    async def press_retire(self, click: Click) -> Message:
        return await self._retire(click, MechanismId(click.value), retired=True)

    async def press_restore(self, click: Click) -> Message:
        return await self._retire(click, MechanismId(click.value), retired=False)

    async def _list(self, typed: Typed, asked: ListMechanisms) -> Message:
        now = self.desk.clock()
        answer = await self.desk.db.write(usecases.list_, typed.sender, everything=asked.everything, now=now)
        return view.listed(self.desk.words(answer.reader), answer.outcome)

    async def _show(self, typed: Typed, phrase: str) -> Message:
        await self.desk.known(typed.sender)
        answer = await self.desk.db.write(usecases.show, typed.sender, phrase, now=self.desk.clock())
        return view.shown(self.desk.words(answer.reader), answer.reader, answer.outcome)

    async def _add(self, typed: Typed, name: str) -> Message | None:
        """The form. To somebody who may not add any, a bare `ADD` can only be the mechanism that is called so."""
        await self.desk.known(typed.sender)
        answer = await self.desk.db.write(usecases.namesake, typed.sender, grammar.ADD)
        if not name and answer.outcome is not None and not answer.reader.is_organiser:
            return await self._show(typed, grammar.ADD)
        may_organise(answer.reader)
        await MechanismForms(self.desk).open_new(typed, answer.reader, name, answer.outcome)
        return None

    async def _load(self, typed: Typed) -> Message:
        may_organise(await self.desk.known(typed.sender))
        answer = await self.desk.db.write(usecases.load, typed.sender, register.shipped(), now=self.desk.clock())
        return view.loaded(self.desk.words(answer.reader), answer.outcome)

    async def _retire(self, asked: Typed | Click, which: str | MechanismId, *, retired: bool) -> Message:
        await self.desk.known(asked.sender)
        answer = await self.desk.db.write(usecases.retire, asked.sender, which, retired=retired, now=self.desk.clock())
        return view.done(self.desk.words(answer.reader), answer.outcome)

    async def _change(self, typed: Typed, asked: MechanismChange) -> Message:
        await self.desk.known(typed.sender)
        change = usecases.add_alias if asked.verb == grammar.ALIAS else usecases.set_zone
        answer = await self.desk.db.write(change, typed.sender, asked.rest, now=self.desk.clock())
        return view.done(self.desk.words(answer.reader), answer.outcome)
