"""One browser tab: it follows the workspace, and shows what its person sees of it."""

import asyncio

from nicegui import Client, ui

from workspace.page import dates, frame, hints, home, rows, sidebar, timeline
from workspace.page.deeds import Deeds
from workspace.page.markup import Html, escape, join, tag
from workspace.page.reader import is_outsider
from workspace.page.scene import Scene
from workspace.page.seat import Seat

COALESCE_S = 0.03
"""Changes that come this close together are shown at once."""


class Tab:
    def __init__(self, scene: Scene, client: Client) -> None:
        name = client.request.query_params.get("as", "") if client.request else ""
        self._client, self._workspace = client, scene.workspace
        self._seat = Seat.take(scene, name)
        self._seat.refresh = self._refresh
        self._frame = frame.build(Deeds.of(self._seat), scene.name)
        self._is_stale = False
        self._visible: set[str] = set()
        client.on_delete(self._workspace.subscribe(self._changed))
        ui.timer(1, self._tick)
        client.on_connect(self._arrive)
        self._refresh()

    def _arrive(self) -> None:
        ui.run_javascript("standIn.arrive()")
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
            self._hide_forms()
            self._show_person()
            self._show_place()
            self._frame.thread.show(self._seat)
            self._frame.traffic.show(self._seat)
            self._frame.dialogs.show(self._seat)

    def _hide_forms(self) -> None:
        """Forget how those views were drawn that are out of sight."""
        visible = {view.id for view in (self._seat.modal, self._seat.home) if view is not None}
        for gone in self._visible - visible:
            self._seat.forms[gone].hide()
        self._visible = visible

    def _show_person(self) -> None:
        seat, shown = self._seat, self._frame
        if self._client.has_socket_connection and not seat.is_at_home:
            seat.scene.mark_read(seat.viewer, seat.room)
        here = sidebar.HOME if seat.is_at_home else seat.room
        shown.now.content = self._now()
        shown.told.content = tag("p", seat.told) if seat.told else Html()
        shown.chosen_time.content = _chosen_time(seat)
        shown.switcher.content = sidebar.switcher(seat.scene, seat.viewer)
        shown.card.content = sidebar.card(seat.scene, seat.viewer, seat.reader)
        shown.rooms.content = sidebar.rooms(seat.scene, seat.viewer, here)

    def _show_place(self) -> None:
        seat, shown = self._seat, self._frame
        title = sidebar.title(seat.scene, seat.room)
        home_view = seat.home
        rows.set_props(shown.place, data_place="home" if seat.is_at_home else "room")
        rows.set_props(shown.home, data_view="" if home_view is None else home_view.id)
        shown.title.content = escape(sidebar.home_title(seat.scene) if seat.is_at_home else title)
        shown.complaint.content = tag("p", seat.complaint) if seat.complaint else Html()
        shown.hint.content = _hint(seat)
        shown.rows.show(timeline.items(self._workspace, seat.viewer, seat.room, frozenset(seat.pressed)))
        shown.home_rows.show(home.items(seat))
        rows.set_props(shown.timeline, data_room=f"{seat.viewer.id}/{seat.room.id}", data_empty=_empty(seat))
        rows.set_props(shown.composer, placeholder=f"Message {title}", aria_label=f"Message {title}")

    def _now(self) -> Html:
        reader = self._seat.reader
        own = tag("strong", dates.wall(reader.local(reader.now)))
        return join((own, " ", tag("span", dates.beside(reader.now, reader))))


def _hint(seat: Seat) -> Html:
    outside = is_outsider(seat.scene.workspace, seat.viewer)
    return hints.outsider(seat.viewer) if outside else hints.commands(seat.scene.commands)


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
