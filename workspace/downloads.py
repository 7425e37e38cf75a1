"""Fetching the bytes of a file, as Slack lets a bot: with its token, or to the page where people sign in.

Slack says no 401 there. A client that follows the redirect gets a page with status 200 in place of the file.
"""

from http import HTTPStatus
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from workspace.state import Workspace

SIGN_IN = "<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in to your workspace</body></html>"
NOT_FOUND = "<!DOCTYPE html><html><head><title>Slack</title></head><body>There is no such file</body></html>"


class BrokenOff(Response):
    """Half of the body, and then the connection is closed. It needs `workspace.serving` as the server."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        half = bytes(self.body)[: len(self.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        scope["hang_up"]()
        await receive()


def answer(workspace: Workspace, request: Request, file_id: str, token: str) -> Response:
    is_known = token == workspace.bot_token and workspace.token_error is None
    if not is_known or "files:read" not in workspace.scopes:
        return to_sign_in(request)
    file = workspace.files.find(file_id)
    if file is None or file.content is None:
        return HTMLResponse(NOT_FOUND, HTTPStatus.NOT_FOUND)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}"}
    return Response(file.content, media_type=file.media_type, headers=headers)


def to_sign_in(request: Request) -> Response:
    return RedirectResponse(f"/?redir={quote(request.url.path, safe='')}", HTTPStatus.FOUND)


def sign_in_page(_: Request) -> Response:
    return HTMLResponse(SIGN_IN)
