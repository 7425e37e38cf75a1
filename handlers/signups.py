"""`/signup`, and the buttons of a seat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.domain.ids import SessionId, WebinarId
from bot.domain.members import Answer, Sender
from bot.domain.signup_grammar import (
    Cancel,
    CancelFor,
    Help,
    PickSession,
    Reminders,
    Status,
    TakeSeat,
    TakeSeatAs,
    parse,
)
from bot.domain.signups import GivenBack, Moved, SignedUp
from bot.usecases import calendars
from bot.usecases import signups as usecases
from bot.usecases.reminders import switch
from bot.view import refusals, reminders
from bot.view import signups as view
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Typed
from handlers.proxy_seats import ProxySeatHandlers
from handlers.signup_forms import SignupForms


@dataclass(frozen=True, slots=True)
class SignupHandlers:
    desk: Desk

    async def typed(self, typed: Typed) -> Message | None:
        now, sender, db = self.desk.clock(), typed.sender, self.desk.db
        match parse(typed.text):
            case Help():
                return refusals.guide(self.desk.words(), "help-signup")
            case TakeSeat(number, phrase):
                return self._told(await db.write(usecases.sign_up, sender, number, phrase, now=now))
            case TakeSeatAs() as asked:
                return await ProxySeatHandlers(self.desk).take(sender, asked)
            case CancelFor() as asked:
                return await ProxySeatHandlers(self.desk).give_back(sender, asked)
            case PickSession(number):
                await SignupForms(self.desk).open(typed, number)
                return None
            case Status(number):
                return self._told(await db.write(usecases.status, sender, number, now=now))
            case Cancel(number):
                return self._told(await db.write(usecases.give_back, sender, number, now=now))
            case Reminders(wanted):
                return await self._switch_reminders(sender, on=wanted)
            case _ as never:
                assert_never(never)

    async def take(self, click: Click) -> Message:
        session = SessionId(click.value)
        return self._told(await self.desk.db.write(usecases.take_session, click.sender, session, now=self.desk.clock()))

    async def move(self, click: Click) -> Message:
        session = SessionId(click.value)
        return self._told(await self.desk.db.write(usecases.move_session, click.sender, session, now=self.desk.clock()))

    async def give_back(self, click: Click) -> Message:
        """From an answer or a reminder: the seat in that session."""
        session = SessionId(click.value)
        return self._told(
            await self.desk.db.write(usecases.give_back_session, click.sender, session, now=self.desk.clock())
        )

    async def leave(self, click: Click) -> Message:
        """From the channel's message: whichever seat the member holds in that webinar."""
        webinar = WebinarId(click.value)
        return self._told(await self.desk.db.write(usecases.leave, click.sender, webinar, now=self.desk.clock()))

    async def calendar(self, click: Click) -> Message:
        session = SessionId(click.value)
        answer = await self.desk.db.write(calendars.ask_by_button, click.sender, session, now=self.desk.clock())
        self.desk.changed(answer.reader.workspace.id)
        return view.calendar(self.desk.words(answer.reader), answer.reader, answer.outcome, self.desk.clock())

    async def reminders_off(self, click: Click) -> Message:
        return await self._switch_reminders(click.sender, on=False)

    async def reminders_on(self, click: Click) -> Message:
        return await self._switch_reminders(click.sender, on=True)

    async def _switch_reminders(self, sender: Sender, *, on: bool) -> Message:
        answer = await self.desk.db.write(switch, sender, on=on, now=self.desk.clock())
        return reminders.switched(self.desk.words(answer.reader), answer.reader, answer.outcome)

    def _told(self, answer: Answer[view.Told]) -> Message:
        if isinstance(answer.outcome, SignedUp | Moved | GivenBack):
            self.desk.work.redraw()
        return view.outcome(self.desk.words(answer.reader), answer.reader, answer.outcome, self.desk.clock())
