"""`/consult represent import`: a file is looked at first, and imported only when all of it is understood."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.documents import sheets
from bot.domain import import_columns, import_rows
from bot.domain.imports import Checked, Plan, plan
from bot.domain.members import Answer, Sender, may_organise
from bot.domain.refusals import Refusal
from bot.domain.sent_files import SentFile
from bot.domain.sheets import Sheet
from bot.usecases import imports as usecases
from bot.view import forms
from bot.view import imports as view
from bot.view.forms import Form
from bot.view.message import Message
from handlers.acquaintances import OF_A_FILE
from handlers.desk import Desk
from handlers.incoming import Submitted, Typed

READ_BY_S, ASKED_BY_S, PLANNED_BY_S = 1.9, 2.2, 2.7
"""Since a form was sent in, which has 3 s: by when its file is read, people were asked about, and all is understood."""

STORED_BY_S = 2.3
"""Likewise by when it is stored, or goes on being so after the answer: the database may be busy."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Imports:
    desk: Desk

    async def open(self, typed: Typed) -> None:
        organiser = await self.desk.known(typed.sender)
        may_organise(organiser)
        form = view.form(self.desk.words(organiser), await self.desk.kept(typed))
        await self.desk.forms.open(typed.trigger, form.content())

    async def check(self, submitted: Submitted) -> Form | Message:
        """Say what each row of the file means, or what is wrong with it. Of the register nothing is changed."""
        began = time.monotonic()
        typed = await self.desk.filled_in(submitted, "consult")
        may_organise(await self.desk.known(typed.sender))
        place, file = _sent(submitted)
        content = await self.desk.intake.fetch(file, typed.sender.user)
        sheet = await _by(began + READ_BY_S, lambda: sheets.read(content, import_columns.known))
        found = await self._planned(typed.sender, file, sheet, began)
        words, checked = self.desk.words(found.reader), await self._kept(typed.sender, found.outcome)
        if checked.plan.bad:
            return view.to_correct(words, checked.plan, submitted.draft, place)
        return view.same(words, checked.plan) if checked.draft is None else view.to_import(words, checked)

    async def store(self, submitted: Submitted) -> Message:
        """Import what was shown, once however often that is pressed. Where it takes long, the form says so first."""
        storing = asyncio.create_task(self._store(submitted))
        await asyncio.wait({storing}, timeout=STORED_BY_S)
        if storing.done():
            return await storing
        self.desk.background.start(self._tell(submitted.view, storing))
        return view.importing(self.desk.words())

    async def _store(self, submitted: Submitted) -> Message:
        await self.desk.known(submitted.sender)
        answer = await self.desk.db.write(usecases.store, submitted.sender, submitted.draft, now=self.desk.clock())
        self.desk.changed(answer.reader.workspace.id)
        return view.imported(self.desk.words(answer.reader), answer.outcome)

    async def _tell(self, form: str, storing: asyncio.Task[Message]) -> None:
        try:
            answer = await storing
        except Refusal as refusal:
            answer = await self.desk.refused(refusal)
        await self.desk.forms.update(form, forms.told(self.desk.words(), answer))

    async def _planned(self, sender: Sender, file: SentFile, sheet: Sheet, began: float) -> Answer[Plan]:
        columns = import_columns.find_columns(sheet)
        users = import_rows.users(sheet, columns)
        people = await self.desk.acquaintances(sender, OF_A_FILE).of(users, began + ASKED_BY_S - time.monotonic())
        ground, now = await self.desk.db.read(usecases.look, sender), self.desk.clock()
        reader = import_rows.Reader(columns, ground.outcome.register, people, now)

        def understand() -> Plan:
            planned, bad = plan([reader.read(each) for each in sheet.rows], ground.outcome.standing, now)
            return Plan(file.name, planned, bad, columns.unread)

        return Answer(ground.reader, await _by(began + PLANNED_BY_S, understand))

    async def _kept(self, sender: Sender, found: Plan) -> Checked:
        if found.bad or not found.changes:
            return Checked(found, None)
        return Checked(found, await self.desk.db.write(usecases.keep, sender, found, now=self.desk.clock()))


def _sent(submitted: Submitted) -> tuple[str, SentFile]:
    """The file, and the input that it was put into."""
    for place, files in submitted.files.items():
        if files:
            return place, files[0]
    raise Refusal("file-missing")


async def _by(by: float, work: Callable[[], T]) -> T:
    """What may take a second, beside the event loop.

    Raises:
        Refusal("sheet-slow")
    """
    try:
        async with asyncio.timeout(max(by - time.monotonic(), 0)):
            return await asyncio.to_thread(work)
    except TimeoutError:
        raise Refusal("sheet-slow") from None
