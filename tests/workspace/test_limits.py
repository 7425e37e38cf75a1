"""What Slack limits: calls of a method, messages a page of history."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Room, Stopwatch
from tests.workspace.refusals import error_of
from workspace.faults import Fault, Trouble
from workspace.limits import LEAST_HISTORY, Limit
from workspace.state import Workspace

POST = "chat.postMessage"


async def post(client: AsyncWebClient, room: Room, text: str = "hello") -> str:
    return await error_of(client.chat_postMessage(channel=room.general.id, text=text))


async def test_a_call_too_many_is_refused_with_the_time_to_come_back_and_does_nothing(
    client: AsyncWebClient, slack: Workspace, stopwatch: Stopwatch, room: Room
) -> None:
    slack.limits[POST] = Limit(calls=2, per_s=60)
    for text in ("one", "two"):
        await client.chat_postMessage(channel=room.general.id, text=text)
        stopwatch.now_s += 10.5
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=room.general.id, text="three")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "39"
    assert refused.value.response["error"] == "ratelimited"
    assert [each.text for each in slack.messages(room.general.id)] == ["one", "two"]
    assert slack.limits[POST].refused == 1


async def test_whoever_comes_back_in_time_is_served(
    client: AsyncWebClient, slack: Workspace, stopwatch: Stopwatch, room: Room
) -> None:
    slack.limits[POST] = Limit(calls=1, per_s=60)
    await client.chat_postMessage(channel=room.general.id, text="one")
    stopwatch.now_s = 59.9
    assert await post(client, room) == "ratelimited"
    stopwatch.now_s = 60
    await client.chat_postMessage(channel=room.general.id, text="two")
    assert await post(client, room) == "ratelimited", "and the time begins anew"


async def test_each_method_has_a_limit_of_its_own_and_most_have_none(
    client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    slack.limits["auth.test"] = Limit(calls=1, per_s=60)
    assert (await client.auth_test())["ok"]
    for _ in range(3):
        await client.conversations_info(channel=room.general.id)
    assert await error_of(client.auth_test()) == "ratelimited"


async def test_a_call_that_is_limited_meets_no_fault(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    slack.limits[POST] = Limit(calls=1, per_s=60)
    await client.chat_postMessage(channel=room.general.id, text="one")
    fault = Fault(method=POST, trouble=Trouble.SERVER_ERROR)
    slack.faults.add(fault)
    assert await post(client, room) == "ratelimited"
    assert fault.times == 1


async def test_a_page_of_history_holds_no_more_than_slack_gives(
    client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    for number in range(40):
        await client.chat_postMessage(channel=room.general.id, text=str(number))
    slack.history_page = LEAST_HISTORY
    pages, cursor = list[list[str]](), None
    while cursor != "":
        page = await client.conversations_history(channel=room.general.id, limit=100, cursor=cursor)
        pages.append([each["text"] for each in page["messages"]])
        cursor = page["response_metadata"]["next_cursor"]
    assert [len(page) for page in pages] == [15, 15, 10]
    assert [text for page in pages for text in page] == [str(number) for number in range(39, -1, -1)]
