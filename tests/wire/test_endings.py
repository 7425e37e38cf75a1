"""A process that ends finishes what is in flight, and lets go of the rest for the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import aiohttp
import pytest

from bot.app import Convene
from bot.ports import Database, Tx
from bot.usecases import deliveries
from tests.conftest import KINDS
from tests.wire.owing import POST, Debt, owing, paid, ticks
from workspace.faults import Fault, Trouble

P = ParamSpec("P")
R = TypeVar("R")


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> str:
    return new_database(request.param)


class Slow:
    """The real database, whose claims come back only once the process is to end."""

    def __init__(self, db: Database, ending: asyncio.Event) -> None:
        self.db, self.ending, self.claimed = db, ending, asyncio.Event()

    async def write(self, use_case: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        result = await self.db.write(use_case, *args, **kwargs)
        if use_case is deliveries.claim and result:
            self.claimed.set()
            await self.ending.wait()
        return result

    async def read(self, use_case: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        return await self.db.read(use_case, *args, **kwargs)

    async def forget(self) -> bool:
        return await self.db.forget()


def ending(convene: Convene) -> asyncio.Event:
    assert convene.work is not None
    return convene.work.drain.stopping


async def release_at_the_end(debt: Debt, convene: Convene) -> None:
    await ending(convene).wait()
    debt.workspace.faults.release()


def states(debt: Debt) -> list[str]:
    return [each.state for each in debt.world.rows()]


async def test_what_is_in_flight_is_finished_and_what_waits_for_its_gate_is_sent_by_the_next_process_at_once(
    url: str, tmp_path: Path
) -> None:
    async with owing(url, tmp_path, people=10) as debt:
        debt.workspace.faults.add(Fault(method=POST, trouble=Trouble.HOLD))
        async with debt.bot(delivery_workspace_per_minute=300) as convene:
            await debt.workspace.until(lambda: debt.workspace.faults.holding)
            releasing = asyncio.create_task(release_at_the_end(debt, convene))
        await releasing
        assert set(states(debt)) == {"sent", "pending"}
        assert states(debt).count("sent") == len(debt.posts()) < 13
        async with debt.bot(delivery_workspace_per_minute=300) as convene:
            await paid(convene)
        assert debt.world.tally().is_exact
        assert not debt.history_calls(), "nothing was in doubt"


async def test_what_was_being_claimed_when_the_process_ends_is_let_go_as_well(url: str, tmp_path: Path) -> None:
    async with owing(url, tmp_path, people=10, start=datetime(2026, 12, 10, 8, 1, tzinfo=UTC)) as debt:
        async with debt.bot() as convene:
            await debt.workspace.until(debt.posts)
            assert convene.work is not None
            slow = Slow(convene.db, ending(convene))
            convene.work.drain = replace(convene.work.drain, db=slow)
            debt.workspace.clock.advance(timedelta(hours=6, minutes=20))
            await slow.claimed.wait()
        assert set(states(debt)) == {"sent", "pending"}
        assert states(debt).count("sent") == 1


async def test_a_process_says_when_it_has_ticked_last(url: str, tmp_path: Path) -> None:
    async with owing(url, tmp_path, people=1) as debt, debt.bot() as convene, aiohttp.ClientSession() as session:
        assert debt.world.standin.bot_url is not None
        address = debt.world.standin.bot_url.replace("/slack/events", "/readyz")
        told = []
        for _ in range(2):
            await ticks(convene, 1)
            async with session.get(address) as answer:
                assert answer.status == 200
                told.append(datetime.fromisoformat((await answer.json())["last_tick"]))
        assert told[0] < told[1] <= datetime.now(UTC)
