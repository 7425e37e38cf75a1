from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.wire.scene import NOW, WEBINAR, Scene, people, running, settings_for
from workspace.clock import SimulatedClock


@pytest_asyncio.fixture
async def scene(database_url: str) -> AsyncIterator[Scene]:
    """The bot at work in a workspace without a webinar."""
    async with (
        people(SimulatedClock(start=NOW)) as found,
        running(found.standin, settings_for(found.standin, database_url)),
    ):
        yield found


@pytest_asyncio.fixture
async def announced(scene: Scene) -> Scene:
    """The same with webinar W1, announced in the channel."""
    await scene.types(scene.ana, WEBINAR)
    await scene.post("Sign up: afternoon")
    return scene
