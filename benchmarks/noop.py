"""The twin to compare with: `python -m benchmarks.noop PORT`, a Bolt app that acknowledges, and nothing else.

Bolt, Starlette and uvicorn are set up as in `bot.app` and `bot.cli`.
"""

from __future__ import annotations

import re
import sys

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from workspace.state import Workspace


def build() -> Starlette:
    here = Workspace()
    installed = AuthorizeResult(
        enterprise_id=None,
        team_id=here.team_id,
        bot_token=here.bot_token,
        bot_id=here.bot_id,
        bot_user_id=here.bot_user_id,
    )

    async def authorize() -> AuthorizeResult:
        return installed

    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    bolt = AsyncApp(
        signing_secret=here.signing_secret, client=AsyncWebClient(), authorize=authorize, process_before_response=True
    )
    bolt.command(re.compile(".*"))(acknowledge)
    slack = AsyncSlackRequestHandler(bolt)

    async def events(request: Request) -> Response:
        return await slack.handle(request)

    async def readyz(_: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"]), Route("/readyz", readyz)])


if __name__ == "__main__":
    uvicorn.run(build(), host="127.0.0.1", port=int(sys.argv[1]), log_config=None, access_log=False)
