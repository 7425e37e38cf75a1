"""Slack's Web API over HTTP, and the response URLs, as a Starlette app."""

import asyncio
import json
from collections.abc import Callable
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from workspace import downloads
from workspace.downloads import BrokenOff
from workspace.faults import DOWNLOAD, UPLOAD, Fault, Trouble
from workspace.links import Links
from workspace.methods.arguments import Arguments, read
from workspace.methods.table import WITH_APP_TOKEN, WITHOUT_TOKEN, method_of
from workspace.replies import respond
from workspace.state import Workspace
from workspace.wire import Json, SlackError


class HangUp(Response):
    """Closes the connection without an answer. It needs `workspace.serving` as the server."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's signature
        scope["hang_up"]()
        await receive()


class Api:
    """The routes that a bot calls."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/{method}", self._call, methods=["GET", "POST"]),
                Route("/response/{key}", self._respond, methods=["POST"]),
                Route("/upload/{file_id}", self._upload, methods=["POST"]),
                Route("/files-pri/{team_and_file}/{name:path}", self._download, methods=["GET"]),
                Route("/", downloads.sign_in_page, methods=["GET"]),
                WebSocketRoute("/link/", Links(self._workspace)),
            ]
        )

    async def _call(self, request: Request) -> Response:
        name: str = request.path_params["method"]
        try:
            arguments = read(request.headers.get("content-type", ""), await request.body(), request.url.query)
        except SlackError as refusal:
            return self._answer(refusal.body())
        given = arguments.given.pop("token", "")
        token = _bearer(request) or ("" if name in WITH_APP_TOKEN else given)
        self._workspace.record(name, arguments.given)
        if (wait_s := self._limited(name)) is not None:
            return _too_many(wait_s)
        fault = self._workspace.faults.take(name, arguments.given)
        return await self._met(request, fault, lambda: self._answer(self._perform(name, arguments, token)))

    def _limited(self, name: str) -> int | None:
        limit = self._workspace.limits.get(name)
        return None if limit is None else limit.retry_after_s(self._workspace.monotonic_s())

    def _perform(self, name: str, arguments: Arguments, token: str) -> Json:
        try:
            method = method_of(name)
            if name not in WITHOUT_TOKEN:
                self._authenticate(name, token)
            self._workspace.require(*method.scopes(self._workspace, arguments))
            return {"ok": True, **method.act(self._workspace, arguments)}
        except SlackError as refusal:
            return refusal.body()

    def _authenticate(self, name: str, token: str) -> None:
        bot_token, app_token = self._workspace.bot_token, self._workspace.app_token
        right, wrong = (app_token, bot_token) if name in WITH_APP_TOKEN else (bot_token, app_token)
        if not token:
            raise SlackError("not_authed")
        if token == wrong:
            raise SlackError("not_allowed_token_type")
        if token != right:
            raise SlackError("invalid_auth")
        if self._workspace.token_error is not None:
            raise SlackError(self._workspace.token_error)

    def _answer(self, body: Json) -> Response:
        return JSONResponse(body, headers={"x-oauth-scopes": ",".join(sorted(self._workspace.scopes))})

    async def _met(self, request: Request, fault: Fault | None, act: Callable[[], Response]) -> Response:
        """What `act` answers, or the trouble that comes in its place. The body of the request has been read."""
        if fault is None:
            return act()
        answer = act() if fault.acted else None
        if fault.trouble is Trouble.DELAY:
            await self._workspace.faults.hold()
            return act()
        if fault.trouble is not Trouble.HOLD:
            return self._troubled(fault)
        if not await self._held(request):
            return HangUp()
        return answer or act()

    def _troubled(self, fault: Fault) -> Response:
        match fault.trouble:
            case Trouble.RATE_LIMIT:
                return _too_many(fault.retry_after_s)
            case Trouble.SERVER_ERROR:
                return Response("Internal Server Error", HTTPStatus.INTERNAL_SERVER_ERROR)
            case Trouble.REFUSAL:
                return self._answer(SlackError(fault.error).body())
            case _:
                return HangUp()

    async def _held(self, request: Request) -> bool:
        """Wait for the release, and say whether the caller is still there."""
        released = asyncio.ensure_future(self._workspace.faults.hold())
        gone = asyncio.ensure_future(request.receive())
        done, waiting = await asyncio.wait({released, gone}, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return gone not in done

    async def _respond(self, request: Request) -> Response:
        """Slack answers a used or an old URL with 404, and a body that it can't take with 400."""
        try:
            body = json.loads(await request.body())
            respond(self._workspace, request.path_params["key"], body)
        except ValueError:
            return JSONResponse(SlackError("invalid_payload").body(), HTTPStatus.BAD_REQUEST)
        except SlackError as refusal:
            gone = refusal.code in ("no_service", "used_url", "expired_url")
            return JSONResponse(refusal.body(), HTTPStatus.NOT_FOUND if gone else HTTPStatus.BAD_REQUEST)
        return JSONResponse({"ok": True})

    async def _upload(self, request: Request) -> Response:
        file, content = request.path_params["file_id"], await request.body()
        fault = self._workspace.faults.take(UPLOAD, {"file": file})
        answer = await self._met(request, fault, lambda: self._take(file, content))
        if fault is not None and fault.trouble is Trouble.REFUSAL:
            answer.status_code = HTTPStatus.BAD_REQUEST
        return answer

    async def _download(self, request: Request) -> Response:
        """A file's bytes; a refusal is the way to the sign-in page, as Slack's are."""
        file, token = request.path_params["team_and_file"].partition("-")[2], _bearer(request)
        await request.body()
        self._workspace.record(DOWNLOAD, {"file": file})
        fault = self._workspace.faults.take(DOWNLOAD, {"file": file})
        if fault is not None and fault.trouble is Trouble.REFUSAL:
            return downloads.to_sign_in(request)
        if fault is not None and fault.trouble is Trouble.HANG_UP and fault.acted:
            return BrokenOff(downloads.answer(self._workspace, request, file, token).body)
        return await self._met(request, fault, lambda: downloads.answer(self._workspace, request, file, token))

    def _take(self, file: str, content: bytes) -> Response:
        try:
            self._workspace.files.upload(file, content)
        except SlackError as refusal:
            return JSONResponse(refusal.body(), HTTPStatus.BAD_REQUEST)
        return Response(f"OK - {len(content)}")


def _too_many(retry_after_s: int) -> Response:
    headers = {"Retry-After": str(retry_after_s)}
    return JSONResponse(SlackError("ratelimited").body(), HTTPStatus.TOO_MANY_REQUESTS, headers=headers)


def _bearer(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")
