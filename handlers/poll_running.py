"""What is done with a poll that stands: typed, or pressed by who runs it, which comes to the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.domain.ids import PollId
from bot.domain.moments import parse_when
from bot.domain.poll_commands import VERBS, ListPolls, PollVerb, verb_text
from bot.domain.poll_entries import as_typed
from bot.domain.poll_running import anew
from bot.domain.refusals import Refusal
from bot.usecases import poll_files, poll_results, polls
from bot.usecases import poll_running as usecases
from bot.view import poll_running as view
from bot.view import polls as polls_view
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Typed
from handlers.poll_edits import PollEdits
from handlers.poll_forms import PollForms
from handlers.poll_nudging import PollNudging


@dataclass(frozen=True, slots=True)
class PollRunning:
    desk: Desk

    async def typed(self, typed: Typed, asked: PollVerb) -> Message | None:
        await self.desk.known(typed.sender)
        match asked.verb:
            case "close":
                return await self._close(typed, asked)
            case "reopen":
                return await self._reopen(typed, asked)
            case "delete":
                answer = await self.desk.db.write(usecases.to_run, typed.sender, asked.number)
                return view.to_delete(self.desk.words(answer.reader), answer.outcome)
            case "duplicate":
                await self._duplicate(typed, asked)
                return None
            case "edit":
                await PollEdits(self.desk).open(typed, asked.number)
                return None
            case "nudge":
                return await PollNudging(self.desk).typed(typed, asked)
            case "export":
                return await self._export(typed, asked)
            case "results":
                return await self._results(typed, asked)
            case _ as never:
                assert_never(never)

    async def list(self, typed: Typed, asked: ListPolls) -> Message:
        now = self.desk.clock()
        answer = await self.desk.db.write(usecases.show_list, typed.sender, closed=asked.closed, now=now)
        return view.listed(self.desk.words(answer.reader), answer.reader, answer.outcome, now)

    async def menu(self, click: Click) -> Message:
        """*Run this poll*, in its message."""
        await self.desk.known(click.sender)
        answer = await self.desk.db.write(usecases.chosen, click.sender, PollId(click.value))
        return view.running(self.desk.words(answer.reader), answer.outcome)

    async def press(self, click: Click) -> Message | None:
        """A button of that answer: as if its command were typed in the poll's channel, wherever the button stands."""
        if click.choice not in view.PRESSED:
            raise Refusal("button-gone")
        await self.desk.known(click.sender)
        poll = (await self.desk.db.write(usecases.chosen, click.sender, PollId(click.value))).outcome
        asked, there = _pressed(click.choice, poll.number), replace(click.sender, channel=poll.channel)
        text = verb_text(asked.verb, asked.number)
        typed = Typed(there, "poll", text, click.clicked, trigger=click.trigger)
        try:
            return await self.typed(typed, asked)
        except Refusal as refusal:
            return await self.desk.refused(refusal, typed)

    async def delete(self, click: Click) -> Message:
        """Pressed, and confirmed."""
        await self.desk.known(click.sender)
        answer = await self.desk.db.write(usecases.delete, click.sender, PollId(click.value), now=self.desk.clock())
        self.desk.changed(answer.reader.workspace.id)
        return view.deleted(self.desk.words(answer.reader), answer.outcome)

    async def _close(self, typed: Typed, asked: PollVerb) -> Message:
        now = self.desk.clock()
        answer = await self.desk.db.write(polls.close, typed.sender, number=asked.number, now=now)
        self.desk.changed(answer.reader.workspace.id)
        return polls_view.closed(self.desk.words(answer.reader), answer.outcome)

    async def _reopen(self, typed: Typed, asked: PollVerb) -> Message:
        """Until when is read in the sender's zone."""
        member, now = await self.desk.known(typed.sender), self.desk.clock()
        ends_at = parse_when(asked.rest, now, ZoneInfo(member.zone or "UTC")) if asked.rest else None
        answer = await self.desk.db.write(usecases.reopen, typed.sender, asked.number, ends_at, now=now)
        self.desk.changed(answer.reader.workspace.id)
        return view.reopened(self.desk.words(answer.reader), answer.reader, answer.outcome)

    async def _export(self, typed: Typed, asked: PollVerb) -> Message:
        answer = await self.desk.db.write(poll_files.export, typed.sender, asked.number, now=self.desk.clock())
        self.desk.changed(answer.reader.workspace.id)
        return view.exported(self.desk.words(answer.reader), answer.outcome)

    async def _results(self, typed: Typed, asked: PollVerb) -> Message:
        if not asked.rest:
            shown = await self.desk.db.write(poll_results.show, typed.sender, asked.number, now=self.desk.clock())
            return view.result(self.desk.words(shown.reader), shown.outcome)
        answer = await self.desk.db.write(poll_results.share, typed.sender, asked.number, now=self.desk.clock())
        self.desk.changed(answer.reader.workspace.id)
        return view.shared(self.desk.words(answer.reader), answer.outcome)

    async def _duplicate(self, typed: Typed, asked: PollVerb) -> None:
        """The form of a new poll, filled with what the other one asks."""
        answer = await self.desk.db.write(usecases.to_duplicate, typed.sender, asked.number)
        await PollForms(self.desk).open(replace(typed, text=as_typed(anew(answer.outcome)), draft=None))


def _pressed(choice: str, number: int) -> PollVerb:
    return PollVerb("results", number, "channel") if choice == view.SHARE else PollVerb(VERBS[choice], number)
