"""`python -m bot run`: what it needs, what it answers, and how it ends."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Mapping
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.bot.command_line import WAIT_S, convene, nowhere, process, serving
from tests.wire.scene import Scene
from workspace.faults import Fault, Trouble
from workspace.shown import plain


@pytest.mark.parametrize("error", ["invalid_auth", "token_revoked", "account_inactive"])
async def test_a_token_that_slack_refuses_is_said_on_one_line(
    tmp_path: Path, app_of: dict[str, str], slack: Scene, error: str
) -> None:
    slack.workspace.faults.add(Fault(method="auth.test", trouble=Trouble.REFUSAL, error=error))
    finished = await process(tmp_path, "run", **app_of, LOG_LEVEL="warning")
    assert finished.status == 2
    assert finished.err.splitlines() == [
        f"SLACK_BOT_TOKEN: Slack refuses it ({error}); copy it anew from OAuth & Permissions"
    ]
    assert finished.out == ""


async def test_an_app_token_that_slack_refuses_is_said_on_one_line(tmp_path: Path, by_socket: dict[str, str]) -> None:
    finished = await convene(tmp_path, "run", **by_socket | {"SLACK_APP_TOKEN": "xapp-hidden", "LOG_LEVEL": "warning"})
    assert finished.status == 2
    (line,) = finished.err.splitlines()
    assert line.startswith("SLACK_APP_TOKEN: Slack refuses it (invalid_auth)")
    assert "connections:write" in line


async def test_in_socket_mode_it_answers_without_an_address_and_stops_when_it_is_told_to(
    tmp_path: Path, by_socket: dict[str, str], slack: Scene
) -> None:
    async with serving(tmp_path, **by_socket, LOG_LEVEL="debug", LOG_FORMAT="json") as bot:
        await bot.becomes_ready()
        assert json.loads((await bot.get("/readyz"))[1])["connected"] is True
        assert (await bot.get("/slack/events"))[0] == 404
        assert "Poll *P1: Shall we?*" in await slack.types(slack.ben, '/poll "Shall we?" "Yes" "No"')
        assert await bot.told_to_stop() == 0
    for line in bot.log:
        assert json.loads(line)["level"] in {"debug", "info"}
    assert not [
        secret for secret in (by_socket["SLACK_BOT_TOKEN"], by_socket["SLACK_APP_TOKEN"]) if secret in "".join(bot.log)
    ]


async def test_the_bot_answers_sends_and_stops_when_it_is_told_to(
    tmp_path: Path, app_of: dict[str, str], slack: Scene
) -> None:
    more = {"LOG_LEVEL": "debug", "LOG_FORMAT": "json", "COMMAND_PREFIX": "cv-"}
    async with serving(tmp_path, **app_of | more) as bot:
        assert await bot.get("/healthz") == (200, "ok")
        await bot.becomes_ready()
        slack.standin.bot_url = f"{bot.url}/slack/events"
        assert "/cv-signup" in await slack.types(slack.ben, "/cv-signup help")
        assert "Poll *P1: Shall we?*" in await slack.types(slack.ben, '/cv-poll "Shall we?" "Yes" "No"')
        post = await slack.post("Shall we?")
        await slack.presses(slack.ana, post, "Vote for Yes")
        assert "1 vote" in plain(await slack.post("1 voter"))
        assert await bot.told_to_stop() == 0
    for line in bot.log:
        assert json.loads(line)["level"] in {"debug", "info"}
    assert not [secret for secret in secrets_of(app_of) if secret in "".join(bot.log)]


async def test_an_interrupt_stops_it_as_well(tmp_path: Path, app_of: dict[str, str]) -> None:
    async with serving(tmp_path, **app_of) as bot:
        await bot.becomes_ready()
        bot.process.send_signal(signal.SIGINT)
        async with asyncio.timeout(WAIT_S):
            await bot.reading
            assert await bot.process.wait() == 0
    assert "Traceback" not in "".join(bot.log)


async def test_what_was_answered_before_the_stop_is_there_after_the_next_start(
    tmp_path: Path, app_of: dict[str, str], slack: Scene
) -> None:
    for place in (1, 2):
        async with serving(tmp_path, **app_of) as bot:
            await bot.becomes_ready()
            slack.standin.bot_url = f"{bot.url}/slack/events"
            assert f"*P{place}:" in await slack.types(slack.ben, f'/poll "Question {place}" "Yes" "No"')
            assert await bot.told_to_stop() == 0
        assert [plain(each) for each in slack.posts() if f"Question {place}" in plain(each)]


async def test_while_slack_is_away_it_is_healthy_and_not_ready_and_stops_all_the_same(
    tmp_path: Path, app_of: dict[str, str]
) -> None:
    async with serving(tmp_path, **app_of | {"SLACK_API_URL": nowhere()}) as bot:
        assert await bot.get("/healthz") == (200, "ok")
        status, facts = await bot.get("/readyz")
        assert (status, json.loads(facts)) == (503, {"ready": False, "last_tick": None})
        async with ClientSession() as http, http.post(f"{bot.url}/slack/events", data={"command": "/signup"}) as answer:
            assert answer.status == 503
        assert await bot.told_to_stop() == 0
    assert "Slack can't be reached" in "".join(bot.log)
    assert "Traceback" not in "".join(bot.log)


async def test_it_comes_to_work_once_slack_is_back(tmp_path: Path, app_of: dict[str, str], slack: Scene) -> None:
    slack.workspace.faults.add(Fault(method="auth.test", trouble=Trouble.SERVER_ERROR, times=2))
    async with serving(tmp_path, **app_of) as bot:
        await bot.becomes_ready()
        assert await bot.told_to_stop() == 0


def secrets_of(variables: Mapping[str, str]) -> list[str]:
    return [variables["SLACK_BOT_TOKEN"], variables["SLACK_SIGNING_SECRET"]]
