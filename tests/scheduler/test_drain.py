from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from bot.domain.deliveries import Claimed, Result, Sent, shard_of
from bot.domain.gates import Pace
from bot.domain.ids import ChannelId, DeliveryId, UserId, WorkspaceId
from bot.ports import Announcer, Database
from bot.usecases.deliveries import Terms
from scheduler.drain import IN_FLIGHT, ROOMY, Drain

NOW = datetime(2026, 12, 10, tzinfo=UTC)
HERE = WorkspaceId(1)


@dataclass
class Owing:
    """A database that always owes as much as is asked for."""

    async def write(self, _: Callable[..., Any], *__: Any, limit: int, **___: Any) -> list[Claimed]:
        return [_claimed(number) for number in range(limit)]


@dataclass
class Slow:
    """An announcer that sends one message each time it is let."""

    let: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    async def send(self, _: Claimed) -> Result:
        await self.let.acquire()
        return Sent(ChannelId("D1"), "1.0")


async def test_a_backlog_goes_on_as_soon_as_half_of_what_is_under_way_is_done() -> None:
    slow = Slow()
    terms = Terms(timedelta(seconds=30), timedelta(seconds=2), Pace(timedelta(), timedelta()))
    drain = Drain(cast("Database", Owing()), cast("Announcer", slow), lambda: NOW, lambda: NOW, terms, HERE)
    assert await drain(shard_of(HERE))
    waiting = asyncio.create_task(drain.room(60))
    for _ in range(IN_FLIGHT - ROOMY - 1):
        slow.let.release()
    while len(drain.in_flight) > ROOMY + 1:
        await asyncio.wait(list(drain.in_flight), return_when=asyncio.FIRST_COMPLETED)
    assert not waiting.done()
    slow.let.release()
    await waiting
    assert len(drain.in_flight) == ROOMY
    assert await drain(shard_of(HERE))
    assert len(drain.in_flight) == IN_FLIGHT
    for _ in range(IN_FLIGHT):
        slow.let.release()
    await drain.finish(60)


async def test_slow_messages_hold_up_a_backlog_no_longer_than_it_is_told_to_wait() -> None:
    slow = Slow()
    terms = Terms(timedelta(seconds=30), timedelta(seconds=2), Pace(timedelta(), timedelta()))
    drain = Drain(cast("Database", Owing()), cast("Announcer", slow), lambda: NOW, lambda: NOW, terms, HERE)
    await drain(shard_of(HERE))
    await drain.room(0)
    assert len(drain.in_flight) == IN_FLIGHT
    for _ in range(IN_FLIGHT):
        slow.let.release()
    await drain.finish(60)


def _claimed(number: int) -> Claimed:
    return Claimed(
        DeliveryId(number),
        HERE,
        key=str(number),
        kind="lead-60m",
        recipient=UserId("U1"),
        member=None,
        webinar=None,
        session=None,
        poll=None,
        fence=1,
        attempts=1,
        first_attempt_at=NOW,
        channel=None,
        revision=0,
        since=None,
        thread=None,
        file=None,
        lease_until=NOW,
    )
