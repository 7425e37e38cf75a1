"""When a file that was uploaded is not shared after all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.deliveries import Claimed, NotSent, Sent
from bot.domain.ids import ChannelId, DeliveryId, UserId, WorkspaceId
from bot.slack.uploads import Document, Uploads
from workspace.server import StandIn
from workspace.state import Workspace

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
TIMEOUT = timedelta(seconds=10)
FILE = Document("session-3f9c2.ics", "Session", b"BEGIN:VCALENDAR\r\n")


@dataclass(frozen=True, slots=True)
class Claims:
    """A database that only says whether the claim is still ours."""

    held: bool

    async def write(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ARG002 - the port's
        return self.held

    async def read(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ARG002 - likewise
        raise AssertionError("nothing is read")

    async def forget(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Desk:
    workspace: Workspace
    client: AsyncWebClient
    http: aiohttp.ClientSession

    async def send(self, *, held: bool, left: timedelta) -> object:
        """Send a file with so much of the lease left; what came of it."""
        uploads = Uploads(self.client, self.http, Claims(held), lambda: NOW, TIMEOUT)
        return await uploads.send(self._claimed(NOW + left), FILE)

    def _claimed(self, lease_until: datetime) -> Claimed:
        member = next(each for each in self.workspace.members.values() if each.name == "ben")
        direct = self.workspace.direct(member.id)
        assert direct is not None
        (message,) = self.workspace.direct_messages(member.id)
        return Claimed(
            DeliveryId(1),
            WorkspaceId(1),
            "1:w1.s1:calendar-file:U1:0",
            "calendar-file",
            UserId(member.id),
            None,
            None,
            None,
            None,
            1,
            1,
            NOW,
            ChannelId(direct.id),
            0,
            None,
            message.ts,
            None,
            lease_until,
        )


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    workspace = Workspace()
    direct = workspace.open_direct(workspace.admit("ben").id)
    async with await StandIn.start(workspace) as standin, aiohttp.ClientSession() as http:
        client = AsyncWebClient(workspace.bot_token, standin.api_url, session=http, retry_handlers=[])
        await client.chat_postMessage(channel=direct.id, text="The file is in the thread.")
        yield Desk(workspace, client, http)


async def test_a_file_is_shared_while_the_lease_outlasts_the_call(desk: Desk) -> None:
    assert isinstance(await desk.send(held=True, left=TIMEOUT), Sent)
    assert desk.workspace.calls_of("files.completeUploadExternal")


@pytest.mark.parametrize(
    ("held", "left", "reason"),
    [(False, TIMEOUT, "claim-lost"), (True, TIMEOUT - timedelta(seconds=1), "late")],
)
async def test_a_file_is_not_shared_where_another_may_share_it_too(
    desk: Desk, *, held: bool, left: timedelta, reason: str
) -> None:
    assert await desk.send(held=held, left=left) == NotSent(reason, 0)
    assert not desk.workspace.calls_of("files.completeUploadExternal")
