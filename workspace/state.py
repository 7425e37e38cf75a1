"""The workspace: who is in it, what has been said, what the bot holds. It knows no HTTP."""

import itertools
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, Unpack

from bot.slack.manifest import EVENTS
from workspace.changes import Changes, Listener
from workspace.clock import SimulatedClock
from workspace.faults import Faults
from workspace.files import Files, SharedFile
from workspace.happenings import Changed, Deleted, Happening, Joined, Left, Said
from workspace.inputs import Place
from workspace.limits import Limit
from workspace.members import Channel, Member, MemberFacts
from workspace.messages import Ephemeral, Message, Timeline, to_ts
from workspace.modals import Views
from workspace.sockets import Sockets
from workspace.tickets import ResponseUrls, Seconds, Triggers
from workspace.traffic import Traffic
from workspace.wire import Json, SlackError

Seen = TypeVar("Seen")


def _unheard(_: Happening) -> None:
    """Nobody is told."""


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SCOPES = frozenset(
    {
        "channels:history",
        "channels:join",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "users:read",
    }
)
"""What the app asks for."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call that the bot made, at that instant of the simulated clock; `response_url` stands for one of those."""

    method: str
    arguments: Json
    at: datetime


@dataclass(eq=False, kw_only=True)
class Workspace:
    clock: SimulatedClock = field(default_factory=SimulatedClock)
    monotonic_s: Seconds = time.monotonic
    """Real time, for trigger ids, response URLs and limits."""
    team_id: str = "T0STANDIN"
    team_domain: str = "consultations"
    app_id: str = "A0CONVENE"
    bot_id: str = "B0CONVENE"
    bot_user_id: str = "U0CONVENE"
    bot_name: str = "convene"
    bot_token: str = "xoxb-stand-in-0000"
    app_token: str = "xapp-stand-in-0000"
    """With it the bot may open Socket Mode connections, while `has_socket_mode`."""
    has_socket_mode: bool = True
    signing_secret: str = "0123456789abcdef0123456789abcdef"
    token_error: str | None = None
    """`token_revoked` or `account_inactive`, once the token is worth nothing any more."""
    scopes: frozenset[str] = SCOPES
    """Take some away, and a method that needs one answers `missing_scope`."""
    limits: dict[str, Limit] = field(default_factory=dict)
    """By method: a call too many is answered 429. None is limited unless it is said."""
    history_page: int | None = None
    """The most messages a page of history holds, whatever is asked for; `LEAST_HISTORY` for some apps."""
    commands: frozenset[str] | None = None
    """The registered commands, each with its slash; None accepts any."""
    subscriptions: frozenset[str] = frozenset(EVENTS)
    """The events of which the app wants to be told, as the manifest names them: `message.channels`, not `message`."""
    escapes_mentions: bool = True
    """The manifest's `should_escape`: whether a typed @ana reaches the bot as `<@U123|ana>`."""
    base_url: str = ""
    """Where the bot finds the stand-in: `StandIn.start` says it."""
    calls: list[Call] = field(default_factory=list)
    members: dict[str, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    changes: Changes = field(default_factory=Changes)

    happened: Callable[[Happening], None] = _unheard
    """Who tells the bot: `StandIn.start` says it."""

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._last_micros = 0
        self._members_by_name: dict[str, str] = {}
        self._channels_by_name: dict[str, str] = {}
        self._directs: dict[str, str] = {}
        self._timelines: dict[str, Timeline] = {}
        self._ephemerals: dict[str, dict[str, Ephemeral]] = {}
        self.entered: dict[tuple[str, str, str], dict[Place, Any]] = {}
        """What people have chosen in a message's elements, by channel, `ts` and user."""
        self.retries: dict[str, datetime] = {}
        """When an event that the bot has not answered is told again, by its `event_id`. Move the clock there."""
        self.views = Views(self.new_id)
        self.files = Files(self.new_id, self.now_s, self._file_url)
        self.triggers = Triggers(self.monotonic_s)
        self.response_urls = ResponseUrls(self.monotonic_s)
        self.faults = Faults(self.changes.notify)
        self.sockets = Sockets(self.faults, self.monotonic_s, self.changes.notify, self.app_id)
        self.traffic = Traffic(self.clock, self.changes.notify)
        bot = Member(id=self.bot_user_id, name=self.bot_name, team_id=self.team_id, is_bot=True)
        self.put_member(bot)

    def new_id(self, prefix: str) -> str:
        return f"{prefix}0{next(self._numbers):08d}"

    def next_micros(self) -> int:
        """The simulated time in microseconds, later than at the last call."""
        now = (self.clock() - EPOCH) // timedelta(microseconds=1)
        self._last_micros = max(now, self._last_micros + 1)
        return self._last_micros

    def next_ts(self) -> str:
        return to_ts(self.next_micros())

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        return self.changes.subscribe(listener)

    async def until(self, look: Callable[[], Seen], timeout_s: float = 30) -> Seen:
        """See `Changes.until`."""
        return await self.changes.until(look, timeout_s)

    # People and channels

    def admit(self, name: str, **facts: Unpack[MemberFacts]) -> Member:
        """A new member, by the name that is typed after an @."""
        full: MemberFacts = {"id": self.new_id("U"), "team_id": self.team_id, "real_name": name.title(), **facts}
        member = Member(name=name, **full)
        self.put_member(member)
        return member

    def put_member(self, member: Member) -> None:
        """Add a member, or change one: `put_member(replace(ana, zone="Asia/Manila"))`."""
        before = self.members.get(member.id)
        if before is not None:
            self._members_by_name.pop(before.name.casefold(), None)
        self.members[member.id] = member
        self._members_by_name[member.name.casefold()] = member.id
        self.changes.notify()

    def member_named(self, name: str) -> Member | None:
        return self.members.get(self._members_by_name.get(name.casefold(), ""))

    def open_channel(self, name: str, members: Iterable[str] = (), *, is_private: bool = False) -> Channel:
        """A new channel of these people; the bot is in it only if it is named among them."""
        channel = Channel(
            id=self.new_id("C"), name=name, created=self.now_s(), is_private=is_private, members=set(members)
        )
        self.channels[channel.id] = channel
        self._channels_by_name[name.casefold()] = channel.id
        self.changes.notify()
        return channel

    def channel_named(self, name: str) -> Channel | None:
        return self.channels.get(self._channels_by_name.get(name.casefold(), ""))

    def direct(self, user: str) -> Channel | None:
        """The direct messages between the bot and that user, once they have been opened."""
        return self.channels.get(self._directs.get(user, ""))

    def open_direct(self, user: str) -> Channel:
        opened = self.direct(user)
        if opened is not None:
            return opened
        people = {user, self.bot_user_id}
        channel = Channel(id=self.new_id("D"), name="", created=self.now_s(), members=people, user=user)
        self.channels[channel.id] = channel
        self._directs[user] = channel.id
        self.changes.notify()
        return channel

    def join(self, channel: Channel, user: str) -> None:
        if user not in channel.members:
            channel.members.add(user)
            self.happened(Joined(channel, user))
            self.changes.notify()

    def leave(self, channel: Channel, user: str) -> None:
        if user in channel.members:
            channel.members.discard(user)
            self.happened(Left(channel, user))
            self.changes.notify()

    def archive(self, channel: Channel) -> None:
        channel.is_archived = True
        self.changes.notify()

    def now_s(self) -> int:
        return int(self.clock().timestamp())

    # What is said

    def timeline(self, channel: str) -> Timeline:
        return self._timelines.setdefault(channel, Timeline())

    def messages(self, channel: str) -> list[Message]:
        """What stands in a channel, oldest first, replies in threads included."""
        return list(self.timeline(channel))

    def direct_messages(self, user: str) -> list[Message]:
        """What stands between the bot and that user, oldest first."""
        opened = self.direct(user)
        return [] if opened is None else self.messages(opened.id)

    def put_message(self, message: Message) -> Message:
        """Say something new, or change what was said."""
        timeline = self.timeline(message.channel)
        before = timeline.get(message.ts)
        if before is None:
            timeline.add(message)
        else:
            timeline.replace(message)
        self.happened(Said(message) if before is None else Changed(message, before))
        self.changes.notify()
        return message

    def delete_message(self, message: Message) -> None:
        self.timeline(message.channel).replace(replace(message, deleted=True))
        self.happened(Deleted(message))
        self.changes.notify()

    def ephemerals(self, user: str, channel: str | None = None) -> list[Ephemeral]:
        """What that user alone sees at the moment, oldest first."""
        seen = self._ephemerals.get(user, {}).values()
        return [one for one in seen if channel in (None, one.channel)]

    def ephemeral(self, user: str, ts: str) -> Ephemeral | None:
        return self._ephemerals.get(user, {}).get(ts)

    def put_ephemeral(self, ephemeral: Ephemeral) -> Ephemeral:
        self._ephemerals.setdefault(ephemeral.user, {})[ephemeral.ts] = ephemeral
        self.changes.notify()
        return ephemeral

    def drop_ephemeral(self, ephemeral: Ephemeral) -> None:
        self._ephemerals[ephemeral.user].pop(ephemeral.ts, None)
        self.changes.notify()

    def reload(self, user: str) -> None:
        """What a person's client does on reloading: ephemeral messages are gone."""
        self._ephemerals.pop(user, None)
        self.changes.notify()

    def upload(self, member_id: str, name: str, content: bytes) -> SharedFile:
        """Have a member choose a file of theirs; it goes into a form's field of files."""
        return self.files.upload(self.files.announce(name, len(content), member_id).id, content)

    # What the bot calls

    def record(self, method: str, arguments: Json) -> None:
        self.calls.append(Call(method, arguments, self.clock()))
        self.changes.notify()

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def require(self, *scopes: str) -> None:
        """Refuse unless all of these were granted.

        Raises:
            SlackError: with what is needed and what was granted.

        """
        missing = [scope for scope in scopes if scope not in self.scopes]
        if missing:
            provided = ",".join(sorted(self.scopes))
            raise SlackError("missing_scope", needed=",".join(missing), provided=provided)

    def _file_url(self, file_id: str) -> str:
        return f"{self.base_url}/files-pri/{self.team_id}-{file_id}"
