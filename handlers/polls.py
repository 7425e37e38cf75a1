"""`/poll`, and the buttons of a poll."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.domain.forms import form_of
from bot.domain.ids import PollId
from bot.domain.members import Member, may_make_polls
from bot.domain.new_polls import NewPoll
from bot.domain.poll_grammar import (
    EnterVoice,
    Help,
    ListPolls,
    OpenForm,
    PlannedPoll,
    PollVerb,
    is_subcommand,
    parse,
)
from bot.usecases import members
from bot.usecases import polls as usecases
from bot.view import polls as view
from bot.view import refusals
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Typed
from handlers.poll_forms import PollForms
from handlers.poll_making import PollMaking
from handlers.poll_running import PollRunning
from handlers.votes import VoteHandlers


@dataclass(frozen=True, slots=True)
class PollHandlers:
    desk: Desk

    async def typed(self, typed: Typed) -> Message | None:
        maker = await self._maker(typed)
        match parse(typed.text, self.desk.clock(), ZoneInfo(maker.zone or "UTC")):
            case OpenForm():
                await PollForms(self.desk).open(typed)
                return None
            case Help(reason, word):
                form = await self.desk.kept(typed) if form_of("poll", typed.text) else None
                return refusals.guide(self.desk.words(maker), "help-poll", reason, word, form=form)
            case ListPolls() as asked:
                return await PollRunning(self.desk).list(typed, asked)
            case PollVerb() as asked:
                return await PollRunning(self.desk).typed(typed, asked)
            case PlannedPoll():
                return refusals.guide(self.desk.words(maker), "help-poll", "verb-unbuilt", "planned")
            case EnterVoice() as asked:
                return await VoteHandlers(self.desk).enter(typed, asked)
            case NewPoll() as new:
                may_make_polls(await self.desk.known(typed.sender))
                return await PollMaking(self.desk).create(typed, new)
            case _ as never:
                assert_never(never)

    async def _maker(self, typed: Typed) -> Member:
        """The sender; of a question with their zone, in which its times are meant."""
        if is_subcommand(typed.text):
            return await self.desk.db.write(members.meet, typed.sender)
        return await self.desk.known(typed.sender)

    async def menu(self, click: Click) -> Message | None:
        """What is for those who run it stands behind one entry."""
        match click.choice:
            case view.RUN:
                return await PollRunning(self.desk).menu(click)
            case _:
                return await VoteHandlers(self.desk).menu(click)

    async def take_poll_back(self, click: Click) -> Message:
        answer = await self.desk.db.write(
            usecases.take_poll_back, click.sender, PollId(click.value), now=self.desk.clock()
        )
        self.desk.changed(answer.outcome.poll.workspace)
        return view.taken_back(self.desk.words(answer.reader), answer.outcome)
