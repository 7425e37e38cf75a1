"""Files that people put into a form."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import UserId

MOST_MB = 1
MOST_BYTES = MOST_MB * 1_000_000


@dataclass(frozen=True, slots=True)
class SentFile:
    """As the form tells of it, or Slack where it is asked. `url` is where its bytes are; None is what wasn't told."""

    id: str
    name: str
    size: int | None = None
    url: str | None = None
    owner: UserId | None = None
