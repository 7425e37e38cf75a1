"""Notes the traffic in passing: the line to the bot, and the API that the bot calls."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workspace.faults import DOWNLOAD, UPLOAD
from workspace.outgoing import Ack, Outgoing
from workspace.state import Workspace
from workspace.wire import Json

NAMES: Mapping[str, str] = {"response": "response_url", "files-pri": DOWNLOAD, "": "sign-in page"}
"""What is called, by the first word of its path."""


class RecordingOutgoing(Outgoing):
    async def command(self, form: Mapping[str, str]) -> Ack:
        return self._noted(dict(form), await super().command(form))

    async def interaction(self, payload: Json) -> Ack:
        return self._noted(payload, await super().interaction(payload))

    async def event(self, envelope: Json) -> Ack:
        return self._noted(envelope, await super().event(envelope))

    def _noted(self, sent: Json, ack: Ack) -> Ack:
        self.workspace.traffic.note(ack, json.dumps(sent).encode(), is_to_bot=True)
        return ack


@dataclass(slots=True)
class Passing:
    """A call while it passes; without a status it has not been answered."""

    receive: Receive
    send: Send
    sent: bytearray = field(default_factory=bytearray)
    answer: bytearray = field(default_factory=bytearray)
    status: int | None = None
    started: float = field(default_factory=time.monotonic)

    @property
    def error(self) -> str | None:
        return "no answer" if self.status is None else None

    @property
    def body(self) -> bytes:
        return bytes(self.answer)

    @property
    def elapsed_s(self) -> float:
        return time.monotonic() - self.started

    async def hear(self) -> Message:
        message = await self.receive()
        self.sent += message.get("body", b"")
        return message

    async def say(self, message: Message) -> None:
        self.status = message.get("status", self.status)
        self.answer += message.get("body", b"")
        await self.send(message)


class RecordingApi:
    """Goes around the API. The bytes of files are not kept."""

    def __init__(self, app: ASGIApp, workspace: Workspace) -> None:
        self._app = app
        self._workspace = workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        passing = Passing(receive, send)
        try:
            await self._app(scope, passing.hear, passing.say)
        finally:
            self._note(scope["path"], passing)

    def _note(self, path: str, passing: Passing) -> None:
        _, kind, *rest = path.split("/", 2)
        name = "".join(rest) if kind == "api" else NAMES.get(kind, kind)
        if name == DOWNLOAD and passing.status == HTTPStatus.OK:
            passing.answer.clear()
        sent = b"" if name == UPLOAD else bytes(passing.sent)
        self._workspace.traffic.note(passing, sent, is_to_bot=False, name=name)
