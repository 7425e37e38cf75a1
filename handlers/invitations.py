"""Inviting to a webinar, and what organisers see and do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.domain.ids import DraftId, UserId
from bot.domain.invitation_grammar import (
    EnterAnswer,
    Invite,
    Nudge,
    OpenInstead,
    OpenInviteForm,
    ShowInvitations,
    Uninvite,
    parse,
)
from bot.domain.members import Sender, may_organise
from bot.domain.refusals import Refusal
from bot.domain.webinar_grammar import WebinarVerb
from bot.usecases import drafts, invitation_answers
from bot.usecases import invitations as usecases
from bot.view import invitation_answers as answers_view
from bot.view import invitations as view
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Typed
from handlers.invitation_answers import InvitationAnswers
from handlers.invitation_forms import InvitationForms


@dataclass(frozen=True, slots=True)
class InvitationHandlers:
    desk: Desk

    async def typed(self, typed: Typed, verb: WebinarVerb) -> Message | None:
        match parse(verb.verb, verb.number, verb.rest):
            case OpenInviteForm():
                await InvitationForms(self.desk).open(typed)
                return None
            case OpenInstead(number):
                return await InvitationAnswers(self.desk).open_typed(typed, number)
            case Invite() as asked:
                return await self._preview(typed, asked)
            case ShowInvitations(number):
                return await self._show(typed.sender, number)
            case Nudge(number):
                return await self._nudge(typed.sender, number)
            case Uninvite() as asked:
                return await self._uninvite(typed, asked)
            case EnterAnswer() as asked:
                return await self._enter(typed, asked)
            case _ as never:
                assert_never(never)

    async def send(self, click: Click) -> Message:
        """*Send* beside a letter that was looked at: once however often it is pressed."""
        typed = await self.desk.typed(click.sender, DraftId(click.value))
        return await InvitationForms(self.desk).sent(typed)

    async def change(self, click: Click) -> Message | None:
        """*Change the letter*: the form, filled with what was typed."""
        typed = await self.desk.typed(click.sender, DraftId(click.value), trigger=click.trigger)
        try:
            await InvitationForms(self.desk).open(typed)
        except Refusal as refusal:
            return await self.desk.refused(refusal, typed)
        return None

    async def refresh(self, click: Click) -> Message:
        return await self._show(click.sender, click.value)

    async def nudge(self, click: Click) -> Message:
        return await self._nudge(click.sender, click.value)

    async def _preview(self, typed: Typed, asked: Invite) -> Message:
        """The letter and whom it goes to; the draft that *Send* carries is all that is stored."""
        await self._asked_of_slack(typed.sender, asked.audience.users)
        now = self.desk.clock()
        answer = await self.desk.db.write(usecases.preview, typed.sender, asked, now=now)
        (draft,) = await self.desk.db.write(
            drafts.offer, typed.sender, typed.command, (typed.text,), insisted=True, now=now
        )
        return view.preview(self.desk.words(answer.reader), answer.reader, answer.outcome, draft, now)

    async def _show(self, sender: Sender, number: int) -> Message:
        await self.desk.known(sender)
        answer = await self.desk.db.write(usecases.show, sender, number, now=self.desk.clock())
        return view.overview(self.desk.words(answer.reader), answer.outcome)

    async def _nudge(self, sender: Sender, number: int) -> Message:
        await self.desk.known(sender)
        answer = await self.desk.db.write(usecases.nudge, sender, number, now=self.desk.clock())
        self.desk.changed(answer.reader.workspace.id)
        return view.nudged(self.desk.words(answer.reader), answer.outcome)

    async def _uninvite(self, typed: Typed, asked: Uninvite) -> Message:
        await self.desk.known(typed.sender)
        answer = await self.desk.db.write(usecases.uninvite, typed.sender, asked, now=self.desk.clock())
        return view.uninvited(self.desk.words(answer.reader), answer.outcome)

    async def _enter(self, typed: Typed, asked: EnterAnswer) -> Message:
        await self._asked_of_slack(typed.sender, () if asked.user is None else (asked.user,))
        answer = await self.desk.db.write(invitation_answers.enter, typed.sender, asked, now=self.desk.clock())
        return answers_view.entered(self.desk.words(answer.reader), answer.outcome)

    async def _asked_of_slack(self, sender: Sender, users: tuple[UserId, ...]) -> None:
        may_organise(await self.desk.known(sender))
        await self.desk.known_to(sender, users)
