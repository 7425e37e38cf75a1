"""Sends requests that were made ready before, over connections that stay open, and times each answer."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

LIMIT_S = 60.0
"""A round that takes longer is broken off: something is wrong."""


@dataclass(frozen=True, slots=True)
class Request:
    """`wire` is the whole of it; `expects` stands in the body of the right answer."""

    wire: bytes
    expects: bytes = b""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round took, as whoever waits for each answer would see it; `cpu_us` is the bot's own, a request."""

    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_us: float = 0.0


class WrongAnswer(Exception):  # noqa: N818 - it is the bot's
    """The bot answered something else than a benchmark may count."""


@dataclass(slots=True)
class _Line(asyncio.Protocol):
    """One connection, with one request under way."""

    requests: Iterator[Request]
    latencies_s: list[float]
    done: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    transport: asyncio.WriteTransport | None = None
    current: Request | None = None
    received: bytes = b""
    sent_at: float = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.WriteTransport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        self.received += data
        head, ended, body = self.received.partition(b"\r\n\r\n")
        if not ended or len(body) < _length(head):
            return
        self.latencies_s.append(time.perf_counter() - self.sent_at)
        self.received = b""
        if not head.startswith(b"HTTP/1.1 200") or self.current is None or self.current.expects not in body:
            self._fail(f"{head.partition(b'{')[0]!r} {body!r}")
            return
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail(f"the connection was closed: {exc}")

    def _send(self) -> None:
        self.current = next(self.requests, None)
        if self.current is not None and self.transport is not None:
            self.sent_at = time.perf_counter()
            self.transport.write(self.current.wire)
        elif not self.done.done():
            self.done.set_result(None)

    def _fail(self, reason: str) -> None:
        if not self.done.done():
            self.done.set_exception(WrongAnswer(reason))


async def send(port: int, requests: Sequence[Request], at_once: int) -> Round:
    """Send all of `requests`, with `at_once` of them under way at any time.

    Raises:
        WrongAnswer: one was not answered as it expects.
        TimeoutError: they took too long.
    """
    loop = asyncio.get_running_loop()
    waiting, latencies_s = iter(requests), list[float]()
    started = time.perf_counter()
    opened = [
        await loop.create_connection(lambda: _Line(waiting, latencies_s), "127.0.0.1", port)
        for _ in range(min(at_once, len(requests)))
    ]
    try:
        async with asyncio.timeout(LIMIT_S):
            await asyncio.gather(*(line.done for _, line in opened))
    finally:
        for transport, _ in opened:
            transport.abort()
    elapsed_s = time.perf_counter() - started
    return Round(len(requests) / elapsed_s, statistics.median(latencies_s) * 1e3, _percentile(latencies_s, 99) * 1e3)


def _percentile(values: Sequence[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def _length(head: bytes) -> int:
    """The length of the body, of which every answer of the bot's tells."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    raise WrongAnswer(f"no length: {head!r}")
