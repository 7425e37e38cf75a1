"""A sender is stopped for a while, as on a machine that sleeps, and goes on when another one has done its work."""

from __future__ import annotations

from pathlib import Path

from tests.crashes.doomed import Point
from tests.crashes.fates import Fate
from tests.crashes.matrix import Traces, world
from tests.crashes.owing import IN_CHANNEL

PEOPLE = 10
ALL = PEOPLE + IN_CHANNEL


async def test_a_sender_that_slept_over_its_lease_posts_nothing_of_what_another_has_sent(
    database_url: str, tmp_path: Path
) -> None:
    async with world(database_url, tmp_path, PEOPLE) as here:
        async with here.stopped(Fate(Point.AFTER_CLAIM_COMMIT, 1), finishes=ALL):
            assert here.traces() == Traces(claimed=True, posted=False, recorded=False)
            assert (await here.outlive([])).is_exact
        tally = here.tally()
        assert tally.is_exact, tally
        assert tally.messages == ALL
