"""Files that people put into a form, and how the bot comes by their bytes."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Room
from tests.workspace.refusals import error_of, refusal_of
from tests.workspace.test_submissions import answer_with, entry, modal, opened, text
from workspace.downloads import SIGN_IN
from workspace.faults import DOWNLOAD, Fault, Trouble
from workspace.files import BYTES_OF_INPUT, SharedFile
from workspace.server import StandIn
from workspace.state import Workspace
from workspace.submissions import REQUIRED
from workspace.wire import Impossible

Json = dict[str, Any]
CONTENT = b"name,session\nAna,morning\n"
ROSTER = entry("roster", {"type": "file_input", "filetypes": ["csv", "XLSX"], "max_files": 2})


@pytest.fixture
def roster(slack: Workspace, room: Room) -> SharedFile:
    return slack.upload(room.ana.id, "attendees & guests.csv", CONTENT)


@pytest.fixture
def address(standin: StandIn, roster: SharedFile) -> str:
    """Where the roster can be had."""
    assert roster.url.startswith(standin.base_url)
    return f"{roster.url}/download/roster.csv"


async def fetched(url: str, token: str, *, follows: bool = True) -> tuple[int, str, bytes]:
    """Status, media type and body, as a client gets them who follows redirects, or doesn't."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with (
        aiohttp.ClientSession(headers=headers) as http,
        http.get(url, allow_redirects=follows) as answer,
    ):
        return answer.status, answer.content_type, await answer.read()


async def test_a_submission_holds_what_the_bot_needs_to_fetch_a_file(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = answer_with(bot)
    view = await opened(client, slack, room, modal(ROSTER))
    file = slack.upload(room.ana.id, "attendees & guests.csv", CONTENT)
    await standin.submit_view(room.ana.id, view, {"roster": [file]})
    state = heard[0]["view"]["state"]["values"]["roster"]["roster"]
    [sent] = state["files"]
    assert state["type"] == "file_input"
    assert (sent["id"], sent["user"], sent["created"]) == (file.id, room.ana.id, slack.now_s())
    assert (sent["name"], sent["title"], sent["size"]) == ("attendees & guests.csv",) * 2 + (len(CONTENT),)
    assert (sent["mimetype"], sent["filetype"], sent["mode"]) == ("text/csv", "csv", "snippet")
    for address in (sent["url_private"], sent["url_private_download"]):
        assert await fetched(address, slack.bot_token) == (200, "text/csv", CONTENT)
    assert (await client.files_info(file=file.id))["file"] == {**sent, "shares": {}}


async def test_a_field_of_files_may_stay_empty_only_where_it_is_optional(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = answer_with(bot)
    view = await opened(client, slack, room, modal(ROSTER))
    assert (await standin.submit_view(room.ana.id, view, {"roster": []})).errors == {"roster": REQUIRED}
    view = await opened(client, slack, room, modal({**ROSTER, "optional": True}))
    await standin.submit_view(room.ana.id, view)
    assert heard[0]["view"]["state"]["values"]["roster"]["roster"] == {"type": "file_input", "files": []}


@pytest.mark.parametrize(
    "chosen",
    [
        [("roster.pdf", CONTENT)],
        [("roster", CONTENT)],
        [("empty.csv", b"")],
        [("large.csv", bytes(BYTES_OF_INPUT + 1))],
        [("one.csv", CONTENT), ("two.xlsx", CONTENT), ("three.csv", CONTENT)],
    ],
    ids=["extension", "none", "empty", "large", "many"],
)
async def test_nobody_enters_files_that_a_field_does_not_take(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, chosen: list[tuple[str, bytes]]
) -> None:
    view = await opened(client, slack, room, modal(ROSTER))
    files = [slack.upload(room.ana.id, name, content) for name, content in chosen]
    with pytest.raises(Impossible):
        standin.fill(room.ana.id, view, {"roster": files})


async def test_files_of_every_kind_are_taken_where_none_is_named_up_to_the_limits(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    view = await opened(client, slack, room, modal(entry("any", {"type": "file_input"})))
    largest = bytes(BYTES_OF_INPUT)
    files = [slack.upload(room.ana.id, f"{number}.anything", largest) for number in range(11)]
    filled = standin.fill(room.ana.id, view, {"any": files[:10]})
    assert [file["filetype"] for file in filled.chosen["any", "any"]] == ["binary"] * 10
    with pytest.raises(Impossible):
        standin.fill(room.ana.id, view, {"any": files})


async def test_nobody_enters_the_files_of_another(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room
) -> None:
    view = await opened(client, slack, room, modal(ROSTER))
    theirs = slack.upload(room.ben.id, "roster.csv", CONTENT)
    with pytest.raises(Impossible):
        standin.fill(room.ana.id, view, {"roster": [theirs]})


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        ({"type": "actions", "elements": [ROSTER["element"]]}, "unsupported type: file_input"),
        ({"type": "section", "text": text("x"), "accessory": ROSTER["element"]}, "unsupported type: file_input"),
        ({**ROSTER, "dispatch_action": True}, "unsupported type: file_input"),
        (entry("a", {"type": "file_input", "max_files": 0}), "must be between 1 and 10"),
        (entry("a", {"type": "file_input", "max_files": 11}), "must be between 1 and 10"),
        (entry("a", {"type": "file_input", "filetypes": [".csv"]}), "has an invalid format"),
        (entry("a", {"type": "file_input", "placeholder": text("x")}), "invalid additional property: placeholder"),
    ],
)
async def test_a_field_of_files_stands_in_an_input_block_and_within_its_limits(
    client: AsyncWebClient, slack: Workspace, room: Room, block: Json, problem: str
) -> None:
    call = client.views_open(trigger_id=slack.triggers.issue(room.ana.id), view=modal(block))
    refusal = await refusal_of(call)
    assert refusal["error"] == "invalid_arguments"
    assert problem in refusal["response_metadata"]["messages"][0]


async def test_files_are_asked_for_in_modals_alone(client: AsyncWebClient, room: Room) -> None:
    saying = client.chat_postMessage(channel=room.general.id, text="x", blocks=[ROSTER])
    assert await error_of(saying) == "invalid_blocks"
    home = {"type": "home", "blocks": [ROSTER]}
    assert await error_of(client.views_publish(user_id=room.ana.id, view=home)) == "invalid_arguments"


async def test_files_are_asked_for_only_by_an_app_that_may_read_them(
    standin: StandIn, client: AsyncWebClient, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    answer_with(bot, response_action="update", view=modal(ROSTER))
    slack.scopes -= {"files:read"}
    refusal = await refusal_of(client.views_open(trigger_id=slack.triggers.issue(room.ana.id), view=modal(ROSTER)))
    assert (refusal["error"], refusal["needed"]) == ("missing_scope", "files:read")
    view = await opened(client, slack, room, modal())
    assert (await standin.submit_view(room.ana.id, view)).error == "invalid_response"


@pytest.mark.parametrize("trouble", ["nobody", "stranger", "scope", "revoked"])
async def test_whoever_may_not_have_a_file_gets_the_sign_in_page_in_its_place(
    slack: Workspace, address: str, trouble: str
) -> None:
    token = {"nobody": "", "stranger": "xoxb-other"}.get(trouble, slack.bot_token)
    if trouble == "scope":
        slack.scopes -= {"files:read"}
    if trouble == "revoked":
        slack.token_error = "token_revoked"
    assert (await fetched(address, token, follows=False))[0] == 302
    assert await fetched(address, token) == (200, "text/html", SIGN_IN.encode())


async def test_a_file_that_is_not_there_is_not_found(slack: Workspace, address: str, roster: SharedFile) -> None:
    assert (await fetched(address.replace(roster.id, "F404"), slack.bot_token))[:2] == (404, "text/html")
    announced = slack.files.announce("later.csv", 7, slack.bot_user_id)
    assert (await fetched(f"{announced.url}/later.csv", slack.bot_token))[0] == 404


async def test_fetching_the_bytes_may_go_wrong_as_a_call_may(
    slack: Workspace, address: str, roster: SharedFile
) -> None:
    def script(trouble: Trouble, *, acted: bool = False, times: int = 1) -> None:
        slack.faults.add(Fault(method=DOWNLOAD, trouble=trouble, acted=acted, times=times, addressee=roster.id))

    script(Trouble.SERVER_ERROR)
    assert (await fetched(address, slack.bot_token))[0] == 500
    script(Trouble.RATE_LIMIT)
    assert (await fetched(address, slack.bot_token))[0] == 429
    script(Trouble.REFUSAL)
    assert (await fetched(address, slack.bot_token))[2] == SIGN_IN.encode()
    script(Trouble.HANG_UP, times=2)  # aiohttp itself asks a second time
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await fetched(address, slack.bot_token)
    script(Trouble.HANG_UP, acted=True)
    with pytest.raises(aiohttp.ClientPayloadError):
        await fetched(address, slack.bot_token)
    assert len(slack.calls_of(DOWNLOAD)) == 6
    assert (await fetched(address, slack.bot_token))[2] == CONTENT


async def test_a_download_that_is_held_goes_on_when_it_is_released(slack: Workspace, address: str) -> None:
    slack.faults.add(Fault(method=DOWNLOAD, trouble=Trouble.HOLD))
    fetching = asyncio.ensure_future(fetched(address, slack.bot_token))
    await slack.until(lambda: slack.faults.holding)
    slack.faults.release()
    assert (await fetching)[2] == CONTENT


async def test_downloads_stand_in_the_traffic_without_their_bytes(slack: Workspace, address: str) -> None:
    await fetched(address, slack.bot_token)
    await fetched(address, "")
    kept = [(each.name, each.status, each.answered) for each in slack.traffic]
    assert kept == [(DOWNLOAD, 200, b""), (DOWNLOAD, 302, b""), ("sign-in page", 200, SIGN_IN.encode())]
