"""A workspace with the real bot in it, and people to move: everything goes over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from bot import app
from bot.app import Convene
from bot.settings import Settings
from workspace.answers import Answer
from workspace.blocks import elements_of
from workspace.clock import SimulatedClock
from workspace.members import Channel, Member
from workspace.messages import Ephemeral, Message
from workspace.modals import View
from workspace.outgoing import ACK_LIMIT_S
from workspace.server import StandIn
from workspace.serving import LoopbackServer
from workspace.shown import plain
from workspace.state import Workspace

HOUSES = [("sqlite", "http"), ("postgresql", "http"), ("sqlite", "socket")]
"""Databases and ways to Slack, for the fixture `house`. Neither knows of the other, so not every pair is tried."""

ON_SQLITE = pytest.mark.parametrize("house", HOUSES[:1], ids="-".join, indirect=True)
"""For grammars and forms: the same words and inputs come to the same use case on every database and every way."""

BY_HTTP = pytest.mark.parametrize("house", HOUSES[:2], ids="-".join, indirect=True)
"""For what only HTTP has, such as signatures, and where the way to Slack makes no difference but time."""

LOOKS = 4.0
"""How many times as often as usual the bot looks for what is due: the tests move its clock, and wait for it."""

LISTS = ("overflow", "static_select")
NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
WEBINAR = (
    '/webinar new "Regional reviews" on 2026-12-10 in Europe/Zurich '
    "morning 09:00-11:00, afternoon 16:00-18:00 seats 40 link https://meet.example.org/w1"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """Ana is an organiser in Geneva, Ben a member in Kathmandu, Chu one in Apia."""

    standin: StandIn
    clock: SimulatedClock
    channel: Channel
    ana: Member
    ben: Member
    chu: Member

    @property
    def workspace(self) -> Workspace:
        return self.standin.workspace

    def crowd(self, number: int) -> list[Member]:
        """So many more people in the channel."""
        people = [self.workspace.admit(f"member{place}") for place in range(number)]
        for each in people:
            self.workspace.join(self.channel, each.id)
        return people

    async def types(self, member: Member, typed: str, channel: Channel | None = None) -> str:
        """Type a command; what its sender reads, and nobody else."""
        answer = await self.standin.command(member.id, (channel or self.channel).id, typed)
        assert answer.error is None, answer
        assert answer.message is None, "an answer is for its sender alone"
        assert answer.ephemeral is not None, answer
        return plain(answer.ephemeral)

    async def answered(self, member: Member, typed: str, channel: Channel | None = None) -> Ephemeral:
        """Type a command; its answer, with the buttons in it."""
        answer = await self.standin.command(member.id, (channel or self.channel).id, typed)
        assert answer.ephemeral is not None, answer
        return answer.ephemeral

    async def presses(self, member: Member, shown: Message | Ephemeral | View, label: str) -> Answer:
        """Press the button that reads `label`, or choose the menu's or the list's entry that does."""
        for element in _elements(shown):
            if element["type"] == "button" and label in (element["text"]["text"], element.get("accessibility_label")):
                return await self.standin.click(member.id, shown, element["action_id"], element["value"])
            for option in element.get("options", ()) if element["type"] in LISTS else ():
                if option["text"]["text"] == label:
                    return await self.standin.click(member.id, shown, element["action_id"], option["value"])
        raise AssertionError(f"no {label!r} in {plain(shown)!r}")

    async def told(self, member: Member, action: Callable[[], Any]) -> str:
        """What `member` alone reads because of `action`, where the answer comes by the response URL."""
        return plain(await self.shown(member, action))

    async def shown(self, member: Member, action: Callable[[], Any]) -> Ephemeral:
        """The same with the buttons in it."""
        before = {each.ts: each.text for each in self.workspace.ephemerals(member.id)}
        await action()

        fresh = await self.workspace.until(
            lambda: [each for each in self.workspace.ephemerals(member.id) if before.get(each.ts) != each.text]
        )
        return fresh[-1]

    async def opens(self, member: Member, typed: str, channel: Channel | None = None) -> View:
        """Type a command whose answer is a form; the form."""
        answer = await self.standin.command(member.id, (channel or self.channel).id, typed)
        assert answer.ephemeral is None, answer
        assert answer.error is None, answer
        return self.form(member)

    async def opens_by(self, member: Member, shown: Message | Ephemeral, label: str) -> View:
        """Press a button that opens a form; the form."""
        await self.presses(member, shown, label)
        return self.form(member)

    def form(self, member: Member) -> View:
        """The form in front of a member."""
        return self.workspace.views.stack(member.id)[-1]

    async def submits(self, member: Member, **entries: Any) -> str:
        """Send in the form in front of a member; what stands in its place then."""
        answer = await self.standin.submit_view(member.id, self.form(member), entries)
        assert answer.error is None, answer
        assert not answer.errors, answer
        return plain(self.form(member))

    async def is_refused(self, member: Member, **entries: Any) -> dict[str, str]:
        """Send in a form that can't be accepted; the texts beside its inputs."""
        answer = await self.standin.submit_view(member.id, self.form(member), entries)
        assert answer.error is None, answer
        assert answer.status == 200, "the bot said so, not Slack"
        return dict(answer.errors)

    def posts(self, channel: Channel | None = None) -> list[Message]:
        """What the bot has said in a channel, oldest first."""
        standing = self.workspace.messages((channel or self.channel).id)
        return [each for each in standing if not each.deleted]

    async def post(self, *containing: str, channel: Channel | None = None) -> Message:
        """The newest message in a channel that says all this, as soon as it stands there."""
        found = await self.workspace.until(
            lambda: [each for each in self.posts(channel) if all(text in plain(each) for text in containing)]
        )
        return found[-1]

    async def direct(self, member: Member, count: int = 1) -> list[str]:
        """What the bot has told a member directly, once it is `count` messages."""
        await self.workspace.until(lambda: len(self.workspace.direct_messages(member.id)) >= count)
        return [plain(each) for each in self.workspace.direct_messages(member.id)]


def settings_for(standin: StandIn, database_url: str, transport: str = "http", **more: Any) -> Settings:
    workspace = standin.workspace
    by_socket = {"slack_app_token": workspace.app_token}
    values: dict[str, Any] = {
        "slack_bot_token": workspace.bot_token,
        **(by_socket if transport == "socket" else {"slack_signing_secret": workspace.signing_secret}),
        "slack_api_url": standin.api_url,
        "database_url": database_url,
        "redraw_interval_s": 0.05,
        "delivery_channel_interval_s": 0,
        "delivery_workspace_per_minute": 60_000,
        "directs_per_minute": 600,
    }
    return Settings(_env_file=None, **(values | more))  # type: ignore[call-arg] # pydantic-settings reads it


@asynccontextmanager
async def running(standin: StandIn, settings: Settings) -> AsyncIterator[Convene]:
    """The real bot in this process, on the stand-in's clock, ready."""
    convene = app.build(settings, standin.workspace.clock)
    convene.often = LOOKS
    server = LoopbackServer(app.serve(convene))
    await server.start()
    if settings.slack_app_token is None:
        standin.bot_url = f"{server.url}/slack/events"
    try:
        await standin.workspace.until(lambda: standin.workspace.calls_of("auth.test"))
        await convene.ready.wait()
        yield convene
    finally:
        await server.stop()


@asynccontextmanager
async def people(clock: SimulatedClock, patience_s: float = ACK_LIMIT_S) -> AsyncIterator[Scene]:
    """The workspace and its people, without a bot yet."""
    workspace = Workspace(clock=clock)
    workspace.triggers.ttl_s = patience_s
    ana = workspace.admit("ana", real_name="Ana", zone="Europe/Zurich", is_admin=True)
    ben = workspace.admit("ben", real_name="Ben", zone="Asia/Kathmandu")
    chu = workspace.admit("chu", real_name="Chu", zone="Pacific/Apia")
    channel = workspace.open_channel("iscm-consultation", [ana.id, ben.id, chu.id, workspace.bot_user_id])
    async with await StandIn.start(workspace, ack_limit_s=patience_s) as standin:
        yield Scene(standin, clock, channel, ana, ben, chu)


def _elements(shown: Message | Ephemeral | View) -> list[dict[str, Any]]:
    return [element for block in shown.blocks for element in elements_of(block)]
