import asyncio

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from workspace import serving
from workspace.faults import Fault, Trouble
from workspace.server import StandIn
from workspace.serving import LoopbackServer
from workspace.state import Workspace


async def test_it_serves_on_the_port_that_it_is_given(slack: Workspace) -> None:
    first = await StandIn.start(slack)
    port = int(first.base_url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        await StandIn.start(Workspace(), port)
    await first.stop()
    async with await StandIn.start(slack, port) as again:
        assert again.api_url == f"http://127.0.0.1:{port}/api/"


async def test_it_stops_while_a_call_is_held(slack: Workspace) -> None:
    standin = await StandIn.start(slack)
    client = AsyncWebClient(slack.bot_token, base_url=standin.api_url, retry_handlers=[])
    slack.faults.add(Fault(method="auth.test", trouble=Trouble.HOLD))
    calling = asyncio.ensure_future(client.auth_test())
    await slack.until(lambda: slack.faults.holding)
    await standin.stop()
    assert (await calling)["ok"]


async def test_a_request_that_never_ends_does_not_keep_a_server_from_stopping(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(serving, "GRACE_S", 0.0)
    reached = asyncio.Event()

    async def never(_: Request) -> Response:
        reached.set()
        await asyncio.Event().wait()
        return Response()

    server = LoopbackServer(Starlette(routes=[Route("/", never)]))
    await server.start()
    async with aiohttp.ClientSession() as session:
        asking = asyncio.ensure_future(session.get(server.url))
        await reached.wait()
        await server.stop()
        with pytest.raises(aiohttp.ClientError):
            await asking


async def test_an_app_is_told_of_its_start_and_its_end() -> None:
    seen: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "lifespan"
        for moment in ("startup", "shutdown"):
            await receive()
            seen.append(moment)
            await send({"type": f"lifespan.{moment}.complete"})

    server = LoopbackServer(app)
    await server.start()
    assert seen == ["startup"]
    await server.stop()
    assert seen == ["startup", "shutdown"]
