"""The buttons of a letter of invitation, besides those that take a seat."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import UserId, WebinarId
from bot.domain.invitation_grammar import OpenInstead, instead_text, parse
from bot.domain.invitation_outcomes import MayPassOn
from bot.domain.refusals import Refusal
from bot.domain.webinar_grammar import WebinarVerb
from bot.domain.webinar_grammar import parse as parse_webinar
from bot.usecases import invitation_answers as usecases
from bot.view import forms
from bot.view import invitation_answers as view
from bot.view import invitation_forms as form_view
from bot.view.forms import Errors
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Submitted, Typed


@dataclass(frozen=True, slots=True)
class InvitationAnswers:
    desk: Desk

    async def decline(self, click: Click) -> Message:
        now = self.desk.clock()
        answer = await self.desk.db.write(usecases.decline, click.sender, WebinarId(click.value), now=now)
        return view.outcome(self.desk.words(answer.reader), answer.outcome, now)

    async def instead(self, click: Click) -> Message | None:
        """*Someone else will*: the form that says who."""
        webinar = WebinarId(click.value)
        number = await self.desk.db.write(usecases.number_of, click.sender, webinar)
        typed = Typed(click.sender, "webinar", instead_text(number), click.clicked, trigger=click.trigger)
        return await self._open(typed, webinar)

    async def open_typed(self, typed: Typed, number: int) -> Message | None:
        return await self._open(typed, await self.desk.db.write(usecases.numbered, typed.sender, number))

    async def pass_on(self, submitted: Submitted) -> Message | Errors:
        typed = await self.desk.filled_in(submitted, "webinar")
        webinar = await self.desk.db.write(usecases.numbered, typed.sender, self._number(typed))
        user, name = submitted.text(form_view.SOMEBODY), submitted.text(form_view.NAME)
        now = self.desk.clock()
        try:
            await self.desk.known_to(typed.sender, (UserId(user),) if user else ())
            answer = await self.desk.db.write(
                usecases.pass_on, typed.sender, webinar, UserId(user) if user else None, name, now=now
            )
        except Refusal as refusal:
            place = form_view.NAME if "name" in refusal.key else form_view.SOMEBODY
            return forms.beside(self.desk.words(), {place: refusal})
        self.desk.changed(answer.reader.workspace.id)
        return view.outcome(self.desk.words(answer.reader), answer.outcome, now)

    async def _open(self, typed: Typed, webinar: WebinarId) -> Message | None:
        now = self.desk.clock()
        answer = await self.desk.db.write(usecases.may_pass_on, typed.sender, webinar, now=now)
        words = self.desk.words(answer.reader)
        if not isinstance(answer.outcome, MayPassOn):
            return view.outcome(words, answer.outcome, now)
        form = form_view.instead(words, answer.outcome, await self.desk.kept(typed))
        await self.desk.forms.open(typed.trigger, form.content())
        return None

    def _number(self, typed: Typed) -> int:
        """Of `instead W1`; Refusal("draft-gone"): it is something else."""
        match parse_webinar(typed.text, self.desk.clock().date()):
            case WebinarVerb("instead", number, rest) if isinstance(parse("instead", number, rest), OpenInstead):
                return number
            case _:
                raise Refusal("draft-gone")
