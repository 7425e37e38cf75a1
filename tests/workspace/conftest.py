from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workspace.members import Channel, Member
from workspace.outgoing import ACK_LIMIT_S
from workspace.server import StandIn
from workspace.serving import LoopbackServer
from workspace.state import Workspace


@dataclass
class Stopwatch:
    """Real time as a test tells it, for what lives only so many seconds."""

    now_s: float = 0.0

    def __call__(self) -> float:
        return self.now_s


@dataclass
class Room:
    """A workspace with two people, a public channel with the bot and a private one without it."""

    ana: Member
    ben: Member
    general: Channel
    cabinet: Channel


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def slack(stopwatch: Stopwatch) -> Workspace:
    return Workspace(monotonic_s=stopwatch)


@pytest.fixture
def room(slack: Workspace) -> Room:
    ana = slack.admit("ana", real_name="Ana Reyes", zone="Asia/Manila", locale="es-ES")
    ben = slack.admit("ben", real_name="Ben Okoro", zone="Africa/Lagos")
    return Room(
        ana=ana,
        ben=ben,
        general=slack.open_channel("general", [ana.id, ben.id, slack.bot_user_id]),
        cabinet=slack.open_channel("cabinet", [ana.id], is_private=True),
    )


@pytest.fixture
def ack_limit_s() -> float:
    return ACK_LIMIT_S


@pytest_asyncio.fixture
async def standin(slack: Workspace, ack_limit_s: float) -> AsyncIterator[StandIn]:
    async with await StandIn.start(slack, ack_limit_s=ack_limit_s) as running:
        yield running


@pytest.fixture
def client(standin: StandIn, slack: Workspace) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=standin.api_url, retry_handlers=[])


@pytest_asyncio.fixture
async def bot(standin: StandIn, slack: Workspace, client: AsyncWebClient) -> AsyncIterator[AsyncApp]:
    app = AsyncApp(client=client, signing_secret=slack.signing_secret, process_before_response=True)
    handler = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    server = LoopbackServer(Starlette(routes=[Route("/slack/events", events, methods=["POST"])]))
    await server.start()
    standin.bot_url = f"{server.url}/slack/events"
    yield app
    await server.stop()
