from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Room
from tests.workspace.refusals import error_of
from workspace.faults import UPLOAD, Fault, Trouble
from workspace.state import Workspace

ROSTER = b"name,session\nAna,afternoon\n"


async def announced(client: AsyncWebClient) -> dict[str, Any]:
    answer = await client.files_getUploadURLExternal(filename="roster.csv", length=len(ROSTER))
    return {"id": answer["file_id"], "url": answer["upload_url"]}


async def upload(url: str, content: bytes) -> int:
    async with aiohttp.ClientSession() as session, session.post(url, data=content) as answer:
        return answer.status


async def test_a_file_is_handed_over_in_the_direct_messages(
    client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    direct = slack.open_direct(room.ana.id)
    answer = await client.files_upload_v2(
        filename="roster.csv", content=ROSTER, title="Roster", channel=direct.id, initial_comment="Here it is."
    )
    [message] = slack.direct_messages(room.ana.id)
    assert message.text == "Here it is."
    assert (message.files[0].content, message.files[0].title) == (ROSTER, "Roster")
    assert "ts" not in answer.data


async def test_a_file_tells_where_it_is_shared(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    parent = await client.chat_postMessage(channel=room.general.id, text="parent")
    shared = await client.files_upload_v2(
        filename="roster.csv", content=ROSTER, channel=room.general.id, thread_ts=parent["ts"]
    )
    file = (await client.files_info(file=shared["files"][0]["id"]))["file"]
    reply = slack.messages(room.general.id)[-1]
    assert reply.thread_ts == parent["ts"]
    assert file["shares"] == {"public": {room.general.id: [{"ts": reply.ts}]}}
    thread = await client.conversations_replies(channel=room.general.id, ts=parent["ts"])
    assert thread["messages"][1]["files"][0]["name"] == "roster.csv"


async def test_a_file_without_its_bytes_is_not_shared(client: AsyncWebClient, room: Room) -> None:
    file = await announced(client)
    call = client.files_completeUploadExternal(files=[{"id": file["id"]}], channel_id=room.general.id)
    assert await error_of(call) == "file_not_found"


async def test_a_file_is_shared_once(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    file = await announced(client)
    assert await upload(file["url"], ROSTER) == 200
    await client.files_completeUploadExternal(files=[{"id": file["id"]}], channel_id=room.general.id)
    again = client.files_completeUploadExternal(files=[{"id": file["id"]}], channel_id=room.general.id)
    assert await error_of(again) == "file_not_found"
    assert len(slack.messages(room.general.id)) == 1


async def test_bytes_that_were_not_announced_are_refused(client: AsyncWebClient) -> None:
    file = await announced(client)
    assert await upload(file["url"], ROSTER + b"more") == 400
    assert await upload(file["url"].replace(file["id"], "F404"), ROSTER) == 400


async def test_a_file_goes_only_where_the_bot_is(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    file = await announced(client)
    await upload(file["url"], ROSTER)

    async def refusal(channel: str) -> str:
        return await error_of(client.files_completeUploadExternal(files=[{"id": file["id"]}], channel_id=channel))

    assert await refusal(room.cabinet.id) == "channel_not_found"
    slack.archive(room.general)
    assert await refusal(room.general.id) == "is_archived"


@pytest.mark.parametrize("length", [0, -1])
async def test_a_file_of_nothing_is_refused(client: AsyncWebClient, length: int) -> None:
    call = client.files_getUploadURLExternal(filename="roster.csv", length=length)
    assert await error_of(call) == "invalid_arguments"


async def test_an_unknown_file_is_not_found(client: AsyncWebClient) -> None:
    assert await error_of(client.files_info(file="F404")) == "file_not_found"


@pytest.mark.parametrize("acted", [False, True])
async def test_sending_the_bytes_may_go_wrong_as_a_call_may(
    client: AsyncWebClient, slack: Workspace, *, acted: bool
) -> None:
    file = await announced(client)
    slack.faults.add(Fault(method=UPLOAD, trouble=Trouble.SERVER_ERROR, acted=acted, addressee=file["id"]))
    assert await upload(file["url"], ROSTER) == 500
    assert (slack.files.get(file["id"]).content == ROSTER) is acted
    slack.faults.add(Fault(method=UPLOAD, trouble=Trouble.RATE_LIMIT))
    assert await upload(file["url"], ROSTER) == 429
    slack.faults.add(Fault(method=UPLOAD, trouble=Trouble.HANG_UP))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await upload(file["url"], ROSTER)
    assert await upload(file["url"], ROSTER) == 200
