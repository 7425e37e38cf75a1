"""What the bot of the browser tests does: a form with every kind of field, a poll, an App Home."""

from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

Body = Mapping[str, Any]
TAKEN = "A webinar of that title exists already."


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def option(value: str, description: str | None = None) -> dict[str, Any]:
    about = {} if description is None else {"description": plain(description)}
    return {"text": plain(value.title()), "value": value, **about}


def entry(action_id: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": f"b-{action_id}",
        "label": plain(label),
        "element": {"action_id": action_id, **element},
        **more,
    }


def button(action_id: str, label: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": plain(label), **more}


def actions(*elements: dict[str, Any], block_id: str = "acts") -> dict[str, Any]:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


ENTRIES: tuple[dict[str, Any], ...] = (
    entry(
        "title",
        "Title",
        {"type": "plain_text_input", "min_length": 5, "max_length": 60, "placeholder": plain("A consultation on …")},
        hint=plain("As it will stand in the announcement."),
    ),
    entry("notes", "Notes", {"type": "plain_text_input", "multiline": True}, optional=True),
    entry("seats", "Seats", {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "40"}),
    entry(
        "zone", "Time zone", {"type": "static_select", "options": [option("nairobi"), option("lima"), option("apia")]}
    ),
    entry("chair", "Chair", {"type": "users_select"}),
    entry("rooms", "Channels", {"type": "multi_conversations_select"}, optional=True),
    entry("day", "Day", {"type": "datepicker", "initial_date": "2020-09-24"}),
    entry("time", "Time", {"type": "timepicker", "timezone": "Africa/Nairobi", "initial_time": "09:00"}),
    entry("leads", "Reminders", {"type": "checkboxes", "options": [option("day", "24 hours before"), option("hour")]}),
    entry(
        "kind", "Kind", {"type": "radio_buttons", "options": [option("open", "Everybody may come"), option("closed")]}
    ),
)


def form(*, blocks: tuple[dict[str, Any], ...] = ENTRIES) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("New webinar"),
        "submit": plain("Announce"),
        "close": plain("Cancel"),
        "notify_on_close": True,
        "blocks": list(blocks),
    }


SHORT = (
    entry("first", "First", {"type": "plain_text_input"}),
    entry("pace", "Pace", {"type": "static_select", "options": [option("slow"), option("fast")]}, dispatch_action=True),
    actions(button("next", "Next"), button("grow", "One more field")),
)


ROSTER = (
    entry("roster", "Roster", {"type": "file_input", "filetypes": ["csv", "xlsx"], "max_files": 2}),
    entry("lead", "Lead", {"type": "users_select"}),
    entry("people", "People", {"type": "multi_users_select", "max_selected_items": 2}),
)


def home(visits: int) -> dict[str, Any]:
    text = {"type": "mrkdwn", "text": f"*Your webinars*\nVisit {visits}"}
    return {
        "type": "home",
        "blocks": [{"type": "section", "text": text}, {"type": "divider"}, actions(button("again", "Look again"))],
    }


def rehearse(bot: AsyncApp) -> None:
    _forms(bot)
    _stacks(bot)
    _rosters(bot)
    _home(bot)


def _forms(bot: AsyncApp) -> None:
    @bot.command("/form")
    async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    @bot.view("form")
    async def submitted(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        values = body["view"]["state"]["values"]
        if values["b-title"]["title"]["value"] == "Taken":
            await ack(response_action="errors", errors={"b-title": TAKEN})
            return
        await ack()
        said = ", ".join(_said(held) for block in values.values() for held in block.values())
        await client.chat_postMessage(channel=body["user"]["id"], text=said)

    @bot.view_closed("form")
    async def closed(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text="You closed the form")


def _stacks(bot: AsyncApp) -> None:
    @bot.command("/steps")
    async def open_steps(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form(blocks=SHORT))

    @bot.action("next")
    async def push(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        second = entry("second", "Second", {"type": "plain_text_input"})
        pushed = {**form(blocks=(second,)), "title": plain("Step two")}
        await client.views_push(trigger_id=body["trigger_id"], view=pushed)

    @bot.action("pace")
    async def pace(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        typed = body["view"]["state"]["values"]["b-first"]["first"]["value"]
        heard = {"type": "header", "block_id": "heard", "text": plain(f"{typed} is {_said(body['actions'][0])}")}
        await client.views_update(view_id=body["view"]["id"], view=form(blocks=(*SHORT, heard)))

    @bot.action("grow")
    async def grow(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        more = entry("more", "More", {"type": "plain_text_input"})
        await client.views_update(view_id=body["view"]["id"], view=form(blocks=(*SHORT, more)))


def _rosters(bot: AsyncApp) -> None:
    @bot.command("/roster")
    async def open_roster(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        view = {**form(blocks=ROSTER), "callback_id": "roster", "title": plain("A roster")}
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @bot.view("roster")
    async def submitted(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        values = body["view"]["state"]["values"]
        read = [await _read(file, client) for file in values["b-roster"]["roster"]["files"]]
        people = f"{_said(values['b-lead']['lead'])} with {_said(values['b-people']['people'])}"
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text="\n".join([*read, people]))


async def _read(file: Mapping[str, Any], client: AsyncWebClient) -> str:
    headers = {"Authorization": f"Bearer {client.token}"}
    async with aiohttp.ClientSession() as http, http.get(file["url_private_download"], headers=headers) as answer:
        return f"{file['name']}: {await answer.text()}"


def _home(bot: AsyncApp) -> None:
    visits: dict[str, int] = {}

    async def publish(user: str, client: AsyncWebClient) -> None:
        visits[user] = visits.get(user, 0) + 1
        await client.views_publish(user_id=user, view=home(visits[user]))

    @bot.event("app_home_opened")
    async def opened(event: Body, client: AsyncWebClient) -> None:
        await publish(event["user"], client)

    @bot.action("again")
    async def again(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        await publish(body["user"]["id"], client)


def _said(held: Mapping[str, Any]) -> str:
    value = next(value for key, value in held.items() if key.startswith(("value", "selected_")))
    chosen = value if isinstance(value, list) else [value]
    return " ".join(str(one["value"] if isinstance(one, dict) else one) for one in chosen)
