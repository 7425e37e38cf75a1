from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Room
from tests.workspace.refusals import error_of
from workspace.state import Workspace

METADATA = {"event_type": "convene_delivery", "event_payload": {"key": "k1"}}


async def texts(client: AsyncWebClient, channel: str, **how: Any) -> list[str]:
    answer = await client.conversations_history(channel=channel, **how)
    return [message["text"] for message in answer["messages"]]


async def post(client: AsyncWebClient, channel: str, *said: str) -> list[str]:
    return [(await client.chat_postMessage(channel=channel, text=text))["ts"] for text in said]


async def test_a_direct_channel_is_opened_once(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    first = await client.conversations_open(users=room.ana.id)
    again = await client.conversations_open(users=room.ana.id, return_im=True)
    assert first["channel"]["id"].startswith("D")
    assert again["channel"]["id"] == first["channel"]["id"]
    assert again["channel"]["user"] == room.ana.id
    assert again["already_open"] is True
    assert slack.direct(room.ana.id) is not None


async def test_a_direct_channel_is_opened_with_a_living_person_only(
    client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    assert await error_of(client.conversations_open(users="U404")) == "user_not_found"
    assert await error_of(client.conversations_open(users=slack.bot_user_id)) == "cannot_dm_bot"
    slack.put_member(replace(room.ana, deleted=True))
    assert await error_of(client.conversations_open(users=room.ana.id)) == "user_disabled"
    assert await error_of(client.conversations_open(users="")) == "users_list_not_supplied"


async def test_a_channel_tells_what_it_is(client: AsyncWebClient, room: Room) -> None:
    channel = (await client.conversations_info(channel=room.general.id, include_num_members=True))["channel"]
    assert (channel["name"], channel["is_member"], channel["is_private"]) == ("general", True, False)
    assert channel["num_members"] == 3


async def test_a_private_channel_without_the_bot_cannot_be_looked_into(client: AsyncWebClient, room: Room) -> None:
    for look in (client.conversations_info, client.conversations_members, client.conversations_history):
        assert await error_of(look(channel=room.cabinet.id)) == "channel_not_found"


async def test_the_bot_joins_a_public_channel(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    slack.leave(room.general, slack.bot_user_id)
    answer = await client.conversations_join(channel=room.general.id)
    assert answer["channel"]["is_member"]
    assert slack.bot_user_id in room.general.members
    assert (await client.conversations_join(channel=room.general.id))["warning"] == "already_in_channel"


async def test_the_bot_joins_no_private_no_direct_and_no_archived_channel(
    client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    direct = slack.open_direct(room.ana.id)
    for channel in (room.cabinet, direct):
        assert await error_of(client.conversations_join(channel=channel.id)) == "method_not_supported_for_channel_type"
    slack.archive(room.general)
    assert await error_of(client.conversations_join(channel=room.general.id)) == "is_archived"
    assert await error_of(client.conversations_join(channel="C404")) == "channel_not_found"


async def test_history_is_told_newest_first(client: AsyncWebClient, room: Room) -> None:
    await post(client, room.general.id, "one", "two", "three")
    assert await texts(client, room.general.id) == ["three", "two", "one"]


async def test_history_keeps_within_its_bounds(client: AsyncWebClient, room: Room) -> None:
    one, _, three = await post(client, room.general.id, "one", "two", "three")
    assert await texts(client, room.general.id, oldest=one) == ["three", "two"]
    assert await texts(client, room.general.id, oldest=one, latest=three) == ["two"]
    assert await texts(client, room.general.id, oldest=one, latest=three, inclusive=True) == ["three", "two", "one"]
    assert await texts(client, room.general.id, oldest="0", limit=1) == ["three"]


async def test_history_is_paged_to_its_beginning(client: AsyncWebClient, room: Room) -> None:
    await post(client, room.general.id, *"abcde")
    told, cursor = "", None
    while cursor != "":
        page = await client.conversations_history(channel=room.general.id, limit=2, cursor=cursor)
        told += "".join(message["text"] for message in page["messages"])
        cursor = page["response_metadata"]["next_cursor"]
        assert page["has_more"] is bool(cursor)
    assert told == "edcba"


async def test_history_tells_metadata_only_when_it_is_asked_to(client: AsyncWebClient, room: Room) -> None:
    await client.chat_postMessage(channel=room.general.id, text="hello", metadata=METADATA)
    bare = (await client.conversations_history(channel=room.general.id))["messages"][0]
    full = (await client.conversations_history(channel=room.general.id, include_all_metadata=True))["messages"][0]
    assert "metadata" not in bare
    assert full["metadata"] == METADATA


async def test_history_leaves_out_replies_unless_they_are_broadcast(client: AsyncWebClient, room: Room) -> None:
    [parent] = await post(client, room.general.id, "parent")
    await client.chat_postMessage(channel=room.general.id, text="quiet", thread_ts=parent)
    await client.chat_postMessage(channel=room.general.id, text="loud", thread_ts=parent, reply_broadcast=True)
    assert await texts(client, room.general.id) == ["loud", "parent"]
    thread = await client.conversations_replies(channel=room.general.id, ts=parent)
    assert [message["text"] for message in thread["messages"]] == ["parent", "quiet", "loud"]


async def test_replies_to_nothing_are_not_found(client: AsyncWebClient, room: Room) -> None:
    assert await error_of(client.conversations_replies(channel=room.general.id, ts="1.0")) == "thread_not_found"


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"limit": 1000}, "invalid_limit"),
        ({"cursor": "nonsense"}, "invalid_cursor"),
        ({"oldest": "yesterday"}, "invalid_ts_oldest"),
        ({"latest": "today"}, "invalid_ts_latest"),
    ],
)
async def test_history_refuses_bounds_that_are_none(
    client: AsyncWebClient, room: Room, how: dict[str, Any], error: str
) -> None:
    assert await error_of(client.conversations_history(channel=room.general.id, **how)) == error


async def test_history_needs_the_bot_in_the_channel(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    slack.leave(room.general, slack.bot_user_id)
    assert await error_of(client.conversations_history(channel=room.general.id)) == "not_in_channel"


async def test_channels_are_listed_by_type(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    council = slack.open_channel("council", [slack.bot_user_id], is_private=True)
    slack.archive(slack.open_channel("old", [slack.bot_user_id]))

    async def names(**how: Any) -> list[str]:
        return [channel["name"] for channel in (await client.conversations_list(**how))["channels"]]

    assert await names() == ["general", "old"]
    assert await names(exclude_archived=True) == ["general"]
    assert await names(types="private_channel") == [council.name]
    assert await error_of(client.conversations_list(types="secret")) == "invalid_types"
    assert room.cabinet.name not in await names(types="public_channel,private_channel")


async def test_members_are_paged(client: AsyncWebClient, room: Room) -> None:
    first = await client.conversations_members(channel=room.general.id, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.conversations_members(channel=room.general.id, limit=2, cursor=cursor)
    assert {*first["members"], *rest["members"]} == room.general.members
    assert rest["response_metadata"]["next_cursor"] == ""
