"""The stand-in: a workspace, its API on loopback, and the people whom a test or the page moves."""

import time
from collections.abc import Mapping
from functools import partial
from typing import Any, Self

from starlette.applications import Starlette

from workspace import clicks, commands, events, submissions
from workspace.answers import Answer
from workspace.api import Api
from workspace.clicks import Target
from workspace.members import Member
from workspace.modals import View
from workspace.outgoing import ACK_LIMIT_S, Ack, Outgoing, sign
from workspace.recording import RecordingApi, RecordingOutgoing
from workspace.serving import LoopbackServer
from workspace.state import Workspace
from workspace.submissions import Entries
from workspace.wire import Impossible, Json


class StandIn:
    """A Slack workspace for one bot. Every method that moves a person may raise `Impossible`.

    Where an event would tell the bot of it but the app has not subscribed to it, nothing is sent, and None is returned.
    """

    def __init__(self, workspace: Workspace, server: LoopbackServer, app: Starlette, outgoing: Outgoing) -> None:
        """Use `start`."""
        self.workspace = workspace
        self.app = app
        self._server = server
        self._outgoing = outgoing

    @classmethod
    async def start(cls, workspace: Workspace, port: int = 0, *, ack_limit_s: float = ACK_LIMIT_S) -> Self:
        """Serve on 127.0.0.1, on any free port unless one is given, in the running event loop."""
        app = Api(workspace).app()
        app.add_middleware(RecordingApi, workspace=workspace)
        server = LoopbackServer(app, port)
        await server.start()
        workspace.base_url = server.url
        outgoing = RecordingOutgoing(workspace, ack_limit_s)
        workspace.happened = partial(events.tell, outgoing)
        return cls(workspace, server, app, outgoing)

    async def stop(self) -> None:
        """Let go of what is held, and close every connection."""
        self.workspace.faults.clear()
        await self._outgoing.close()
        await self._server.stop()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def base_url(self) -> str:
        return self.workspace.base_url

    @property
    def api_url(self) -> str:
        """The bot's `SLACK_API_URL`."""
        return f"{self.base_url}/api/"

    @property
    def bot_url(self) -> str | None:
        """Where the bot takes requests: its `…/slack/events`."""
        return self._outgoing.bot_url

    @bot_url.setter
    def bot_url(self, url: str) -> None:
        self._outgoing.bot_url = url

    async def command(self, member_id: str, channel_id: str, typed: str) -> Answer:
        """Type a command, such as `/signup afternoon`."""
        return await commands.type_command(self._outgoing, member_id, channel_id, typed)

    async def click(self, member_id: str, target: Target, action_id: str, value: Any = None) -> Answer:
        """Act on an element of `target` as it is now; see `clicks.click`."""
        now = clicks.current(self.workspace, member_id, target)
        return await clicks.click(self._outgoing, member_id, now, action_id, value)

    async def click_stale(self, member_id: str, target: Target, action_id: str, value: Any = None) -> Answer:
        """Act on `target` as it was when it was read: the person's screen has not caught up."""
        clicks.current(self.workspace, member_id, target)
        return await clicks.click(self._outgoing, member_id, target, action_id, value)

    def fill(self, member_id: str, view: View, entries: Entries) -> View:
        """Enter values into an open modal, by `action_id`, without submitting them."""
        return submissions.fill(self.workspace, self._view(member_id, view), entries)

    async def submit_view(self, member_id: str, view: View, entries: Entries | None = None) -> Answer:
        """Enter values into the modal in front, and submit it."""
        filled = self.fill(member_id, view, entries or {})
        return await submissions.submit(self._outgoing, member_id, filled)

    async def close_view(self, member_id: str, view: View) -> Answer | None:
        return await submissions.close(self._outgoing, member_id, self._view(member_id, view))

    async def open_home(self, member_id: str, tab: str = "home") -> Answer | None:
        return await events.open_home(self._outgoing, member_id, tab)

    async def say(self, member_id: str, channel_id: str, text: str, *, thread_ts: str | None = None) -> Answer | None:
        channel = self.workspace.channels[channel_id]
        return await events.say(self._outgoing, member_id, channel, text, thread_ts)

    async def join(self, member_id: str, channel_id: str) -> Answer | None:
        return await events.join(self._outgoing, member_id, self.workspace.channels[channel_id])

    async def leave(self, member_id: str, channel_id: str) -> Answer | None:
        return await events.leave(self._outgoing, member_id, self.workspace.channels[channel_id])

    async def change_member(self, member: Member) -> Answer | None:
        return await events.change_member(self._outgoing, member)

    async def event(self, event: Json) -> Answer:
        """Send any event, subscribed to or not: the inner object, with its `type`."""
        return await events.send(self._outgoing, event)

    async def disconnect(self, reason: str = "warning") -> None:
        """Tell the bot that its Socket Mode connections end; all but a `warning` end at once.

        With `link_disabled` Socket Mode is off, until `has_socket_mode` is set again.
        """
        if reason == "link_disabled":
            self.workspace.has_socket_mode = False
        await self.workspace.sockets.disconnect(reason)

    def drop_sockets(self) -> None:
        """Break every Socket Mode connection, without a word."""
        self.workspace.sockets.drop()

    async def post_raw(self, body: bytes, headers: Mapping[str, str]) -> Ack:
        """Send any request to the bot, forged or not."""
        return await self._outgoing.post(body, headers)

    def sign(self, body: bytes, timestamp: str | None = None, secret: str | None = None) -> dict[str, str]:
        """The headers that a request of Slack's would bear: now and by the right secret, unless told otherwise."""
        return sign(secret or self.workspace.signing_secret, body, timestamp or str(int(time.time())))

    def _view(self, member_id: str, view: View) -> View:
        now = clicks.current(self.workspace, member_id, view)
        if not isinstance(now, View):
            raise Impossible("a message is no form")
        return now
