"""Moving the simulated clock, and saying what time it is then."""

from datetime import datetime, timedelta

from nicegui.events import GenericEventArguments

from workspace.page import dates
from workspace.page.seat import Seat

PAST = "The clock only goes forward: choose a later time."
UNREADABLE = "Choose a date and a time first."
NOTHING_DUE = "No reminder is waiting."


class Winding:
    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    async def to_next(self) -> None:
        due = await self._seat.scene.next_due()
        if due is None:
            self._seat.tell(NOTHING_DUE)
        else:
            self._ahead(max(due - self._now(), timedelta()))

    def an_hour(self) -> None:
        self._ahead(timedelta(hours=1))

    def a_day(self) -> None:
        self._ahead(timedelta(days=1))

    def to(self, event: GenericEventArguments) -> None:
        """To a wall time in the viewer's zone."""
        try:
            wall = datetime.fromisoformat(str(event.args))
        except ValueError:
            self._seat.tell(UNREADABLE)
            return
        by = wall.replace(tzinfo=self._seat.reader.zone) - self._now()
        if by < timedelta():
            self._seat.tell(PAST)
        else:
            self._ahead(by)

    def _ahead(self, by: timedelta) -> None:
        workspace = self._seat.scene.workspace
        workspace.clock.advance(by)
        self._seat.wound_at = workspace.clock()
        workspace.changes.notify()
        self._seat.tell(f"It is now {dates.moment(workspace.clock(), self._seat.reader)}.")

    def _now(self) -> datetime:
        return self._seat.scene.workspace.clock()
