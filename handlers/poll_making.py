"""Making a poll, typed or drafted in its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.domain.members import may_make_polls
from bot.domain.new_polls import NewPoll
from bot.domain.poll_grammar import parse
from bot.domain.polls import PollMade, SameAgain, refuse_unpostable
from bot.domain.refusals import Refusal
from bot.usecases import polls as usecases
from bot.view import polls as view
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Typed


@dataclass(frozen=True, slots=True)
class PollMaking:
    desk: Desk

    async def post(self, typed: Typed) -> Message:
        """The poll of a draft, which was read from a form: its text says nothing else, and no time."""
        match parse(typed.text, self.desk.clock(), ZoneInfo("UTC")):
            case NewPoll() as new:
                may_make_polls(await self.desk.known(typed.sender))
                return await self.create(typed, new)
            case _:
                raise Refusal("draft-gone")

    async def create(self, typed: Typed, new: NewPoll) -> Message:
        refuse_unpostable(new)
        options = new.options or view.default_options(self.desk.texts.of(new.lang), new)
        private = await self.desk.directory.enter(typed.sender.channel)
        answer = await self.desk.db.write(
            usecases.create,
            typed.sender,
            new,
            options,
            cause=typed.cause,
            insisted=typed.insisted,
            private=private,
            now=self.desk.clock(),
        )
        match answer.outcome:
            case PollMade(poll):
                self.desk.changed(poll.workspace)
                return view.made(self.desk.words(answer.reader), answer.outcome)
            case SameAgain():
                draft = await self.desk.again(typed)
                return view.same_again(self.desk.words(answer.reader), answer.outcome, draft)
            case _ as never:
                assert_never(never)
