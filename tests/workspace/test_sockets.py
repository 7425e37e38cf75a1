import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Room, Stopwatch
from tests.workspace.refusals import error_of
from workspace.faults import ENVELOPE, LINK, Fault, Trouble
from workspace.server import StandIn
from workspace.shown import plain
from workspace.sockets import CONNECTIONS, TICKET_TTL_S
from workspace.state import Workspace

Json = dict[str, Any]
Connect = Callable[[], Awaitable[aiohttp.ClientWebSocketResponse]]

MODAL = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Sign up"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "who",
            "label": {"type": "plain_text", "text": "Who"},
            "element": {"type": "plain_text_input", "action_id": "name"},
        }
    ],
}
BUTTON = {
    "type": "actions",
    "elements": [{"type": "button", "action_id": "take", "text": {"type": "plain_text", "text": "Take a seat"}}],
}


async def address(client: AsyncWebClient, slack: Workspace) -> str:
    return str((await client.apps_connections_open(app_token=slack.app_token))["url"])


@pytest_asyncio.fixture
async def connect(client: AsyncWebClient, slack: Workspace) -> AsyncIterator[Connect]:
    """Opens bare connections, as a program without an SDK would."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession())

        async def open_one() -> aiohttp.ClientWebSocketResponse:
            return await stack.enter_async_context(http.ws_connect(await address(client, slack)))

        yield open_one


@pytest_asyncio.fixture
async def socketed(client: AsyncWebClient, slack: Workspace) -> AsyncIterator[AsyncApp]:
    """A Bolt app over Bolt's own Socket Mode client."""
    app = AsyncApp(client=client, process_before_response=True)
    handler = AsyncSocketModeHandler(app, slack.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await slack.until(lambda: slack.sockets.connected)
    yield app
    await handler.close_async()  # type: ignore[no-untyped-call]


async def greeted(connect: Connect) -> aiohttp.ClientWebSocketResponse:
    ws = await connect()
    assert (await ws.receive_json())["type"] == "hello"
    return ws


async def test_an_address_is_for_the_app_token_in_the_header(
    client: AsyncWebClient, standin: StandIn, slack: Workspace
) -> None:
    assert await error_of(client.apps_connections_open(app_token=slack.bot_token)) == "not_allowed_token_type"
    assert await error_of(client.apps_connections_open(app_token="xapp-other")) == "invalid_auth"
    app = AsyncWebClient(slack.app_token, base_url=standin.api_url, retry_handlers=[])
    assert await error_of(app.auth_test()) == "not_allowed_token_type"
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{standin.api_url}apps.connections.open", data={"token": slack.app_token}) as answer,
    ):
        assert (await answer.json())["error"] == "not_authed"


async def test_an_address_is_good_once_and_for_a_short_time(
    client: AsyncWebClient, slack: Workspace, stopwatch: Stopwatch
) -> None:
    used, old = [await address(client, slack) for _ in range(2)]
    async with aiohttp.ClientSession() as http:
        async with http.ws_connect(used):
            pass
        stopwatch.now_s += TICKET_TTL_S + 1
        for url in (used, old, used.partition("?")[0]):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await http.ws_connect(url)
            assert refused.value.status == 403


async def test_hello_counts_the_connections(connect: Connect, slack: Workspace) -> None:
    first, second = [await (await connect()).receive_json() for _ in range(2)]
    assert (first["type"], first["num_connections"], second["num_connections"]) == ("hello", 1, 2)
    assert first["connection_info"] == {"app_id": slack.app_id}
    assert first["debug_info"]["host"]


async def test_an_eleventh_connection_is_sent_away(connect: Connect, slack: Workspace) -> None:
    for _ in range(CONNECTIONS):
        await greeted(connect)
    one_too_many = await connect()
    said = await one_too_many.receive_json()
    assert (said["type"], said["reason"]) == ("disconnect", "too_many_websockets")
    assert (await one_too_many.receive()).type is aiohttp.WSMsgType.CLOSE
    assert slack.sockets.connected == CONNECTIONS


async def test_a_command_is_an_envelope_whose_acknowledgement_is_the_answer(
    connect: Connect, standin: StandIn, room: Room
) -> None:
    ws = await greeted(connect)
    typing = asyncio.ensure_future(standin.command(room.ana.id, room.general.id, "/signup afternoon"))
    envelope = await ws.receive_json()
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert (envelope["payload"]["command"], envelope["payload"]["text"]) == ("/signup", "afternoon")
    for noise in ("no json", "[]", '{"envelope_id": "another"}'):
        await ws.send_str(noise)
    await ws.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "You have a seat."}})
    answer = await typing
    assert (answer.status, answer.error) == (200, None)
    assert answer.ephemeral is not None
    assert plain(answer.ephemeral) == "You have a seat."


async def test_each_envelope_goes_to_one_connection_in_turn_and_is_acknowledged_there(
    connect: Connect, standin: StandIn, room: Room
) -> None:
    one, other = await greeted(connect), await greeted(connect)
    typing = [
        asyncio.ensure_future(standin.command(room.ana.id, room.general.id, f"/signup {text}")) for text in ("a", "b")
    ]
    first, second = await one.receive_json(), await other.receive_json()
    assert {first["payload"]["text"], second["payload"]["text"]} == {"a", "b"}
    await one.send_json({"envelope_id": second["envelope_id"], "payload": {"text": "by the wrong one"}})
    await one.send_json({"envelope_id": first["envelope_id"], "payload": {"text": "by the right one"}})
    await other.send_json({"envelope_id": second["envelope_id"], "payload": {"text": "by the right one"}})
    answers = [await each for each in typing]
    assert [each.ephemeral and each.ephemeral.text for each in answers] == ["by the right one"] * 2


async def test_an_answer_counts_only_where_one_is_accepted(connect: Connect, standin: StandIn, room: Room) -> None:
    ws = await greeted(connect)
    telling = asyncio.ensure_future(standin.event({"type": "user_change", "user": {"id": room.ana.id}}))
    envelope = await ws.receive_json()
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("events_api", False)
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")
    assert envelope["payload"]["type"] == "event_callback"
    await ws.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "unasked"}})
    assert (await telling).error is None


@pytest.mark.parametrize("ack_limit_s", [0.05])
async def test_no_acknowledgement_in_time_is_an_error_to_the_sender_alone(
    connect: Connect, standin: StandIn, slack: Workspace, room: Room
) -> None:
    ws = await greeted(connect)
    answer = await standin.command(room.ana.id, room.general.id, "/signup")
    assert (answer.status, answer.error) == (None, "operation_timeout")
    late = await ws.receive_json()
    await ws.send_json({"envelope_id": late["envelope_id"], "payload": {"text": "too late"}})
    assert [plain(each) for each in slack.ephemerals(room.ana.id)] == [
        '/signup failed with the error "operation_timeout"'
    ]


@pytest.mark.parametrize("ack_limit_s", [0.05])
async def test_an_event_that_is_not_acknowledged_is_told_again(
    connect: Connect, standin: StandIn, slack: Workspace
) -> None:
    ws = await greeted(connect)
    assert (await standin.event({"type": "user_change"})).error == "operation_timeout"
    first, again = await ws.receive_json(), await ws.receive_json()
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout")
    assert again["payload"]["event_id"] == first["payload"]["event_id"]
    assert again["envelope_id"] != first["envelope_id"]
    await ws.send_json({"envelope_id": again["envelope_id"]})
    await slack.until(lambda: not slack.retries)


async def test_without_a_connection_the_sender_sees_an_error(
    connect: Connect, standin: StandIn, slack: Workspace, room: Room
) -> None:
    ws = await greeted(connect)
    await ws.close()
    await slack.until(lambda: not slack.sockets.connected)
    answer = await standin.command(room.ana.id, room.general.id, "/signup")
    assert (answer.status, answer.error) == (None, "dispatch_failed")


@pytest.mark.parametrize("acted", [False, True])
async def test_a_connection_may_break_before_or_after_an_envelope(
    connect: Connect, standin: StandIn, slack: Workspace, room: Room, *, acted: bool
) -> None:
    ws = await greeted(connect)
    slack.faults.add(Fault(method=ENVELOPE, trouble=Trouble.HANG_UP, acted=acted))
    answer = await standin.command(room.ana.id, room.general.id, "/signup")
    assert (answer.status, answer.error) == (None, "dispatch_failed")
    delivered = [message async for message in ws]
    assert [json.loads(each.data)["type"] for each in delivered] == (["slash_commands"] if acted else [])
    assert slack.sockets.connected == 0


@pytest.mark.parametrize("trouble", [Trouble.HANG_UP, Trouble.SERVER_ERROR])
async def test_a_connection_may_be_refused(
    client: AsyncWebClient, connect: Connect, slack: Workspace, trouble: Trouble
) -> None:
    slack.faults.add(Fault(method=LINK, trouble=trouble))
    with pytest.raises(aiohttp.ClientError):
        await connect()
    assert slack.sockets.connected == 0
    await greeted(connect)
    assert (await client.auth_test())["ok"]


async def test_a_warning_leaves_the_connection_open_and_a_refresh_ends_it(
    connect: Connect, standin: StandIn, slack: Workspace
) -> None:
    ws = await greeted(connect)
    await standin.disconnect()
    assert (await ws.receive_json())["reason"] == "warning"
    assert slack.sockets.connected == 1
    await standin.disconnect("refresh_requested")
    said = await ws.receive_json()
    assert (said["type"], said["reason"]) == ("disconnect", "refresh_requested")
    assert (await ws.receive()).type is aiohttp.WSMsgType.CLOSE
    assert slack.sockets.connected == 0


async def test_a_warned_connection_is_used_only_while_there_is_no_other(
    connect: Connect, standin: StandIn, room: Room
) -> None:
    async def signs_up(over: aiohttp.ClientWebSocketResponse) -> None:
        typing = asyncio.ensure_future(standin.command(room.ana.id, room.general.id, "/signup"))
        await over.send_json({"envelope_id": (await over.receive_json())["envelope_id"]})
        assert (await typing).error is None

    old = await greeted(connect)
    await standin.disconnect()
    assert (await old.receive_json())["type"] == "disconnect"
    await signs_up(old)
    new = await greeted(connect)
    for _ in range(2):
        await signs_up(new)


async def test_where_socket_mode_is_switched_off_no_address_is_given(
    client: AsyncWebClient, connect: Connect, standin: StandIn, slack: Workspace
) -> None:
    ws = await greeted(connect)
    await standin.disconnect("link_disabled")
    assert (await ws.receive_json())["reason"] == "link_disabled"
    assert await error_of(client.apps_connections_open(app_token=slack.app_token)) == "access_denied"


async def test_an_address_over_http_goes_before_a_socket(
    connect: Connect, standin: StandIn, bot: AsyncApp, room: Room
) -> None:
    async def listen(ack: AsyncAck) -> None:
        await ack("over HTTP")

    bot.command("/signup")(listen)
    await greeted(connect)
    answer = await standin.command(room.ana.id, room.general.id, "/signup")
    assert answer.ephemeral is not None
    assert answer.ephemeral.text == "over HTTP"


async def test_it_stops_while_a_socket_is_open(slack: Workspace) -> None:
    standin = await StandIn.start(slack)
    client = AsyncWebClient(slack.bot_token, base_url=standin.api_url, retry_handlers=[])
    async with aiohttp.ClientSession() as http, http.ws_connect(await address(client, slack)) as ws:
        await ws.receive_json()
        await standin.stop()
        assert (await ws.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_bolts_own_client_is_served_commands_clicks_forms_and_events(
    standin: StandIn, slack: Workspace, room: Room, socketed: AsyncApp, client: AsyncWebClient
) -> None:
    heard: list[str] = []

    async def open_form(ack: AsyncAck, body: Json) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        await ack({"blocks": [BUTTON], "text": "A seat?"})

    async def press(ack: AsyncAck, body: Json) -> None:
        heard.append(body["actions"][0]["action_id"])
        await ack()

    async def submit(ack: AsyncAck, view: Json) -> None:
        name = view["state"]["values"]["who"]["name"]["value"]
        heard.append(name)
        await ack(response_action="errors", errors={"who": f"no {name}"})

    async def change(event: Json) -> None:
        heard.append(event["user"]["name"])

    socketed.command("/signup")(open_form)
    socketed.action("take")(press)
    socketed.view("form")(submit)
    socketed.event("user_change")(change)
    answer = await standin.command(room.ana.id, room.general.id, "/signup")
    assert answer.ephemeral is not None
    await standin.click(room.ana.id, answer.ephemeral, "take")
    submitted = await standin.submit_view(room.ana.id, slack.views.stack(room.ana.id)[0], {"name": "Ana"})
    assert dict(submitted.errors) == {"who": "no Ana"}
    assert (await standin.event({"type": "user_change", "user": {"name": "ben"}})).error is None
    assert heard == ["take", "Ana", "ben"]
