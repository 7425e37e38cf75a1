"""What the rules need from outside: time, a database, people, channels, forms, files, and a sender of what is owed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Concatenate, ParamSpec, Protocol, TypeAlias, TypeVar

from sqlalchemy import Connection

from bot.domain.deliveries import Claimed, Doubted, Hitch, Result
from bot.domain.ids import ChannelId, MessageId, UserId
from bot.domain.members import Member, Profile
from bot.domain.sent_files import SentFile

P = ParamSpec("P")
R = TypeVar("R")

Tx: TypeAlias = Connection
"""One open transaction. Only `bot.usecases` and `storage` look inside."""

Clock: TypeAlias = Callable[[], datetime]
"""The time, as an aware UTC instant."""


class Database(Protocol):
    async def write(self, use_case: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `use_case` in one transaction; when this returns, its writes are durable."""

    async def read(self, use_case: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `use_case` on a consistent snapshot, which it can't change."""

    async def forget(self) -> bool:
        """Wipe what deleted rows have left behind in the database's files; False where somebody still reads them."""


class Announcer(Protocol):
    """Sends to Slack what the database says is owed."""

    async def send(self, claimed: Claimed) -> Result:
        """Render from the database as it is now, and post. Never raises for what Slack or the network does."""

    async def find(self, doubted: Doubted) -> float:
        """Look deliveries in doubt up in Slack's history; the seconds before others may be looked up (0: at once)."""

    async def open_direct(self, member: Member) -> Hitch | None:
        """Open direct messages with a member ahead of the first one; what came between, if anything did."""

    async def is_answering(self) -> bool:
        """Whether Slack can be reached and answers."""


class Drawer(Protocol):
    """Brings messages that stand in Slack up to date."""

    async def draw(self, message: MessageId) -> float:
        """Draw a kept message from the newest state, if it is its turn.

        The seconds before it may be drawn again (0: no need). Never raises for what Slack or the network does.
        """


class Work(Protocol):
    """Carries hints that rows are waiting. A hint may be lost or doubled, and nothing is."""

    def submit(self, shards: Collection[int]) -> None:
        """Deliveries of these shards are due."""

    def redraw(self) -> None:
        """Some kept message is behind the database."""


class Directory(Protocol):
    """Slack's knowledge of people and channels, asked for where a command can't go on without it."""

    async def profile(self, user: UserId) -> Profile | None:
        """None where Slack did not answer in time or doesn't know the person."""

    async def people(self, channel: ChannelId) -> frozenset[UserId] | None:
        """Who is in `channel`, apps included but the bot; None where Slack doesn't say."""

    async def enter(self, channel: ChannelId) -> bool:
        """Make sure that the bot may post in `channel`, joining a public one; whether it is a private one.

        Raises:
            Refusal("channel-private"), Refusal("channel-archived"), Refusal("slack-silent")
        """


class Intake(Protocol):
    """Fetches what people put into a form."""

    async def fetch(self, file: SentFile, sender: UserId) -> bytes:
        """The bytes of a file of the sender's, while they wait.

        Raises:
            Refusal("file-gone"), Refusal("file-too-large"), Refusal("file-elsewhere"): it isn't kept in Slack.
            Refusal("file-withheld"): Slack does not let the bot have files.
            Refusal("file-silent"): Slack did not answer in time.
        """


class Forms(Protocol):
    """Modals, shown to a person who waits for them. A view is what `bot.view.forms` makes, as Slack takes it."""

    async def open(self, trigger: str, view: Mapping[str, object]) -> None:
        """Show a form to whoever caused `trigger`, a moment ago.

        Raises:
            Refusal("form-not-opened"): Slack did not open it in time.
        """

    async def update(self, view_id: str, view: Mapping[str, object]) -> None:
        """Change an open form; what was entered stays under the same input. A form that is gone stays gone."""
