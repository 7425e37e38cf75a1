from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Room
from workspace.modals import View
from workspace.server import StandIn
from workspace.shown import plain
from workspace.state import Workspace
from workspace.submissions import REQUIRED
from workspace.wire import Impossible

Json = dict[str, Any]


def text(said: str) -> Json:
    return {"type": "plain_text", "text": said}


def options(*values: str) -> list[Json]:
    return [{"text": text(value.title()), "value": value} for value in values]


def entry(block_id: str, element: Json, **fields: Any) -> Json:
    labelled = {"label": text(block_id.title()), "element": {"action_id": block_id, **element}}
    return {"type": "input", "block_id": block_id, **labelled, **fields}


NOTE = entry("note", {"type": "plain_text_input", "min_length": 2, "max_length": 10})
SEATS = entry(
    "seats",
    {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "40"},
    optional=True,
)
SESSION = entry("session", {"type": "radio_buttons", "options": options("morning", "afternoon")}, optional=True)
DAY = entry("day", {"type": "datepicker", "initial_date": "2026-12-10"}, optional=True)
TOPICS = entry("topics", {"type": "multi_static_select", "options": options("a", "b")}, optional=True)
FORM = [NOTE, SEATS, SESSION, DAY, TOPICS]


def modal(*blocks: Json, **fields: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": text("A form"),
        "submit": text("Save"),
        "blocks": list(blocks),
        **fields,
    }


async def opened(client: AsyncWebClient, slack: Workspace, room: Room, view: Json) -> View:
    await client.views_open(trigger_id=slack.triggers.issue(room.ana.id), view=view)
    return slack.views.stack(room.ana.id)[-1]


def answer_with(bot: AsyncApp, **how: Any) -> list[Json]:
    heard: list[Json] = []

    async def take(ack: AsyncAck, body: Json) -> None:
        heard.append(body)
        await ack(**how)

    bot.view("form")(take)
    bot.view_closed("form")(take)
    return heard


async def test_a_submission_holds_every_stateful_element(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = answer_with(bot)
    view = await opened(client, slack, room, modal(*FORM, private_metadata="W1"))
    await standin.submit_view(room.ana.id, view, {"note": "hello", "session": "afternoon", "topics": ["b"]})
    [body] = heard
    values = body["view"]["state"]["values"]
    assert values["note"]["note"] == {"type": "plain_text_input", "value": "hello"}
    assert values["seats"]["seats"]["value"] is None
    assert values["session"]["session"]["selected_option"]["value"] == "afternoon"
    assert values["day"]["day"]["selected_date"] == "2026-12-10"
    assert [one["value"] for one in values["topics"]["topics"]["selected_options"]] == ["b"]
    assert (body["type"], body["user"]["id"]) == ("view_submission", room.ana.id)
    assert (body["view"]["private_metadata"], body["view"]["id"]) == ("W1", view.id)
    assert body["view"]["app_installed_team_id"] == slack.team_id
    assert slack.triggers.redeem(body["trigger_id"]) == room.ana.id


async def test_an_answer_of_nothing_closes_the_view_in_front(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    answer_with(bot)
    root = await opened(client, slack, room, modal())
    await client.views_push(trigger_id=slack.triggers.issue(room.ana.id), view=modal())
    front = slack.views.stack(room.ana.id)[-1]
    with pytest.raises(Impossible):
        await standin.submit_view(room.ana.id, root)
    await standin.submit_view(room.ana.id, front)
    assert slack.views.stack(room.ana.id) == [root]


async def test_errors_stand_beside_their_inputs_and_the_view_stays(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    answer_with(bot, response_action="errors", errors={"note": "Not that."})
    view = await opened(client, slack, room, modal(*FORM))
    answer = await standin.submit_view(room.ana.id, view, {"note": "hello"})
    assert answer.errors == {"note": "Not that."}
    [stays] = slack.views.stack(room.ana.id)
    assert stays.chosen[("note", "note")] == "hello"


async def test_errors_that_name_no_input_are_an_error(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    answer_with(bot, response_action="errors", errors={"elsewhere": "No."})
    view = await opened(client, slack, room, modal(*FORM))
    answer = await standin.submit_view(room.ana.id, view, {"note": "hello"})
    assert answer.error == "invalid_response"


async def test_an_answer_may_update_the_view(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    answer_with(bot, response_action="update", view=modal(title=text("Done")))
    view = await opened(client, slack, room, modal())
    answer = await standin.submit_view(room.ana.id, view)
    [updated] = slack.views.stack(room.ana.id)
    assert (updated.id, plain(updated)) == (view.id, "Done\nSave")
    assert answer.view == updated


async def test_an_answer_may_push_a_view(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    answer_with(bot, response_action="push", view=modal(title=text("Sure?")))
    view = await opened(client, slack, room, modal())
    answer = await standin.submit_view(room.ana.id, view)
    assert answer.view is not None
    assert answer.view.previous_id == view.id
    assert len(slack.views.stack(room.ana.id)) == 2


async def test_an_answer_may_clear_every_view(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    answer_with(bot, response_action="clear")
    await opened(client, slack, room, modal())
    await client.views_push(trigger_id=slack.triggers.issue(room.ana.id), view=modal())
    await standin.submit_view(room.ana.id, slack.views.stack(room.ana.id)[-1])
    assert slack.views.stack(room.ana.id) == []


@pytest.mark.parametrize("action", ["update", "push"])
async def test_an_answer_with_a_view_that_slack_cannot_show_is_an_error(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp, action: str
) -> None:
    answer_with(bot, response_action=action, view=modal(title=text("x" * 25)))
    view = await opened(client, slack, room, modal())
    answer = await standin.submit_view(room.ana.id, view)
    assert answer.error == "invalid_response"
    assert slack.views.stack(room.ana.id) == [view]


async def test_a_required_input_that_is_empty_sends_nothing(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = answer_with(bot)
    view = await opened(client, slack, room, modal(*FORM))
    answer = await standin.submit_view(room.ana.id, view, {"note": ""})
    assert answer.errors == {"note": REQUIRED}
    assert heard == []


@pytest.mark.parametrize(
    "entries",
    [
        {"note": "x"},
        {"note": "x" * 11},
        {"seats": "41"},
        {"seats": "0"},
        {"seats": "1.5"},
        {"seats": "many"},
        {"session": "evening"},
        {"topics": ["a", "z"]},
        {"day": "tomorrow"},
        {"nothing": "x"},
    ],
)
async def test_nobody_enters_what_an_input_does_not_take(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, entries: dict[str, Any]
) -> None:
    view = await opened(client, slack, room, modal(*FORM))
    with pytest.raises(Impossible):
        await standin.submit_view(room.ana.id, view, {"note": "hello", **entries})


async def test_an_entry_may_be_emptied(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = answer_with(bot)
    kept = entry("kept", {"type": "plain_text_input", "initial_value": "before"}, optional=True)
    view = await opened(client, slack, room, modal(kept))
    await standin.submit_view(room.ana.id, view, {"kept": ""})
    assert heard[0]["view"]["state"]["values"]["kept"]["kept"]["value"] is None


async def test_a_view_without_a_submit_button_is_not_submitted(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    view = await opened(client, slack, room, {"type": "modal", "title": text("Read this"), "blocks": []})
    with pytest.raises(Impossible):
        await standin.submit_view(room.ana.id, view)


async def test_nobody_submits_the_view_of_another(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    view = await opened(client, slack, room, modal())
    with pytest.raises(Impossible):
        await standin.submit_view(room.ben.id, view)


async def test_a_bot_hears_of_a_closed_view_where_it_asked_to(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = answer_with(bot)
    quiet = await opened(client, slack, room, modal())
    assert await standin.close_view(room.ana.id, quiet) is None
    view = await opened(client, slack, room, modal(notify_on_close=True))
    await standin.close_view(room.ana.id, view)
    assert [(body["type"], body["view"]["id"]) for body in heard] == [("view_closed", view.id)]
    assert slack.views.stack(room.ana.id) == []


async def test_closing_may_clear_every_view(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    await opened(client, slack, room, modal())
    await client.views_push(trigger_id=slack.triggers.issue(room.ana.id), view=modal(clear_on_close=True))
    await standin.close_view(room.ana.id, slack.views.stack(room.ana.id)[-1])
    assert slack.views.stack(room.ana.id) == []


async def test_buttons_in_a_view_tell_of_the_view(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard: list[Json] = []

    async def take(ack: AsyncAck, body: Json) -> None:
        heard.append(body)
        await ack()

    bot.action("add")(take)
    bot.action("note")(take)
    add = {"type": "actions", "elements": [{"type": "button", "action_id": "add", "text": text("Add")}]}
    told = {**entry("told", {"type": "plain_text_input"}), "dispatch_action": True}
    told["element"] = {**told["element"], "action_id": "note"}
    view = await opened(client, slack, room, modal(add, told, SEATS))
    await standin.click(room.ana.id, view, "note", "hello")
    await standin.click(room.ana.id, view, "add")
    assert heard[0]["actions"][0]["value"] == "hello"
    assert heard[1]["container"] == {"type": "view", "view_id": view.id}
    assert heard[1]["view"]["state"]["values"]["told"]["note"]["value"] == "hello"
    assert "response_url" not in heard[1]
    with pytest.raises(Impossible):
        await standin.click(room.ana.id, view, "seats", "3")


async def test_a_select_of_conversations_may_bring_a_response_url(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = answer_with(bot)
    where = entry("where", {"type": "conversations_select", "response_url_enabled": True})
    view = await opened(client, slack, room, modal(where))
    await standin.submit_view(room.ana.id, view, {"where": room.general.id})
    [url] = heard[0]["response_urls"]
    assert (url["block_id"], url["action_id"], url["channel_id"]) == ("where", "where", room.general.id)
    assert url["response_url"].startswith(standin.base_url)
