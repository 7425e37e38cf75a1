"""Which app this is, in which workspace, and what it may do: Slack's `auth.test`."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import outcomes


class TokenRefused(Exception):  # noqa: N818 - an answer of Slack's, not a fault
    """Slack does not accept the bot token: a person has to mend it."""


@dataclass(frozen=True, slots=True)
class Identity:
    team: str
    team_name: str
    bot_user: str
    bot_id: str
    scopes: frozenset[str]


async def identify(client: AsyncWebClient) -> Identity:
    """Ask Slack who we are.

    Raises:
        TokenRefused: the token is wrong or revoked.
        ConnectionError: Slack could not be reached, or did not answer properly; worth another try.
    """
    try:
        answer = await client.auth_test()
    except Exception as error:
        result = outcomes.of(error)
        if result.reason in outcomes.TOKEN_ERRORS:
            raise TokenRefused(result.reason) from error
        raise ConnectionError(result.reason) from error
    scopes = answer.headers.get("x-oauth-scopes", "")
    return Identity(
        team=answer["team_id"],
        team_name=answer.get("team") or answer["team_id"],
        bot_user=answer["user_id"],
        bot_id=answer.get("bot_id") or "",
        scopes=frozenset(each.strip() for each in scopes.split(",") if each.strip()),
    )
