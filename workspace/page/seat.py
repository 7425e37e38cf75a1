"""Who sits at one browser tab, where they are, and what they are doing."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from workspace.inputs import Place
from workspace.members import Channel, Member
from workspace.messages import Ephemeral, Message
from workspace.page.reader import Reader, reader_of
from workspace.page.scene import Scene

TOLD_S = 6.0
"""How long a notice stays."""


@dataclass(slots=True, eq=False)
class Seat:
    scene: Scene
    viewer: Member
    room: Channel
    wound_at: datetime
    """Where the field for a chosen time begins: when this person last moved the clock."""
    complaint: str = ""
    """Why what was typed was not sent."""
    told: str = ""
    """A notice, for a few seconds."""
    pressed: set[tuple[str, Place]] = field(default_factory=set)
    refresh: Callable[[], None] = lambda: None

    @classmethod
    def take(cls, scene: Scene, name: str) -> "Seat":
        """The seat of the member of that name, or of the first one, in the first of their channels."""
        named = scene.workspace.member_named(name)
        viewer = named if named in scene.people() else scene.people()[0]
        return cls(scene, viewer, scene.rooms(viewer)[0], scene.workspace.clock())

    @property
    def reader(self) -> Reader:
        return reader_of(self.scene.workspace, self.viewer)

    def become(self, viewer: Member) -> None:
        """Sit down as somebody else, in the same channel if they are in it."""
        rooms = self.scene.rooms(viewer)
        self.viewer = viewer
        self.told = ""
        self.enter(self.room if self.room in rooms else rooms[0])

    def enter(self, room: Channel) -> None:
        self.room = room
        self.complain("")

    def complain(self, text: str) -> None:
        self.complaint = text
        self.refresh()

    def tell(self, text: str) -> None:
        self.told = text
        self.refresh()
        asyncio.get_running_loop().call_later(TOLD_S, self._untell, text)

    def shown(self, ts: str) -> Message | Ephemeral | None:
        """What stands in this room under that `ts`, as it is now."""
        workspace = self.scene.workspace
        return workspace.timeline(self.room.id).get(ts) or workspace.ephemeral(self.viewer.id, ts)

    @contextmanager
    def pressing(self, ts: str, place: Place) -> Iterator[None]:
        """Show an element as pressed; it can't be pressed again meanwhile."""
        self.pressed.add((ts, place))
        self.refresh()
        try:
            yield
        finally:
            self.pressed.discard((ts, place))
            self.refresh()

    def _untell(self, text: str) -> None:
        if self.told == text:
            self.told = ""
            self.refresh()
