"""People in forms, people who have left, and the bots of other apps."""

from dataclasses import replace
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Room
from tests.workspace.refusals import error_of
from tests.workspace.test_submissions import answer_with, entry, modal, opened, text
from workspace.members import Member
from workspace.server import StandIn
from workspace.state import Workspace
from workspace.wire import Impossible

LEAD = entry("lead", {"type": "users_select"}, optional=True)
PEOPLE = entry("people", {"type": "multi_users_select", "max_selected_items": 2}, optional=True)


@pytest.fixture
def reminder(slack: Workspace) -> Member:
    return slack.admit("reminder", is_bot=True)


async def test_people_are_chosen_by_their_ids(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = answer_with(bot)
    view = await opened(client, slack, room, modal(LEAD, PEOPLE))
    await standin.submit_view(room.ana.id, view, {"lead": room.ben.id, "people": [room.ben.id, room.ana.id]})
    await standin.submit_view(room.ana.id, await opened(client, slack, room, modal(LEAD, PEOPLE)), {"lead": ""})
    full, empty = (body["view"]["state"]["values"] for body in heard)
    assert full["lead"]["lead"] == {"type": "users_select", "selected_user": room.ben.id}
    both = [room.ben.id, room.ana.id]
    assert full["people"]["people"] == {"type": "multi_users_select", "selected_users": both}
    assert empty["lead"]["lead"]["selected_user"] is None
    assert empty["people"]["people"]["selected_users"] == []


async def test_people_whom_the_bot_named_are_chosen_to_begin_with(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = answer_with(bot)
    named = entry("people", {"type": "multi_users_select", "initial_users": [room.ben.id]})
    await standin.submit_view(room.ana.id, await opened(client, slack, room, modal(named)))
    assert heard[0]["view"]["state"]["values"]["people"]["people"]["selected_users"] == [room.ben.id]


@pytest.mark.parametrize("trouble", ["unknown", "gone", "too many"])
async def test_nobody_chooses_who_is_not_offered_or_too_many(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, trouble: str
) -> None:
    gone = slack.admit("gone", deleted=True)
    chosen: dict[str, Any] = {
        "unknown": {"lead": "U404"},
        "gone": {"people": [room.ben.id, gone.id]},
        "too many": {"people": [room.ana.id, room.ben.id, slack.bot_user_id]},
    }
    view = await opened(client, slack, room, modal(LEAD, PEOPLE))
    with pytest.raises(Impossible):
        standin.fill(room.ana.id, view, chosen[trouble])


async def test_who_was_deactivated_does_nothing_any_more(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    view = await opened(client, slack, room, modal(LEAD))
    slack.put_member(replace(room.ana, deleted=True))
    for deed in (
        standin.command(room.ana.id, room.general.id, "/hello"),
        standin.say(room.ana.id, room.general.id, "hello"),
        standin.submit_view(room.ana.id, view),
    ):
        with pytest.raises(Impossible):
            await deed


async def test_the_bot_of_another_app_is_known_as_one_and_not_written_to(
    client: AsyncWebClient, reminder: Member
) -> None:
    assert (await client.users_info(user=reminder.id))["user"]["is_bot"]
    assert await error_of(client.conversations_open(users=reminder.id)) == "cannot_dm_bot"
    assert await error_of(client.chat_postMessage(channel=reminder.id, text="hello")) == "cannot_dm_bot"


async def test_the_bot_of_another_app_is_mentioned_and_chosen_like_a_person(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp, reminder: Member
) -> None:
    heard = answer_with(bot)
    typed: list[str] = []

    @bot.command("/ask")
    async def ask(ack: AsyncAck, body: dict[str, str]) -> None:
        typed.append(body["text"])
        await ack()

    await standin.command(room.ana.id, room.general.id, "/ask @reminder")
    await standin.submit_view(room.ana.id, await opened(client, slack, room, modal(LEAD)), {"lead": reminder.id})
    assert typed == [f"<@{reminder.id}|reminder>"]
    assert heard[0]["view"]["state"]["values"]["lead"]["lead"]["selected_user"] == reminder.id


async def test_a_bot_has_no_hands(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, reminder: Member
) -> None:
    slack.join(room.general, reminder.id)
    press = {"type": "actions", "elements": [{"type": "button", "action_id": "go", "text": text("Go")}]}
    await client.chat_postMessage(channel=room.general.id, text="x", blocks=[press])
    with pytest.raises(Impossible):
        await standin.click(reminder.id, slack.messages(room.general.id)[-1], "go")
    with pytest.raises(Impossible):
        await standin.say(reminder.id, room.general.id, "hello")
