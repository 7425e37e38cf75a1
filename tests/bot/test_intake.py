"""Whom the bot's token is shown to when it fetches a file."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import UserId
from bot.domain.refusals import Refusal
from bot.domain.sent_files import MOST_BYTES, SentFile
from bot.slack.intake import SlackIntake, is_of_slack
from workspace.faults import DOWNLOAD
from workspace.server import StandIn
from workspace.state import Workspace

SLACK, GOV = "https://slack.com/api/", "https://slack-gov.com/api/"
HERE = "http://127.0.0.1:4201/api/"


@pytest.mark.parametrize(
    ("url", "api_url"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/people.csv", SLACK),
        ("https://FILES.slack.com/files-pri/T1-F1/download/people.csv", SLACK),
        ("https://files.slack.com/files-pri/T1-F1/download/people.csv", "https://www.slack.com/api/"),
        ("https://files.slack-gov.com/files-pri/T1-F1/download/people.csv", GOV),
        ("http://127.0.0.1:4201/files-pri/T1-F1/people.csv", HERE),
    ],
)
def test_files_are_where_slack_keeps_them(url: str, api_url: str) -> None:
    assert is_of_slack(url, api_url)


@pytest.mark.parametrize(
    ("url", "api_url"),
    [
        ("http://files.slack.com/people.csv", SLACK),
        ("https://files.slack.com.example.org/people.csv", SLACK),
        ("https://files.slack.com@example.org/people.csv", SLACK),
        ("https://example.org/files.slack.com/people.csv", SLACK),
        ("https://files.slack.com:8443/people.csv", SLACK),
        ("https://files.slack.com\\@example.org/people.csv", SLACK),
        ("https://files.slack.com/people.csv", HERE),
        ("http://127.0.0.1:4202/people.csv", HERE),
        ("https://drive.example.org/people.csv", SLACK),
        ("files.slack.com/people.csv", SLACK),
        ("", SLACK),
    ],
)
def test_no_other_place_is_shown_the_token(url: str, api_url: str) -> None:
    assert not is_of_slack(url, api_url)


@pytest_asyncio.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with await StandIn.start(Workspace()) as started:
        yield started


async def fetched(standin: StandIn, file: SentFile, sender: str) -> bytes:
    async with aiohttp.ClientSession() as http:
        client = AsyncWebClient(standin.workspace.bot_token, standin.api_url, session=http, retry_handlers=[])
        return await SlackIntake(client, http, 5).fetch(file, UserId(sender))


async def test_another_server_gets_no_request_at_all(standin: StandIn) -> None:
    async with await StandIn.start(Workspace()) as other:
        theirs = other.workspace.upload(other.workspace.admit("eve").id, "people.csv", b"x")
        with pytest.raises(Refusal) as refusal:
            await fetched(standin, SentFile(theirs.id, theirs.name, 1, f"{theirs.url}/people.csv"), theirs.user)
        assert refusal.value.key == "file-elsewhere"
        assert not list(other.workspace.traffic)


async def test_what_is_larger_than_the_form_said_is_not_taken(standin: StandIn) -> None:
    ana = standin.workspace.admit("ana")
    file = standin.workspace.upload(ana.id, "people.csv", bytes(MOST_BYTES + 1))
    with pytest.raises(Refusal) as refusal:
        await fetched(standin, SentFile(file.id, file.name, 1, f"{file.url}/people.csv"), ana.id)
    assert refusal.value.key == "file-too-large"
    assert len(standin.workspace.calls_of(DOWNLOAD)) == 1


async def test_a_file_of_which_the_form_tells_the_id_alone_is_asked_about(standin: StandIn) -> None:
    ana = standin.workspace.admit("ana")
    file = standin.workspace.upload(ana.id, "people.csv", b"Mechanism")
    assert await fetched(standin, SentFile(file.id, file.id), ana.id) == b"Mechanism"
