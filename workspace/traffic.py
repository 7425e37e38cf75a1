"""What passes between the workspace and its bot, both ways, kept as it went over the wire."""

import itertools
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

KEPT = 500
"""How many exchanges are remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its answer. `at` is the simulated time, `elapsed_s` is real; no status means no answer."""

    number: int
    at: datetime
    is_to_bot: bool
    name: str
    sent: bytes
    answered: bytes
    status: int | None
    error: str | None
    elapsed_s: float


class Heard(Protocol):
    """An answer, or why there is none."""

    @property
    def status(self) -> int | None: ...
    @property
    def error(self) -> str | None: ...
    @property
    def body(self) -> bytes: ...
    @property
    def elapsed_s(self) -> float: ...


class Traffic:
    """The latest exchanges, oldest first."""

    def __init__(self, now: Callable[[], datetime], notify: Callable[[], None]) -> None:
        self._now = now
        self._notify = notify
        self._kept: deque[Exchange] = deque(maxlen=KEPT)
        self._numbers = itertools.count(1)

    def __iter__(self) -> Iterator[Exchange]:
        return iter(self._kept)

    def __reversed__(self) -> Iterator[Exchange]:
        return reversed(self._kept)

    def note(self, heard: Heard, sent: bytes, *, is_to_bot: bool, name: str = "") -> None:
        exchange = Exchange(
            number=next(self._numbers),
            at=self._now(),
            is_to_bot=is_to_bot,
            name=name,
            sent=sent,
            answered=heard.body,
            status=heard.status,
            error=heard.error,
            elapsed_s=heard.elapsed_s,
        )
        self._kept.append(exchange)
        self._notify()
