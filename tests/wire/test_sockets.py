"""Socket Mode: what a connection that breaks, or that Slack ends, may cost. Everything else runs over it too."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot import app
from bot.slack import doctor, sockets
from tests.wire.scene import NOW, WEBINAR, Scene, people, running, settings_for
from workspace.clock import SimulatedClock
from workspace.faults import ENVELOPE, LINK, Fault, Trouble
from workspace.serving import LoopbackServer

OPEN = "apps.connections.open"


@asynccontextmanager
async def socketed(database_url: str) -> AsyncIterator[Scene]:
    async with (
        people(SimulatedClock(start=NOW)) as found,
        running(found.standin, settings_for(found.standin, database_url, "socket")),
    ):
        await found.types(found.ana, WEBINAR)
        await found.post("Sign up: afternoon")
        yield found


@pytest.fixture
def database_url(new_database: Callable[[str], str]) -> str:
    return new_database("sqlite")


async def connected(scene: Scene, count: int = 1) -> None:
    await scene.workspace.until(lambda: scene.workspace.sockets.connected == count)


@asynccontextmanager
async def held(scene: Scene) -> AsyncIterator[asyncio.Future[str]]:
    """Chu's command is being served while the block runs, and is let go at its end."""
    fault = Fault(method="users.info", trouble=Trouble.HOLD, addressee=scene.chu.id, times=10)
    scene.workspace.faults.add(fault)
    typing = asyncio.ensure_future(scene.types(scene.chu, '/poll "Lunch?" "Yes" "No"'))
    await scene.workspace.until(lambda: scene.workspace.faults.holding)
    yield typing
    scene.workspace.faults.clear()


@pytest.mark.parametrize("acted", [False, True])
async def test_a_command_cut_off_before_its_answer_is_typed_again_and_is_one_seat(
    database_url: str, *, acted: bool
) -> None:
    async with socketed(database_url) as scene:
        scene.workspace.faults.add(Fault(method=ENVELOPE, trouble=Trouble.HANG_UP, acted=acted))
        answer = await scene.standin.command(scene.ben.id, scene.channel.id, "/signup afternoon")
        assert answer.error == "dispatch_failed"
        await connected(scene)
        assert "39 of 40" in await scene.types(scene.ben, "/signup afternoon")
        await scene.post("39 of 40 seats left")


async def test_what_was_acknowledged_before_a_connection_broke_stands(database_url: str) -> None:
    async with socketed(database_url) as scene:
        await scene.types(scene.ben, "/signup afternoon")
        scene.standin.drop_sockets()
        await connected(scene)
        assert "already have a seat" in await scene.types(scene.ben, "/signup afternoon")


async def test_an_answer_in_flight_goes_over_the_old_connection_when_slack_wants_another(database_url: str) -> None:
    async with socketed(database_url) as scene:
        async with held(scene) as typing:
            await scene.standin.disconnect("warning")
            await connected(scene, 2)
            assert not typing.done()
        assert "P1" in await typing
        await connected(scene)
        assert "You have a seat" in await scene.types(scene.ben, "/signup afternoon")


async def test_several_commands_are_served_at_once(database_url: str) -> None:
    async with socketed(database_url) as scene, held(scene) as typing:
        assert "You have a seat" in await scene.types(scene.ben, "/signup afternoon")
        assert not typing.done()


async def test_a_refreshed_connection_is_replaced(database_url: str) -> None:
    async with socketed(database_url) as scene:
        await scene.standin.disconnect("refresh_requested")
        await connected(scene)
        assert "You have a seat" in await scene.types(scene.ben, "/signup afternoon")


async def test_after_a_refused_connection_a_new_address_is_asked_for(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "PAUSES_S", (0,))
    async with socketed(database_url) as scene:
        before = len(scene.workspace.calls_of(OPEN))
        scene.workspace.faults.add(Fault(method=LINK, trouble=Trouble.SERVER_ERROR))
        scene.workspace.faults.add(Fault(method=LINK, trouble=Trouble.HANG_UP))
        scene.workspace.faults.add(Fault(method=OPEN, trouble=Trouble.RATE_LIMIT, retry_after_s=0))
        scene.workspace.faults.add(Fault(method=OPEN, trouble=Trouble.SERVER_ERROR))
        scene.standin.drop_sockets()
        await connected(scene)
        assert len(scene.workspace.calls_of(OPEN)) == before + 5
        assert "You have a seat" in await scene.types(scene.ben, "/signup afternoon")


async def test_where_socket_mode_was_switched_off_the_bot_comes_back_when_it_is_on_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "PAUSES_S", (0.01,))
    async with socketed(database_url) as scene:
        asked = len(scene.workspace.calls_of(OPEN))
        await scene.standin.disconnect("link_disabled")
        await scene.workspace.until(lambda: len(scene.workspace.calls_of(OPEN)) > asked + 1)
        scene.workspace.has_socket_mode = True
        await connected(scene)
        assert "You have a seat" in await scene.types(scene.ben, "/signup afternoon")


async def test_an_event_whose_connection_broke_is_told_again_and_taken(database_url: str) -> None:
    async with socketed(database_url) as scene:
        scene.workspace.faults.add(Fault(method=ENVELOPE, trouble=Trouble.HANG_UP, acted=True))
        answer = await scene.standin.change_member(scene.ben)
        assert answer is not None
        assert answer.error == "dispatch_failed"
        await connected(scene)
        (due_at,) = await scene.workspace.until(
            lambda: [each for each in scene.workspace.retries.values() if each > scene.clock()]
        )
        scene.clock.move_to(due_at)
        await scene.workspace.until(lambda: not scene.workspace.retries)


async def test_it_is_ready_only_while_connected_and_takes_nothing_over_http(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with people(SimulatedClock(start=NOW)) as scene, aiohttp.ClientSession() as http:
        convene = app.build(settings_for(scene.standin, database_url, "socket"), scene.clock)
        server = LoopbackServer(app.serve(convene))
        await server.start()
        await convene.ready.wait()

        async def status(path: str, method: str = "GET") -> int:
            async with http.request(method, server.url + path) as answer:
                return answer.status

        assert convene.engine is not None
        await convene.engine.tick()
        assert [await status(path) for path in ("/healthz", "/readyz")] == [200, 200]
        assert await status("/slack/events", "POST") == 404
        monkeypatch.setattr(sockets, "PAUSES_S", (0,))
        scene.workspace.faults.add(Fault(method=OPEN, trouble=Trouble.HOLD))
        scene.standin.drop_sockets()
        await scene.workspace.until(lambda: scene.workspace.faults.holding)
        assert [await status(path) for path in ("/healthz", "/readyz")] == [200, 503]
        scene.workspace.faults.clear()
        await connected(scene)
        await server.stop()


async def test_a_shutdown_acknowledges_what_is_in_flight_and_leaves_nothing_behind(database_url: str) -> None:
    async with people(SimulatedClock(start=NOW)) as scene:
        convene = app.build(settings_for(scene.standin, database_url, "socket"), scene.clock)
        server = LoopbackServer(app.serve(convene))
        await server.start()
        await convene.ready.wait()
        async with held(scene) as typing:
            stopping = asyncio.ensure_future(server.stop())
            assert convene.sockets is not None
            (socket,) = convene.sockets.sockets
            await socket.closing.wait()
        assert "P1" in await typing
        await stopping
        await connected(scene, 0)
        left = {str(task.get_coro()) for task in asyncio.all_tasks()}
        assert not [each for each in left if "Socket" in each and "WSProtocol" not in each]


async def test_the_doctor_tries_the_app_token(database_url: str) -> None:
    async with people(SimulatedClock(start=NOW)) as scene:
        settings = settings_for(scene.standin, database_url, "socket")
        async with app.connected(settings) as client:
            assert (await doctor.examine(client, scene.workspace.app_token))[-1][0]
            assert await doctor.refusals(client, scene.workspace.app_token) == []
            well, line = (await doctor.examine(client, "xapp-other"))[-1]
            assert not well
            assert "SLACK_APP_TOKEN: Slack refuses it (invalid_auth)" in line
            assert await doctor.refusals(client, "xapp-other") == [line]
