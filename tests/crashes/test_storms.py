"""The sender is killed anywhere while Slack drops, hangs, fails and limits at random: each message arrives once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crashes.fates import fates, storm
from tests.crashes.matrix import Tally, world
from tests.crashes.owing import IN_CHANNEL
from workspace.weather import Squall

SEED = 1
SHORT = ("chat.postMessage", "conversations.history")
LONG = (*SHORT, "conversations.open")
"""Where opening direct messages fails, the bot waits 5 s: too long for the short form."""


async def weathered(database_url: str, folder: Path, people: int, deaths: int, methods: tuple[str, ...]) -> Tally:
    async with world(database_url, folder, people) as here:
        return await here.outlive(fates(SEED, deaths), storm(SEED, methods, most=people))


async def test_kills_and_troubles_at_random_lose_nothing_and_double_nothing(database_url: str, tmp_path: Path) -> None:
    tally = await weathered(database_url, tmp_path, people=30, deaths=2, methods=SHORT)
    assert tally.is_exact, tally
    assert tally.messages == 30 + IN_CHANNEL
    assert tally.kills == 2, tally
    assert tally.troubles, tally


@pytest.mark.soak
async def test_a_thousand_deliveries_outlast_twenty_kills_in_a_storm(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tally = await weathered(database_url, tmp_path, people=1000, deaths=24, methods=LONG)
    with capsys.disabled():
        print(f"\n{database_url.partition(':')[0]}: {tally}")  # noqa: T201 - the figures are what a soak is for
    assert tally.is_exact, tally
    assert tally.messages == 1000 + IN_CHANNEL
    assert tally.kills >= 20, tally
    assert set(tally.troubles) == {squall.name.lower() for squall in Squall}, tally
