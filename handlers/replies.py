"""Answers on their way to whoever asked."""

from __future__ import annotations

import logging
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.view import refusals
from bot.view.message import Message
from bot.view.texts import Words
from handlers import faults

log = logging.getLogger(__name__)


def content(words: Words, answer: Message) -> dict[str, Any]:
    """As Slack takes it; an answer that breaks a limit of Slack's is a fault of ours, and told as one."""
    try:
        return answer.content()
    except SlackObjectFormationError as error:
        return refusals.fault(words, faults.reference(error)).content()


async def send(url: str, answer: dict[str, Any]) -> None:
    """To its reader alone, by Slack's response URL."""
    response = await AsyncWebhookClient(url).send(response_type="ephemeral", unfurl_links=False, **answer)
    if response.status_code != 200:
        log.warning("an answer did not reach its sender: %s %s", response.status_code, response.body)
