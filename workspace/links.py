"""The WebSocket to which a bot in Socket Mode connects."""

from http import HTTPStatus

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from workspace.faults import LINK, Trouble
from workspace.state import Workspace
from workspace.wire import Json


class WebSocketLine:
    """A `Line` over Starlette's WebSocket."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket

    async def send(self, message: Json) -> None:
        try:
            await self._websocket.send_json(message)
        except (WebSocketDisconnect, RuntimeError):
            raise ConnectionError("the connection is closed") from None

    async def close(self) -> None:
        await self._websocket.close()

    def hang_up(self) -> None:
        self._websocket.scope["hang_up"]()


class Links:
    """The route's ASGI app."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        websocket = WebSocket(scope, receive, send)
        is_good = self._workspace.sockets.redeem(websocket.query_params.get("ticket", ""))
        fault = self._workspace.faults.take(LINK, dict(websocket.query_params))
        if fault is not None and fault.trouble is Trouble.HANG_UP:
            scope["hang_up"]()
            await _end(websocket)
        elif fault is not None:
            await websocket.send_denial_response(Response(status_code=HTTPStatus.INTERNAL_SERVER_ERROR))
        elif not is_good:
            await websocket.send_denial_response(Response(status_code=HTTPStatus.FORBIDDEN))
        else:
            await self._talk(websocket)

    async def _talk(self, websocket: WebSocket) -> None:
        await websocket.accept()
        async with self._workspace.sockets.opened(WebSocketLine(websocket)) as connection:
            try:
                while True:
                    connection.hear(await websocket.receive_text())
            except (WebSocketDisconnect, ConnectionError):
                return


async def _end(websocket: WebSocket) -> None:
    while (await websocket.receive())["type"] != "websocket.disconnect":
        pass
