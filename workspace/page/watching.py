"""Opening the drawer of what passes between Slack and the bot, and sifting it."""

from nicegui.events import GenericEventArguments

from workspace.page.seat import Seat


class Watching:
    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def toggle(self) -> None:
        self._seat.is_watching = not self._seat.is_watching
        self._seat.refresh()

    def sift(self, event: GenericEventArguments) -> None:
        self._seat.sieve = str(event.args).strip().casefold()
        self._seat.refresh()
