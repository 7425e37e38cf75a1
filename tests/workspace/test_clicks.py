import re
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Room
from workspace.messages import Ephemeral, Message
from workspace.server import StandIn
from workspace.state import Workspace
from workspace.wire import Impossible

Json = dict[str, Any]


def text(said: str) -> Json:
    return {"type": "plain_text", "text": said}


def options(*values: str) -> list[Json]:
    return [{"text": text(value.title()), "value": value} for value in values]


def button(value: str, action_id: str) -> Json:
    return {"type": "button", "text": text(value.title()), "value": value, "action_id": action_id}


VOTE: Json = {"type": "actions", "block_id": "ballot", "elements": [button("yes", "vote:1"), button("no", "vote:2")]}
MENU: Json = {
    "type": "section",
    "block_id": "menu",
    "text": text("More"),
    "accessory": {"type": "overflow", "action_id": "more", "options": options("close", "export")},
}
CHOICES: Json = {
    "type": "actions",
    "block_id": "choices",
    "elements": [
        {"type": "static_select", "action_id": "one", "options": options("a", "b")},
        {"type": "checkboxes", "action_id": "some", "options": options("a", "b", "c")},
        {"type": "users_select", "action_id": "who"},
        {"type": "datepicker", "action_id": "day"},
    ],
}


def listen(bot: AsyncApp) -> list[Json]:
    """What the bot hears of clicks, all of which it acknowledges."""
    heard: list[Json] = []

    async def take(ack: AsyncAck, body: Json) -> None:
        heard.append(body)
        await ack()

    bot.action(re.compile(".*"))(take)
    return heard


async def posted(client: AsyncWebClient, slack: Workspace, room: Room, *blocks: Json) -> Message:
    await client.chat_postMessage(channel=room.general.id, text="A poll", blocks=blocks)
    return slack.messages(room.general.id)[-1]


async def whispered(client: AsyncWebClient, slack: Workspace, room: Room, *blocks: Json) -> Ephemeral:
    await client.chat_postEphemeral(channel=room.general.id, user=room.ana.id, text="For you", blocks=blocks)
    return slack.ephemerals(room.ana.id)[-1]


async def test_a_click_tells_who_clicked_what_and_where(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = listen(bot)
    message = await posted(client, slack, room, VOTE)
    answer = await standin.click(room.ana.id, message, "vote:1")
    assert (answer.status, answer.error) == (200, None)
    [body] = heard
    [action] = body["actions"]
    assert (action["type"], action["action_id"], action["block_id"], action["value"]) == (
        "button",
        "vote:1",
        "ballot",
        "yes",
    )
    assert float(action["action_ts"]) > float(message.ts)
    assert body["user"] == {"id": room.ana.id, "username": "ana", "name": "ana", "team_id": slack.team_id}
    assert (body["team"]["id"], body["api_app_id"]) == (slack.team_id, slack.app_id)
    assert body["channel"] == {"id": room.general.id, "name": "general"}
    assert body["message"]["ts"] == message.ts
    assert body["message"]["blocks"] == message.blocks
    assert body["container"]["message_ts"] == message.ts
    assert slack.triggers.redeem(body["trigger_id"]) == room.ana.id


async def test_times_of_clicks_rise(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = listen(bot)
    message = await posted(client, slack, room, VOTE)
    for _ in range(10):
        await standin.click(room.ana.id, message, "vote:1")
    stamps = [body["actions"][0]["action_ts"] for body in heard]
    assert len(stamps) == 10
    assert stamps == sorted(set(stamps))


async def test_buttons_of_one_action_are_told_apart_by_value(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = listen(bot)
    rows = [{"type": "actions", "elements": [button(value, "vote")]} for value in ("yes", "no")]
    message = await posted(client, slack, room, *rows)
    await standin.click(room.ana.id, message, "vote", "no")
    assert heard[0]["actions"][0]["value"] == "no"
    for value in (None, "perhaps"):
        with pytest.raises(Impossible):
            await standin.click(room.ana.id, message, "vote", value)


async def test_a_menu_tells_the_option_that_was_chosen(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = listen(bot)
    message = await posted(client, slack, room, MENU)
    await standin.click(room.ana.id, message, "more", "export")
    assert heard[0]["actions"][0]["selected_option"]["value"] == "export"
    with pytest.raises(Impossible):
        await standin.click(room.ana.id, message, "more", "delete")


async def test_choices_are_told_and_kept_in_the_state(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = listen(bot)
    message = await posted(client, slack, room, CHOICES)
    await standin.click(room.ana.id, message, "one", "b")
    await standin.click(room.ana.id, message, "some", ["a", "c"])
    await standin.click(room.ana.id, message, "who", room.ben.id)
    await standin.click(room.ana.id, message, "day", "2026-12-10")
    await standin.click(room.ben.id, message, "day", "2026-12-11")
    assert [option["value"] for option in heard[1]["actions"][0]["selected_options"]] == ["a", "c"]
    state = heard[3]["state"]["values"]["choices"]
    assert state["one"]["selected_option"]["value"] == "b"
    assert state["who"] == {"type": "users_select", "selected_user": room.ben.id}
    assert state["day"]["selected_date"] == "2026-12-10"
    assert heard[4]["state"]["values"]["choices"]["one"]["selected_option"] is None
    with pytest.raises(Impossible):
        await standin.click(room.ana.id, message, "day", "10 December")


async def test_there_is_no_clicking_on_what_is_not_there(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    message = await posted(client, slack, room, VOTE)
    with pytest.raises(Impossible):
        await standin.click(room.ana.id, message, "vote:3")
    await client.chat_update(channel=room.general.id, ts=message.ts, text="Closed")
    with pytest.raises(Impossible):
        await standin.click(room.ana.id, message, "vote:1")
    await client.chat_delete(channel=room.general.id, ts=message.ts)
    with pytest.raises(Impossible):
        await standin.click_stale(room.ana.id, message, "vote:1")


async def test_a_screen_that_has_not_caught_up_still_clicks(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = listen(bot)
    message = await posted(client, slack, room, VOTE)
    await client.chat_update(channel=room.general.id, ts=message.ts, text="Closed")
    await standin.click_stale(room.ana.id, message, "vote:1")
    assert heard[0]["actions"][0]["value"] == "yes"


async def test_nobody_clicks_in_a_private_channel_from_outside(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    slack.join(room.cabinet, slack.bot_user_id)
    await client.chat_postMessage(channel=room.cabinet.id, text="A poll", blocks=[VOTE])
    with pytest.raises(Impossible):
        await standin.click(room.ben.id, slack.messages(room.cabinet.id)[0], "vote:1")


async def test_an_ephemeral_message_is_clicked_by_its_reader_alone(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = listen(bot)
    shown = await whispered(client, slack, room, VOTE)
    await standin.click(room.ana.id, shown, "vote:1")
    assert heard[0]["container"]["is_ephemeral"] is True
    assert "message" not in heard[0]
    with pytest.raises(Impossible):
        await standin.click(room.ben.id, shown, "vote:1")


@pytest.mark.parametrize("is_whispered", [True, False])
async def test_a_response_replaces_or_deletes_what_was_clicked(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp, *, is_whispered: bool
) -> None:
    async def replace(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(text="replaced", blocks=[MENU], replace_original=True)

    async def delete(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(delete_original=True)

    bot.action("vote:1")(replace)
    bot.action("more")(delete)
    shown = await (whispered if is_whispered else posted)(client, slack, room, VOTE)
    await standin.click(room.ana.id, shown, "vote:1")
    seen: list[Message | Ephemeral] = [*slack.messages(room.general.id), *slack.ephemerals(room.ana.id)]
    assert [(one.ts, one.text) for one in seen] == [(shown.ts, "replaced")]
    await standin.click(room.ana.id, shown, "more", "close")
    assert [*slack.messages(room.general.id), *slack.ephemerals(room.ana.id)] == []


async def test_a_response_without_more_is_a_new_message_for_who_clicked(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    async def respond_anew(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(text="noted")

    bot.action("vote:1")(respond_anew)
    message = await posted(client, slack, room, VOTE)
    await standin.click(room.ben.id, message, "vote:1")
    assert [one.text for one in slack.ephemerals(room.ben.id)] == ["noted"]
    assert slack.messages(room.general.id) == [message]


async def test_a_click_from_another_workspace_bears_its_team(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = listen(bot)
    outsider = slack.admit("outsider", is_stranger=True, team_id="T0ELSEWHERE")
    slack.join(room.general, outsider.id)
    message = await posted(client, slack, room, VOTE)
    await standin.click(outsider.id, message, "vote:1")
    assert heard[0]["team"]["id"] == heard[0]["user"]["team_id"] == "T0ELSEWHERE"
    assert heard[0]["message"]["team"] == slack.team_id


async def test_a_click_that_is_not_acknowledged_is_an_error(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    del bot
    message = await posted(client, slack, room, VOTE)
    answer = await standin.click(room.ana.id, message, "vote:1")
    assert (answer.status, answer.error) == (404, "dispatch_failed")
