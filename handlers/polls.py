"""`/poll`, and the buttons of a poll."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.domain.forms import form_of
from bot.domain.ids import OptionId, PollId
from bot.domain.members import Answer, Member, may_make_polls
from bot.domain.new_polls import NewPoll
from bot.domain.objections import ReasonAsked
from bot.domain.poll_grammar import Help, ListPolls, OpenForm, PlannedPoll, PollVerb, is_subcommand, parse
from bot.domain.refusals import Refusal
from bot.domain.votes import Voted
from bot.usecases import members, votes
from bot.usecases import polls as usecases
from bot.view import polls as view
from bot.view import refusals
from bot.view import votes as votes_view
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Typed
from handlers.objections import Objections
from handlers.poll_forms import PollForms
from handlers.poll_making import PollMaking
from handlers.poll_running import PollRunning


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

    async def vote(self, click: Click) -> Message | None:
        """Where the message itself will show the vote, no answer is needed."""
        option, now = OptionId(click.value), self.desk.clock()
        answer = await self.desk.db.write(votes.vote, click.sender, option, clicked=click.clicked, now=now)
        if isinstance(answer.outcome, ReasonAsked):
            await Objections(self.desk).ask(click, Answer(answer.reader, answer.outcome))
            return None
        return self._voted(Answer(answer.reader, answer.outcome))

    async def menu(self, click: Click) -> Message | None:
        poll, db = PollId(click.value), self.desk.db
        match click.choice:
            case view.MINE:
                mine = await db.write(votes.my_vote, click.sender, poll)
                return votes_view.voted(self.desk.words(mine.reader), mine.outcome)
            case view.TAKE_BACK:
                now = self.desk.clock()
                left = await db.write(votes.take_back, click.sender, poll, clicked=click.clicked, now=now)
                self.desk.work.redraw()
                return votes_view.voted(self.desk.words(left.reader), left.outcome)
            case view.WHO:
                who = await db.write(votes.who, click.sender, poll)
                return votes_view.who(self.desk.words(who.reader), who.outcome)
            case view.RUN:
                return await PollRunning(self.desk).menu(click)
            case _:
                raise Refusal("button-gone")

    async def take_poll_back(self, click: Click) -> Message:
        answer = await self.desk.db.write(
            usecases.take_poll_back, click.sender, PollId(click.value), now=self.desk.clock()
        )
        self.desk.changed(answer.outcome.poll.workspace)
        return view.taken_back(self.desk.words(answer.reader), answer.outcome)

    def _voted(self, answer: Answer[Voted]) -> Message | None:
        """The channel's message shows a named vote by itself; what it doesn't show, the voter is told in private."""
        poll = answer.outcome.poll
        if answer.outcome.changed:
            self.desk.work.redraw()
        if poll.anonymous or not poll.single or not poll.shows_counts:
            return votes_view.voted(self.desk.words(answer.reader), answer.outcome)
        return None
