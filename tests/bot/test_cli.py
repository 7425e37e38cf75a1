"""The subcommands of `python -m bot` that end by themselves."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect

from bot.domain.commands import COMMANDS
from bot.slack.manifest import EVENTS, SCOPES
from storage.engine import open_engine, parse_url
from storage.schema import metadata
from tests.bot.command_line import convene, nowhere, process
from tests.wire.scene import Scene
from workspace.faults import Fault, Trouble


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
