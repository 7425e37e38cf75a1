"""A crowd that votes in seconds, the bots that count it, and a front that sends each click to one of them."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

from sqlalchemy import Engine, Integer, cast, select

from bot.domain.ids import ChannelId, UserId
from bot.domain.members import Profile, Sender, Standing
from bot.domain.new_polls import NewPoll
from bot.usecases import members, polls
from storage.poll_tables import ballots, options
from storage.tables import members as people
from tests.crashes.matrix import World, world
from tests.crashes.owing import DUE
from tests.hatchery import Hatched, hatch
from workspace import clicks
from workspace.blocks import elements_of
from workspace.bot_process import main as serve
from workspace.faults import Fault, Trouble
from workspace.members import Member
from workspace.messages import Message
from workspace.outgoing import Outgoing
from workspace.shown import plain
from workspace.state import Workspace

OPTIONS = ("Event", "Submission", "Nothing yet")
UPDATE = "chat.update"
VOTES, VOTERS = re.compile(r"(\d+) votes?"), re.compile(r"(\d+) voters?")
AGAIN_S = 1.0
"""How long somebody who was shown an error looks at it before they click again."""

ENVIRONMENT = {
    "SLACK_TIMEOUT_S": "10",
    "DELIVERY_LEASE_S": "30",
    "DELIVERY_SETTLE_S": "30",
    "HISTORY_PER_MINUTE": "50",
    "DIRECTS_PER_MINUTE": "48",
}
"""As it is in earnest, unlike where kills are many."""


@dataclass(slots=True)
class EveryOther:
    """Slack limits every other update, at whatever pace they come."""

    calls: int = 0

    def strike(self, method: str) -> Fault | None:
        self.calls += method == UPDATE
        return Fault(method=method, trouble=Trouble.RATE_LIMIT) if method == UPDATE and self.calls % 2 == 0 else None


@dataclass(frozen=True, slots=True)
class Click:
    """`after_s` the voting has begun."""

    after_s: float
    voter: Member
    option: int


@dataclass(eq=False, slots=True)
class Bot:
    """A process and the line to it; `is_up` is what a front would know: whether its last click was answered."""

    world: World
    line: Outgoing
    process: Hatched | None = None
    is_up: bool = False

    async def start(self) -> None:
        self.process = await hatch(serve, self.world.clock_file, environment=self.world.environment)
        port = int(await self.process.stdout.readline())
        self.line.bot_url = f"http://127.0.0.1:{port}/slack/events"
        self.is_up = True

    async def kill(self) -> None:
        if self.process is not None and self.process.is_alive:
            self.process.kill()
            await self.process.wait()

    async def close(self) -> None:
        await self.kill()
        await self.line.close()


@dataclass(slots=True)
class Course:
    """How it went, by the workspace's clock: `updates` as they arrived, limited ones too, `counted` as acknowledged.

    `drawn` are those that Slack carried out. `again` are the bots of the clicks that met an error and were made again,
    and `down` when no bot was alive.
    """

    counted: list[datetime] = field(default_factory=list)
    again: list[Bot] = field(default_factory=list)
    down: tuple[datetime, datetime] | None = None
    updates: list[datetime] = field(default_factory=list)
    drawn: list[datetime] = field(default_factory=list)
    voters: list[int] = field(default_factory=list)
    """How many each picture showed that was drawn."""

    @property
    def closest(self) -> timedelta:
        """Between two updates, at least."""
        return min(later - earlier for earlier, later in pairwise(self.updates))

    @property
    def longest_wait(self) -> timedelta:
        """From a vote until an update took it in, while a bot was alive."""
        return max(self._wait(at) for at in self.counted)

    def _wait(self, at: datetime) -> timedelta:
        seen = next(each for each in self.drawn if each >= at)
        begun, ended = self.down or (at, at)
        return seen - at - max(timedelta(), min(seen, ended) - max(at, begun))

    def __str__(self) -> str:
        took_s = (self.counted[-1] - self.counted[0]).total_seconds()
        return (
            f"{len(self.counted)} clicks in {took_s:.1f} s, {len(self.again)} made again; {len(self.updates)} updates, "
            f"{len(self.updates) - len(self.drawn)} of them limited, {self.closest.total_seconds():.2f} s apart at "
            f"least; a vote was shown after {self.longest_wait.total_seconds():.2f} s at most, the last after "
            f"{(self.drawn[-1] - self.counted[-1]).total_seconds():.2f} s"
        )


@dataclass(frozen=True, slots=True)
class Hall:
    """Where they vote: the poll's message as everybody sees it, and the bots."""

    world: World
    post: Message
    bots: Sequence[Bot]
    course: Course = field(default_factory=Course)
    newest: dict[str, Click] = field(default_factory=dict)
    """What each voter wants by now: nobody repeats a click after another one."""

    @property
    def workspace(self) -> Workspace:
        return self.world.workspace

    async def vote(self, clicks: Sequence[Click], kill_after_s: float) -> Course:
        """Let everybody click when they will, kill the first bot meanwhile, and start it again at once."""
        begun = asyncio.get_running_loop().time()
        waiting = [self._click(begun, each) for each in clicks]
        await asyncio.gather(self._die(begun + kill_after_s), *waiting)
        self.course.counted.sort()
        return self.course

    async def _die(self, at: float) -> None:
        await asyncio.sleep(at - asyncio.get_running_loop().time())
        first, *others = self.bots
        killed = self.workspace.clock()
        await first.kill()
        await first.start()
        if not others:
            self.course.down = (killed, self.workspace.clock())

    async def _click(self, begun: float, click: Click) -> None:
        await asyncio.sleep(begun + click.after_s - asyncio.get_running_loop().time())
        self.newest[click.voter.id] = click
        # People have no event that tells them to click again.
        while self.newest[click.voter.id] is click and not await self.presses(click):  # noqa: ASYNC110
            await asyncio.sleep(AGAIN_S)

    async def presses(self, click: Click) -> bool:
        """Send a click to a bot that is up, and to each in turn."""
        bot = min(self.bots, key=lambda each: (not each.is_up, len(self.course.counted) % 2 == self.bots.index(each)))
        button = self._buttons()[click.option]
        answer = await clicks.click(bot.line, click.voter.id, self.post, button["action_id"], button["value"])
        if answer.error is None:
            self.course.counted.append(self.workspace.clock())
            return True
        bot.is_up = False
        self.course.again.append(bot)
        return False

    def _buttons(self) -> list[dict[str, str]]:
        elements = [element for block in self.post.blocks for element in elements_of(block)]
        return [each for each in elements if each["action_id"].startswith("vote:")]

    def wanted(self) -> Mapping[str, str]:
        """What the last click of each voter says."""
        return {voter: OPTIONS[each.option] for voter, each in self.newest.items()}

    def stored(self) -> Mapping[str, str]:
        """What the database says that each voter has chosen."""
        chosen = (
            select(people.c.user, options.c.text)
            .select_from(ballots.join(options, ballots.c.option_id == options.c.id))
            .join(people, people.c.id == cast(ballots.c.voice, Integer))
        )
        with self.world.engine.connect() as tx:
            return {row.user: row.text for row in tx.execute(chosen)}

    async def settles(self) -> None:
        """Wait until the message shows what the database says."""
        stored = Counter(self.stored().values())
        await self.workspace.until(lambda: self.shown() == stored)
        self.course.updates = [each.at for each in self.workspace.calls_of(UPDATE)]

    def shown(self) -> Counter[str]:
        """The tally in the message."""
        lines = plain(self._now()).split("\n")
        return Counter({text: _number(VOTES, lines[lines.index(text) + 1]) for text in OPTIONS})

    def watch(self) -> None:
        """Note each picture of the message."""
        edited = self._now().edited

        def look() -> None:
            nonlocal edited
            now = self._now()
            if now.edited != edited:
                edited = now.edited
                self.course.drawn.append(self.workspace.clock())
                self.course.voters.append(_number(VOTERS, plain(now)))

        self.workspace.subscribe(look)

    def _now(self) -> Message:
        found = self.workspace.timeline(self.post.channel).get(self.post.ts)
        assert found is not None
        return found


@asynccontextmanager
async def hall(
    database_url: str, folder: Path, voters: int, bots: int, *, environment: Mapping[str, str] = ENVIRONMENT
) -> AsyncIterator[Hall]:
    """So many bots at work, a poll in its channel, and people who are known and have not voted yet."""
    async with world(database_url, folder, voters, DUE, _ask) as found, AsyncExitStack() as stack:
        here = replace(found, environment={**found.environment, **environment})
        running = [Bot(here, Outgoing(here.workspace)) for _ in range(bots)]
        for each in running:
            stack.push_async_callback(each.close)
        await asyncio.gather(*(each.start() for each in running))
        channel = here.workspace.channel_named("iscm-consultation")
        assert channel is not None
        (post,) = await here.workspace.until(lambda: here.workspace.messages(channel.id))
        opened = Hall(here, post, running)
        opened.watch()
        yield opened


def burst(workspace: Workspace, seconds: float, seed: int = 1) -> list[Click]:
    """Everybody clicks within so many seconds, every tenth twice at once, and every tenth changes their mind."""
    random = Random(seed)
    crowd = [each for each in workspace.members.values() if not each.is_bot]
    found = [Click(random.uniform(0, seconds), each, random.randrange(len(OPTIONS))) for each in crowd]
    twice = found[::10]
    minds = [Click(random.uniform(each.after_s, seconds), each.voter, random.randrange(3)) for each in found[5::10]]
    return [*found, *twice, *minds]


def wavering(workspace: Workspace, seconds: float, seed: int = 1) -> list[Click]:
    """Everybody clicks each option within some 40 ms, in any order: the clicks meet on their way."""
    random = Random(seed)
    crowd = [each for each in workspace.members.values() if not each.is_bot]
    found = list[Click]()
    for each in crowd:
        begun = random.uniform(0, seconds)
        order = random.sample(range(len(OPTIONS)), len(OPTIONS))
        found += [Click(begun + random.uniform(0.01, 0.02) * place, each, option) for place, option in enumerate(order)]
    return found


def _ask(engine: Engine, workspace: Workspace, voters: int) -> None:
    crowd = [workspace.admit(f"voter{place}") for place in range(voters)]
    channel = workspace.open_channel("iscm-consultation", [workspace.bot_user_id, *(each.id for each in crowd)])
    senders = [Sender(workspace.team_id, workspace.team_id, UserId(each.id), ChannelId(channel.id)) for each in crowd]
    profiles = [Profile(UserId(each.id), each.name, each.zone, "en-US", Standing.MEMBER) for each in crowd]
    with engine.begin() as tx:
        members.recognise(tx, workspace.team_id)
        for each in senders:
            members.meet(tx, each)
        members.remember(tx, workspace.team_id, profiles, now=DUE)
        new = NewPoll("Which format?", OPTIONS)
        polls.create(tx, senders[0], new, OPTIONS, cause="seed", insisted=True, private=False, now=DUE)


def _number(of: re.Pattern[str], said: str) -> int:
    found = of.search(said)
    assert found is not None, said
    return int(found[1])
