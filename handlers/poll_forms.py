"""The form of `/poll`: filled in, looked at as a draft, and only then posted."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain import partial_polls, poll_entries
from bot.domain.ids import DraftId
from bot.domain.members import may_make_polls
from bot.domain.new_polls import NewPoll
from bot.domain.poll_entries import PollEntry
from bot.domain.poll_meanings import Sender as PollSender
from bot.domain.poll_time_entries import END_DATE, END_TIME, ON_DATE, ON_TIME, FilledIn, TimeEntry
from bot.usecases import drafts
from bot.view import forms
from bot.view import poll_forms as view
from bot.view.forms import Errors, Pushed
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Submitted, Typed
from handlers.poll_making import PollMaking


@dataclass(frozen=True, slots=True)
class PollForms:
    desk: Desk

    async def open(self, typed: Typed) -> None:
        """The form with what could be read of what was typed."""
        maker = await self.desk.known(typed.sender)
        may_make_polls(maker)
        zone = ZoneInfo(maker.zone or "UTC")
        partial = partial_polls.read(PollSender(typed.text, self.desk.clock(), zone))
        form = view.form(self.desk.words(maker), partial, await self.desk.kept(typed), zone)
        await self.desk.forms.open(typed.trigger, form.content())

    async def look(self, submitted: Submitted) -> Pushed | Errors:
        """Show the draft to its maker alone. Nothing is posted yet."""
        asked = await self.desk.filled_in(submitted, "poll")
        maker = await self.desk.known(asked.sender)
        may_make_polls(maker)
        words, now = self.desk.words(maker), self.desk.clock()
        new = poll_entries.read(_entry(submitted), FilledIn(now, ZoneInfo(maker.zone or "UTC")))
        if not isinstance(new, NewPoll):
            return forms.beside(words, new)
        text = poll_entries.as_typed(new)
        (draft,) = await self.desk.db.write(drafts.offer, asked.sender, "poll", (text,), insisted=True, now=now)
        return Pushed(view.preview(words, maker, new, draft, now))

    async def post(self, submitted: Submitted) -> Message:
        """Post the draft, once however often that is pressed: the draft is its cause."""
        return await PollMaking(self.desk).post(await self.desk.filled_in(submitted, "poll"))

    async def discard(self, click: Click) -> Message:
        await self.desk.db.write(drafts.discard, click.sender, DraftId(click.value))
        return view.discarded(self.desk.words())

    async def ignore(self, _: Click) -> None:
        """A button of a draft that is only looked at."""


def _entry(submitted: Submitted) -> PollEntry:
    ticked = submitted.filled.get(poll_entries.SETTINGS, ())
    return PollEntry(
        question=submitted.text(poll_entries.QUESTION),
        options=submitted.text(poll_entries.OPTIONS),
        choices=submitted.text(poll_entries.CHOICES),
        limit=submitted.text(poll_entries.LIMIT),
        anonymous=view.ANONYMOUS in ticked,
        progress=view.PROGRESS in ticked,
        hidden=view.HIDDEN in ticked,
        add_choice=view.ADD_CHOICE in ticked,
        objection=view.OBJECTION in ticked,
        by_mechanism=view.BY_MECHANISM in ticked,
        on=_time(submitted, ON_DATE, ON_TIME),
        end=_time(submitted, END_DATE, END_TIME),
    )


def _time(submitted: Submitted, date: str, time: str) -> TimeEntry:
    return TimeEntry(submitted.text(date), submitted.text(time))
