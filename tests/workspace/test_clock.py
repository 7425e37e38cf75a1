import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workspace.clock import SharedClock, SimulatedClock
from workspace.state import Workspace

A_DAY = timedelta(days=1)
A_MINUTE = timedelta(minutes=1)


def test_it_starts_at_the_real_time() -> None:
    assert abs(SimulatedClock()() - datetime.now(UTC)) < A_MINUTE


def test_it_moves_to_an_instant() -> None:
    clock = SimulatedClock()
    instant = datetime.now(UTC) + 30 * A_DAY
    clock.move_to(instant)
    assert instant <= clock() < instant + A_MINUTE


def test_it_advances_from_where_it_was() -> None:
    clock = SimulatedClock()
    clock.advance(A_DAY)
    clock.advance(A_DAY)
    assert abs(clock() - datetime.now(UTC) - 2 * A_DAY) < A_MINUTE


def test_it_never_goes_back() -> None:
    clock = SimulatedClock()
    clock.advance(A_DAY)
    with pytest.raises(ValueError, match="never goes back"):
        clock.advance(-timedelta(seconds=1))
    with pytest.raises(ValueError, match="never goes back"):
        clock.move_to(datetime.now(UTC))


def test_another_process_reads_the_same_time(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    clock = SimulatedClock(path)
    clock.advance(400 * A_DAY)
    program = "import sys, pathlib, workspace.clock as c; print(c.SharedClock(pathlib.Path(sys.argv[1]))().isoformat())"
    told = subprocess.run([sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True)  # noqa: S603
    assert abs(datetime.fromisoformat(told.stdout.strip()) - clock()) < A_MINUTE


def test_a_reader_follows_each_move(tmp_path: Path) -> None:
    clock = SimulatedClock(tmp_path / "clock")
    shared = SharedClock(tmp_path / "clock")
    before = shared()
    clock.advance(A_DAY)
    assert shared() - before >= A_DAY


def test_a_message_time_follows_the_clock_and_rises_even_when_it_stands_still() -> None:
    slack = Workspace()
    slack.clock.advance(10 * A_DAY)
    stamps = [slack.next_ts() for _ in range(1000)]
    assert stamps == sorted(set(stamps))
    assert abs(float(stamps[0]) - slack.clock().timestamp()) < 60
