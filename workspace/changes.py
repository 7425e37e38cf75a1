"""Who is told when something in the workspace changes: pages, and tests that wait for an outcome."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

Seen = TypeVar("Seen")
Listener = Callable[[], None]


class Changes:
    def __init__(self) -> None:
        self._listeners: dict[object, Listener] = {}

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` at each change, in the event loop. The answer ends the subscription."""
        key = object()
        self._listeners[key] = listener

        def unsubscribe() -> None:
            self._listeners.pop(key, None)

        return unsubscribe

    def notify(self) -> None:
        for listener in tuple(self._listeners.values()):
            listener()

    async def until(self, look: Callable[[], Seen], timeout_s: float = 30) -> Seen:
        """Wait until `look()` is truthy, and return what it saw. It is called at once and at each change.

        Raises:
            TimeoutError: it was not so within `timeout_s` of real time.

        """
        seen = look()
        if seen:
            return seen
        met: asyncio.Future[Seen] = asyncio.get_running_loop().create_future()
        unsubscribe = self.subscribe(lambda: settle(met, look))
        try:
            return await asyncio.wait_for(met, timeout_s)
        finally:
            unsubscribe()


def settle(met: asyncio.Future[Seen], look: Callable[[], Seen]) -> None:
    """Fulfil `met` if `look` sees something. Its exception goes to who waits, not to who made the change."""
    if met.done():
        return
    try:
        seen = look()
    except Exception as trouble:  # noqa: BLE001 - it is raised again where the caller waits
        met.set_exception(trouble)
        return
    if seen:
        met.set_result(seen)
