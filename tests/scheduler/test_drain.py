from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from bot.domain.deliveries import Claimed, DeliveryState, Failed, Pointless, Result, Sent, shard_of
from bot.domain.gates import Pace
from bot.domain.ids import ChannelId, DeliveryId, PollId, UserId, WorkspaceId
from bot.ports import Announcer, Database
from bot.usecases.deliveries import Terms
from scheduler.drain import IN_FLIGHT, ROOMY, Drain

NOW = datetime(2026, 12, 10, tzinfo=UTC)
HERE = WorkspaceId(1)
TERMS = Terms(timedelta(seconds=30), timedelta(seconds=2), Pace(timedelta(), timedelta()))


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


@dataclass
class One:
    """A database that owes one delivery."""

    owed: Claimed

    async def write(self, *_: Any, **__: Any) -> list[Claimed]:
        return [self.owed]


@dataclass
class At:
    """An announcer for which everything comes to the same."""

    result: Result

    async def send(self, _: Claimed) -> Result:
        return self.result


async def test_a_backlog_goes_on_as_soon_as_half_of_what_is_under_way_is_done() -> None:
    slow = Slow()
    drain = Drain(cast("Database", Owing()), cast("Announcer", slow), lambda: NOW, lambda: NOW, TERMS, HERE)
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
    drain = Drain(cast("Database", Owing()), cast("Announcer", slow), lambda: NOW, lambda: NOW, TERMS, HERE)
    await drain(shard_of(HERE))
    await drain.room(0)
    assert len(drain.in_flight) == IN_FLIGHT
    for _ in range(IN_FLIGHT):
        slow.let.release()
    await drain.finish(60)


async def test_the_log_names_nobody_who_was_nudged_about_a_poll_nor_whether_they_had_answered(
    caplog: pytest.LogCaptureFixture,
) -> None:
    nudge = replace(_claimed(7), kind="poll-nudge", key="1:p3:poll-nudge:U1:1", poll=PollId(3))
    answers = Pointless(DeliveryState.SUPERSEDED, "answered")
    lines = []
    for result in (answers, Sent(ChannelId("D1"), "1.0"), Failed("user_disabled")):
        drain = Drain(
            cast("Database", One(nudge)), cast("Announcer", At(result)), lambda: NOW, lambda: NOW, TERMS, HERE
        )
        with caplog.at_level(logging.DEBUG, "scheduler.drain"):
            await drain(shard_of(HERE))
            await drain.finish(60)
        lines.append(caplog.messages[-1])
    assert lines == ["delivery 7 (poll-nudge): seen to"] * 3


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
