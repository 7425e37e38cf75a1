"""One browser tab: it follows the workspace, and shows what its person sees of it."""

import asyncio

from nicegui import Client, ui

from workspace.page import dates, frame, rows, sidebar, timeline
from workspace.page.hands import Hands
from workspace.page.markup import Html, escape, join, tag
from workspace.page.scene import Scene
from workspace.page.seat import Seat
from workspace.page.winding import Winding

COALESCE_S = 0.03
"""Changes that come this close together are shown at once."""


class Tab:
    def __init__(self, scene: Scene, client: Client) -> None:
        name = client.request.query_params.get("as", "") if client.request else ""
        self._client, self._workspace = client, scene.workspace
        self._seat = Seat.take(scene, name)
        self._seat.refresh = self._refresh
        self._frame = frame.build(Hands(self._seat), Winding(self._seat), scene)
        self._is_stale = False
        client.on_delete(self._workspace.subscribe(self._changed))
        ui.timer(1, self._tick)
        self._refresh()

    def _changed(self) -> None:
        if not self._is_stale:
            self._is_stale = True
            asyncio.get_running_loop().call_later(COALESCE_S, self._refresh)

    def _tick(self) -> None:
        if self._now() != self._frame.now.content:
            self._refresh()

    def _refresh(self) -> None:
        self._is_stale = False
        if self._client.is_deleted:
            return
        with self._client:
            self._show_person()
            self._show_room()

    def _show_person(self) -> None:
        seat, shown = self._seat, self._frame
        seat.scene.mark_read(seat.viewer, seat.room)
        shown.now.content = self._now()
        shown.told.content = tag("p", seat.told) if seat.told else Html()
        shown.chosen_time.content = _chosen_time(seat)
        shown.switcher.content = sidebar.switcher(seat.scene, seat.viewer)
        shown.card.content = sidebar.card(seat.viewer, seat.reader)
        shown.rooms.content = sidebar.rooms(seat.scene, seat.viewer, seat.room)

    def _show_room(self) -> None:
        seat, shown = self._seat, self._frame
        shown.title.content = escape(sidebar.title(seat.scene, seat.room))
        shown.complaint.content = tag("p", seat.complaint) if seat.complaint else Html()
        shown.form.content = _form(seat)
        shown.rows.show(timeline.items(self._workspace, seat.viewer, seat.room, frozenset(seat.pressed)))
        rows.set_props(shown.timeline, data_room=f"{seat.viewer.id}/{seat.room.id}", data_empty=_empty(seat))
        invitation = f"Message {sidebar.title(seat.scene, seat.room)}"
        rows.set_props(shown.composer, placeholder=invitation, aria_label=invitation)

    def _now(self) -> Html:
        reader = self._seat.reader
        own = tag("strong", dates.wall(reader.local(reader.now)))
        return join((own, " ", tag("span", dates.beside(reader.now, reader))))


def _empty(seat: Seat) -> str:
    """What is shown where nothing has been said."""
    return (
        "The bot writes to you here. Reminders come as direct messages." if seat.room.is_im else "Nothing was said yet."
    )


def _chosen_time(seat: Seat) -> Html:
    """The field keeps what is typed in it until the clock is moved."""
    start = f"{seat.reader.local(seat.wound_at):%Y-%m-%dT%H:%M}"
    label = tag("label", "Go to", for_="clock-to")
    return join(
        (label, tag("input", type="datetime-local", id="clock-to", name="text", data_testid="clock-to", value=start))
    )


def _form(seat: Seat) -> Html:
    """A form can't be filled in on this page; it can be closed."""
    stack = seat.scene.workspace.views.stack(seat.viewer.id)
    if not stack:
        return Html()
    said = f"The bot has opened a form, “{stack[-1].content['title']['text']}”. Forms are not shown here yet."
    return tag("p", said, " ", tag("button", "Close it", type="button", class_="button"))
