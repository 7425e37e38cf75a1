"""Modals: opened by a trigger that lives about three seconds, changed while they are open."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.refusals import Refusal
from bot.slack import outcomes

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SlackForms:
    """The forms port. `client` has a short timeout: whoever asked for a form waits for it, and has 3 s in all."""

    client: AsyncWebClient

    async def open(self, trigger: str, view: Mapping[str, object]) -> None:
        try:
            await self.client.views_open(trigger_id=trigger, view=dict(view))
        except Exception as error:
            log.warning("a form was not opened: %s", outcomes.of(error).reason)
            raise Refusal("form-not-opened") from error

    async def update(self, view_id: str, view: Mapping[str, object]) -> None:
        try:
            await self.client.views_update(view_id=view_id, view=dict(view))
        except Exception as error:  # noqa: BLE001 - `outcomes.of` raises what isn't Slack's
            log.warning("form %s was not changed: %s", view_id, outcomes.of(error).reason)
