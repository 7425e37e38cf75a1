"""People and channels, as Slack knows them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import ChannelId, UserId
from bot.domain.members import Profile, Standing
from bot.domain.refusals import Refusal
from bot.slack import outcomes

log = logging.getLogger(__name__)

PAGE = 200
"""People that Slack is asked for at once (docs.slack.dev, pagination)."""

MOST_PAGES = 20
"""More than that are not read: nobody nudges four thousand people."""

STRANGERS = frozenset({"user_not_found", "user_not_visible"})
PRIVATE = frozenset({"channel_not_found", "method_not_supported_for_channel_type"})
"""What Slack says of a conversation that the bot is not in and can't join."""


@dataclass(frozen=True, slots=True)
class SlackDirectory:
    """The directory port. `client` has a short timeout: a command waits for it, and has 3 s in all.

    `bot` is our own user.
    """

    client: AsyncWebClient
    team: str
    bot: UserId

    async def profile(self, user: UserId) -> Profile | None:
        try:
            answer = await self.client.users_info(user=user, include_locale=True)
        except Exception as error:  # noqa: BLE001 - `outcomes.of` raises what isn't Slack's
            reason = outcomes.of(error).reason
            if reason in STRANGERS:
                return Profile(user, name=user, zone=None, locale=None, standing=Standing.OUTSIDER)
            log.warning("users.info of %s: %s", user, reason)
            return None
        return _profile(answer["user"], self.team)

    async def people(self, channel: ChannelId) -> frozenset[UserId] | None:
        found: set[UserId] = set()
        cursor = ""
        try:
            for _ in range(MOST_PAGES):
                answer = await self.client.conversations_members(channel=channel, limit=PAGE, cursor=cursor)
                found |= {UserId(each) for each in answer["members"]}
                cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
                if not cursor:
                    break
        except Exception as error:  # noqa: BLE001 - `outcomes.of` raises what isn't Slack's
            log.warning("conversations.members of %s: %s", channel, outcomes.of(error).reason)
            return None
        return frozenset(found - {self.bot})

    async def enter(self, channel: ChannelId) -> bool:
        try:
            found = (await self.client.conversations_info(channel=channel))["channel"]
            await self._join(found)
            return _is_private(found)
        except Exception as error:
            raise _refusal(error) from error

    async def _join(self, found: dict[str, Any]) -> None:
        if found.get("is_archived"):
            raise Refusal("channel-archived")
        if found.get("is_im") or found.get("is_member"):
            return
        if _is_private(found):
            raise Refusal("channel-private")
        await self.client.conversations_join(channel=found["id"])


def _is_private(found: dict[str, Any]) -> bool:
    return any(found.get(kind) for kind in ("is_private", "is_im", "is_mpim"))


def _refusal(error: Exception) -> Refusal:
    if isinstance(error, Refusal):
        return error
    reason = outcomes.of(error).reason
    if reason in PRIVATE:
        return Refusal("channel-private")
    log.warning("could not enter a channel: %s", reason)
    return Refusal("slack-silent")


def _profile(user: dict[str, Any], team: str) -> Profile:
    zone = user.get("tz")
    return Profile(
        user=UserId(user["id"]),
        name=user.get("real_name") or user.get("name") or user["id"],
        zone=zone if _known(zone) else None,
        locale=user.get("locale"),
        standing=_standing(user, team),
    )


def _standing(user: dict[str, Any], team: str) -> Standing:
    if user.get("is_bot"):
        return Standing.BOT
    if user.get("deleted"):
        return Standing.LEFT
    if user.get("is_stranger") or user.get("team_id", team) != team:
        return Standing.OUTSIDER
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Standing.GUEST
    if user.get("is_admin") or user.get("is_owner"):
        return Standing.ORGANISER
    return Standing.MEMBER


def _known(zone: object) -> bool:
    try:
        return isinstance(zone, str) and ZoneInfo(zone) is not None
    except (ZoneInfoNotFoundError, ValueError):
        return False
