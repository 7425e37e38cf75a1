"""A crowd votes within seconds while Slack limits updates and a bot is killed: every voice is counted, and shown soon.

Slack does not send a click again: somebody whose click meets the killed process is shown an error, and clicks again. So
do these people; a front that knows which process is up, as two processes need one anyway, keeps that to the clicks that
were under way when it died. Where one process is all there is, those who click before it is back see the error too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.crashes.voting import Click, Course, EveryOther, burst, hall, wavering
from workspace.state import Workspace

HOUSES = [("postgresql", 2), ("sqlite", 1)]
"""Databases, and how many processes share them."""

PACE = timedelta(seconds=1)
SOON = timedelta(seconds=3)
LATE = timedelta(seconds=0.5)
"""How much later than it left an update may arrive on a busy machine."""


async def voted(
    url: str,
    folder: Path,
    people: int,
    bots: int,
    seconds: float,
    clicks_of: Callable[[Workspace, float], list[Click]] = burst,
) -> Course:
    """Let them vote, and check what holds however many they are."""
    async with hall(url, folder, people, bots) as here:
        limits = EveryOther()
        here.workspace.faults.leave_to(limits)
        clicks = clicks_of(here.workspace, seconds)
        course = await here.vote(clicks, kill_after_s=seconds / 2)
        await here.settles()
        told = [each for one in clicks for each in here.workspace.ephemerals(one.voter.id)]
        assert not told, "no click met a fault or a refusal"
        assert here.stored() == here.wanted(), course
        assert here.shown() == Counter(here.wanted().values())
        assert limits.calls >= 2, course
        assert set(course.again) <= {here.bots[0]}, f"other bots met errors: {course}"
    assert course.voters == sorted(course.voters), "no older picture came over a newer one"
    assert course.closest >= PACE, course
    assert course.longest_wait <= SOON + LATE, course
    return course


@pytest.mark.alone
@pytest.mark.parametrize(("kind", "bots"), HOUSES)
async def test_a_crowd_that_votes_at_once_is_counted_exactly_and_shown_soon(
    kind: str, bots: int, new_database: Callable[[str], str], tmp_path: Path
) -> None:
    await voted(new_database(kind), tmp_path, people=80, bots=bots, seconds=3)


@pytest.mark.soak
@pytest.mark.parametrize(("kind", "bots"), HOUSES)
async def test_five_hundred_vote_within_five_seconds(
    kind: str, bots: int, new_database: Callable[[str], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course = await voted(new_database(kind), tmp_path, people=500, bots=bots, seconds=5)
    with capsys.disabled():
        print(f"\n{kind}, {bots}: {course}")  # noqa: T201 - the figures are what a soak is for
    assert len(course.counted) >= 550


@pytest.mark.soak
@pytest.mark.parametrize(("kind", "bots"), HOUSES)
@pytest.mark.parametrize("seed", range(5))
async def test_of_clicks_that_meet_on_their_way_the_last_counts(
    kind: str, bots: int, seed: int, new_database: Callable[[str], str], tmp_path: Path
) -> None:
    clicks_of = partial(wavering, seed=seed)
    await voted(new_database(kind), tmp_path, people=100, bots=bots, seconds=5, clicks_of=clicks_of)
