"""Socket Mode: the connections that the bot holds open, and the envelopes that travel over them."""

import asyncio
import json
import secrets
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

from workspace.faults import ENVELOPE, Fault, Faults, Trouble
from workspace.tickets import Seconds
from workspace.wire import Json

CONNECTIONS = 10
TICKET_TTL_S = 30.0
"""Not documented beyond "temporary": how long the address of a connection is good for."""

DEBUG_INFO = {"host": "applink-stand-in", "build_number": 1, "approximate_connection_time": 18060}
ANSWERED = frozenset({"slash_commands", "view_submission", "block_suggestion"})
"""Whose acknowledgement may carry an answer."""


class Line(Protocol):
    """One WebSocket, as far as Slack's side of Socket Mode needs it."""

    async def send(self, message: Json) -> None: ...

    async def close(self) -> None:
        """Say goodbye, and close."""

    def hang_up(self) -> None:
        """Close without a word; what was sent before still arrives."""


@dataclass(eq=False, slots=True)
class Connection:
    """One open connection. Only what it delivered can be acknowledged over it."""

    line: Line
    awaited: dict[str, asyncio.Future[Json]] = field(default_factory=dict)
    is_warned: bool = False

    def hear(self, text: str) -> None:
        """Take what the bot says: an acknowledgement, with the answer if it has one. Anything else is passed over."""
        try:
            said = json.loads(text)
        except ValueError:
            return
        found = self.awaited.pop(str(said.get("envelope_id")), None) if isinstance(said, dict) else None
        if found is not None and not found.done():
            payload = said.get("payload")
            found.set_result(payload if isinstance(payload, dict) else {})

    def lose(self) -> None:
        for each in self.awaited.values():
            if not each.done():
                each.set_exception(ConnectionError("the connection was closed before the acknowledgement"))


class Sockets:
    """All connections of the app. Each envelope goes over one of them, in turn."""

    def __init__(self, faults: Faults, now_s: Seconds, notify: Callable[[], None], app_id: str) -> None:
        self._faults = faults
        self._now_s = now_s
        self._notify = notify
        self._app_id = app_id
        self._tickets: dict[str, float] = {}
        self._open: list[Connection] = []
        self.is_used = False
        """Whether the bot has ever asked for an address."""

    @property
    def connected(self) -> int:
        """How many connections are open."""
        return len(self._open)

    def issue(self) -> str:
        """A ticket, good for one connection and a short time."""
        self.is_used = True
        ticket = secrets.token_hex(16)
        self._tickets[ticket] = self._now_s() + TICKET_TTL_S
        return ticket

    def redeem(self, ticket: str) -> bool:
        return self._now_s() <= self._tickets.pop(ticket, float("-inf"))

    @asynccontextmanager
    async def opened(self, line: Line) -> AsyncIterator[Connection]:
        """Greet the bot over a new connection, and use it until the block ends."""
        connection = Connection(line)
        if len(self._open) >= CONNECTIONS:
            await line.send(_goodbye("too_many_websockets"))
            await line.close()
            yield connection
            return
        self._open.append(connection)
        try:
            info = {"connection_info": {"app_id": self._app_id}, "debug_info": DEBUG_INFO}
            await line.send({"type": "hello", "num_connections": len(self._open), **info})
            self._notify()
            yield connection
        finally:
            self._forget(connection)
            connection.lose()

    async def deliver(self, kind: str, payload: Json, **more: object) -> Json:
        """Send one envelope and wait for its acknowledgement: the answer in it, or nothing.

        Raises:
            ConnectionError: no connection is open, or it was closed before the acknowledgement.

        """
        connection = self._next()
        fault = self._faults.take(ENVELOPE, payload)
        if fault is not None:
            _require_hang_up(fault)
        if fault is not None and not fault.acted:
            self._drop(connection)
            raise ConnectionError("the connection was closed before the envelope went out")
        envelope_id = str(uuid.uuid4())
        is_answered = kind in ANSWERED or payload.get("type") in ANSWERED
        envelope = {"envelope_id": envelope_id, "type": kind, "accepts_response_payload": is_answered}
        awaited = connection.awaited[envelope_id] = asyncio.get_running_loop().create_future()
        try:
            await connection.line.send({**envelope, "payload": payload, **more})
            if fault is not None:
                self._drop(connection)
            said = await awaited
        finally:
            connection.awaited.pop(envelope_id, None)
        return said if is_answered else {}

    async def disconnect(self, reason: str) -> None:
        """Send the bot away from every connection; all but a `warning` are closed at once."""
        for connection in tuple(self._open):
            connection.is_warned = True
            await connection.line.send(_goodbye(reason))
            if reason != "warning":
                self._forget(connection)
                await connection.line.close()

    def drop(self) -> None:
        """Every connection breaks."""
        for connection in tuple(self._open):
            self._drop(connection)

    def _next(self) -> Connection:
        """Whose turn it is. Of one that was warned it is only where there is no other."""
        if not self._open:
            raise ConnectionError("the bot has no connection open")
        connection = next((each for each in self._open if not each.is_warned), self._open[0])
        self._open.remove(connection)
        self._open.append(connection)
        return connection

    def _drop(self, connection: Connection) -> None:
        self._forget(connection)
        connection.line.hang_up()

    def _forget(self, connection: Connection) -> None:
        if connection in self._open:
            self._open.remove(connection)
            self._notify()


def _goodbye(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": DEBUG_INFO["host"]}}


def _require_hang_up(fault: Fault) -> None:
    if fault.trouble is not Trouble.HANG_UP:
        raise ValueError("of an envelope, the only trouble is that its connection breaks")
