"""`/webinar`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.domain import invitation_grammar
from bot.domain.ids import ChannelId
from bot.domain.members import may_organise
from bot.domain.webinar_changes import (
    CancelWebinar,
    MoveWebinar,
    OpenMoveForm,
    ReopenWebinar,
    ShowReminders,
)
from bot.domain.webinar_grammar import Help, ListWebinars, OpenForm, ShowWebinar, WebinarVerb, parse
from bot.domain.webinar_plans import NewWebinar
from bot.domain.webinars import WebinarMade, WebinarSameAgain
from bot.usecases import calendars, troubles, webinar_changes
from bot.usecases import webinars as usecases
from bot.view import changes, refusals, signups
from bot.view import troubles as troubles_view
from bot.view import webinars as view
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Typed
from handlers.invitations import InvitationHandlers
from handlers.webinar_forms import WebinarForms


@dataclass(frozen=True, slots=True)
class WebinarHandlers:
    desk: Desk

    async def typed(self, typed: Typed) -> Message | None:
        match parse(typed.text, self.desk.clock().date()):
            case OpenForm():
                return await self._form(typed)
            case Help(reason, word):
                return refusals.guide(self.desk.words(), "help-webinar", reason, word)
            case ListWebinars():
                answer = await self.desk.db.write(usecases.list_upcoming, typed.sender, now=self.desk.clock())
                return view.listed(self.desk.words(answer.reader), answer.outcome)
            case ShowWebinar(number):
                shown = await self.desk.db.write(usecases.show, typed.sender, number)
                return view.shown(self.desk.words(shown.reader), shown.reader, shown.outcome, self.desk.clock())
            case WebinarVerb() | OpenMoveForm() as asked:
                return await self._verb(typed, asked)
            case MoveWebinar() | CancelWebinar() | ReopenWebinar() as asked:
                return await self._change(typed, asked)
            case ShowReminders(number):
                return await self._reminders(typed, number)
            case NewWebinar() as new:
                return await self._create(typed, new)
            case _ as never:
                assert_never(never)

    async def _verb(self, typed: Typed, asked: WebinarVerb | OpenMoveForm) -> Message | None:
        match asked:
            case WebinarVerb("edit") | OpenMoveForm():
                await WebinarForms(self.desk).open(typed)
                return None
            case WebinarVerb("calendar", number):
                return await self._calendar(typed, number)
            case WebinarVerb(verb) if verb in invitation_grammar.VERBS:
                return await InvitationHandlers(self.desk).typed(typed, asked)
            case WebinarVerb(verb):
                return refusals.guide(self.desk.words(), "help-webinar", "verb-unbuilt", verb)

    async def _change(self, typed: Typed, asked: MoveWebinar | CancelWebinar | ReopenWebinar) -> Message:
        await self.desk.known(typed.sender)
        answer = await self.desk.db.write(webinar_changes.carry_out, typed.sender, asked, now=self.desk.clock())
        self.desk.changed(answer.reader.workspace.id)
        return changes.done(self.desk.words(answer.reader), answer.outcome)

    async def _reminders(self, typed: Typed, number: int) -> Message:
        await self.desk.known(typed.sender)
        answer = await self.desk.db.write(troubles.of_webinar, typed.sender, number)
        return troubles_view.reminders(self.desk.words(answer.reader), answer.outcome)

    async def _calendar(self, typed: Typed, number: int) -> Message:
        answer = await self.desk.db.write(calendars.ask, typed.sender, number, now=self.desk.clock())
        self.desk.changed(answer.reader.workspace.id)
        return signups.calendar(self.desk.words(answer.reader), answer.reader, answer.outcome, self.desk.clock())

    async def _form(self, typed: Typed) -> Message | None:
        """The form for organisers; for others the help, since it says what they may do."""
        member = await self.desk.known(typed.sender)
        if not member.is_organiser:
            return refusals.guide(self.desk.words(member), "help-webinar")
        await WebinarForms(self.desk).open(typed)
        return None

    async def _create(self, typed: Typed, new: NewWebinar) -> Message:
        may_organise(await self.desk.known(typed.sender))
        channel = ChannelId(new.channel) if new.channel else typed.sender.channel
        private = await self.desk.directory.enter(channel)
        answer = await self.desk.db.write(
            usecases.create,
            typed.sender,
            new,
            cause=typed.cause,
            insisted=typed.insisted,
            private=private,
            now=self.desk.clock(),
        )
        words = self.desk.words(answer.reader)
        match answer.outcome:
            case WebinarMade():
                self.desk.changed(answer.reader.workspace.id)
                return view.made(words, answer.reader, answer.outcome, self.desk.clock())
            case WebinarSameAgain():
                draft = await self.desk.again(typed)
                return view.same_again(words, answer.outcome, draft)
            case _ as never:
                assert_never(never)
