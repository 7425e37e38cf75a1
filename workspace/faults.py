"""Troubles that a test scripts: the next calls of a method go wrong in a given way, or in one that chance gives."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from workspace.wire import Json

EVERY_METHOD = "*"
LINK = "link"
"""Opening a Socket Mode connection, in place of a method's name."""
UPLOAD = "upload"
"""Sending a file's bytes, likewise; its id is the addressee."""
DOWNLOAD = "download"
"""Fetching a file's bytes, likewise. A connection that is closed after Slack acted breaks off half-way through them."""
ENVELOPE = "envelope"
"""Sending an envelope over one, likewise: its connection breaks before it, or with `acted` just after."""


class Trouble(Enum):
    RATE_LIMIT = "429 with Retry-After"
    SERVER_ERROR = "500"
    REFUSAL = "200 with an error of the test's choice, such as fatal_error"
    HANG_UP = "the connection is closed without an answer"
    HOLD = "no answer until `Faults.release` is called or the caller goes away"
    DELAY = "nothing is done until `Faults.release` is called, and then it is, whether the caller is still there or not"


@dataclass(slots=True, kw_only=True)
class Fault:
    """`times` calls of `method` (or of `EVERY_METHOD`), all of them or those to one id, meet this trouble.

    With `acted`, Slack did what was asked before the trouble: a reply was lost, not a request. Without it nothing is
    done, except that a call that was held is carried out when it is released, if its caller is still there; one that
    was delayed, in any case.
    """

    method: str
    trouble: Trouble
    acted: bool = False
    times: int = 1
    addressee: str | None = None
    """The id of a channel or a user, wherever it stands among the arguments."""
    retry_after_s: int = 1
    error: str = "fatal_error"

    def __post_init__(self) -> None:
        if self.trouble is Trouble.RATE_LIMIT and self.acted:
            raise ValueError("Slack does nothing of what it rate-limits")
        if self.trouble is Trouble.DELAY and self.acted:
            raise ValueError("what is done late was not done before")

    def meets(self, method: str, arguments: Json) -> bool:
        return (
            self.times > 0
            and (self.method == method or (self.method == EVERY_METHOD and method != ENVELOPE))
            and (self.addressee is None or self.addressee in arguments.values())
        )


class Chance(Protocol):
    """Troubles that nobody scripted, such as `workspace.weather`."""

    def strike(self, method: str) -> Fault | None:
        """The fault that a call of `method` meets, if any."""


class Faults:
    def __init__(self, notify: Callable[[], None]) -> None:
        self._notify = notify
        self._scripted: list[Fault] = []
        self._chances: tuple[Chance, ...] = ()
        self._released = asyncio.Event()
        self.holding = 0
        """How many calls are being held at the moment."""

    def add(self, fault: Fault) -> None:
        """Script a fault; those added first come first."""
        self._scripted.append(fault)

    def leave_to(self, *chances: Chance) -> None:
        """Let what is not scripted meet these, in place of those before; with none given all is calm."""
        self._chances = chances

    def clear(self) -> None:
        """Forget what has not happened yet, leave nothing to chance, and release what is held."""
        self._scripted.clear()
        self.leave_to()
        self.release()

    def take(self, method: str, arguments: Json) -> Fault | None:
        """The fault that this call meets, counted down."""
        fault = next((one for one in self._scripted if one.meets(method, arguments)), None)
        if fault is not None:
            fault.times -= 1
            return fault
        struck = (chance.strike(method) for chance in self._chances)
        return next((one for one in struck if one is not None), None)

    def release(self) -> None:
        """Let every call that is held go on."""
        self._released.set()
        self._released = asyncio.Event()

    async def hold(self) -> None:
        """Wait for the next release."""
        released = self._released
        self.holding += 1
        self._notify()
        try:
            await released.wait()
        finally:
            self.holding -= 1
            self._notify()
