from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from types import SimpleNamespace
from zlib import crc32

import pytest
import pytest_asyncio

from tests.wire.scene import HOUSES, NOW, WEBINAR, Scene, people, running, settings_for
from workspace.clock import SimulatedClock
from workspace.outgoing import ACK_LIMIT_S

PATIENCE_S = 30.0
"""So long Slack waits for an answer where it is in no trouble itself: a busy machine is no property of the bot's."""

IN_TIME = ("in_time", "alone")
"""The marks of tests in which the 3 s hold that Slack really allows."""

NOWHERE = SimpleNamespace(params={})
"""Of a test without parameters."""


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
async def scene(request: pytest.FixtureRequest, house: tuple[str, str]) -> AsyncIterator[Scene]:
    """The bot at work in a workspace without a webinar."""
    patience_s = ACK_LIMIT_S if any(map(request.node.get_closest_marker, IN_TIME)) else PATIENCE_S
    async with (
        people(SimulatedClock(start=NOW), patience_s) as found,
        running(found.standin, settings_for(found.standin, *house)),
    ):
        yield found


@pytest_asyncio.fixture
async def announced(scene: Scene) -> Scene:
    """The same with webinar W1, announced in the channel."""
    await scene.types(scene.ana, WEBINAR)
    await scene.post("Sign up: afternoon")
    return scene


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each test in one house, by its name, so that all houses are lived in; in the others `make soak` runs it."""
    same: dict[str, list[pytest.Function]] = {}
    for item in items:
        house = getattr(item, "callspec", NOWHERE).params.get("house")
        if isinstance(item, pytest.Function) and isinstance(house, tuple):
            same.setdefault(item.nodeid.replace("-".join(house), ""), []).append(item)
    for name, homes in same.items():
        kept = crc32(name.encode()) % len(homes)
        for elsewhere in (*homes[:kept], *homes[kept + 1 :]):
            if not elsewhere.get_closest_marker("alone"):
                elsewhere.add_marker("matrix")
