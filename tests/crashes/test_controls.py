"""Two senders that are wrong on purpose: the same matrix shows what they lose and double, so it is able to fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from bot.slack.announcer import SlackAnnouncer
from tests.crashes.controls import MarkThenPost, PostThenMark
from tests.crashes.doomed import Point
from tests.crashes.fates import Fate
from tests.crashes.matrix import world
from workspace.weather import Squall, Weather

PEOPLE = 12


async def test_marking_before_posting_shows_as_losses_under_kills(database_url: str, tmp_path: Path) -> None:
    async with world(database_url, tmp_path, PEOPLE) as here:
        tally = await here.outlive([Fate(Point.BEFORE_POST, 3)], announcer=MarkThenPost)
    assert tally.kills == 1, tally
    assert tally.missing > 0, tally
    assert tally.unfinished == 0, "and nobody would know of it"


async def test_posting_with_the_retries_of_the_sdk_shows_as_doubles_under_lost_replies(
    database_url: str, tmp_path: Path
) -> None:
    drops = Weather(method="chat.postMessage", odds={Squall.REPLY_DROPPED: 0.5}, random=Random(1), most=PEOPLE)
    async with world(database_url, tmp_path, PEOPLE) as here:
        tally = await here.outlive([], [drops], PostThenMark)
    assert tally.troubles["reply_dropped"] > 0, tally
    assert tally.twice > 0, tally
    assert tally.missing == 0, tally


@pytest.mark.parametrize("announcer", [MarkThenPost, PostThenMark])
async def test_without_kills_and_troubles_neither_shows(
    announcer: type[SlackAnnouncer], new_database: Callable[[str], str], tmp_path: Path
) -> None:
    async with world(new_database("sqlite"), tmp_path, PEOPLE) as here:
        tally = await here.outlive([], announcer=announcer)
    assert tally.is_exact, tally
