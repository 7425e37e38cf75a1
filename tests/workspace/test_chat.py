from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Room
from tests.workspace.refusals import error_of
from workspace.messages import Message
from workspace.state import Workspace

SECTION: dict[str, Any] = {"type": "section", "text": {"type": "mrkdwn", "text": "said in a block"}}
METADATA = {"event_type": "convene_delivery", "event_payload": {"key": "k1"}}


async def test_a_message_is_posted_where_the_bot_is(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    answer = await client.chat_postMessage(channel=room.general.id, text="hello")
    message = slack.messages(room.general.id)[-1]
    assert (answer["ts"], answer["channel"]) == (message.ts, room.general.id)
    assert (message.text, message.user, message.is_bot) == ("hello", slack.bot_user_id, True)
    assert answer["message"]["bot_id"] == slack.bot_id


async def test_a_channel_may_be_named(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    await client.chat_postMessage(channel="#general", text="hello")
    assert [message.text for message in slack.messages(room.general.id)] == ["hello"]


async def test_a_user_id_posts_to_the_direct_messages(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    answer = await client.chat_postMessage(channel=room.ana.id, text="hello")
    assert answer["channel"].startswith("D")
    assert [message.text for message in slack.direct_messages(room.ana.id)] == ["hello"]


async def test_times_of_messages_are_unique_and_rise(client: AsyncWebClient, room: Room) -> None:
    stamps = [(await client.chat_postMessage(channel=room.general.id, text="again"))["ts"] for _ in range(20)]
    assert stamps == sorted(set(stamps))


async def test_an_unknown_channel_is_refused(client: AsyncWebClient) -> None:
    assert await error_of(client.chat_postMessage(channel="C404", text="hello")) == "channel_not_found"


async def test_a_private_channel_without_the_bot_is_not_found(client: AsyncWebClient, room: Room) -> None:
    assert await error_of(client.chat_postMessage(channel=room.cabinet.id, text="hello")) == "channel_not_found"


async def test_a_public_channel_without_the_bot_is_refused(
    client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    slack.leave(room.general, slack.bot_user_id)
    assert await error_of(client.chat_postMessage(channel=room.general.id, text="hello")) == "not_in_channel"


async def test_an_archived_channel_is_refused(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    slack.archive(room.general)
    assert await error_of(client.chat_postMessage(channel=room.general.id, text="hello")) == "is_archived"


@pytest.mark.parametrize("text", ["", "  "])
async def test_a_message_of_nothing_is_refused(client: AsyncWebClient, room: Room, text: str) -> None:
    call = client.api_call("chat.postMessage", json={"channel": room.general.id, "text": text, "blocks": []})
    assert await error_of(call) == "no_text"


async def test_blocks_alone_are_enough(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    await client.api_call("chat.postMessage", json={"channel": room.general.id, "blocks": [SECTION]})
    assert slack.messages(room.general.id)[0].blocks[0]["text"] == SECTION["text"]


async def test_a_text_is_cut_at_40_000_characters(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    whole = await client.chat_postMessage(channel=room.general.id, text="x" * 40_000)
    cut = await client.chat_postMessage(channel=room.general.id, text="x" * 40_001)
    assert "response_metadata" not in whole.data
    assert cut["response_metadata"]["warnings"] == ["message_truncated"]
    assert [len(message.text) for message in slack.messages(room.general.id)] == [40_000, 40_000]


async def test_the_bot_cannot_write_to_itself(client: AsyncWebClient, slack: Workspace) -> None:
    assert await error_of(client.chat_postMessage(channel=slack.bot_user_id, text="hello")) == "cannot_dm_bot"


async def test_who_was_deactivated_is_not_written_to(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    direct = slack.open_direct(room.ana.id)
    slack.put_member(replace(room.ana, deleted=True))
    assert await error_of(client.chat_postMessage(channel=direct.id, text="hello")) == "channel_not_found"
    assert await error_of(client.chat_postMessage(channel=room.ana.id, text="hello")) == "channel_not_found"


async def test_metadata_is_kept(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    answer = await client.chat_postMessage(channel=room.general.id, text="hello", metadata=METADATA)
    assert answer["message"]["metadata"] == METADATA
    assert slack.messages(room.general.id)[0].metadata == METADATA


@pytest.mark.parametrize(
    ("metadata", "error"),
    [("nonsense", "invalid_metadata_format"), ({"event_type": "x"}, "invalid_metadata_schema")],
)
async def test_metadata_without_type_and_payload_is_refused(
    client: AsyncWebClient, room: Room, metadata: Any, error: str
) -> None:
    call = client.api_call("chat.postMessage", json={"channel": room.general.id, "text": "hello", "metadata": metadata})
    assert await error_of(call) == error


async def test_a_reply_belongs_to_its_thread(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    parent = await client.chat_postMessage(channel=room.general.id, text="parent")
    await client.chat_postMessage(channel=room.general.id, text="reply", thread_ts=parent["ts"])
    assert slack.messages(room.general.id)[-1].thread_ts == parent["ts"]


async def test_a_reply_to_nothing_is_refused(client: AsyncWebClient, room: Room) -> None:
    call = client.chat_postMessage(channel=room.general.id, text="reply", thread_ts="1.000001")
    assert await error_of(call) == "thread_not_found"


async def test_the_bot_changes_its_own_message(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    posted = await client.chat_postMessage(channel=room.general.id, text="before", metadata=METADATA)
    answer = await client.chat_update(channel=room.general.id, ts=posted["ts"], text="after")
    message = slack.messages(room.general.id)[0]
    assert (message.text, message.ts, message.metadata) == ("after", posted["ts"], METADATA)
    assert message.edited is not None
    assert answer["text"] == "after"


async def test_a_text_without_blocks_drops_the_blocks(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    posted = await client.chat_postMessage(channel=room.general.id, text="before", blocks=[SECTION])
    await client.chat_update(channel=room.general.id, ts=posted["ts"], text="after")
    assert slack.messages(room.general.id)[0].blocks == []


async def test_an_update_replaces_metadata_where_it_gives_some(
    client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    posted = await client.chat_postMessage(channel=room.general.id, text="before", metadata=METADATA)
    other = {"event_type": "convene_delivery", "event_payload": {"key": "k2"}}
    await client.chat_update(channel=room.general.id, ts=posted["ts"], text="after", metadata=other)
    assert slack.messages(room.general.id)[0].metadata == other


async def test_an_update_longer_than_4_000_characters_is_refused(client: AsyncWebClient, room: Room) -> None:
    posted = await client.chat_postMessage(channel=room.general.id, text="before")
    await client.chat_update(channel=room.general.id, ts=posted["ts"], text="x" * 4_000)
    call = client.chat_update(channel=room.general.id, ts=posted["ts"], text="x" * 4_001)
    assert await error_of(call) == "msg_too_long"


async def test_a_message_of_someone_else_is_neither_changed_nor_deleted(
    client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    theirs = Message(channel=room.general.id, ts=slack.next_ts(), user=room.ana.id, is_bot=False, text="mine")
    slack.put_message(theirs)
    changing = client.chat_update(channel=room.general.id, ts=theirs.ts, text="yours")
    assert await error_of(changing) == "cant_update_message"
    assert await error_of(client.chat_delete(channel=room.general.id, ts=theirs.ts)) == "cant_delete_message"
    assert slack.messages(room.general.id) == [theirs]


async def test_a_direct_message_is_changed_by_its_channel_and_not_by_the_user(
    client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    posted = await client.chat_postMessage(channel=room.ana.id, text="before")
    by_user = client.chat_update(channel=room.ana.id, ts=posted["ts"], text="after")
    assert await error_of(by_user) == "channel_not_found"
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="after")
    assert slack.direct_messages(room.ana.id)[0].text == "after"


async def test_nothing_is_changed_in_an_archived_channel(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    posted = await client.chat_postMessage(channel=room.general.id, text="before")
    slack.archive(room.general)
    call = client.chat_update(channel=room.general.id, ts=posted["ts"], text="after")
    assert await error_of(call) == "is_inactive"


async def test_what_was_deleted_is_gone(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    posted = await client.chat_postMessage(channel=room.general.id, text="hello")
    await client.chat_delete(channel=room.general.id, ts=posted["ts"])
    assert slack.messages(room.general.id) == []
    assert await error_of(client.chat_delete(channel=room.general.id, ts=posted["ts"])) == "message_not_found"
    updating = client.chat_update(channel=room.general.id, ts=posted["ts"], text="after")
    assert await error_of(updating) == "message_not_found"


async def test_an_ephemeral_message_is_seen_by_one_user_and_is_in_no_history(
    client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    await client.chat_postEphemeral(channel=room.general.id, user=room.ana.id, text="for you")
    assert [one.text for one in slack.ephemerals(room.ana.id)] == ["for you"]
    assert slack.ephemerals(room.ben.id) == []
    assert (await client.conversations_history(channel=room.general.id))["messages"] == []


async def test_an_ephemeral_message_is_gone_on_reload(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    await client.chat_postEphemeral(channel=room.general.id, user=room.ana.id, text="for you")
    slack.reload(room.ana.id)
    assert slack.ephemerals(room.ana.id) == []


async def test_an_ephemeral_message_cannot_be_changed(client: AsyncWebClient, room: Room) -> None:
    posted = await client.chat_postEphemeral(channel=room.general.id, user=room.ana.id, text="for you")
    call = client.chat_update(channel=room.general.id, ts=posted["message_ts"], text="after")
    assert await error_of(call) == "message_not_found"


async def test_an_ephemeral_message_needs_its_reader_and_the_bot_in_the_channel(
    client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    slack.leave(room.general, room.ben.id)
    absent = client.chat_postEphemeral(channel=room.general.id, user=room.ben.id, text="for you")
    assert await error_of(absent) == "user_not_in_channel"
    slack.leave(room.general, slack.bot_user_id)
    call = client.chat_postEphemeral(channel=room.general.id, user=room.ana.id, text="for you")
    assert await error_of(call) == "not_in_channel"


async def test_an_ephemeral_message_of_nothing_is_refused(client: AsyncWebClient, room: Room) -> None:
    call = client.api_call("chat.postEphemeral", json={"channel": room.general.id, "user": room.ana.id})
    assert await error_of(call) == "no_text"
