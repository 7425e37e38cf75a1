import json

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Room
from workspace.server import StandIn
from workspace.state import Workspace
from workspace.traffic import Exchange


def latest(slack: Workspace) -> Exchange:
    return next(reversed(slack.traffic))


async def test_a_call_is_kept_with_its_answer(slack: Workspace, client: AsyncWebClient, room: Room) -> None:
    await client.chat_postMessage(channel=room.general.id, text="hello")
    kept = latest(slack)
    assert (kept.name, kept.is_to_bot, kept.status) == ("chat.postMessage", False, 200)
    assert b"hello" in kept.sent
    assert json.loads(kept.answered)["ok"] is True


async def test_a_refused_call_is_kept_too(slack: Workspace, client: AsyncWebClient) -> None:
    try:
        await client.chat_postMessage(channel="C0NOWHERE", text="hello")
    except SlackApiError:
        assert json.loads(latest(slack).answered)["error"] == "channel_not_found"


async def test_a_request_to_the_bot_is_kept_with_its_answer(
    slack: Workspace, standin: StandIn, bot: AsyncApp, room: Room
) -> None:
    @bot.command("/hello")
    async def hello(ack: AsyncAck) -> None:
        await ack("Hello!")

    await standin.command(room.ana.id, room.general.id, "/hello there")
    kept = latest(slack)
    assert kept.is_to_bot
    assert json.loads(kept.sent)["text"] == "there"
    assert b"Hello!" in kept.answered


async def test_the_bytes_of_files_are_not_kept(slack: Workspace, client: AsyncWebClient, room: Room) -> None:
    await client.files_upload_v2(channel=room.general.id, filename="a.csv", content="the content")
    uploads = [each for each in slack.traffic if each.name == "upload"]
    assert [each.sent for each in uploads] == [b""]
