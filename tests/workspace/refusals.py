"""How Slack's SDK sees a refusal."""

from collections.abc import Awaitable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse


async def refusal_of(call: Awaitable[AsyncSlackResponse]) -> Any:
    """The body of the answer with which the call is refused."""
    with pytest.raises(SlackApiError) as refused:
        await call
    return refused.value.response.data


async def error_of(call: Awaitable[AsyncSlackResponse]) -> str:
    refusal = await refusal_of(call)
    return str(refusal["error"])
