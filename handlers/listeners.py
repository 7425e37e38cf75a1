"""Joins the handlers to Bolt: payload in, answer out, and the one place where a fault of ours ends."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.domain.commands import COMMANDS
from bot.domain.ids import UserId
from bot.domain.members import Sender
from bot.domain.refusals import Refusal
from bot.view import drafts, polls, refusals, signups
from bot.view.message import Message
from handlers.desk import Desk
from handlers.drafts import DraftHandlers
from handlers.events import EventHandlers
from handlers.incoming import Click, ClickPayload, CommandPayload, Typed
from handlers.polls import PollHandlers
from handlers.signups import SignupHandlers
from handlers.webinars import WebinarHandlers

log = logging.getLogger(__name__)

SLOW_S = 2.5
"""An answer later than this may reach nobody through the ack, and goes to the response URL as well."""

Content = dict[str, Any]
OnCommand = Callable[[Typed], Awaitable[Message]]
OnClick = Callable[[Click], Awaitable[Message | None]]


def commands(desk: Desk) -> Mapping[str, OnCommand]:
    return {
        "signup": SignupHandlers(desk).typed,
        "webinar": WebinarHandlers(desk).typed,
        "poll": PollHandlers(desk).typed,
    }


def clicks(desk: Desk) -> Mapping[str, OnClick]:
    seats, voting = SignupHandlers(desk), PollHandlers(desk)
    return {
        signups.TAKE: seats.take,
        signups.MOVE: seats.move,
        signups.GIVE_BACK: seats.give_back,
        signups.LEAVE: seats.leave,
        polls.VOTE: voting.vote,
        polls.MENU: voting.menu,
        polls.TAKE_POLL_BACK: voting.take_poll_back,
        drafts.USE: DraftHandlers(desk, commands(desk)).use,
    }


def register(app: AsyncApp, desk: Desk, prefix: str) -> None:
    """Register a listener for every command of the table, every button and every event."""
    by_name = commands(desk)
    for spec in COMMANDS:
        app.command(f"/{prefix}{spec.name}")(_Command(desk, spec.name, by_name[spec.name]).listen)
    for action, on_click in clicks(desk).items():
        app.action(re.compile(f"^{re.escape(action)}:"))(_Click(desk, on_click).listen)
    app.event("user_change")(_Event(EventHandlers(desk)).listen)


@dataclass(frozen=True, slots=True)
class _Command:
    desk: Desk
    name: str
    handle: OnCommand

    async def listen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        started = time.monotonic()
        payload = CommandPayload.model_validate(body)
        typed = payload.typed()
        answer = await _answer(self.desk, self.handle(typed), typed.sender, self.name)
        await ack(**answer)
        if time.monotonic() - started > SLOW_S:
            self.desk.background.start(_respond(payload.response_url, answer))


@dataclass(frozen=True, slots=True)
class _Click:
    desk: Desk
    handle: OnClick

    async def listen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Bolt sends the ack when this returns: the answer follows by the response URL."""
        payload = ClickPayload.model_validate(body)
        answer = await _answer(self.desk, self._click(payload), payload.sender(self.desk.team))
        await ack()
        if answer and payload.response_url is not None:
            replace = payload.container.is_ephemeral
            self.desk.background.start(_respond(payload.response_url, answer, replace_original=replace))

    async def _click(self, payload: ClickPayload) -> Message | None:
        return await self.handle(payload.click(self.desk.team))


@dataclass(frozen=True, slots=True)
class _Event:
    handlers: EventHandlers

    async def listen(self, event: dict[str, Any]) -> None:
        await self.handlers.user_change(UserId(event["user"]["id"]))


async def _answer(desk: Desk, handling: Awaitable[Message | None], sender: Sender, command: str = "") -> Content:
    """What is said to the sender: the outcome, a refusal, or the reference of a fault of ours. Empty for nothing."""
    try:
        try:
            answer = await handling
        except Refusal as refusal:
            answer = await desk.refused(refusal, sender, command)
        return {} if answer is None else answer.content()
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("fault %s", reference)
        return refusals.fault(desk.words(), reference).content()


async def _respond(url: str, answer: Content, *, replace_original: bool = False) -> None:
    response = await AsyncWebhookClient(url).send(
        **answer,
        response_type="ephemeral",
        replace_original=replace_original,
        unfurl_links=False,
    )
    if response.status_code != 200:
        log.warning("an answer did not reach its sender: %s %s", response.status_code, response.body)
