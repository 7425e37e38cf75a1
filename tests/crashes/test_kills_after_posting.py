"""The sender is killed once its message stands in Slack: the next one finds it there and does not send it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crashes.doomed import Point
from tests.crashes.matrix import Traces, killed_once
from tests.crashes.owing import IN_CHANNEL

PEOPLE = 10
LEFT_BEHIND = {
    Point.AFTER_POST: Traces(claimed=True, posted=True, recorded=False),
    Point.BEFORE_FINAL_COMMIT: Traces(claimed=True, posted=True, recorded=False),
    Point.AFTER_FINAL_COMMIT: Traces(claimed=True, posted=True, recorded=True),
}


@pytest.mark.parametrize("point", LEFT_BEHIND)
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)])
async def test_what_a_dead_sender_had_posted_is_not_posted_again(
    point: Point, kind: str, new_database: Callable[[str], str], tmp_path: Path
) -> None:
    left, tally = await killed_once(point, new_database(kind), tmp_path, PEOPLE)
    assert left == LEFT_BEHIND[point], "it did not die where it was meant to"
    assert tally.is_exact, tally
    assert tally.messages == PEOPLE + IN_CHANNEL
