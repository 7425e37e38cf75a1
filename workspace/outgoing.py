"""Requests from the workspace to the bot, signed or over a socket, and given up when the bot is too slow."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from workspace.retries import Attempt, insist
from workspace.state import Workspace
from workspace.wire import Json

ACK_LIMIT_S = 3.0
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack:
    """How the bot acknowledged. `error` is Slack's word for why it did not; `elapsed_s` is real time.

    Over a socket there is no status: what was acknowledged counts as 200.
    """

    status: int | None
    error: str | None
    body: bytes = b""
    content_type: str = ""
    is_final: bool = False
    """The bot wants no retry of this event: `X-Slack-No-Retry`."""
    elapsed_s: float = 0.0


def sign(secret: str, body: bytes, timestamp: str) -> dict[str, str]:
    """Slack's two headers for this body, by the `v0` scheme. `timestamp` is in real seconds."""
    base = f"v0:{timestamp}:".encode() + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


class Outgoing:
    """The workspace's line to the bot: HTTP where it has been told `bot_url`, otherwise Socket Mode."""

    def __init__(self, workspace: Workspace, ack_limit_s: float = ACK_LIMIT_S) -> None:
        self.workspace = workspace
        self.bot_url: str | None = None
        self._ack_limit_s = ack_limit_s
        self._telling: set[asyncio.Task[object]] = set()
        self._session = ClientSession(
            connector=TCPConnector(limit=0),
            timeout=ClientTimeout(total=ack_limit_s),
            headers={"User-Agent": "Slackbot 1.0"},
        )

    async def close(self) -> None:
        for task in self._telling:
            task.cancel()
        await asyncio.gather(*self._telling, return_exceptions=True)
        await self._session.close()

    def response_url(self, channel: str, user: str, source_ts: str | None = None) -> str:
        key = self.workspace.response_urls.issue(channel, user, source_ts)
        return f"{self.workspace.base_url}/response/{key}"

    async def command(self, form: Mapping[str, str]) -> Ack:
        if self._is_by_socket:
            return await self._enveloped("slash_commands", dict(form))
        return await self._signed(urlencode(form).encode(), FORM)

    async def interaction(self, payload: Json) -> Ack:
        if self._is_by_socket:
            return await self._enveloped("interactive", payload)
        return await self._signed(urlencode({"payload": json.dumps(payload)}).encode(), FORM)

    async def event(self, envelope: Json) -> Ack:
        """Tell of an event. This is how the first attempt went; retries follow by themselves."""
        ack = await self._tell(envelope, Attempt())
        again = self._retry_reason(ack)
        if again is not None:
            self.begin(insist(self.workspace, self._tell_again, envelope, again))
        return ack

    def begin(self, telling: Coroutine[Any, Any, object]) -> None:
        """Tell of something while the workspace goes on."""
        task = asyncio.ensure_future(telling)
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def post(self, body: bytes, headers: Mapping[str, str]) -> Ack:
        """Send as it is, signed or not."""
        if self.bot_url is None:
            raise RuntimeError("the stand-in has not been told its bot's address: set bot_url, or let the bot connect")
        started = time.monotonic()
        try:
            async with self._session.post(self.bot_url, data=body, headers=headers) as answer:
                return Ack(
                    status=answer.status,
                    error=None if answer.status // 100 == 2 else "dispatch_failed",
                    body=await answer.read(),
                    content_type=answer.content_type,
                    is_final=answer.headers.get("X-Slack-No-Retry") == "1",
                    elapsed_s=time.monotonic() - started,
                )
        except TimeoutError:
            return Ack(status=None, error="operation_timeout", elapsed_s=time.monotonic() - started)
        except ClientError:
            return Ack(status=None, error="dispatch_failed", elapsed_s=time.monotonic() - started)

    @property
    def is_reachable(self) -> bool:
        """Whether the bot has said where it is."""
        return self.bot_url is not None or self.workspace.sockets.is_used

    @property
    def _is_by_socket(self) -> bool:
        return self.bot_url is None and self.workspace.sockets.is_used

    async def _tell(self, envelope: Json, attempt: Attempt) -> Ack:
        if self._is_by_socket:
            more = {"retry_attempt": attempt.number, "retry_reason": attempt.reason}
            return await self._enveloped("events_api", envelope, **more)
        retry = {"X-Slack-Retry-Num": str(attempt.number), "X-Slack-Retry-Reason": attempt.reason}
        return await self._signed(json.dumps(envelope).encode(), "application/json", retry if attempt.number else {})

    async def _tell_again(self, envelope: Json, attempt: Attempt) -> str | None:
        again = self._retry_reason(await self._tell(envelope, attempt))
        self.workspace.changes.notify()
        return again

    def _retry_reason(self, ack: Ack) -> str | None:
        if ack.error is None or ack.is_final:
            return None
        if self._is_by_socket:
            return "timeout"
        if ack.status is not None:
            return "http_error"
        return "http_timeout" if ack.error == "operation_timeout" else "connection_failed"

    async def _enveloped(self, kind: str, payload: Json, **more: object) -> Ack:
        started = time.monotonic()
        error: str | None = None
        said: Json = {}
        try:
            async with asyncio.timeout(self._ack_limit_s):
                said = await self.workspace.sockets.deliver(kind, payload, **more)
        except TimeoutError:
            error = "operation_timeout"
        except ConnectionError:
            error = "dispatch_failed"
        return Ack(
            status=200 if error is None else None,
            error=error,
            body=json.dumps(said).encode() if said else b"",
            content_type="application/json",
            elapsed_s=time.monotonic() - started,
        )

    async def _signed(self, body: bytes, content_type: str, more: Mapping[str, str] | None = None) -> Ack:
        signature = sign(self.workspace.signing_secret, body, str(int(time.time())))
        return await self.post(body, {"Content-Type": content_type, **signature, **(more or {})})
