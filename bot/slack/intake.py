"""Files of people, fetched from Slack."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import UserId
from bot.domain.refusals import Refusal
from bot.domain.sent_files import MOST_BYTES, MOST_MB, SentFile
from bot.slack import outcomes

log = logging.getLogger(__name__)

HTTPS = "https"
PAGE = "text/html"
"""What comes in the place of a file where Slack does not take the token: a page to sign in, with status 200."""

NO_FILE = frozenset({"file_not_found", "file_deleted", "not_visible", "file_not_visible"})


@dataclass(frozen=True, slots=True)
class SlackIntake:
    """The intake port. A form waits for it: `timeout_s` is for all that it does together."""

    client: AsyncWebClient
    http: aiohttp.ClientSession
    timeout_s: float

    async def fetch(self, file: SentFile, sender: UserId) -> bytes:
        try:
            async with asyncio.timeout(self.timeout_s):
                told = file if file.url else await self._told(file)
                return await self._bytes(_checked(told, sender))
        except Refusal:
            raise
        except Exception as error:
            reason = outcomes.of(error).reason
            log.warning("a file was not fetched: %s", reason)
            raise _refusal(reason) from error

    async def _told(self, file: SentFile) -> SentFile:
        """What Slack knows of it, where the form told of its id alone (docs.slack.dev, file_access)."""
        told = (await self.client.files_info(file=file.id))["file"]
        url, name = told.get("url_private_download") or told.get("url_private"), told.get("name") or file.name
        return replace(file, name=name, size=told.get("size"), url=url, owner=told.get("user"))

    async def _bytes(self, file: SentFile) -> bytes:
        """The token goes to Slack's host alone, and along with no redirect."""
        url = file.url or ""
        if not is_of_slack(url, self.client.base_url):
            raise Refusal("file-elsewhere")
        headers = {"Authorization": f"Bearer {self.client.token}"}
        async with self.http.get(url, headers=headers, allow_redirects=False) as answer:
            _check(answer)
            content = b""
            async for chunk in answer.content.iter_any():
                content += chunk
                if len(content) > MOST_BYTES:
                    raise Refusal("file-too-large", limit=MOST_MB)
        return content


def _checked(file: SentFile, sender: UserId) -> SentFile:
    if file.owner not in (None, sender):
        raise Refusal("file-gone")
    if (file.size or 0) > MOST_BYTES:
        raise Refusal("file-too-large", limit=MOST_MB)
    return file


def _check(answer: aiohttp.ClientResponse) -> None:
    if answer.status == HTTPStatus.NOT_FOUND:
        raise Refusal("file-gone")
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Refusal("file-silent")
    if answer.status != HTTPStatus.OK or answer.content_type == PAGE:
        log.warning("Slack does not hand files over (%s): is the scope files:read granted?", answer.status)
        raise Refusal("file-withheld")


def is_of_slack(url: str, api_url: str) -> bool:
    """Whether that is where Slack keeps files: at `files.` of its API's host; a stand-in has them at its own."""
    scheme, host = _origin(api_url)
    return _origin(url) in {(scheme, host), (HTTPS, f"files.{host.removeprefix('www.')}")}


def _origin(url: str) -> tuple[str, str]:
    """Whatever stands before or behind the host is part of it here: another port or a name to log in is another."""
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _refusal(reason: str) -> Refusal:
    if reason in NO_FILE:
        return Refusal("file-gone")
    return Refusal("file-withheld" if reason in outcomes.TOKEN_ERRORS else "file-silent")
