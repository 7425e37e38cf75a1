"""How soon the demo's page is there, and what the bot takes of a processor while nobody asks it anything."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from benchmarks.stage import answers, cpu_s, free_port, process, stage

SETTLED_S = 3.0
"""After which what the bot does at its start is over."""


async def page_s(times: int) -> float | None:
    """Seconds from `python -m workspace` until its page answers, the median; None where there is no page."""
    if find_spec("workspace.__main__") is None:
        return None
    return statistics.median([await _page_s() for _ in range(times)])


async def _page_s() -> float:
    port, started = free_port(), time.perf_counter()
    async with process("-m", "workspace", "--port", str(port)):
        await answers(f"http://127.0.0.1:{port}/")
        return time.perf_counter() - started


async def idle_percent(seconds: float) -> float:
    """Of one processor, on SQLite, with a webinar, a poll and the reminders that they owe; the clock ticks."""
    with tempfile.TemporaryDirectory(prefix="convene-bench-") as folder:
        async with stage(f"sqlite:///{Path(folder) / 'convene.db'}") as on:
            await asyncio.sleep(min(SETTLED_S, seconds))
            before_s, started = cpu_s(on.pid), time.perf_counter()
            await asyncio.sleep(seconds)
            return 100 * (cpu_s(on.pid) - before_s) / (time.perf_counter() - started)


def say(page: float | None, idle: float) -> None:
    if page is None:
        print("the demo's page: skipped, there is no `python -m workspace` yet")
    else:
        print(f"the demo's page answers after {page:.2f} s")
    print(f"the idle bot takes {idle:.2f} % of one processor")
