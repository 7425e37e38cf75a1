"""Joins the handlers to Bolt: payload in, answer out, and the one place where a fault of ours ends."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.domain.commands import COMMANDS
from bot.domain.ids import UserId
from bot.domain.refusals import Refusal
from bot.view import (
    added_options,
    claims,
    drafts,
    forms,
    imports,
    invitation_forms,
    invitations,
    letters,
    mechanism_forms,
    mechanisms,
    objections,
    poll_choosing,
    poll_edits,
    poll_forms,
    poll_running,
    poll_voices,
    polls,
    refusals,
    represent_forms,
    representatives,
    signup_forms,
    signups,
    troubles,
    votes,
    webinar_forms,
    webinars,
)
from bot.view.message import Message
from handlers import faults, replies
from handlers.added_options import AddedOptions
from handlers.claims import ClaimHandlers
from handlers.consult import ConsultHandlers
from handlers.desk import Desk
from handlers.drafts import DraftHandlers, OnTyped
from handlers.events import EventHandlers
from handlers.imports import Imports
from handlers.incoming import Click, ClickPayload, CommandPayload, Typed
from handlers.invitation_answers import InvitationAnswers
from handlers.invitation_forms import InvitationForms
from handlers.invitations import InvitationHandlers
from handlers.mechanism_forms import MechanismForms
from handlers.mechanisms import MechanismHandlers
from handlers.objections import Objections
from handlers.poll_edits import PollEdits
from handlers.poll_forms import PollForms
from handlers.poll_running import PollRunning
from handlers.polls import PollHandlers
from handlers.represent import RepresentHandlers
from handlers.signup_forms import SignupForms
from handlers.signups import SignupHandlers
from handlers.submissions import OnSubmit, Submission
from handlers.votes import VoteHandlers
from handlers.webinar_edits import WebinarEdits
from handlers.webinar_forms import WebinarForms
from handlers.webinar_moves import WebinarMoves
from handlers.webinars import WebinarHandlers

SLOW_S = 2.5
"""An answer later than this may reach nobody through the ack, and goes to the response URL as well."""

OnClick = Callable[[Click], Awaitable[Message | None]]


def commands(desk: Desk) -> Mapping[str, OnTyped]:
    return {
        "signup": SignupHandlers(desk).typed,
        "webinar": WebinarHandlers(desk).typed,
        "poll": PollHandlers(desk).typed,
        "consult": ConsultHandlers(desk).typed,
    }


def openers(desk: Desk) -> Mapping[str, OnTyped]:
    """What opens a command's form, filled with what was understood of a text."""
    return {
        "signup": SignupForms(desk).reopen,
        "webinar": WebinarForms(desk).open,
        "poll": PollForms(desk).open,
        "consult": RepresentHandlers(desk).open,
    }


def submissions(desk: Desk) -> Mapping[str, OnSubmit]:
    return {
        signup_forms.SIGN_UP: SignupForms(desk).submit,
        webinar_forms.MAKE: WebinarForms(desk).make,
        webinar_forms.EDIT: WebinarEdits(desk).save,
        webinar_forms.MOVE: WebinarMoves(desk).move,
        invitation_forms.INVITE: InvitationForms(desk).look,
        invitation_forms.SEND: InvitationForms(desk).send,
        invitation_forms.INSTEAD: InvitationAnswers(desk).pass_on,
        poll_forms.ASK: PollForms(desk).look,
        poll_forms.POST: PollForms(desk).post,
        added_options.ADD: AddedOptions(desk).add,
        objections.OBJECT: Objections(desk).send,
        poll_edits.EDIT: PollEdits(desk).save,
        mechanism_forms.ADD: MechanismForms(desk).add,
        mechanism_forms.EDIT: MechanismForms(desk).save,
        represent_forms.REPRESENT: RepresentHandlers(desk).submit,
        imports.CHECK: Imports(desk).check,
        imports.STORE: Imports(desk).store,
    }


def clicks(desk: Desk) -> Mapping[str, OnClick]:
    seats, drafted = SignupHandlers(desk), DraftHandlers(desk, commands(desk), openers(desk))
    return {
        signups.TAKE: seats.take,
        signups.MOVE: seats.move,
        signups.GIVE_BACK: seats.give_back,
        signups.LEAVE: seats.leave,
        signups.CALENDAR: seats.calendar,
        signups.REMINDERS_OFF: seats.reminders_off,
        signups.REMINDERS_ON: seats.reminders_on,
        claims.CONFIRM: ClaimHandlers(desk).confirm,
        claims.REFUSE: ClaimHandlers(desk).refuse,
        representatives.REMOVE: RepresentHandlers(desk).remove,
        representatives.END: RepresentHandlers(desk).end,
        troubles.SEND_AGAIN: ConsultHandlers(desk).send_again,
        troubles.LET_BE: ConsultHandlers(desk).let_be,
        **_of_polls(desk),
        drafts.USE: drafted.use,
        drafts.FILL_IN: drafted.fill_in,
        signup_forms.WEBINAR: SignupForms(desk).choose_webinar,
        webinar_forms.ADD_SESSION: WebinarForms(desk).add_session,
        webinars.EDIT: WebinarEdits(desk).press,
        invitations.SEND: InvitationHandlers(desk).send,
        invitations.CHANGE: InvitationHandlers(desk).change,
        invitations.REFRESH: InvitationHandlers(desk).refresh,
        invitations.NUDGE: InvitationHandlers(desk).nudge,
        letters.DECLINE: InvitationAnswers(desk).decline,
        letters.INSTEAD: InvitationAnswers(desk).instead,
        mechanisms.EDIT: MechanismForms(desk).press,
        mechanisms.RETIRE: MechanismHandlers(desk).press_retire,
        mechanisms.RESTORE: MechanismHandlers(desk).press_restore,
    }


def _of_polls(desk: Desk) -> Mapping[str, OnClick]:
    voting = VoteHandlers(desk)
    return {
        poll_choosing.VOTE: voting.vote,
        poll_choosing.CHOOSE: voting.vote,
        poll_choosing.UNCHOOSE: voting.remove,
        poll_choosing.UNCHOOSE_FOR: voting.remove_for,
        votes.VOTE_FOR: voting.vote_for,
        votes.ABSTAIN_FOR: voting.abstain_for,
        votes.TAKE_BACK_FOR: voting.take_back_for,
        votes.OBJECT_BY_LETTER: voting.object_by_letter,
        votes.HISTORY: voting.history,
        poll_voices.ABSTAIN: voting.abstain,
        polls.MENU: PollHandlers(desk).menu,
        polls.TAKE_POLL_BACK: PollHandlers(desk).take_poll_back,
        added_options.OPEN: AddedOptions(desk).open,
        poll_running.RUN: PollRunning(desk).press,
        poll_running.DELETE: PollRunning(desk).delete,
        poll_forms.DISCARD: PollForms(desk).discard,
        poll_forms.SHOWN: PollForms(desk).ignore,
    }


def register(app: AsyncApp, desk: Desk, prefix: str) -> None:
    """Register a listener for every command of the table, every button, every form and every event."""
    by_name = commands(desk)
    for spec in COMMANDS:
        app.command(f"/{prefix}{spec.name}")(_Command(desk, spec.name, by_name[spec.name]).listen)
    for action, on_click in clicks(desk).items():
        app.action(re.compile(f"^{re.escape(action)}:"))(_Click(desk, on_click).listen)
    for form, on_submit in submissions(desk).items():
        app.view(form)(Submission(desk, on_submit).listen)
    app.event("user_change")(_Event(EventHandlers(desk)).listen)


@dataclass(frozen=True, slots=True)
class _Command:
    desk: Desk
    name: str
    handle: OnTyped

    async def listen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        started = time.monotonic()
        payload = CommandPayload.model_validate(body)
        typed = payload.typed(self.name)
        answer = await _answer(self.desk, self.handle(typed), typed)
        content = {} if answer is None else replies.content(self.desk.words(), answer)
        await ack(**content)
        if content and time.monotonic() - started > SLOW_S:
            self.desk.background.start(replies.send(payload.response_url, content))


@dataclass(frozen=True, slots=True)
class _Click:
    desk: Desk
    handle: OnClick

    async def listen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Bolt sends the ack when this returns: the answer follows by the response URL, or in the place of a form."""
        payload = ClickPayload.model_validate(body)
        answer = await _answer(self.desk, self._click(payload))
        await ack()
        if answer is None:
            return
        if payload.view is not None:
            shown = forms.told(self.desk.words(), answer)
            self.desk.background.start(self.desk.forms.update(payload.view.id, shown))
        elif payload.response_url is not None:
            content = replies.content(self.desk.words(), answer) | {"replace_original": payload.container.is_ephemeral}
            self.desk.background.start(replies.send(payload.response_url, content))

    async def _click(self, payload: ClickPayload) -> Message | None:
        return await self.handle(payload.click(self.desk.team))


@dataclass(frozen=True, slots=True)
class _Event:
    handlers: EventHandlers

    async def listen(self, event: dict[str, Any]) -> None:
        await self.handlers.user_change(UserId(event["user"]["id"]))


async def _answer(desk: Desk, handling: Awaitable[Message | None], typed: Typed | None = None) -> Message | None:
    """What is said to the sender: the outcome, a refusal, or the reference of a fault of ours."""
    try:
        try:
            return await handling
        except Refusal as refusal:
            return await desk.refused(refusal, typed)
    except Exception as error:  # noqa: BLE001 - logged with its trace under the reference
        return refusals.fault(desk.words(), faults.reference(error))
