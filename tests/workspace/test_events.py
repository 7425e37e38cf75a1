from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.slack.manifest import EVENTS
from tests.workspace.conftest import Room
from workspace.server import StandIn
from workspace.serving import LoopbackServer
from workspace.state import Workspace
from workspace.wire import Impossible

Json = dict[str, Any]
KINDS = ("app_home_opened", "app_mention", "message", "member_joined_channel", "member_left_channel", "user_change")


SUBSCRIBED = frozenset(KINDS) - {"message"} | {"message.channels", "message.groups", "message.im"}


@pytest.fixture
def heard(slack: Workspace, bot: AsyncApp) -> list[Json]:
    slack.subscriptions = SUBSCRIBED
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


async def test_what_the_app_has_not_subscribed_to_is_not_told(
    standin: StandIn, slack: Workspace, room: Room, heard: list[Json]
) -> None:
    slack.subscriptions = frozenset()
    assert await standin.open_home(room.ana.id) is None
    assert await standin.say(room.ana.id, room.general.id, "unheard") is None
    assert await standin.join(slack.bot_user_id, room.cabinet.id) is None
    assert await standin.leave(room.ana.id, room.cabinet.id) is None
    assert await standin.change_member(room.ana) is None
    assert heard == []


def test_by_default_the_app_has_subscribed_to_what_its_manifest_names() -> None:
    assert Workspace().subscriptions == set(EVENTS)


async def test_a_mention_of_the_app_is_told_as_one(
    standin: StandIn, slack: Workspace, room: Room, heard: list[Json]
) -> None:
    slack.subscriptions = frozenset({"app_mention"})
    await standin.say(room.ana.id, room.general.id, f"@{slack.bot_name}, where is #general?")
    await standin.say(room.ana.id, room.general.id, "nothing for it")
    [body] = heard
    assert body["event"]["type"] == "app_mention"
    assert body["event"]["text"] == f"<@{slack.bot_user_id}>, where is <#{room.general.id}>?"


async def test_what_the_bot_itself_does_is_told_too(
    standin: StandIn, slack: Workspace, client: AsyncWebClient, room: Room
) -> None:
    slack.subscriptions = SUBSCRIBED
    async with listening(standin) as listener:
        channel = slack.open_channel("open", [room.ana.id]).id
        for _ in range(2):
            await client.conversations_join(channel=channel)
        ts = (await client.chat_postMessage(channel=channel, text="hello"))["ts"]
        await client.chat_update(channel=channel, ts=ts, text="goodbye")
        await client.chat_delete(channel=channel, ts=ts)
        await slack.until(lambda: len(listener.told) == 4)
    events = [body["event"] for body in listener.told]
    by_kind = {(event["type"], event.get("subtype")): event for event in events}
    assert by_kind["member_joined_channel", None]["user"] == slack.bot_user_id
    assert by_kind["message", None]["bot_id"] == slack.bot_id
    changed, deleted = by_kind["message", "message_changed"], by_kind["message", "message_deleted"]
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("hello", "goodbye")
    assert (deleted["deleted_ts"], deleted["previous_message"]["text"]) == (ts, "goodbye")


async def test_an_event_without_an_answer_is_told_again_at_once_after_a_minute_and_after_five(
    standin: StandIn, slack: Workspace
) -> None:
    async with listening(standin, *[Response(status_code=500)] * 4) as listener:
        first = await standin.event({"type": "user_change"})
        assert (first.status, first.error) == (500, "dispatch_failed")
        for count, pause in ((2, timedelta(minutes=1)), (3, timedelta(minutes=5))):
            await slack.until(partial(listener.was_told, count))
            (due_at,) = await slack.until(lambda: list(slack.retries.values()))
            assert pause - timedelta(seconds=30) < due_at - slack.clock() <= pause
            slack.clock.move_to(due_at)
        await slack.until(partial(listener.was_told, 4))
        await slack.until(lambda: not slack.retries)
    assert len({body["event_id"] for body in listener.told}) == 1
    assert listener.retries == [None, ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]


@pytest.mark.parametrize("answer", [Response(), Response(status_code=500, headers={"X-Slack-No-Retry": "1"})])
async def test_an_answer_ends_the_retries(standin: StandIn, slack: Workspace, answer: Response) -> None:
    async with listening(standin, Response(status_code=404), answer) as listener:
        await standin.event({"type": "user_change"})
        await slack.until(partial(listener.was_told, 2))
        await slack.until(lambda: not slack.retries)
    assert listener.retries == [None, ("1", "http_error")]


async def test_an_event_for_a_bot_that_is_down_waits_for_it(standin: StandIn, slack: Workspace) -> None:
    standin.bot_url = "http://127.0.0.1:1/slack/events"
    await standin.event({"type": "user_change"})
    due_at = await slack.until(lambda: [at for at in slack.retries.values() if at - slack.clock() > timedelta()])
    async with listening(standin) as listener:
        slack.clock.move_to(due_at[0])
        await slack.until(partial(listener.was_told, 1))
    assert listener.retries == [("2", "connection_failed")]


@dataclass
class Listener:
    """A bot that answers each request as it is told, then 200, and keeps what it was sent."""

    slack: Workspace
    answers: list[Response]
    told: list[Json] = field(default_factory=list)
    retries: list[tuple[str, str] | None] = field(default_factory=list)

    def was_told(self, count: int) -> bool:
        return len(self.told) == count

    async def take(self, request: Request) -> Response:
        self.told.append(await request.json())
        number, reason = (request.headers.get(f"x-slack-retry-{part}") for part in ("num", "reason"))
        self.retries.append(None if number is None else (number, reason or ""))
        self.slack.changes.notify()
        return self.answers.pop(0) if self.answers else Response()


@asynccontextmanager
async def listening(standin: StandIn, *answers: Response) -> AsyncIterator[Listener]:
    listener = Listener(standin.workspace, list(answers))
    server = LoopbackServer(Starlette(routes=[Route("/slack/events", listener.take, methods=["POST"])]))
    await server.start()
    standin.bot_url = f"{server.url}/slack/events"
    yield listener
    await server.stop()
