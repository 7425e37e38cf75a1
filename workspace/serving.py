"""Serves an ASGI app on loopback from within the running event loop, without touching its signals."""

import asyncio
import socket
from functools import partial

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.wsproto_impl import WSProtocol

GRACE_S = 5.0
"""How long `stop` waits for requests that are being served."""


class LoopbackServer:
    """One app on one port of 127.0.0.1. Every request's scope has `hang_up`, which closes its connection."""

    def __init__(self, app: ASGIApp, port: int = 0) -> None:
        self._app = app
        self._socket = _listen(port)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            self._serve,
            interface="asgi3",
            proxy_headers=False,
            http="h11",
            log_config=None,
            access_log=False,
            ws="wsproto",
            lifespan="auto",
        )
        config.load()
        self._server = uvicorn.Server(config)
        self._server.lifespan = config.lifespan_class(config)

    async def start(self) -> None:
        await self._server.startup(sockets=[self._socket])

    async def stop(self) -> None:
        """Finish what is being served, and close every connection. `Server.shutdown` would sleep."""
        for server in self._server.servers:
            server.close()
        for connection in list(self._server.server_state.connections):
            connection.shutdown()
        tasks = self._server.server_state.tasks
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=GRACE_S)
            for task in late:
                task.cancel()
        for connection in list(self._server.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)
        await self._server.lifespan.shutdown()

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            scope["hang_up"] = partial(self._hang_up, scope["client"])
        await self._app(scope, receive, send)

    def _hang_up(self, client: tuple[str, int]) -> None:
        for connection in self._server.server_state.connections:
            if isinstance(connection, H11Protocol | WSProtocol) and connection.client == client:
                connection.transport.close()


def _listen(port: int) -> socket.socket:
    """A socket that says it is TCP: only then does asyncio turn Nagle's algorithm off, which costs 40 ms an answer."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError:
        listening.close()
        raise
    return listening
