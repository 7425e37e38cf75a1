"""Whom we answer: requests of the workspace where the app is installed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltResponse

from bot.domain.ids import ChannelId
from bot.usecases import messages
from bot.view import forms, refusals
from handlers import replies
from handlers.desk import Desk


@dataclass(frozen=True, slots=True)
class Door:
    """Bolt middleware. What decides is where the app is installed, not where the actor comes from.

    A request of another workspace's installation is answered plainly and stores nothing. `bot` is our bot's id.
    """

    desk: Desk
    bot: str

    async def __call__(self, body: dict[str, Any], next: Callable[[], Awaitable[BoltResponse]]) -> BoltResponse:  # noqa: A002 - Bolt's name
        if await self._ours(body):
            return await next()
        words = self.desk.words()
        answer = refusals.plain(words, "not-installed-here")
        if "command" in body:
            return BoltResponse(status=200, body={"response_type": "ephemeral", "text": answer.text})
        if body.get("type") == "view_submission":
            return BoltResponse(status=200, body={"response_action": "update", "view": forms.told(words, answer)})
        if isinstance(url := body.get("response_url"), str):
            self.desk.background.start(replies.send(url, replies.content(words, answer)))
        return BoltResponse(status=200, body="")

    async def _ours(self, body: dict[str, Any]) -> bool:
        if body.get("type") == "url_verification":
            return True  # Slack asks whether the address answers: of no workspace (docs.slack.dev, url_verification)
        if "team_id" in body:
            return bool(body["team_id"] == self.desk.team)
        view, team = body.get("view") or {}, body.get("team") or {}
        if "app_installed_team_id" in view:
            return bool(view["app_installed_team_id"] == self.desk.team)
        if team.get("id") == self.desk.team:
            return True
        return await self._our_message(body)

    async def _our_message(self, body: dict[str, Any]) -> bool:
        """A person of another workspace pressed a button in a channel that we share with theirs.

        A bot's id is its own in each workspace. What was shown to one person alone bears none: then it is our
        channel that counts.
        """
        bot, channel = (body.get("message") or {}).get("bot_id"), (body.get("container") or {}).get("channel_id")
        if bot is not None or not isinstance(channel, str):
            return bool(bot == self.bot)
        return await self.desk.db.read(messages.stand_in, self.desk.team, ChannelId(channel))
