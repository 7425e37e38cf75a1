"""What opens beside and under the room: a thread, and the traffic with the bot."""

from dataclasses import dataclass

from nicegui import ui

from workspace.page import timeline
from workspace.page import traffic as log
from workspace.page.deeds import Deeds
from workspace.page.dialogs import EMIT
from workspace.page.rows import Rows, button, element, piece, set_props
from workspace.page.seat import Seat

SUBMITTED = "(event) => standIn.submitted(event, emit)"
KEYED = "(event) => standIn.typed(event)"
DISMISSED = "() => emit()"
TYPED = "(event) => emit(event.target.value)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPanel:
    panel: ui.element
    holder: ui.element
    rows: Rows

    def show(self, seat: Seat) -> None:
        start = None if seat.thread is None else seat.scene.workspace.timeline(seat.room.id).get(seat.thread)
        set_props(self.panel, data_open="" if start is None else "yes")
        set_props(self.holder, data_room=f"{seat.viewer.id}/{seat.thread}")
        pressed = frozenset(seat.pressed)
        self.rows.show(() if start is None else timeline.thread(seat.scene.workspace, seat.viewer, start, pressed))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficPanel:
    panel: ui.element
    rows: Rows

    def show(self, seat: Seat) -> None:
        set_props(self.panel, data_open="yes" if seat.is_watching else "")
        self.rows.show(log.items(seat.scene.workspace.traffic, seat.reader, seat.sieve) if seat.is_watching else ())


def thread(deeds: Deeds) -> ThreadPanel:
    panel = element("aside", id="thread", class_="panel", aria_label="Thread", data_testid="thread")
    panel.on("act", deeds.presses.press, js_handler=EMIT).on(
        "dismissed", deeds.hands.close_thread, js_handler=DISMISSED
    )
    with panel:
        with element("div", class_="panel-head"):
            piece("Thread", "h2")
            button("×", "thread-close", spoken="Close the thread").on("click", deeds.hands.close_thread)
        holder = element("div", id="thread-rows", class_="fill", role="log", aria_label="Thread", tabindex="0")
        with element("form").on("submit", deeds.hands.reply, js_handler=SUBMITTED), element("div", class_="typing"):
            named = {"id": "thread-composer", "data_testid": "thread-composer", "aria_label": "Reply"}
            composer = element("textarea", name="text", rows="1", placeholder="Reply…", dir="auto", **named)
            composer.on("keydown", js_handler=KEYED)
            button("Send", "thread-send", kind="submit", spoken="Send the reply")
    return ThreadPanel(panel=panel, holder=holder, rows=Rows(holder))


def traffic(deeds: Deeds) -> TrafficPanel:
    panel = element("aside", id="traffic", class_="panel", aria_label="Traffic", data_testid="traffic")
    panel.on("dismissed", deeds.watching.toggle, js_handler=DISMISSED)
    with panel:
        with element("div", class_="panel-head"):
            piece("Traffic", "h2")
            named = {"id": "traffic-filter", "data_testid": "traffic-filter", "aria_label": "Filter the traffic"}
            filtering = element("input", type="search", placeholder="Filter: chat.update, error, U0…", **named)
            filtering.on("input", deeds.watching.sift, js_handler=TYPED)
            button("×", "traffic-close", spoken="Close the traffic").on("click", deeds.watching.toggle)
        holder = element("div", class_="fill", role="list", aria_label="Newest first")
    return TrafficPanel(panel=panel, rows=Rows(holder))
