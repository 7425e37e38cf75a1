"""`python -m bot`, as a person runs it: in an empty folder, and wherever it goes on in a process of its own."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from sqlalchemy import Engine, inspect

from bot import cli
from bot.domain.commands import COMMANDS
from bot.settings import Settings
from bot.slack.manifest import EVENTS, SCOPES
from storage.engine import open_engine, parse_url
from storage.schema import metadata
from tests.wire.scene import NOW, Scene, people
from workspace.clock import SimulatedClock
from workspace.faults import Fault, Trouble
from workspace.shown import plain

ROOT = Path(__file__).parents[2]
OURS = {name.upper() for name in Settings.model_fields}
WAIT_S = 20
"""Far beyond what any of this takes: a test that waits longer has failed."""

LISTENING = re.compile(r"running on (http://[\d.]+:\d+)")


@dataclass(frozen=True, slots=True)
class Finished:
    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


@dataclass(frozen=True, slots=True)
class Serving:
    """`python -m bot run`, listening at `url`; `log` grows with what it writes."""

    process: asyncio.subprocess.Process
    url: str
    log: list[str]
    reading: asyncio.Task[None]

    async def get(self, path: str) -> tuple[int, str]:
        async with ClientSession() as http, http.get(f"{self.url}{path}") as answer:
            return answer.status, await answer.text()

    async def becomes_ready(self) -> None:
        async with asyncio.timeout(WAIT_S):
            while (await self.get("/readyz"))[0] != 200:
                pass

    async def told_to_stop(self) -> int:
        """Its exit status after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(WAIT_S):
            await self.reading
            return await self.process.wait()


def environment(variables: Mapping[str, str]) -> dict[str, str]:
    """This process's, without any setting of ours but `variables`."""
    rest = {name: value for name, value in os.environ.items() if name.upper() not in OURS}
    return {**rest, "PYTHONPATH": str(ROOT), **variables}


async def convene(folder: Path, *arguments: str, **variables: str) -> Finished:
    """A subcommand that ends by itself, in a thread: a process would take two seconds to start."""
    before = os.environ.copy()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    out, err = StringIO(), StringIO()
    try:
        os.environ.clear()
        os.environ.update(environment(variables))
        with chdir(folder), redirect_stdout(out), redirect_stderr(err):
            async with asyncio.timeout(WAIT_S):
                status = await asyncio.to_thread(_status, arguments)
    finally:
        os.environ.clear()
        os.environ.update(before)
        root.handlers[:] = handlers
        root.setLevel(level)
    return Finished(status, out.getvalue(), err.getvalue())


def _status(arguments: Sequence[str]) -> int:
    try:
        return cli.main(arguments)
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else 1


async def process(folder: Path, *arguments: str, **variables: str) -> Finished:
    """The same in a process of its own."""
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=folder,
        env=environment(variables),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(WAIT_S):
            out, err = await started.communicate()
    finally:
        if started.returncode is None:
            started.kill()
            await started.communicate()
    return Finished(started.returncode or 0, out.decode(), err.decode())


@asynccontextmanager
async def serving(folder: Path, **variables: str) -> AsyncIterator[Serving]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,
        env=environment({"PORT": "0"} | variables),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    log: list[str] = []
    listening = asyncio.get_running_loop().create_future()

    async def read(lines: asyncio.StreamReader) -> None:
        async for line in lines:
            log.append(line.decode())
            if (found := LISTENING.search(log[-1])) and not listening.done():
                listening.set_result(found[1])

    reading = asyncio.create_task(read(process.stdout))
    try:
        async with asyncio.timeout(WAIT_S):
            await asyncio.wait({reading, listening}, return_when=asyncio.FIRST_COMPLETED)
        assert listening.done(), "".join(log)
        yield Serving(process, listening.result(), log, reading)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await reading


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[Scene]:
    """A workspace whose bot isn't running yet."""
    async with people(SimulatedClock(start=NOW)) as scene:
        yield scene


@pytest.fixture
def app_of(slack: Scene, new_database: Callable[[str], str]) -> dict[str, str]:
    """The settings of that workspace's app, on a database of its own."""
    return {
        "SLACK_BOT_TOKEN": slack.workspace.bot_token,
        "SLACK_SIGNING_SECRET": slack.workspace.signing_secret,
        "SLACK_API_URL": slack.standin.api_url,
        "DATABASE_URL": new_database("sqlite"),
    }


@pytest.fixture
def by_socket(slack: Scene, app_of: dict[str, str]) -> dict[str, str]:
    """The same in Socket Mode."""
    return app_of | {"SLACK_SIGNING_SECRET": "", "SLACK_APP_TOKEN": slack.workspace.app_token}


def nowhere() -> str:
    """An address at which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/api/"


def tables_of(database_url: str) -> set[str]:
    engine = open_engine(parse_url(database_url), threads=1)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def left_in(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


# Usage


@pytest.mark.parametrize("arguments", [(), ("serve",), ("run", "--fast")])
async def test_what_is_no_subcommand_is_answered_with_the_usage(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    finished = await convene(tmp_path, *arguments)
    assert finished.status == 2
    assert "usage: python -m bot" in finished.err
    assert "Traceback" not in finished.said


async def test_help_names_every_subcommand(tmp_path: Path) -> None:
    finished = await process(tmp_path, "--help")
    assert finished.status == 0
    assert all(f"\n    {each} " in finished.out for each in ("run", "migrate", "manifest", "doctor"))


@pytest.mark.parametrize("subcommand", ["run", "doctor"])
async def test_without_settings_each_is_named_on_a_line_and_nothing_is_done(tmp_path: Path, subcommand: str) -> None:
    finished = await convene(tmp_path, subcommand)
    assert finished.status == 2
    assert finished.out == ""
    assert [line.partition(":")[0] for line in finished.err.splitlines()] == [
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
    ]
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("subcommand", ["run", "migrate"])
@pytest.mark.parametrize("url", ["sqlite:////no/such/folder/convene.db", "postgresql://u:hidden@127.0.0.1:1/name"])
async def test_a_database_that_cant_be_opened_is_said_on_one_line(
    tmp_path: Path, app_of: dict[str, str], subcommand: str, url: str
) -> None:
    finished = await convene(tmp_path, subcommand, **app_of | {"DATABASE_URL": url})
    assert finished.status == 2
    (line,) = finished.err.splitlines()
    assert line.startswith("DATABASE_URL: the database can't be opened")
    assert "hidden" not in line


# manifest


async def test_the_manifest_needs_no_settings_and_is_json_alone(tmp_path: Path) -> None:
    finished = await process(tmp_path, "manifest")
    assert (finished.status, finished.err) == (0, "")
    made = json.loads(finished.out)
    assert [each["command"] for each in made["features"]["slash_commands"]] == [f"/{each.name}" for each in COMMANDS]
    assert "https://YOUR-ADDRESS/slack/events" in finished.out
    assert left_in(tmp_path) == [], "to print something needs no database"


async def test_the_manifest_bears_the_prefix_the_address_and_what_the_app_needs(tmp_path: Path) -> None:
    finished = await convene(tmp_path, "manifest", COMMAND_PREFIX="cv-", PUBLIC_URL="https://convene.example.org/")
    made = json.loads(finished.out)
    url = "https://convene.example.org/slack/events"
    commands = made["features"]["slash_commands"]
    assert [each["command"] for each in commands] == [f"/cv-{each.name}" for each in COMMANDS]
    assert all(each["url"] == url and each["should_escape"] is True for each in commands)
    assert made["oauth_config"]["scopes"]["bot"] == list(SCOPES)
    assert made["settings"]["event_subscriptions"] == {"request_url": url, "bot_events": list(EVENTS)}
    assert made["settings"]["interactivity"] == {"is_enabled": True, "request_url": url}
    assert made["settings"]["socket_mode_enabled"] is False


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [(("--socket",), {}), ((), {"SLACK_APP_TOKEN": "xapp-1"})],
    ids=["asked for", "has a token"],
)
async def test_a_manifest_for_socket_mode_names_no_address(
    tmp_path: Path, arguments: tuple[str, ...], variables: dict[str, str]
) -> None:
    finished = await convene(tmp_path, "manifest", *arguments, PUBLIC_URL="https://convene.example.org", **variables)
    assert (finished.status, finished.err) == (0, "")
    assert json.loads(finished.out)["settings"]["socket_mode_enabled"] is True
    assert "https://" not in finished.out


async def test_a_malformed_address_is_named_before_a_manifest_is_made(tmp_path: Path) -> None:
    finished = await convene(tmp_path, "manifest", PUBLIC_URL="http://convene.example.org")
    assert (finished.status, finished.out) == (2, "")
    assert finished.err.startswith("PUBLIC_URL: must be an https address")


# migrate


async def test_migrating_twice_is_migrating_once_on_sqlite(tmp_path: Path) -> None:
    for _ in range(2):
        finished = await convene(tmp_path, "migrate")
        assert finished.status == 0, finished.err
    assert tables_of(f"sqlite:///{tmp_path / 'convene.db'}") == {*metadata.tables, "alembic_version"}


async def test_migrating_twice_is_migrating_once_on_postgresql(tmp_path: Path, postgres: Engine) -> None:
    with postgres.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE migrated_by_hand TEMPLATE template0")
    url = postgres.url.set(drivername="postgres", database="migrated_by_hand")
    empty = url.render_as_string(hide_password=False)
    finished = await asyncio.gather(*(process(tmp_path, "migrate", DATABASE_URL=empty) for _ in range(2)))
    assert [each.status for each in finished] == [0, 0], finished
    assert tables_of(empty) == {*metadata.tables, "alembic_version"}


async def test_migrating_needs_no_slack_app(tmp_path: Path) -> None:
    finished = await convene(tmp_path, "migrate", DATABASE_URL="mysql://host/name")
    assert finished.status == 2
    (line,) = finished.err.splitlines()
    assert line.startswith("DATABASE_URL: must begin with")


# doctor


async def test_the_doctor_finds_all_well(tmp_path: Path, app_of: dict[str, str], slack: Scene) -> None:
    finished = await process(tmp_path, "doctor", **app_of)
    assert finished.status == 0, finished.said
    lines = finished.out.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("ok: ") for line in lines)
    assert slack.workspace.team_id in finished.out


async def test_the_doctor_says_that_a_token_is_wrong(tmp_path: Path, app_of: dict[str, str]) -> None:
    finished = await convene(tmp_path, "doctor", **app_of | {"SLACK_BOT_TOKEN": "xoxb-hidden"})
    assert finished.status == 1
    assert "NOT OK: SLACK_BOT_TOKEN: Slack refuses it (invalid_auth)" in finished.out
    assert "hidden" not in finished.said


async def test_in_socket_mode_the_doctor_tries_the_app_token(tmp_path: Path, by_socket: dict[str, str]) -> None:
    finished = await convene(tmp_path, "doctor", **by_socket)
    assert finished.status == 0, finished.said
    assert finished.out.splitlines()[-1] == "ok: Slack accepts the app-level token for Socket Mode"
    finished = await convene(tmp_path, "doctor", **by_socket | {"SLACK_APP_TOKEN": "xapp-hidden"})
    assert finished.status == 1
    assert "NOT OK: SLACK_APP_TOKEN: Slack refuses it (invalid_auth); see that Socket Mode is on" in finished.out
    assert "hidden" not in finished.said


@pytest.mark.parametrize("scope", SCOPES)
async def test_the_doctor_names_a_missing_scope(
    tmp_path: Path, app_of: dict[str, str], slack: Scene, scope: str
) -> None:
    slack.workspace.scopes = frozenset(SCOPES) - {scope}
    finished = await convene(tmp_path, "doctor", **app_of)
    assert finished.status == 1
    assert f"NOT OK: missing scopes {scope}:" in finished.out
    assert "reinstall" in finished.out


async def test_the_doctor_says_that_the_schema_is_behind(tmp_path: Path, app_of: dict[str, str]) -> None:
    finished = await convene(tmp_path, "doctor", **app_of | {"DATABASE_URL": "sqlite:///empty.db"})
    assert finished.status == 1
    assert "NOT OK: the schema is behind: run `python -m bot migrate`" in finished.out
    assert "ok: Slack knows the app" in finished.out, "one finding hides no other"


async def test_the_doctor_says_that_the_database_cant_be_opened(tmp_path: Path, app_of: dict[str, str]) -> None:
    finished = await convene(tmp_path, "doctor", **app_of | {"DATABASE_URL": "sqlite:////no/such/folder/x.db"})
    assert finished.status == 1
    assert "NOT OK: DATABASE_URL: the database can't be opened" in finished.out
    assert "Traceback" not in finished.said


async def test_the_doctor_says_that_slack_cant_be_reached(tmp_path: Path, app_of: dict[str, str]) -> None:
    finished = await convene(tmp_path, "doctor", **app_of | {"SLACK_API_URL": nowhere()})
    assert finished.status == 1
    assert "NOT OK: Slack can't be reached" in finished.out
    assert "Traceback" not in finished.said


@pytest.mark.parametrize("trouble", [Trouble.SERVER_ERROR, Trouble.HANG_UP, Trouble.RATE_LIMIT, Trouble.HOLD])
async def test_the_doctor_says_that_slack_is_in_trouble(
    tmp_path: Path, app_of: dict[str, str], slack: Scene, trouble: Trouble
) -> None:
    slack.workspace.faults.add(Fault(method="auth.test", trouble=trouble))
    finished = await convene(tmp_path, "doctor", **app_of, SLACK_TIMEOUT_S="0.5")
    assert finished.status == 1
    assert "NOT OK: Slack can't be reached" in finished.out
    assert "Traceback" not in finished.said


async def test_the_doctor_says_that_an_address_is_not_slacks(
    tmp_path: Path, app_of: dict[str, str], slack: Scene
) -> None:
    finished = await convene(tmp_path, "doctor", **app_of | {"SLACK_API_URL": f"{slack.standin.base_url}/nothing/api"})
    assert finished.status == 1
    assert "NOT OK: Slack can't be reached" in finished.out
    assert "SLACK_API_URL" in finished.out
    assert "Traceback" not in finished.said


# run


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
