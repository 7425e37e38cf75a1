"""A small workspace with its page and a Bolt app of the test's own as the bot, in a thread beside the browser."""

import asyncio
import socket
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.slack.manifest import EVENTS
from tests.page.rehearsal import rehearse
from workspace.clock import SimulatedClock
from workspace.page.scene import Command, Scene
from workspace.page.site import PageServer
from workspace.server import StandIn
from workspace.serving import LoopbackServer
from workspace.state import Workspace

Got = TypeVar("Got")
START = datetime(2020, 9, 21, 8, tzinfo=UTC)
PATIENCE_S = 20


class QuietPage(PageServer):
    """Signals belong to the test run."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Stage:
    """`do` runs something in the workspace's event loop, and waits for it."""

    def __init__(self) -> None:
        self.workspace = _people()
        self.client = AsyncWebClient()
        self.address = ""
        self._loop = asyncio.new_event_loop()
        self._is_up = threading.Event()
        self._ended = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._run(),))

    @contextmanager
    def raised(self) -> Iterator["Stage"]:
        self._thread.start()
        try:
            assert self._is_up.wait(PATIENCE_S), "the page did not come up"
            yield self
        finally:
            self._loop.call_soon_threadsafe(self._ended.set)
            self._thread.join(PATIENCE_S)

    def do(self, deed: Coroutine[Any, Any, Got]) -> Got:
        return asyncio.run_coroutine_threadsafe(deed, self._loop).result(PATIENCE_S)

    def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """Have the bot call Slack."""
        answer = self.do(self.client.api_call(method, json=arguments))
        assert isinstance(answer.data, dict)
        return answer.data

    def said_to(self, name: str, text: str) -> None:
        """Wait until the bot has written that to a member."""
        user = self.id_of(name)
        self.do(self.workspace.until(lambda: any(each.text == text for each in self.workspace.direct_messages(user))))

    def close_forms(self) -> None:
        for member in self.workspace.members:
            self.workspace.views.clear(member)

    def id_of(self, name: str) -> str:
        """A member's or a channel's id."""
        found = self.workspace.member_named(name) or self.workspace.channel_named(name)
        assert found is not None, name
        return found.id

    async def _run(self) -> None:
        async with await StandIn.start(self.workspace) as standin:
            self.client = AsyncWebClient(self.workspace.bot_token, base_url=standin.api_url)
            bot = AsyncApp(
                client=self.client, signing_secret=self.workspace.signing_secret, process_before_response=True
            )
            rehearse(bot)
            server = LoopbackServer(_web(bot))
            await server.start()
            standin.bot_url = f"{server.url}/slack/events"
            await self._show(standin)
            await server.stop()

    async def _show(self, standin: StandIn) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            self.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
            page = QuietPage(
                Scene(name="A rehearsal", standin=standin, next_due=_never, commands=COMMANDS), self._is_up.set
            )
            serving = asyncio.create_task(page.serve(sockets=[listening]))
            await self._ended.wait()
            page.should_exit = True
            await serving


COMMANDS = (Command(name="/form", description="Opens a form", usage=""),)


def _people() -> Workspace:
    subscribed = frozenset({*EVENTS, "app_home_opened"})
    workspace = Workspace(clock=SimulatedClock(start=START), subscriptions=subscribed)
    ana = workspace.admit("ana", real_name="Ana Oriel (organiser)", zone="Europe/Zurich", is_admin=True)
    ben = workspace.admit("ben", real_name="Ben Okoro (chair)", zone="Africa/Lagos")
    salma = workspace.admit("salma", real_name="سلمى نوّار (chair)", zone="Asia/Amman", locale="ar")
    guest = workspace.admit("ed", real_name="Ed Winter (guest)", zone="America/Toronto", is_restricted=True)
    outsider = workspace.admit("tove", real_name="Tove Halden", team_id="T0ELSEWHERE", is_stranger=True)
    members = [ana.id, ben.id, salma.id, workspace.bot_user_id]
    workspace.open_channel("general", [*members, guest.id, outsider.id])
    workspace.open_channel("records", members)
    workspace.open_channel("cabinet", [ben.id], is_private=True)
    return workspace


def _web(bot: AsyncApp) -> Starlette:
    handler = AsyncSlackRequestHandler(bot)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"])])


async def _never() -> None:
    return None
