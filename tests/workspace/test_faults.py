import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Room
from tests.workspace.refusals import error_of
from workspace.faults import EVERY_METHOD, Fault, Trouble
from workspace.state import Workspace


def said(slack: Workspace, room: Room) -> list[str]:
    return [message.text for message in slack.messages(room.general.id)]


async def test_a_rate_limit_says_when_to_come_back(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    slack.faults.add(Fault(method="chat.postMessage", trouble=Trouble.RATE_LIMIT, retry_after_s=7))
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=room.general.id, text="hello")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "7"
    assert refused.value.response["error"] == "ratelimited"
    assert said(slack, room) == []


def test_what_is_delayed_was_not_done_before() -> None:
    with pytest.raises(ValueError, match="done late"):
        Fault(method="chat.postMessage", trouble=Trouble.DELAY, acted=True)


def test_what_is_rate_limited_is_never_done() -> None:
    with pytest.raises(ValueError, match="rate-limits"):
        Fault(method="chat.postMessage", trouble=Trouble.RATE_LIMIT, acted=True)


async def test_a_fault_is_over_after_its_times(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    slack.faults.add(Fault(method="chat.postMessage", trouble=Trouble.REFUSAL, times=2))
    for _ in range(2):
        call = client.chat_postMessage(channel=room.general.id, text="lost")
        assert await error_of(call) == "fatal_error"
    await client.chat_postMessage(channel=room.general.id, text="hello")
    assert said(slack, room) == ["hello"]


async def test_a_fault_concerns_its_method_and_addressee_alone(
    client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    slack.faults.add(Fault(method="chat.postMessage", trouble=Trouble.REFUSAL, addressee="C404"))
    slack.faults.add(Fault(method="chat.update", trouble=Trouble.REFUSAL))
    await client.chat_postMessage(channel=room.general.id, text="hello")
    assert await error_of(client.chat_postMessage(channel="C404", text="hello")) == "fatal_error"
    assert said(slack, room) == ["hello"]


async def test_a_fault_may_concern_every_method(client: AsyncWebClient, slack: Workspace) -> None:
    slack.faults.add(Fault(method=EVERY_METHOD, trouble=Trouble.REFUSAL, error="internal_error"))
    assert await error_of(client.auth_test()) == "internal_error"


@pytest.mark.parametrize("acted", [True, False])
async def test_a_server_error_tells_not_whether_it_was_done(
    client: AsyncWebClient, slack: Workspace, room: Room, *, acted: bool
) -> None:
    slack.faults.add(Fault(method="chat.postMessage", trouble=Trouble.SERVER_ERROR, acted=acted))
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=room.general.id, text="hello")
    assert refused.value.response.status_code == 500
    assert said(slack, room) == (["hello"] if acted else [])


@pytest.mark.parametrize("acted", [True, False])
async def test_a_closed_connection_tells_not_whether_it_was_done(
    client: AsyncWebClient, slack: Workspace, room: Room, *, acted: bool
) -> None:
    slack.faults.add(Fault(method="chat.postMessage", trouble=Trouble.HANG_UP, acted=acted))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.chat_postMessage(channel=room.general.id, text="hello")
    assert said(slack, room) == (["hello"] if acted else [])


@pytest.mark.parametrize("acted", [True, False])
async def test_a_call_that_is_held_is_answered_once_it_is_released(
    client: AsyncWebClient, slack: Workspace, room: Room, *, acted: bool
) -> None:
    slack.faults.add(Fault(method="chat.postMessage", trouble=Trouble.HOLD, acted=acted))
    calling = asyncio.ensure_future(client.chat_postMessage(channel=room.general.id, text="hello"))
    await slack.until(lambda: slack.faults.holding)
    assert said(slack, room) == (["hello"] if acted else [])
    slack.faults.release()
    assert (await calling)["message"]["text"] == "hello"
    assert said(slack, room) == ["hello"]


@pytest.mark.parametrize("acted", [True, False])
async def test_a_caller_who_goes_away_ends_the_hold(
    client: AsyncWebClient, slack: Workspace, room: Room, *, acted: bool
) -> None:
    slack.faults.add(Fault(method="chat.postMessage", trouble=Trouble.HOLD, acted=acted))
    calling = asyncio.ensure_future(client.chat_postMessage(channel=room.general.id, text="hello"))
    await slack.until(lambda: slack.faults.holding)
    calling.cancel()
    await slack.until(lambda: not slack.faults.holding)
    assert said(slack, room) == (["hello"] if acted else [])


async def test_what_is_delayed_is_done_when_it_is_released_though_its_caller_has_gone_away(
    client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    slack.faults.add(Fault(method="chat.postMessage", trouble=Trouble.DELAY))
    calling = asyncio.ensure_future(client.chat_postMessage(channel=room.general.id, text="hello"))
    await slack.until(lambda: slack.faults.holding)
    calling.cancel()
    await client.auth_test()
    assert (slack.faults.holding, said(slack, room)) == (1, [])
    slack.faults.release()
    await slack.until(lambda: said(slack, room) == ["hello"])


async def test_faults_that_are_cleared_do_not_happen(client: AsyncWebClient, slack: Workspace) -> None:
    slack.faults.add(Fault(method=EVERY_METHOD, trouble=Trouble.SERVER_ERROR))
    slack.faults.clear()
    assert (await client.auth_test())["ok"]
