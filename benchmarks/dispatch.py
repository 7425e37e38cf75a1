"""The real bot, whose reminders to a whole crowd fall due at once, and a stand-in that takes them as they come.

The stand-in runs in this process, the bot in its own.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aiohttp import ClientSession

from benchmarks import crowd
from benchmarks.claims import Miscounted
from benchmarks.stage import bot, cpu_s, free_port
from storage.engine import open_engine, parse_url
from storage.migrate import migrate
from workspace.members import Member
from workspace.messages import to_micros
from workspace.server import StandIn
from workspace.state import Workspace

UNTHROTTLED = {"DELIVERY_WORKSPACE_PER_MINUTE": "1000000", "DELIVERY_CHANNEL_INTERVAL_S": "0"}
QUIET = timedelta(seconds=2)
"""Before the reminders are due: what the bot does at its start is over."""

EVERY_S = 0.02
LIMIT_S = 120.0


@dataclass(frozen=True, slots=True)
class Dispatched:
    """Processor time is a message's; `answer_…` is what a request took that the bot was sent again and again."""

    per_second: float
    bot_us: float
    standin_us: float
    answer_p50_ms: float
    answer_max_ms: float


async def measure(url: str, people: int) -> Dispatched:
    """One round, on an empty database at `url`.

    Raises:
        Miscounted: somebody was sent none, or two.
    """
    here, port = Workspace(), free_port()
    members = [here.admit(f"member{each}", zone="Europe/Zurich") for each in range(people)]
    channel = here.open_channel("iscm-consultation", [here.bot_user_id, *(each.id for each in members)])
    engine = open_engine(parse_url(url), threads=1)
    migrate(parse_url(url))
    with engine.begin() as tx:
        crowd.owe(tx, here, channel, members)
    async with await StandIn.start(here) as standin, bot(standin, url, port, **UNTHROTTLED) as pid:
        due_at = datetime.now(UTC) + QUIET
        with engine.begin() as tx:
            crowd.have_due(tx, due_at)
        engine.dispose()
        await asyncio.sleep(QUIET.total_seconds() - EVERY_S)
        bot_s, standin_s = cpu_s(pid), time.process_time()
        answers_ms = await _sent(here, port, people)
        bot_s, standin_s = cpu_s(pid) - bot_s, time.process_time() - standin_s
    per_second, each_us = _per_second(here, members), 1e6 / people
    median_ms = answers_ms[len(answers_ms) // 2]
    return Dispatched(per_second, bot_s * each_us, standin_s * each_us, median_ms, answers_ms[-1])


async def _sent(here: Workspace, port: int, people: int) -> list[float]:
    """Wait until everybody and the channel have their reminder; how long the bot took to answer meanwhile, sorted."""
    before, took_s = len(here.calls_of("chat.postMessage")), list[float]()
    async with ClientSession() as http, asyncio.timeout(LIMIT_S):
        while len(here.calls_of("chat.postMessage")) <= before + people:
            started = time.perf_counter()
            async with http.get(f"http://127.0.0.1:{port}/healthz") as answer:
                await answer.read()
            took_s.append(time.perf_counter() - started)
            await asyncio.sleep(EVERY_S)
    return sorted(each * 1000 for each in took_s)


def _per_second(here: Workspace, members: Sequence[Member]) -> float:
    """From the first message to the last, as the stand-in dates them."""
    messages = [message for each in members for message in here.direct_messages(each.id)]
    if len(messages) != len(members) or len({each.channel for each in messages}) != len(members):
        raise Miscounted(len(messages))
    at_us = sorted(to_micros(each.ts) for each in messages)
    return (len(at_us) - 1) / max(1, at_us[-1] - at_us[0]) * 1e6
