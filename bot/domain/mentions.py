"""People as commands mention them: Slack's own token, since a name alone can be borrowed."""

from __future__ import annotations

import re

from bot.domain.ids import UserId
from bot.domain.refusals import Refusal

_MENTION = re.compile(r"<@(?P<user>[UW][A-Z0-9]{1,20})(?:\|[^<>]*)?>[,;.]?")
_BARE = re.compile(r"@\w.*")


def read_mention(word: str) -> UserId | None:
    """Whom a word mentions; None where it mentions nobody.

    Raises:
        Refusal("mention-bare"): `@ana`, which Slack did not take for anybody.
    """
    found = _MENTION.fullmatch(word)
    if found:
        return UserId(found["user"])
    if _BARE.fullmatch(word):
        raise Refusal("mention-bare", typed=word)
    return None


def read_mentions(words: list[str]) -> tuple[UserId, ...]:
    """Everybody whom the words mention, each once.

    Raises:
        Refusal("mention-bare"), Refusal("mention-missing"): there is none.
        Refusal("mention-unreadable"): a word that is none.
    """
    people: dict[UserId, None] = {}
    for word in words:
        user = read_mention(word)
        if user is None and word.strip(",;").casefold() not in ("", "and"):
            raise Refusal("mention-unreadable", typed=word)
        if user is not None:
            people[user] = None
    if not people:
        raise Refusal("mention-missing")
    return tuple(people)
