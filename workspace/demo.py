"""An invented workspace with the real bot inside it, and a webinar to sign up for."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from aiohttp import ClientSession
from pydantic import SecretStr

from bot import app
from bot.domain.commands import COMMANDS
from bot.settings import NOT_YET, Settings
from bot.slack.manifest import manifest
from bot.usecases import deliveries
from storage.engine import parse_url
from storage.migrate import migrate
from workspace.clock import SimulatedClock
from workspace.members import Channel
from workspace.page.scene import Command, Scene
from workspace.server import StandIn
from workspace.serving import LoopbackServer
from workspace.state import Workspace

NAME = "Consultations on migration"
START = datetime(2020, 9, 21, 8, tzinfo=UTC)
CHANNEL = "iscm-consultation"
WEBINAR = (
    '/webinar new "Contributions of ISCMs to the regional reviews of the Global Compact" on 2020-09-24'
    " in Europe/Zurich morning 09:00-11:00, afternoon 16:00-18:00 seats 40 link https://meet.example.org/iscm"
    " remind 1d 1h"
)
VOICES = {
    "juma": "MID-IGAD as chair",
    "maya": "Colombo Process as chair",
    "sina": "PIDC as chair until 2020-09-24",
    "luz": "SACM as chair",
    "salma": "ADD as chair",
    "nok": "Bali Process as head of secretariat",
}
"""Who speaks for which mechanism: the people are invented, and so is that they do."""

ELSEWHERE = "T0ELSEWHERE"
READY_S = 20.0
POLL_S = 0.05


def people() -> Workspace:
    """Nine invented people and their channels. The bot is in one of these; the first member is the organiser.

    One of them is a guest, and one comes from another workspace, with which the channel is shared.
    """
    workspace = Workspace(clock=SimulatedClock(start=START))
    ana = workspace.admit("ana", real_name="Ana Oriel (organiser, Geneva)", zone="Europe/Zurich", is_admin=True)
    chairs = [
        workspace.admit("juma", real_name="Juma Arden (chair, Nairobi)", zone="Africa/Nairobi"),
        workspace.admit("maya", real_name="Maya Solan (chair, Kathmandu)", zone="Asia/Kathmandu"),
        workspace.admit("sina", real_name="Sina Folau (chair, Apia)", zone="Pacific/Apia"),
        workspace.admit("luz", real_name="Luz Marena (chair, Lima)", zone="America/Lima"),
        workspace.admit("salma", real_name="سلمى نوّار (chair, Amman)", zone="Asia/Amman", locale="ar"),
    ]
    head = workspace.admit("nok", real_name="Nok Varin (head of secretariat, Bangkok)", zone="Asia/Bangkok")
    guest = workspace.admit("ed", real_name="Ed Winter (guest, Toronto)", zone="America/Toronto", is_restricted=True)
    outsider = workspace.admit(
        "tove",
        real_name="Tove Halden (observer, Oslo)",
        zone="Europe/Oslo",
        team_id=ELSEWHERE,
        is_stranger=True,
    )
    members = [ana.id, *(chair.id for chair in chairs), head.id]
    workspace.open_channel(CHANNEL, [*members, guest.id, outsider.id, workspace.bot_user_id])
    workspace.open_channel("general", members)
    workspace.open_channel("secretariat", [ana.id, head.id], is_private=True)
    return workspace


@asynccontextmanager
async def running() -> AsyncIterator[Scene]:
    """The workspace and the bot at work, until the end of the block. What they stored is thrown away."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="convene-"))
        standin = await stack.enter_async_context(await StandIn.start(people()))
        convene = await _build(standin, Path(folder))
        server = LoopbackServer(app.serve(convene))
        stack.push_async_callback(server.stop)
        await server.start()
        standin.bot_url = f"{server.url}/slack/events"
        await asyncio.wait_for(_ready(f"{server.url}/readyz"), READY_S)
        await _announce(standin)
        await _name_voices(standin)
        yield _scene(standin, convene)


async def _build(standin: StandIn, folder: Path) -> app.Convene:
    workspace, database_url = standin.workspace, f"sqlite:///{folder / 'convene.db'}"
    await asyncio.to_thread(migrate, parse_url(database_url))
    settings = _settings(standin, database_url)
    convene = app.build(settings, clock=workspace.clock)
    workspace.commands = frozenset(each.name for each in _commands(convene))
    return convene


def _settings(standin: StandIn, database_url: str) -> Settings:
    """The bot's settings, whatever the environment says. Bolt would read some of it by itself."""
    for name in NOT_YET:
        os.environ.pop(name.upper(), None)
    return Settings(
        _env_file=None,  # type: ignore[call-arg] # pydantic-settings takes it beside the fields
        slack_bot_token=SecretStr(standin.workspace.bot_token),
        slack_signing_secret=SecretStr(standin.workspace.signing_secret),
        slack_api_url=standin.api_url,
        database_url=database_url,
        command_prefix="",
    )


def _commands(convene: app.Convene) -> list[Command]:
    """As the app's manifest registers them."""
    described = manifest(COMMANDS, convene.texts.of(None), public_url=None)["features"]["slash_commands"]
    return [
        Command(name=each["command"], description=each["description"], usage=each["usage_hint"]) for each in described
    ]


async def _ready(address: str) -> None:
    async with ClientSession() as session:
        while True:
            async with session.get(address) as answer:
                if answer.status == HTTPStatus.OK:
                    return
            await asyncio.sleep(POLL_S)


async def _announce(standin: StandIn) -> None:
    """Have the organiser type the first webinar, and wait until it stands in the channel."""
    channel = await _organise(standin, CHANNEL, WEBINAR)
    await standin.workspace.until(lambda: standin.workspace.messages(channel.id))


async def _name_voices(standin: StandIn) -> None:
    """Have the organiser load the register and name who speaks for whom, aside from the channel of the webinar."""
    await _organise(standin, "general", "/consult mechanisms load")
    for name, said in VOICES.items():
        member = standin.workspace.member_named(name)
        if member is None:
            raise LookupError(name)
        await _organise(standin, "general", f"/consult represent <@{member.id}> {said}")


async def _organise(standin: StandIn, place: str, typed: str) -> Channel:
    organiser, channel = standin.workspace.member_named("ana"), standin.workspace.channel_named(place)
    if organiser is None or channel is None:
        raise LookupError("the organiser or the channel is missing")
    await standin.command(organiser.id, channel.id, typed)
    return channel


def _scene(standin: StandIn, convene: app.Convene) -> Scene:
    async def next_due() -> datetime | None:
        engine = convene.engine
        if engine is None:
            return None
        return await convene.db.read(deliveries.next_due, engine.workspace.id, now=convene.clock())

    return Scene(name=NAME, standin=standin, next_due=next_due, commands=_commands(convene))
