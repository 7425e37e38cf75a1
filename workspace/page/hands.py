"""What a person does at a tab: be somebody, go somewhere, write."""

import json

from nicegui import ui
from nicegui.events import GenericEventArguments

from workspace.page.seat import Seat
from workspace.page.sidebar import DIRECT, HOME
from workspace.wire import Impossible

NOT_IN_THREADS = "Slack takes no commands in threads. Type it in the channel."


class Hands:
    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def become(self, event: GenericEventArguments) -> None:
        """The address keeps the name, so that a reload, or a second tab, is the same person."""
        viewer = self._seat.scene.workspace.members[event.args]
        self._seat.become(viewer)
        ui.run_javascript(f"history.replaceState(null, '', '?as=' + encodeURIComponent({json.dumps(viewer.name)}))")

    def reload(self) -> None:
        """Lose what was shown to this person alone, as in Slack."""
        self._seat.scene.workspace.reload(self._seat.viewer.id)

    async def enter(self, event: GenericEventArguments) -> None:
        """Go to a channel, to the direct messages with the bot, or to the app's Home, of which the bot is told."""
        seat, workspace = self._seat, self._seat.scene.workspace
        if event.args == HOME:
            seat.enter_home()
            await seat.scene.standin.open_home(seat.viewer.id)
        else:
            is_direct = event.args == DIRECT
            seat.enter(workspace.open_direct(seat.viewer.id) if is_direct else workspace.channels[event.args])

    async def send(self, event: GenericEventArguments) -> None:
        """A text that begins with a slash is a command. What can't be sent goes back to where it was typed."""
        text = str(event.args).strip()
        if not text:
            return
        seat, standin = self._seat, self._seat.scene.standin
        send = standin.command if text.startswith("/") else standin.say
        try:
            await send(seat.viewer.id, seat.room.id, text)
        except Impossible as refusal:
            _put_back("composer", text)
            seat.complain(str(refusal))
        else:
            seat.complain("")

    def open_thread(self, event: GenericEventArguments) -> None:
        self._seat.thread = str(event.args)
        self._seat.refresh()

    def close_thread(self) -> None:
        self._seat.thread = None
        self._seat.refresh()

    async def reply(self, event: GenericEventArguments) -> None:
        """Say something in the open thread."""
        text, seat = str(event.args).strip(), self._seat
        if not text or seat.thread is None:
            return
        if text.startswith("/"):
            _put_back("thread-composer", text)
            seat.tell(NOT_IN_THREADS)
            return
        try:
            await seat.scene.standin.say(seat.viewer.id, seat.room.id, text, thread_ts=seat.thread)
        except Impossible as refusal:
            _put_back("thread-composer", text)
            seat.tell(str(refusal))

    def answer(self, event: GenericEventArguments) -> None:
        """Say yes or no to the question that is asked."""
        question = self._seat.question
        if question is not None and not question.answer.done():
            question.answer.set_result(event.args is True)


def _put_back(composer: str, text: str) -> None:
    ui.run_javascript(f"standIn.putBack('{composer}', {json.dumps(text)})")
