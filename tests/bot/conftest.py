from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from tests.wire.scene import NOW, Scene, people
from workspace.clock import SimulatedClock


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[Scene]:
    """A workspace whose bot isn't running yet."""
    async with people(SimulatedClock(start=NOW)) as scene:
        yield scene


@pytest.fixture
def app_of(slack: Scene, new_database: Callable[[str], str]) -> dict[str, str]:
    """The settings of that workspace's app, on a database of its own."""
    return {
        "SLACK_BOT_TOKEN": slack.workspace.bot_token,
        "SLACK_SIGNING_SECRET": slack.workspace.signing_secret,
        "SLACK_API_URL": slack.standin.api_url,
        "DATABASE_URL": new_database("sqlite"),
    }


@pytest.fixture
def by_socket(slack: Scene, app_of: dict[str, str]) -> dict[str, str]:
    """The same in Socket Mode."""
    return app_of | {"SLACK_SIGNING_SECRET": "", "SLACK_APP_TOKEN": slack.workspace.app_token}
