"""One table of commands: what the manifest registers, what is listened to, and what the stand-in offers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.commands import COMMANDS
from bot.slack.manifest import EVENTS, SCOPES, manifest
from bot.view import texts
from tests.wire.calendars import calendar_of
from tests.wire.scene import NOW, WEBINAR, Scene, people, running, settings_for
from workspace import demo
from workspace.clock import SimulatedClock
from workspace.shown import plain
from workspace.state import SCOPES as GRANTED

PREFIX = "cv-"


def made(prefix: str = "", public_url: str | None = None) -> dict[str, Any]:
    return manifest(COMMANDS, texts.load(prefix).of(None), public_url)


def registered(prefix: str = "") -> frozenset[str]:
    return frozenset(each["command"] for each in made(prefix)["features"]["slash_commands"])


@pytest_asyncio.fixture
async def installed(database_url: str) -> AsyncIterator[Scene]:
    """A workspace in which the app was made from its manifest: these commands and scopes, and no others."""
    async with people(SimulatedClock(start=NOW)) as scene:
        scene.workspace.commands = registered(PREFIX)
        scene.workspace.scopes = frozenset(made(PREFIX)["oauth_config"]["scopes"]["bot"])
        async with running(scene.standin, settings_for(scene.standin, database_url, command_prefix=PREFIX)):
            yield scene


async def test_every_command_of_the_table_is_registered_and_answered_under_its_prefix(installed: Scene) -> None:
    assert registered(PREFIX) == {f"/{PREFIX}{each.name}" for each in COMMANDS}
    for command in registered(PREFIX):
        assert f"`{command} " in await installed.types(installed.ben, f"{command} help")


async def test_a_command_without_the_prefix_is_another_apps(installed: Scene) -> None:
    installed.workspace.commands = registered()
    for command in registered():
        answer = await installed.standin.command(installed.ben.id, installed.channel.id, f"{command} help")
        assert answer.error == "dispatch_failed"


async def test_every_event_of_the_manifest_has_a_listener(installed: Scene) -> None:
    payloads = {"user_change": {"type": "user_change", "user": {"id": installed.ben.id}}}
    assert set(payloads) == set(EVENTS)
    for event in payloads.values():
        assert (await installed.standin.event(event)).status == 200
    assert (await installed.standin.event({"type": "team_rename", "name": "Other"})).status == 404


async def test_the_scopes_of_the_manifest_are_all_that_the_bot_needs(installed: Scene) -> None:
    hall = installed.workspace.open_channel("hall", [installed.ana.id, installed.ben.id])
    assert "is made" in await installed.types(installed.ana, WEBINAR.replace("/", f"/{PREFIX}", 1), hall)
    assert "Sign up: afternoon" in plain(await installed.post("Sign up: afternoon", channel=hall))
    assert "You have a seat" in await installed.types(installed.ben, f"/{PREFIX}signup afternoon", hall)
    await installed.post("39 of 40 seats left", channel=hall)
    await installed.types(installed.ben, f"/{PREFIX}webinar calendar W1", hall)
    _, reply = await calendar_of(installed, installed.ben)
    assert reply.files
    answer = await installed.answered(installed.ben, f'/{PREFIX}poll "Which?" "Event" "Submission"')
    await installed.post("Which?")
    await installed.told(installed.ben, lambda: installed.presses(installed.ben, answer, "Take back"))
    await installed.workspace.until(lambda: not installed.posts())
    installed.clock.move_to(NOW.replace(day=10, hour=14))
    assert "starts in 1 hour" in (await installed.direct(installed.ben, 3))[2]


def test_the_stand_in_grants_what_the_manifest_asks_for() -> None:
    assert set(SCOPES) <= GRANTED


async def test_the_demo_registers_what_the_manifest_says() -> None:
    async with demo.running() as scene:
        described = made()["features"]["slash_commands"]
        assert [(each.name, each.description, each.usage) for each in scene.commands] == [
            (each["command"], each["description"], each["usage_hint"]) for each in described
        ]
        assert scene.standin.workspace.commands == registered()


def test_mentions_reach_the_bot_as_ids() -> None:
    assert all(each["should_escape"] is True for each in made()["features"]["slash_commands"])


def test_slack_sends_everything_to_the_one_address() -> None:
    whole = made(public_url="https://convene.example.org")
    addresses = [each["url"] for each in whole["features"]["slash_commands"]]
    addresses += [whole["settings"][each]["request_url"] for each in ("event_subscriptions", "interactivity")]
    assert set(addresses) == {"https://convene.example.org/slack/events"}


def test_in_socket_mode_it_names_no_address() -> None:
    whole = manifest(COMMANDS, texts.load("").of(None), "https://convene.example.org", by_socket=True)
    assert "https://" not in str(whole)
    assert whole["settings"]["socket_mode_enabled"] is True
    assert whole["settings"]["interactivity"] == {"is_enabled": True}
    assert whole["settings"]["event_subscriptions"] == {"bot_events": list(EVENTS)}


@pytest.mark.parametrize("prefix", ["", "x" * 20])
def test_the_manifest_keeps_slacks_limits(prefix: str) -> None:
    """docs.slack.dev, app manifest reference: names, descriptions and usage hints."""
    whole = made(prefix)
    assert len(whole["display_information"]["name"]) <= 35
    assert len(whole["display_information"]["description"]) <= 140
    assert len(whole["features"]["bot_user"]["display_name"]) <= 80
    for each in whole["features"]["slash_commands"]:
        assert re.fullmatch(r"/[a-z0-9_-]{1,31}", each["command"])
        assert 0 < len(each["description"]) <= 2000
        assert 0 < len(each["usage_hint"]) <= 1000
        assert not re.search(r"[{}]", each["description"] + each["usage_hint"])
