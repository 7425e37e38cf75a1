from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from tests.wire.scene import HOUSES, NOW, WEBINAR, Scene, people, running, settings_for
from workspace.clock import SimulatedClock


@pytest.fixture(params=HOUSES, ids="-".join)
def house(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> tuple[str, str]:
    """A `DATABASE_URL`, and how Slack's requests come."""
    kind, transport = request.param
    return new_database(kind), transport


@pytest.fixture
def database_url(house: tuple[str, str]) -> str:
    """The scene's own."""
    return house[0]


@pytest_asyncio.fixture
async def scene(house: tuple[str, str]) -> AsyncIterator[Scene]:
    """The bot at work in a workspace without a webinar."""
    async with (
        people(SimulatedClock(start=NOW)) as found,
        running(found.standin, settings_for(found.standin, *house)),
    ):
        yield found


@pytest_asyncio.fixture
async def announced(scene: Scene) -> Scene:
    """The same with webinar W1, announced in the channel."""
    await scene.types(scene.ana, WEBINAR)
    await scene.post("Sign up: afternoon")
    return scene
