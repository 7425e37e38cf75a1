from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Room
from tests.workspace.refusals import error_of, refusal_of
from workspace import blocks
from workspace.state import Workspace
from workspace.wire import SlackError

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(**fields: Any) -> Json:
    return {"type": "section", **fields}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def button(text: str = "Go", **fields: Any) -> Json:
    return {"type": "button", "text": plain(text), **fields}


def options(count: int, text: str = "One") -> list[Json]:
    return [{"text": plain(text), "value": str(number)} for number in range(count)]


def overflow(count: int) -> Json:
    return {"type": "overflow", "options": options(count)}


def select(count: int) -> Json:
    return {"type": "static_select", "options": options(count)}


def checkboxes(count: int) -> Json:
    return {"type": "checkboxes", "options": options(count)}


def radio(count: int) -> Json:
    return {"type": "radio_buttons", "options": options(count)}


def header(text: Any) -> Json:
    return {"type": "header", "text": text}


def context(count: int) -> Json:
    return {"type": "context", "elements": [mrkdwn("x")] * count}


def option(text: str, value: str) -> Json:
    return {"type": "static_select", "options": [{"text": plain(text), "value": value}]}


def entry(**fields: Any) -> Json:
    return {"type": "input", "label": plain("Why"), "element": {"type": "plain_text_input", **fields}}


AT_THE_LIMIT: list[list[Json]] = [
    [{"type": "divider"}] * 50,
    [section(text=mrkdwn("x" * 3000))],
    [section(fields=[plain("x" * 1000)] * 10)],
    [section(fields=[plain("x" * 2000)])],
    [header(plain("x" * 150))],
    [context(10)],
    [actions(*[button()] * 25)],
    [actions(button("x" * 75, value="v" * 2000, action_id="a" * 255, style="primary"))],
    [actions(overflow(1))],
    [actions(overflow(5))],
    [actions(select(100))],
    [actions(checkboxes(10))],
    [actions(radio(10))],
    [actions(option("x" * 75, "v" * 150))],
    [{"type": "divider", "block_id": "b" * 255}],
    [section(text=mrkdwn("x" * 2640))] * 5,
    [section(text=plain("x"), accessory=button(url="https://example.org/"))],
    [section(text=plain("x"), accessory={"type": "multi_users_select", "max_selected_items": 3})],
    [actions({"type": "static_select", "option_groups": [{"label": plain("A"), "options": options(2)}]})],
    [actions({"type": "static_select", "options": options(2), "initial_option": options(2)[1]})],
    [actions({"type": "datepicker", "initial_date": "2026-12-10"}, {"type": "timepicker", "initial_time": "09:30"})],
    [actions({"type": "users_select", "placeholder": plain("Who?")}, {"type": "channels_select"})],
    [actions({"type": "conversations_select", "filter": {"include": ["public"]}})],
    [entry(min_length=1, max_length=3000, multiline=True)],
    [{"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A chart", "title": plain("Chart")}],
    [actions(button(action_id="vote"), button(action_id="other")), actions(button(action_id="vote"))],
]

PAST_THE_LIMIT: list[tuple[list[Any], str, str]] = [
    ([{"type": "divider"}] * 51, "no more than 50 items allowed", "/blocks"),
    ([section(text=mrkdwn("x" * 3001))], "must be less than 3001 characters", "/blocks/0/text/text"),
    ([section(text=mrkdwn(""))], "must be more than 0 characters", "/blocks/0/text/text"),
    ([section(fields=[plain("x")] * 11)], "no more than 10 items allowed", "/blocks/0/fields"),
    ([section(fields=[plain("x" * 2001)])], "must be less than 2001 characters", "/blocks/0/fields/0/text"),
    ([section()], "missing required field: one of text, fields", "/blocks/0"),
    ([header(plain("x" * 151))], "must be less than 151 characters", "/blocks/0/text/text"),
    ([header(mrkdwn("x"))], "unsupported type: mrkdwn", "/blocks/0/text"),
    ([{"type": "header"}], "missing required field: text", "/blocks/0"),
    ([context(11)], "no more than 10 items allowed", "/blocks/0/elements"),
    ([context(0)], "no fewer than 1 items allowed", "/blocks/0/elements"),
    ([actions(*[button()] * 26)], "no more than 25 items allowed", "/blocks/0/elements"),
    ([actions()], "no fewer than 1 items allowed", "/blocks/0/elements"),
    ([actions(button("x" * 76))], "must be less than 76 characters", "/blocks/0/elements/0/text/text"),
    ([actions(button(value="v" * 2001))], "must be less than 2001 characters", "/blocks/0/elements/0/value"),
    ([actions(button(action_id="a" * 256))], "must be less than 256 characters", "/blocks/0/elements/0/action_id"),
    ([actions(button(style="loud"))], "must be one of primary, danger", "/blocks/0/elements/0/style"),
    ([actions(button(url="nowhere"))], "has an invalid format", "/blocks/0/elements/0/url"),
    ([actions({"type": "button", "text": mrkdwn("x")})], "unsupported type: mrkdwn", "/blocks/0/elements/0/text"),
    ([actions(overflow(0))], "no fewer than 1 items allowed", "/blocks/0/elements/0/options"),
    ([actions(overflow(6))], "no more than 5 items allowed", "/blocks/0/elements/0/options"),
    ([actions(select(0))], "no fewer than 1 items allowed", "/blocks/0/elements/0/options"),
    ([actions(select(101))], "no more than 100 items allowed", "/blocks/0/elements/0/options"),
    ([actions(checkboxes(11))], "no more than 10 items allowed", "/blocks/0/elements/0/options"),
    ([actions(radio(11))], "no more than 10 items allowed", "/blocks/0/elements/0/options"),
    ([actions(option("x" * 76, "v"))], "must be less than 76 characters", "/blocks/0/elements/0/options/0/text/text"),
    ([actions(option("x", "v" * 151))], "must be less than 151 characters", "/blocks/0/elements/0/options/0/value"),
    (
        [actions({"type": "static_select", "options": options(2), "initial_option": options(3)[2]})],
        "initial option not found in options",
        "/blocks/0/elements/0",
    ),
    ([actions({"type": "static_select"})], "exactly one of options, option_groups", "/blocks/0/elements/0"),
    ([actions({"type": "datepicker", "initial_date": "10/12"})], "invalid format", "/blocks/0/elements/0/initial_date"),
    ([actions({"type": "external_select"})], "unsupported type: external_select", "/blocks/0/elements/0"),
    ([actions({"type": "plain_text_input"})], "unsupported type: plain_text_input", "/blocks/0/elements/0"),
    ([entry(min_length=5, max_length=4)], "min_length must not exceed max_length", "/blocks/0/element"),
    ([entry(max_length=3001)], "must be between 1 and 3000", "/blocks/0/element/max_length"),
    ([entry(initial_value="abc", max_length=2)], "initial_value must be within", "/blocks/0/element"),
    ([{"type": "divider", "block_id": "b" * 256}], "must be less than 256 characters", "/blocks/0/block_id"),
    ([{"type": "divider", "block_id": "b"}] * 2, "block_id already exists: b", "/blocks"),
    ([actions(*[button(action_id="a")] * 2)], "action_id already exists: a", "/blocks/0"),
    ([{"type": "fireworks"}], "unsupported type: fireworks", "/blocks/0"),
    ([{"text": plain("x")}], "missing required field: type", "/blocks/0"),
    ([section(text="bare")], "must provide an object", "/blocks/0/text"),
    ([section(text=plain("x"), colour="red")], "invalid additional property: colour", "/blocks/0"),
    (["text"], "must provide an object", "/blocks/0"),
]


@pytest.mark.parametrize("given", AT_THE_LIMIT)
async def test_blocks_at_the_limit_are_taken(
    client: AsyncWebClient, slack: Workspace, room: Room, given: list[Json]
) -> None:
    await client.chat_postMessage(channel=room.general.id, text="fallback", blocks=given)
    assert len(slack.messages(room.general.id)[0].blocks) == len(given)


@pytest.mark.parametrize(("given", "problem", "pointer"), PAST_THE_LIMIT)
async def test_blocks_past_the_limit_are_refused_with_the_place(
    client: AsyncWebClient, slack: Workspace, room: Room, given: list[Any], problem: str, pointer: str
) -> None:
    call = client.chat_postMessage(channel=room.general.id, text="fallback", blocks=given)
    refusal = await refusal_of(call)
    assert refusal["error"] == "invalid_blocks"
    assert problem in refusal["response_metadata"]["messages"][0]
    assert f"[json-pointer:{pointer}]" in refusal["response_metadata"]["messages"][0]
    assert slack.messages(room.general.id) == []


async def test_all_blocks_together_hold_only_so_much_text(client: AsyncWebClient, room: Room) -> None:
    too_much = [section(text=mrkdwn("x" * 2640))] * 4 + [section(text=mrkdwn("x" * 2641))]
    call = client.chat_postMessage(channel=room.general.id, text="fallback", blocks=too_much)
    assert await error_of(call) == "msg_blocks_too_long"


async def test_blocks_that_are_no_list_are_refused(client: AsyncWebClient, room: Room) -> None:
    for nonsense in ("[nonsense", '{"type": "divider"}'):
        call = client.chat_postMessage(channel=room.general.id, text="fallback", blocks=nonsense)
        assert await error_of(call) == "invalid_blocks_format"


async def test_an_update_and_an_ephemeral_message_are_held_to_the_same(client: AsyncWebClient, room: Room) -> None:
    posted = await client.chat_postMessage(channel=room.general.id, text="before")
    empty = [actions()]
    updating = client.chat_update(channel=room.general.id, ts=posted["ts"], text="x", blocks=empty)
    assert await error_of(updating) == "invalid_blocks"
    whispering = client.chat_postEphemeral(channel=room.general.id, user=room.ana.id, text="x", blocks=empty)
    assert await error_of(whispering) == "invalid_blocks"


def test_ids_that_the_bot_leaves_out_are_given() -> None:
    given = [actions(button(), button()), section(text=plain("x"), accessory=button(action_id="mine"))]
    first, second = blocks.accept(given)
    assert first["block_id"] != second["block_id"]
    assert len({element["action_id"] for element in first["elements"]}) == 2
    assert second["accessory"]["action_id"] == "mine"
    assert "block_id" not in given[0]


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(SlackError) as refused:
        blocks.accept([header(mrkdwn("x")), actions(), section()])
    assert len(refused.value.facts["errors"]) == 3
