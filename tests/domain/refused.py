"""What the domain's tests ask of a refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from bot.domain.refusals import Fact, Refusal

T = TypeVar("T")


def refusal(call: Callable[[], object]) -> Refusal:
    """The refusal that `call` ends in."""
    try:
        answer = call()
    except Refusal as refused:
        return refused
    message = f"not refused: {answer!r}"
    raise AssertionError(message)


def answer(call: Callable[[], T], *beginnings: str) -> T | None:
    """What `call` answers, or None where it is refused with a key that begins so; whatever else it raises, rises."""
    try:
        return call()
    except Refusal as refused:
        if not refused.key.startswith(beginnings):
            raise
        return None


def key(call: Callable[[], object]) -> str:
    return refusal(call).key


def readings(call: Callable[[], object]) -> tuple[str, ...]:
    """The whole commands that a refusal offers."""
    return texts(refusal(call).facts.get("readings", ()))


def texts(fact: Fact) -> tuple[str, ...]:
    assert isinstance(fact, tuple)
    return fact


def wall(text: str) -> datetime:
    """A naive time, `2026-12-10 09:00`."""
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    """An instant, `2026-12-10 09:00`."""
    return datetime.fromisoformat(text + "+00:00")
