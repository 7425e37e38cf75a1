"""The forms of `/webinar`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count, takewhile
from zoneinfo import ZoneInfo

from bot.domain import partial_webinars, webinar_entries
from bot.domain.forms import form_of
from bot.domain.ids import ChannelId
from bot.domain.members import Member, may_organise
from bot.domain.refusals import Refusal
from bot.domain.webinar_entries import SessionEntry, WebinarEntry
from bot.domain.webinar_plans import NewWebinar
from bot.domain.webinars import WebinarMade
from bot.usecases import webinars as usecases
from bot.view import forms, webinars
from bot.view import webinar_forms as view
from bot.view.forms import Errors, Form
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Submitted, Typed
from handlers.invitation_forms import InvitationForms
from handlers.webinar_edits import WebinarEdits
from handlers.webinar_moves import WebinarMoves


@dataclass(frozen=True, slots=True)
class WebinarForms:
    desk: Desk

    async def open(self, typed: Typed) -> None:
        """The form that the text belongs to: a new webinar, with what could be read of it, or one that stands."""
        match form_of("webinar", typed.text):
            case "webinar-edit":
                await WebinarEdits(self.desk).open(typed)
            case "webinar-move":
                await WebinarMoves(self.desk).open(typed)
            case "webinar-invite":
                await InvitationForms(self.desk).open(typed)
            case _:
                await self._open_new(typed)

    async def _open_new(self, typed: Typed) -> None:
        organiser = await self._organiser(typed)
        form = await self._form(typed, organiser)
        await self.desk.forms.open(typed.trigger, form.content())

    async def add_session(self, click: Click) -> None:
        """The same form with a row more; what was entered stays, since each input keeps its name."""
        typed = await self.desk.filled_in(click, "webinar")
        organiser = await self._organiser(typed)
        form = await self._form(typed, organiser, rows=click.value + 1)
        await self.desk.forms.update(click.view, form.content())

    async def make(self, submitted: Submitted) -> Message | Errors:
        """Make the webinar, once however often the form is sent in."""
        typed = await self.desk.filled_in(submitted, "webinar")
        organiser = await self._organiser(typed)
        entry = _entry(submitted)
        new = webinar_entries.read(entry)
        if not isinstance(new, NewWebinar):
            return forms.beside(self.desk.words(organiser), new)
        try:
            return await self._make(typed, new, submitted.cause)
        except Refusal as refusal:
            return forms.beside(self.desk.words(organiser), {webinar_entries.place_of(refusal, entry): refusal})

    async def _make(self, typed: Typed, new: NewWebinar, cause: str) -> Message:
        private = await self.desk.directory.enter(ChannelId(new.channel or typed.sender.channel))
        answer = await self.desk.db.write(
            usecases.create, typed.sender, new, cause=cause, insisted=True, private=private, now=self.desk.clock()
        )
        if not isinstance(answer.outcome, WebinarMade):
            raise TypeError(answer.outcome)  # nobody is asked whether they mean a form
        self.desk.changed(answer.reader.workspace.id)
        return webinars.made(self.desk.words(answer.reader), answer.reader, answer.outcome, self.desk.clock())

    async def _organiser(self, typed: Typed) -> Member:
        organiser = await self.desk.known(typed.sender)
        may_organise(organiser)
        return organiser

    async def _form(self, typed: Typed, organiser: Member, rows: int = 0) -> Form:
        partial = partial_webinars.read(typed.text, self.desk.clock().date())
        host = organiser.workspace.zone or organiser.zone
        zone = None if host is None else ZoneInfo(host)
        draft = await self.desk.kept(typed)
        return view.form(self.desk.words(organiser), partial, zone, typed.sender.channel, draft, rows)


def _entry(submitted: Submitted) -> WebinarEntry:
    names = webinar_entries
    rows = takewhile(lambda place: f"{names.LABEL}-{place}" in submitted.filled, count(1))
    return WebinarEntry(
        title=submitted.text(names.TITLE),
        zone=submitted.text(names.ZONE),
        date=submitted.text(names.DATE),
        sessions=tuple(
            SessionEntry(*(submitted.text(f"{part}-{place}") for part in (names.LABEL, names.START, names.END)))
            for place in rows
        ),
        seats=submitted.text(names.SEATS),
        link=submitted.text(names.LINK),
        leads=submitted.text(names.LEADS),
        channel=submitted.text(names.CHANNEL),
    )
