"""Serves the page, a tab for everyone who opens it."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from nicegui import context, ui

from workspace.page.attachments import media_type
from workspace.page.scene import Scene
from workspace.page.tab import Tab
from workspace.wire import SlackError

HERE = Path(__file__).parent
GRACE_S = 2
"""How long a stop waits for open tabs."""


class PageServer(uvicorn.Server):
    """Stops on Ctrl-C or SIGTERM, and leaves it to its caller to stop what runs beside it."""

    def __init__(self, scene: Scene, when_ready: Callable[[], None]) -> None:
        self._when_ready = when_ready
        config = uvicorn.Config(_app(scene), log_config=None, access_log=False, timeout_graceful_shutdown=GRACE_S)
        super().__init__(config)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._when_ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Like uvicorn's, which raises the signal again when it has stopped, in the middle of its caller's work."""
        stops = (signal.SIGINT, signal.SIGTERM)
        before = {each: signal.signal(each, self.handle_exit) for each in stops}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


def _app(scene: Scene) -> FastAPI:
    app = FastAPI(openapi_url=None)
    style = (HERE / "page.css").read_text(encoding="utf-8")
    scripts = [(HERE / name).read_text(encoding="utf-8") for name in ("page.js", "uploads.js")]

    def show() -> None:
        ui.add_head_html(f"<style>{style}</style>")
        ui.add_body_html("".join(f"<script>{script}</script>" for script in scripts))
        Tab(scene, context.client)

    def download(file_id: str) -> Response:
        try:
            file = scene.workspace.files.get(file_id)
        except SlackError:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        return Response(file.content, media_type=media_type(file.name), headers={"X-Content-Type-Options": "nosniff"})

    async def upload(view: str, name: str, request: Request) -> Response:
        """Take a file for a field of an open form, from the person in front of it."""
        opened = scene.workspace.views.get(view)
        if opened is None:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        return JSONResponse(scene.workspace.upload(opened.user, name, await request.body()).id)

    app.get("/files/{file_id}")(download)
    app.post("/files")(upload)
    ui.page("/")(show)
    ui.run_with(
        app, title=f"{scene.name} – Convene", language="en-GB", dark=False, tailwind=False, show_welcome_message=False
    )
    return app
