"""The simulated time of the workspace: real time plus an offset, which only grows once it runs.

It moves message times, events and dates. Signatures, the acknowledgement's limit and trigger ids stay on real time.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path


class SimulatedClock:
    """Reads as an aware UTC instant. With a `path`, a `SharedClock` in another process reads the same.

    It begins at `start`, in the past or in the future, or else now.
    """

    def __init__(self, path: Path | None = None, *, start: datetime | None = None) -> None:
        self._path = path
        self._offset = timedelta() if start is None else start - datetime.now(UTC)
        self._moved = asyncio.Event()
        self._mirror()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def move_to(self, instant: datetime) -> None:
        """Jump to an aware instant.

        Raises:
            ValueError: it lies in the clock's past.

        """
        self.advance(instant - self())

    def advance(self, by: timedelta) -> None:
        """Jump ahead.

        Raises:
            ValueError: `by` is negative.

        """
        if by < timedelta():
            raise ValueError(f"a clock never goes back, so not by {by}")
        self._offset += by
        self._mirror()
        self._moved.set()
        self._moved = asyncio.Event()

    async def reach(self, instant: datetime) -> None:
        """Wait until it is `instant`, be it that time passes or that the clock is moved."""
        while (left_s := (instant - self()).total_seconds()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), left_s)

    def _mirror(self) -> None:
        """Write the offset, in seconds, so that a reader sees the old one or the new one and never half of it."""
        if self._path is None:
            return
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.write_text(f"{self._offset.total_seconds():.6f}", encoding="ascii")
        fresh.replace(self._path)


class SharedClock:
    """Another process's view of a `SimulatedClock`, read from its file at each call."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self._path.read_text(encoding="ascii")))
