"""Who sits at one browser tab, where they are, and what they are doing."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from workspace.inputs import Place
from workspace.members import Channel, Member
from workspace.messages import Ephemeral, Message
from workspace.modals import View
from workspace.page.form import Form
from workspace.page.reader import Reader, reader_of
from workspace.page.scene import Scene
from workspace.page.sheet import Sheet
from workspace.wire import Json

TOLD_S = 6.0
"""How long a notice stays."""


@dataclass(frozen=True, slots=True)
class Question:
    """What an element's `confirm` asks, and the answer to come."""

    confirm: Json
    answer: asyncio.Future[bool]


@dataclass(slots=True, eq=False)
class Seat:
    scene: Scene
    viewer: Member
    room: Channel
    wound_at: datetime
    """Where the field for a chosen time begins: when this person last moved the clock."""
    is_at_home: bool = False
    """In the app's Home tab, and not in the room."""
    thread: str | None = None
    """The `ts` of the message whose thread is open beside the room."""
    is_watching: bool = False
    """With the drawer of the traffic open."""
    sieve: str = ""
    """What the traffic is sifted by, in small letters."""
    question: Question | None = None
    complaint: str = ""
    """Why what was typed was not sent."""
    told: str = ""
    """A notice, for a few seconds."""
    pressed: set[tuple[str, Place]] = field(default_factory=set)
    """The elements being pressed, each with its message's `ts` or its view's id."""
    forms: dict[str, Form] = field(default_factory=dict)
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

    @property
    def modal(self) -> View | None:
        """The modal in front of this person."""
        stack = self.scene.workspace.views.stack(self.viewer.id)
        return stack[-1] if stack else None

    @property
    def home(self) -> View | None:
        return self.scene.workspace.views.home(self.viewer.id) if self.is_at_home else None

    def become(self, viewer: Member) -> None:
        """Sit down as somebody else, in the same channel if they are in it."""
        rooms = self.scene.rooms(viewer)
        self.viewer = viewer
        self.told = ""
        self.enter(self.room if self.room in rooms else rooms[0])

    def enter(self, room: Channel) -> None:
        self.room, self.thread, self.is_at_home = room, None, False
        self.complain("")

    def enter_home(self) -> None:
        self.thread, self.is_at_home = None, True
        self.complain("")

    def complain(self, text: str) -> None:
        self.complaint = text
        self.refresh()

    def tell(self, text: str) -> None:
        self.told = text
        self.refresh()
        asyncio.get_running_loop().call_later(TOLD_S, self._untell, text)

    async def ask(self, confirm: Json) -> bool:
        """Ask as an element's `confirm` says. Closing the question says no."""
        self.question = Question(confirm, asyncio.get_running_loop().create_future())
        self.refresh()
        answer = await self.question.answer
        self.question = None
        self.refresh()
        return answer

    def form(self, view: View) -> Form:
        return self.forms.setdefault(view.id, Form())

    def sheet(self, source: str) -> Sheet:
        """An empty one for that message or view."""
        pressed = frozenset(place for where, place in self.pressed if where == source)
        return Sheet(source=source, reader=self.reader, pressed=pressed)

    def shown(self, source: str) -> Message | Ephemeral | View | None:
        """What stands here under that `ts`, or is open under that id, as it is now."""
        workspace = self.scene.workspace
        message = workspace.timeline(self.room.id).get(source) or workspace.ephemeral(self.viewer.id, source)
        return message or workspace.views.get(source)

    @contextmanager
    def pressing(self, source: str, place: Place) -> Iterator[None]:
        """Show an element as pressed; it can't be pressed again meanwhile."""
        self.pressed.add((source, place))
        self.refresh()
        try:
            yield
        finally:
            self.pressed.discard((source, place))
            self.refresh()

    def _untell(self, text: str) -> None:
        if self.told == text:
            self.told = ""
            self.refresh()
