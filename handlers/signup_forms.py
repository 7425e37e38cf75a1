"""The form of `/signup`."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import SessionId, WebinarId
from bot.domain.members import Answer
from bot.domain.refusals import Refusal
from bot.domain.signup_grammar import webinar_named
from bot.domain.signups import Full, SeatForm
from bot.usecases import signups as usecases
from bot.view import signup_forms as view
from bot.view import signups
from bot.view.forms import Errors, Form
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Submitted, Typed


@dataclass(frozen=True, slots=True)
class SignupForms:
    desk: Desk

    async def open(self, typed: Typed, number: int | None) -> None:
        """The form on W`number`, or on the webinar that is meant here."""
        await self._open(typed, await self.desk.db.write(usecases.form, typed.sender, number, now=self.desk.clock()))

    async def reopen(self, typed: Typed) -> None:
        """The form by the button of a refusal, with the webinar that was named if there is such a one."""
        named = webinar_named(typed.text)
        await self._open(
            typed, await self.desk.db.write(usecases.form_again, typed.sender, named, now=self.desk.clock())
        )

    async def choose_webinar(self, click: Click) -> None:
        """Another webinar was chosen in the form: show its sessions."""
        typed = await self.desk.filled_in(click, "signup")
        webinar = WebinarId(click.value)
        answer = await self.desk.db.write(usecases.form_on, typed.sender, webinar, now=self.desk.clock())
        await self.desk.forms.update(click.view, (await self._form(typed, answer)).content())

    async def submit(self, submitted: Submitted) -> Message | Form | Errors:
        typed = await self.desk.filled_in(submitted, "signup")
        place = view.session_place(tuple(submitted.filled))
        if place is None:
            return await self._sessions_of(typed, submitted)
        try:
            return await self._take(typed, place, submitted.id(place))
        except Refusal as refusal:
            return view.refused(self.desk.words(), place, refusal)

    async def _take(self, typed: Typed, place: str, session: int | None) -> Message | Errors:
        db, now = self.desk.db, self.desk.clock()
        if session is None:
            raise Refusal("session-missing")
        answer = await db.write(usecases.move_session, typed.sender, SessionId(session), now=now)
        words = self.desk.words(answer.reader)
        if isinstance(answer.outcome, Full):
            return view.full(words, place, answer.outcome)
        self.desk.changed(answer.reader.workspace.id)
        return signups.outcome(words, answer.reader, answer.outcome, now)

    async def _sessions_of(self, typed: Typed, submitted: Submitted) -> Form:
        """The webinar was sent in before its sessions were shown."""
        chosen = submitted.id("webinar")
        if chosen is None:
            raise Refusal("session-gone")
        answer = await self.desk.db.write(usecases.form_on, typed.sender, WebinarId(chosen), now=self.desk.clock())
        return await self._form(typed, answer)

    async def _open(self, typed: Typed, answer: Answer[SeatForm]) -> None:
        await self.desk.forms.open(typed.trigger, (await self._form(typed, answer)).content())

    async def _form(self, typed: Typed, answer: Answer[SeatForm]) -> Form:
        words, draft = self.desk.words(answer.reader), await self.desk.kept(typed)
        return view.form(words, answer.reader, answer.outcome, draft, self.desk.clock())
