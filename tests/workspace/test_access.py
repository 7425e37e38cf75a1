import json

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Room
from tests.workspace.refusals import error_of, refusal_of
from workspace.methods.table import METHODS
from workspace.server import StandIn
from workspace.state import Workspace


async def test_the_bot_learns_who_it_is(client: AsyncWebClient, slack: Workspace) -> None:
    answer = await client.auth_test()
    assert (answer["user_id"], answer["team_id"]) == (slack.bot_user_id, slack.team_id)
    assert answer["bot_id"] == slack.bot_id
    assert set(answer.headers["x-oauth-scopes"].split(",")) == slack.scopes


async def test_an_unknown_token_is_refused(standin: StandIn) -> None:
    stranger = AsyncWebClient("xoxb-other", base_url=standin.api_url, retry_handlers=[])
    assert await error_of(stranger.auth_test()) == "invalid_auth"


async def test_no_token_is_refused(standin: StandIn) -> None:
    nobody = AsyncWebClient(base_url=standin.api_url, retry_handlers=[])
    assert await error_of(nobody.auth_test()) == "not_authed"


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive"])
async def test_a_token_that_is_worth_nothing_any_more_is_refused(
    client: AsyncWebClient, slack: Workspace, error: str
) -> None:
    slack.token_error = error
    assert await error_of(client.auth_test()) == error


async def test_a_method_that_is_not_implemented_is_unknown(client: AsyncWebClient) -> None:
    assert await error_of(client.reactions_add(channel="C1", name="eyes", timestamp="1.0")) == "unknown_method"


async def test_the_api_can_be_tried_without_a_token(standin: StandIn) -> None:
    nobody = AsyncWebClient(base_url=standin.api_url, retry_handlers=[])
    assert (await nobody.api_test(foo="bar"))["args"] == {"foo": "bar"}


async def test_a_scope_that_was_not_granted_is_named(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    slack.scopes = slack.scopes - {"chat:write"}
    refusal = await refusal_of(client.chat_postMessage(channel=room.general.id, text="hello"))
    assert (refusal["error"], refusal["needed"]) == ("missing_scope", "chat:write")
    assert set(refusal["provided"].split(",")) == slack.scopes


async def test_a_history_needs_the_scope_of_its_kind_of_channel(
    client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    slack.scopes = slack.scopes - {"im:history"}
    slack.open_direct(room.ana.id)
    await client.conversations_history(channel=room.general.id)
    direct = slack.open_direct(room.ana.id)
    assert await error_of(client.conversations_history(channel=direct.id)) == "missing_scope"


async def test_listing_needs_the_scope_of_every_type_that_is_asked_for(
    client: AsyncWebClient, slack: Workspace
) -> None:
    slack.scopes = slack.scopes - {"groups:read"}
    await client.conversations_list()
    refused = await refusal_of(client.conversations_list(types="public_channel,private_channel"))
    assert refused["needed"] == "groups:read"


@pytest.mark.parametrize("as_form", [True, False])
async def test_a_form_and_json_say_the_same(standin: StandIn, slack: Workspace, room: Room, *, as_form: bool) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "in a block"}}]
    form = {"channel": room.general.id, "blocks": json.dumps(blocks)} if as_form else None
    document = None if as_form else {"channel": room.general.id, "blocks": blocks}
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{standin.api_url}chat.postMessage", data=form, json=document) as answer,
    ):
        assert (await answer.json())["ok"]
    assert slack.messages(room.general.id)[0].blocks[0]["text"]["text"] == "in a block"


@pytest.mark.parametrize(("body", "error"), [("{", "invalid_json"), ("[]", "json_not_object")])
async def test_a_body_that_is_no_json_object_is_refused(standin: StandIn, body: str, error: str) -> None:
    headers = {"Content-Type": "application/json"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{standin.api_url}auth.test", data=body, headers=headers) as answer,
    ):
        assert await answer.json() == {"ok": False, "error": error}


async def test_a_token_in_the_form_is_taken_and_never_kept_in_the_record(standin: StandIn, slack: Workspace) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{standin.api_url}auth.test", data={"token": slack.bot_token}) as answer,
    ):
        assert (await answer.json())["ok"]
    assert slack.calls_of("auth.test")[0].arguments == {}


async def test_every_call_is_recorded_with_its_arguments(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    await client.chat_postMessage(channel=room.general.id, text="hello")
    await error_of(client.chat_postMessage(channel="C404", text="nobody"))
    calls = slack.calls_of("chat.postMessage")
    assert [call.arguments["text"] for call in calls] == ["hello", "nobody"]
    assert calls[0].at <= calls[1].at <= slack.clock()


@pytest.mark.parametrize("name", sorted(METHODS.keys() - {"api.test", "apps.connections.open", "auth.test"}))
async def test_no_method_works_without_its_arguments(client: AsyncWebClient, name: str) -> None:
    if name in ("users.list", "conversations.list"):
        assert (await client.api_call(name))["ok"]
    else:
        assert await error_of(client.api_call(name)) in ("invalid_arguments", "users_list_not_supplied")
