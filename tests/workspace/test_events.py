from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Room
from workspace.server import StandIn
from workspace.state import Workspace
from workspace.wire import Impossible

Json = dict[str, Any]
KINDS = ("app_home_opened", "message", "member_joined_channel", "member_left_channel", "user_change")


@pytest.fixture
def heard(bot: AsyncApp) -> list[Json]:
    bodies: list[Json] = []

    async def take(body: Json) -> None:
        bodies.append(body)

    for kind in KINDS:
        bot.event(kind)(take)
    return bodies


async def test_an_event_is_told_in_an_envelope_of_its_own(
    standin: StandIn, slack: Workspace, room: Room, heard: list[Json]
) -> None:
    slack.clock.move_to(datetime(slack.clock().year + 1, 1, 1, tzinfo=UTC))
    for _ in range(2):
        answer = await standin.event({"type": "user_change", "user": {"id": room.ana.id}})
        assert (answer.status, answer.error) == (200, None)
    first, second = heard
    assert (first["type"], first["team_id"], first["api_app_id"]) == ("event_callback", slack.team_id, slack.app_id)
    assert first["event_id"].startswith("Ev")
    assert first["event_id"] != second["event_id"]
    assert abs(first["event_time"] - slack.clock().timestamp()) < 60
    assert first["authorizations"][0]["user_id"] == slack.bot_user_id


async def test_every_visit_to_the_home_is_told(
    standin: StandIn, slack: Workspace, client: AsyncWebClient, room: Room, heard: list[Json]
) -> None:
    await standin.open_home(room.ana.id)
    published = await client.views_publish(user_id=room.ana.id, view={"type": "home", "blocks": []})
    await standin.open_home(room.ana.id)
    await standin.open_home(room.ana.id, tab="messages")
    events = [body["event"] for body in heard]
    assert [event["tab"] for event in events] == ["home", "home", "messages"]
    assert {event["user"] for event in events} == {room.ana.id}
    direct = slack.direct(room.ana.id)
    assert direct is not None
    assert events[0]["channel"] == direct.id
    assert "view" not in events[0]
    assert events[1]["view"]["id"] == published["view"]["id"]


async def test_what_is_written_is_told_where_the_bot_is(
    standin: StandIn, slack: Workspace, room: Room, heard: list[Json]
) -> None:
    assert await standin.say(room.ana.id, room.cabinet.id, "unheard") is None
    await standin.say(room.ana.id, room.general.id, "hello & welcome")
    [body] = heard
    message = slack.messages(room.general.id)[0]
    assert (body["event"]["text"], body["event"]["ts"]) == ("hello &amp; welcome", message.ts)
    assert (body["event"]["channel_type"], message.is_bot) == ("channel", False)
    with pytest.raises(Impossible):
        await standin.say(room.ben.id, room.cabinet.id, "let me in")


async def test_who_comes_and_goes_is_told_where_the_bot_is(
    standin: StandIn, slack: Workspace, room: Room, heard: list[Json]
) -> None:
    assert await standin.join(room.ben.id, room.cabinet.id) is None
    await standin.join(slack.bot_user_id, room.cabinet.id)
    await standin.leave(room.ben.id, room.cabinet.id)
    events = [body["event"] for body in heard]
    assert [(event["type"], event["user"], event["channel_type"]) for event in events] == [
        ("member_joined_channel", slack.bot_user_id, "G"),
        ("member_left_channel", room.ben.id, "G"),
    ]


async def test_a_changed_profile_is_told(standin: StandIn, slack: Workspace, room: Room, heard: list[Json]) -> None:
    await standin.change_member(replace(room.ana, zone="Europe/Madrid"))
    assert slack.members[room.ana.id].zone == "Europe/Madrid"
    assert heard[0]["event"]["user"]["tz"] == "Europe/Madrid"
