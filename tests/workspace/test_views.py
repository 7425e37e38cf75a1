from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Room, Stopwatch
from tests.workspace.refusals import error_of, refusal_of
from workspace.server import StandIn
from workspace.state import Workspace

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def note(block_id: str = "note", **element: Any) -> Json:
    inner = {"type": "plain_text_input", "action_id": "text", **element}
    return {"type": "input", "block_id": block_id, "label": plain("Note"), "element": inner}


def modal(*blocks: Json, **fields: Any) -> Json:
    return {"type": "modal", "title": plain("A form"), "submit": plain("Save"), "blocks": list(blocks), **fields}


def home(*blocks: Json, **fields: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **fields}


DIVIDER: Json = {"type": "divider"}


async def opened(client: AsyncWebClient, slack: Workspace, room: Room, view: Json) -> Json:
    answer = await client.views_open(trigger_id=slack.triggers.issue(room.ana.id), view=view)
    shown: Json = answer["view"]
    return shown


async def test_a_modal_is_opened_for_who_triggered_it(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    shown = await opened(client, slack, room, modal(note(), private_metadata="W1", callback_id="signup"))
    [view] = slack.views.stack(room.ana.id)
    assert (view.id, view.root_id, view.hash) == (shown["id"], shown["root_view_id"], shown["hash"])
    assert (shown["private_metadata"], shown["callback_id"]) == ("W1", "signup")
    assert shown["app_installed_team_id"] == slack.team_id
    assert slack.views.stack(room.ben.id) == []


async def test_a_trigger_id_opens_one_view_in_time(
    client: AsyncWebClient, slack: Workspace, room: Room, stopwatch: Stopwatch
) -> None:
    trigger_id = slack.triggers.issue(room.ana.id)
    await client.views_open(trigger_id=trigger_id, view=modal())
    assert await error_of(client.views_open(trigger_id=trigger_id, view=modal())) == "exchanged_trigger_id"
    assert await error_of(client.views_open(trigger_id="1.2.3", view=modal())) == "invalid_trigger_id"
    late = slack.triggers.issue(room.ana.id)
    stopwatch.now_s += 3.5
    assert await error_of(client.views_open(trigger_id=late, view=modal())) == "expired_trigger_id"


async def test_the_simulated_clock_makes_no_trigger_id_older(
    client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    trigger_id = slack.triggers.issue(room.ana.id)
    slack.clock.advance(timedelta(days=1))
    assert (await client.views_open(trigger_id=trigger_id, view=modal()))["ok"]


@pytest.mark.parametrize(
    "view",
    [
        modal(*[DIVIDER] * 100),
        modal(title=plain("x" * 24), submit=plain("x" * 24), close=plain("x" * 24)),
        modal(callback_id="x" * 255, private_metadata="x" * 3000),
        modal(notify_on_close=True, clear_on_close=True),
    ],
)
async def test_a_view_at_the_limit_is_taken(client: AsyncWebClient, slack: Workspace, room: Room, view: Json) -> None:
    assert await opened(client, slack, room, view)


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        (modal(*[DIVIDER] * 101), "no more than 100 items allowed"),
        (modal(title=plain("x" * 25)), "must be less than 25 characters"),
        (modal(submit=plain("x" * 25)), "must be less than 25 characters"),
        (modal(close=plain("x" * 25)), "must be less than 25 characters"),
        (modal(callback_id="x" * 256), "must be less than 256 characters"),
        (modal(private_metadata="x" * 3001), "must be less than 3001 characters"),
        ({"type": "modal", "title": plain("A form"), "blocks": [note()]}, "submit"),
        ({"type": "modal", "blocks": []}, "missing required field: title"),
        (home(), "must be of type modal"),
        (home(title=plain("x")), "invalid additional property: title"),
        ("nonsense", "must provide an object"),
        (modal(note(), note()), "block_id already exists: note"),
    ],
)
async def test_a_view_past_the_limit_is_refused(
    client: AsyncWebClient, slack: Workspace, room: Room, view: Any, problem: str
) -> None:
    trigger_id = slack.triggers.issue(room.ana.id)
    refusal = await refusal_of(client.views_open(trigger_id=trigger_id, view=view))
    assert refusal["error"] == "invalid_arguments"
    assert problem in refusal["response_metadata"]["messages"][0]
    assert slack.views.stack(room.ana.id) == []


async def test_a_view_of_more_than_250_kilobytes_is_refused(
    client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    wide = {"type": "section", "text": {"type": "mrkdwn", "text": "é" * 2600}}
    call = client.views_open(trigger_id=slack.triggers.issue(room.ana.id), view=modal(*[wide] * 50))
    assert await error_of(call) == "view_too_large"


async def test_three_views_stand_in_a_stack_and_no_more(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    root = await opened(client, slack, room, modal())
    for _ in range(2):
        pushed = await client.views_push(trigger_id=slack.triggers.issue(room.ana.id), view=modal())
        assert pushed["view"]["root_view_id"] == root["id"]
    fourth = client.views_push(trigger_id=slack.triggers.issue(room.ana.id), view=modal())
    assert await error_of(fourth) == "push_limit_reached"
    assert len(slack.views.stack(room.ana.id)) == 3


async def test_nothing_is_pushed_where_nothing_is_open(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    call = client.views_push(trigger_id=slack.triggers.issue(room.ana.id), view=modal())
    assert await error_of(call) == "invalid_trigger_id"


async def test_an_old_hash_conflicts(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    shown = await opened(client, slack, room, modal())
    await client.views_update(view_id=shown["id"], view=modal(), hash=shown["hash"])
    again = client.views_update(view_id=shown["id"], view=modal(), hash=shown["hash"])
    assert await error_of(again) == "hash_conflict"


async def test_a_view_is_updated_by_its_external_id(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    await opened(client, slack, room, modal(external_id="mine"))
    await client.views_update(external_id="mine", view=modal(external_id="mine", title=plain("Changed")))
    assert slack.views.stack(room.ana.id)[0].content["title"] == plain("Changed")


async def test_an_external_id_stands_for_one_view(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    await opened(client, slack, room, modal(external_id="mine"))
    call = client.views_push(trigger_id=slack.triggers.issue(room.ana.id), view=modal(external_id="mine"))
    assert await error_of(call) == "duplicate_external_id"


async def test_a_view_that_is_closed_cannot_be_updated(
    client: AsyncWebClient, slack: Workspace, room: Room, standin: StandIn
) -> None:
    shown = await opened(client, slack, room, modal())
    await standin.close_view(room.ana.id, slack.views.stack(room.ana.id)[0])
    assert await error_of(client.views_update(view_id=shown["id"], view=modal())) == "not_found"


async def test_what_was_entered_outlives_an_update_under_the_same_ids_alone(
    client: AsyncWebClient, slack: Workspace, room: Room, standin: StandIn
) -> None:
    shown = await opened(client, slack, room, modal(note("kept"), note("renamed")))
    [view] = slack.views.stack(room.ana.id)
    standin.fill(room.ana.id, view, {("kept", "text"): "here", ("renamed", "text"): "gone"})
    updated = await client.views_update(view_id=shown["id"], view=modal(note("kept"), note("other")))
    values = updated["view"]["state"]["values"]
    assert values["kept"]["text"]["value"] == "here"
    assert values["other"]["text"]["value"] is None


async def test_a_home_is_published_for_one_user(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    first = await client.views_publish(user_id=room.ana.id, view=home(DIVIDER))
    again = await client.views_publish(user_id=room.ana.id, view=home(), hash=first["view"]["hash"])
    assert again["view"]["id"] == first["view"]["id"]
    assert slack.views.home(room.ana.id) is not None
    assert slack.views.home(room.ben.id) is None
    stale = client.views_publish(user_id=room.ana.id, view=home(), hash=first["view"]["hash"])
    assert await error_of(stale) == "hash_conflict"


async def test_a_home_is_published_for_somebody(client: AsyncWebClient) -> None:
    assert await error_of(client.views_publish(user_id="U404", view=home())) == "user_not_found"
