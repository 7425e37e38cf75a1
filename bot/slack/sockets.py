"""Socket Mode: connections that we open to Slack, over which its requests come to us.

Why not the client of Slack's SDK (3.47, aiohttp): a refused connection is tried again with the same address, which is
good once, for ever; at a `disconnect` it closes the old connection first, with answers in flight; a broken one is
noticed at the next ping only. Docs: docs.slack.dev, using Socket Mode.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.deliveries import Failed, NotSent
from bot.slack import outcomes
from bot.slack.identity import TokenRefused

log = logging.getLogger(__name__)

PING_S = 10.0
"""After so long without a word Slack is pinged; after half as long again without an answer the connection is dead."""

HELLO_S = 10.0
RETIRING_S = 10.0
"""How long an old connection may still be served when a new one stands."""

CLOSE_S = 1.0
STEADY_S = 60.0
"""A connection that lasted so long ends a run of failures."""

PAUSES_S = (0, 0, 1, 2, 5, 10, 30)

Serve: TypeAlias = Callable[[SocketModeRequest], Awaitable[SocketModeResponse | None]]
"""Carries out a request. None: it is not to be acknowledged."""


class LaterError(ConnectionError):
    """Slack is not to be asked again for `after_s`."""

    def __init__(self, reason: str, after_s: float) -> None:
        super().__init__(reason)
        self.after_s = after_s


async def address(client: AsyncWebClient, app_token: str) -> str:
    """The address of one connection, good once and for a short time.

    Raises:
        TokenRefused: the token is wrong, of another kind, or lacks `connections:write`; or Socket Mode is off.
        ConnectionError: Slack could not be reached, or did not answer properly; worth another try.
    """
    try:
        answer = await client.apps_connections_open(app_token=app_token)
    except Exception as error:
        result = outcomes.of(error)
        if isinstance(result, Failed) or result.reason in outcomes.TOKEN_ERRORS:
            raise TokenRefused(result.reason) from error
        if isinstance(result, NotSent):
            raise LaterError(result.reason, result.retry_in_s) from error
        raise ConnectionError(result.reason) from error
    return str(answer["url"])


def serve_by(bolt: AsyncApp) -> Serve:
    """Bolt's listeners as what serves requests: what they have stored is acknowledged, and nothing else."""

    async def serve(request: SocketModeRequest) -> SocketModeResponse | None:
        said = await bolt.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=request.payload))
        if said.status != 200:
            log.warning("not acknowledged: %s was answered %s", request.type, said.status)
            return None
        if not said.body or not request.accepts_response_payload:
            return SocketModeResponse(request.envelope_id)
        is_json = said.first_headers().get("content-type", "").startswith("application/json")
        return SocketModeResponse(request.envelope_id, json.loads(said.body) if is_json else {"text": said.body})

    return serve


@dataclass(eq=False, slots=True)
class Socket:
    """One connection. Each envelope is served in a task of its own, and acknowledged over where it came."""

    ws: aiohttp.ClientWebSocketResponse
    serve: Serve
    is_greeted: bool = False
    spoken: asyncio.Event = field(default_factory=asyncio.Event)
    """Slack has said its first word, be it hello or goodbye."""
    leaving: asyncio.Event = field(default_factory=asyncio.Event)
    """Slack wants us elsewhere, or the connection has ended."""
    serving: set[asyncio.Task[None]] = field(default_factory=set)
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    """What comes now is not served any more."""
    reading: asyncio.Task[None] | None = None

    @property
    def is_open(self) -> bool:
        return self.is_greeted and not self.ws.closed

    def start(self) -> None:
        self.reading = _followed(self._read())

    async def finish(self, timeout_s: float) -> None:
        """Close once nothing is being served, or after `timeout_s`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                while self.serving:
                    await asyncio.wait(self.serving)
        self.closing.set()
        await self.ws.close()
        for task in self.serving:
            task.cancel()
        await asyncio.gather(*self.serving, *filter(None, [self.reading]), return_exceptions=True)

    async def _read(self) -> None:
        try:
            async for message in self.ws:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._hear(json.loads(message.data))
        finally:
            self.spoken.set()
            self.leaving.set()

    def _hear(self, said: dict[str, object]) -> None:
        match said.get("type"):
            case "hello":
                self.is_greeted = True
                self.spoken.set()
            case "disconnect":
                log.info("Slack asks for another connection (%s)", said.get("reason"))
                self.leaving.set()
            case _ if not self.closing.is_set() and (request := SocketModeRequest.from_dict(said)) is not None:
                task = _followed(self._answer(request))
                self.serving.add(task)
                task.add_done_callback(self.serving.discard)

    async def _answer(self, request: SocketModeRequest) -> None:
        response = await self.serve(request)
        if response is None:
            return
        try:
            await self.ws.send_str(json.dumps(response.to_dict()))
        except ConnectionError:
            log.warning("stored, but not acknowledged: the connection closed before (%s)", request.type)


@dataclass(eq=False, slots=True)
class SocketMode:
    """Holds one connection open. A new one is there before an old one goes, where Slack gives notice."""

    client: AsyncWebClient
    http: aiohttp.ClientSession
    app_token: str
    serve: Serve
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    """The first connection stands."""
    sockets: set[Socket] = field(default_factory=set)
    retiring: set[asyncio.Task[None]] = field(default_factory=set)
    keeping: asyncio.Task[None] | None = None

    @property
    def is_connected(self) -> bool:
        return any(socket.is_open for socket in self.sockets)

    def start(self) -> None:
        self.keeping = _followed(self._keep())

    async def stop(self, timeout_s: float) -> None:
        """Serve nothing new, acknowledge what is in flight within `timeout_s`, and close."""
        if self.keeping is not None:
            self.keeping.cancel()
            await asyncio.gather(self.keeping, return_exceptions=True)
        for socket in tuple(self.sockets):
            socket.closing.set()
            self._retire(socket, timeout_s)
        await asyncio.gather(*self.retiring)

    async def _keep(self) -> None:
        failures = 0
        while True:
            await asyncio.sleep(PAUSES_S[min(failures, len(PAUSES_S) - 1)])
            began = time.monotonic()
            socket = await self._connect()
            if socket is not None:
                for old in self.sockets - {socket}:
                    self._retire(old)
                self.ready.set()
                await socket.leaving.wait()
            failures = 0 if socket is not None and time.monotonic() - began > STEADY_S else failures + 1

    async def _connect(self) -> Socket | None:
        """A new connection over which Slack has said hello; None, and why in the log, where there is none."""
        try:
            async with asyncio.timeout(HELLO_S):
                return await self._open()
        except TokenRefused as refusal:
            log.error("SLACK_APP_TOKEN: Slack refuses it (%s); see `python -m bot doctor`", refusal)  # noqa: TRY400 - the reason says all
        except LaterError as later:
            log.warning("no connection to Slack (%s); again in %s s", later, later.after_s)
            await asyncio.sleep(later.after_s)
        except ConnectionError as error:
            log.warning("no connection to Slack (%s)", error)
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("no connection to Slack (%s)", type(error).__name__)  # its text holds the address's ticket
        return None

    async def _open(self) -> Socket:
        url = await address(self.client, self.app_token)
        timeout = aiohttp.ClientWSTimeout(ws_close=CLOSE_S)
        ws = await self.http.ws_connect(url, heartbeat=PING_S, timeout=timeout, proxy=self.client.proxy)
        socket = Socket(ws, self.serve)
        self.sockets.add(socket)
        socket.start()
        try:
            await socket.spoken.wait()
        finally:
            if not socket.is_open:
                self._retire(socket)
        if not socket.is_open:
            raise ConnectionError("closed before its hello")
        return socket

    def _retire(self, socket: Socket, timeout_s: float = RETIRING_S) -> None:
        self.sockets.discard(socket)
        task = _followed(socket.finish(timeout_s))
        self.retiring.add(task)
        task.add_done_callback(self.retiring.discard)


def _followed(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """A task whose fault is logged: a request that ends so is not acknowledged."""
    task = asyncio.create_task(work)
    task.add_done_callback(_log_fault)
    return task


def _log_fault(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("Socket Mode met a fault of ours", exc_info=error)
