"""How late the running event loop is: whatever else it should do waits as long."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Self

EVERY_S = 0.001


@dataclass(frozen=True, slots=True)
class Lag:
    p99_ms: float
    max_ms: float


@dataclass(slots=True)
class Watch:
    """While the block runs, sleeps `EVERY_S` again and again, and keeps by how much it woke late."""

    late_s: list[float] = field(default_factory=list)
    watching: asyncio.Task[None] | None = None

    def lag(self) -> Lag:
        late_s = sorted(self.late_s)
        return Lag(late_s[len(late_s) * 99 // 100] * 1000, late_s[-1] * 1000)

    async def __aenter__(self) -> Self:
        self.watching = asyncio.create_task(self._watch())
        await asyncio.sleep(2 * EVERY_S)
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.sleep(2 * EVERY_S)  # so that the last of it is seen
        if self.watching is not None:
            self.watching.cancel()
            await asyncio.gather(self.watching, return_exceptions=True)

    async def _watch(self) -> None:
        while True:
            due = time.perf_counter() + EVERY_S
            await asyncio.sleep(EVERY_S)
            self.late_s.append(time.perf_counter() - due)
