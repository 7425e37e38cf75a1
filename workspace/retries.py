"""Events that the bot did not answer are told again, with the same `event_id`: at once, after a minute, after five."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from workspace.state import Workspace
from workspace.wire import Json

PAUSES = (timedelta(), timedelta(minutes=1), timedelta(minutes=5))


@dataclass(frozen=True, slots=True)
class Attempt:
    """The first has number 0 and no reason."""

    number: int = 0
    reason: str = ""


Tell = Callable[[Json, Attempt], Awaitable[str | None]]
"""Tells of an event once; why it has to be told again, if it has."""


async def insist(workspace: Workspace, tell: Tell, envelope: Json, reason: str) -> None:
    """Go on after a first attempt that failed for `reason`, on the workspace's clock."""
    for number, pause in enumerate(PAUSES, start=1):
        await _rest(workspace, envelope["event_id"], pause)
        again = await tell(envelope, Attempt(number, reason))
        if again is None:
            return
        reason = again


async def _rest(workspace: Workspace, event_id: str, pause: timedelta) -> None:
    due_at = workspace.retries[event_id] = workspace.clock() + pause
    workspace.changes.notify()
    try:
        await workspace.clock.reach(due_at)
    finally:
        del workspace.retries[event_id]
