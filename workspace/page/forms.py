"""Filling in, submitting and closing the modal in front of a person."""

from nicegui.events import GenericEventArguments

from workspace.modals import View
from workspace.page import entries
from workspace.page.form import Form
from workspace.page.presses import Press
from workspace.page.seat import Seat
from workspace.wire import Impossible

NO_ANSWER = "We had some trouble connecting. Try again?"
"""What Slack says in a modal whose submission fails, whatever the reason is."""


class Forms:
    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def enter(self, event: GenericEventArguments) -> None:
        """Note what stands in a field. The bot learns of it when the form is submitted, or something in it pressed."""
        draft = Press.read(event.args)
        view = self._seat.scene.workspace.views.get(draft.source)
        if view is not None and draft.value is not None:
            self._seat.form(view).drafts[draft.place] = draft.value
            if isinstance(draft.value, list) or event.args.get("picked"):
                self._seat.refresh()

    async def submit(self) -> None:
        view = self._seat.modal
        if view is None or self._seat.form(view).is_busy:
            return
        form = self._seat.form(view)
        form.is_busy, form.errors, form.trouble = True, {}, ""
        self._seat.refresh()
        try:
            await self._submit(view, form)
        finally:
            form.is_busy = False
            form.attempts += bool(form.errors)
            self._seat.refresh()

    async def close(self) -> None:
        """Close the modal in front, which shows the one behind it."""
        view = self._seat.modal
        if view is not None:
            await self._seat.scene.standin.close_view(self._seat.viewer.id, view)

    async def close_all(self) -> None:
        for view in reversed(self._seat.scene.workspace.views.stack(self._seat.viewer.id)):
            if self._seat.modal == view:
                await self._seat.scene.standin.close_view(self._seat.viewer.id, view)

    async def _submit(self, view: View, form: Form) -> None:
        """Submit what was entered, unless something in it can't be; take what the bot says of it."""
        seat = self._seat
        given = entries.read(view.blocks, form.drafts, seat.reader)
        if given.errors:
            form.errors = given.errors
            return
        try:
            answer = await seat.scene.standin.submit_view(seat.viewer.id, view, given.values)
        except Impossible as refusal:
            form.trouble = str(refusal)
            return
        form.errors = answer.errors
        form.trouble = "" if answer.error is None else f"{NO_ANSWER} ({answer.error})"
