"""The sender is killed before its message has left: it is sent by the next one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crashes.doomed import Point
from tests.crashes.matrix import Traces, killed_once
from tests.crashes.owing import IN_CHANNEL

PEOPLE = 10
LEFT_BEHIND = {
    Point.BEFORE_CLAIM_COMMIT: Traces(claimed=False, posted=False, recorded=False),
    Point.AFTER_CLAIM_COMMIT: Traces(claimed=True, posted=False, recorded=False),
    Point.BEFORE_POST: Traces(claimed=True, posted=False, recorded=False),
}


@pytest.mark.parametrize("point", LEFT_BEHIND)
@pytest.mark.parametrize("kind", ["postgresql", pytest.param("sqlite", marks=pytest.mark.soak)])
async def test_what_a_dead_sender_had_not_posted_is_posted_once(
    point: Point, kind: str, new_database: Callable[[str], str], tmp_path: Path
) -> None:
    left, tally = await killed_once(point, new_database(kind), tmp_path, PEOPLE)
    assert left == LEFT_BEHIND[point], "it did not die where it was meant to"
    assert tally.is_exact, tally
    assert tally.messages == PEOPLE + IN_CHANNEL
