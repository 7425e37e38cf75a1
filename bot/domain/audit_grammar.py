"""What people type after `/consult audit`: filters, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.audit_pages import AuditAsked, Group
from bot.domain.dates import parse_date
from bot.domain.folding import fold
from bot.domain.ids import AuditId
from bot.domain.mentions import read_mention
from bot.domain.poll_quotes import read_next
from bot.domain.quoted_words import is_quoted
from bot.domain.refusals import Refusal
from bot.domain.trimmings import trim
from bot.domain.words import Word, join, offer, short_number, span, split

_WORDS = {
    Group.INVITATIONS: "invitations invitation invites letters letter nudges",
    Group.REPRESENTATIVES: "representatives representative representation claims claim",
    Group.SIGN_UPS: "sign-ups sign-up signups signup seats seat reminders",
    Group.ORGANISERS: "organisers organiser organizers organizer",
    Group.MECHANISMS: "mechanisms mechanism register",
    Group.WEBINARS: "webinars webinar sessions session",
    Group.POLLS: "polls poll",
    Group.DELIVERIES: "deliveries delivery messages",
}
_GROUPS = {word: group for group, words in _WORDS.items() for word in words.split()}
_SINCE, _UNTIL = "since", frozenset({"until", "till"})
_DAYS = {"today": 0, "yesterday": 1}
_LONGEST_DATE = 6  # words: "jueves 10 de diciembre de 2026"
_SMALL = frozenset({"", "and", "&", "by", "about", "for", "of", "in", "from", "only", "all", "everything"})
"""What people write between filters. In the name of a mechanism these stay."""

_BEFORE = re.compile(r"#(?P<id>[1-9]\d{0,8})", re.ASCII)
_TOPIC = "audit "


def parse(rest: str, today: date) -> AuditAsked:
    """What decoded `rest` chooses; `today` is the reader's. What isn't any other filter, or stands in quotes, should
    name mechanisms or somebody without an account.

    Raises:
        Refusal("quote-unclosed"), Refusal("quote-in-word")
        Refusal("audit-day-missing"): nothing follows `since` or `until`.
        Refusal("audit-days-twice"), Refusal("audit-days-crossed")
        Refusal: those of `parse_date`, with whole commands as `readings`; those of `read_mention`.
    """
    asked = AuditAsked()
    for each in _filters(rest, today):
        asked = _both(asked, each)
    if asked.since and asked.until and asked.since > asked.until:
        raise Refusal("audit-days-crossed", since=asked.since, until=asked.until)
    kept = (word.text for word in split(rest) if not _BEFORE.fullmatch(word.text))
    return replace(asked, typed=" ".join(kept))


def says_nothing(text: str) -> bool:
    """Whether these are only words that people write between filters."""
    return all(trim(fold(word.text)) in _SMALL for word in split(text))


def next_page(asked: AuditAsked, last: AuditId) -> str:
    """The command that shows what is older than `last`."""
    return " ".join(filter(None, (_TOPIC.strip(), asked.typed, f"#{last}")))


def _filters(text: str, today: date) -> Iterator[AuditAsked]:
    words, place = _words(text), 0
    name: list[Word] = []
    while place < len(words):
        quoted = is_quoted(words[place].text)
        found, length = (_quoted(words[place]), 1) if quoted else _filter(text, words[place:], today)
        if found is None:
            name.append(words[place])
        else:
            yield _named(text, name)
            yield found
            name = []
        place += length
    yield _named(text, name)


def _words(text: str) -> tuple[Word, ...]:
    """By white space, but each quoted part as one."""
    words: list[Word] = []
    at = 0
    while part := read_next(text, at):
        words += split(text, at, part.start)
        words.append(Word(text[part.start : part.end], part.start, part.end))
        at = part.end
    return (*words, *split(text, at))


def _quoted(word: Word) -> AuditAsked:
    return AuditAsked(names=(word.text,))


def _filter(text: str, words: Sequence[Word], today: date) -> tuple[AuditAsked | None, int]:
    """What the first of `words` begins, and how many belong to it; None where it may be of a mechanism's name."""
    word, said = words[0].text, trim(fold(words[0].text))
    if (user := read_mention(word)) is not None:
        return AuditAsked(users=(user,)), 1
    if (webinar := short_number(said, "W")) is not None:
        return AuditAsked(webinars=(webinar,)), 1
    if (poll := short_number(said, "P")) is not None:
        return AuditAsked(polls=(poll,)), 1
    if last := _BEFORE.fullmatch(word):
        return AuditAsked(before=AuditId(int(last["id"]))), 1
    if said in _DAYS:
        day = today - timedelta(days=_DAYS[said])
        return AuditAsked(since=day, until=day), 1
    if said == _SINCE or said in _UNTIL:
        day, length = _day(text, words, today)
        return (AuditAsked(since=day) if said == _SINCE else AuditAsked(until=day)), 1 + length
    return _group(words)


def _group(words: Sequence[Word]) -> tuple[AuditAsked | None, int]:
    for length in (2, 1):  # "sign ups" as well
        said = "-".join(trim(fold(each.text)) for each in words[:length])
        if said in _GROUPS:
            return AuditAsked(groups=(_GROUPS[said],)), min(length, len(words))
    return None, 1


def _day(text: str, words: Sequence[Word], today: date) -> tuple[date, int]:
    """The day that follows the first of `words`, and how many words name it."""
    following = words[1:]
    if not following:
        raise Refusal("audit-day-missing", typed=words[0].text)
    if (said := trim(fold(following[0].text))) in _DAYS:
        return today - timedelta(days=_DAYS[said]), 1
    refused: list[Refusal] = []
    for length in range(min(_LONGEST_DATE, len(following)), 0, -1):
        part = following[:length]
        try:
            return parse_date(join(text, part).rstrip(",;."), today), length
        except Refusal as refusal:
            refused.append(_offering(refusal, text, part))
    raise next((each for each in refused if each.key != "date-unreadable"), refused[-1])


def _offering(refusal: Refusal, text: str, part: Sequence[Word]) -> Refusal:
    start, end = span(part)
    return offer(refusal, _TOPIC + text, (len(_TOPIC) + start, len(_TOPIC) + end))


def _named(text: str, name: Sequence[Word]) -> AuditAsked:
    """What is left of a run of words without the small ones around it."""
    meant = [place for place, each in enumerate(name) if not says_nothing(each.text)]
    return AuditAsked(names=(join(text, name[meant[0] : meant[-1] + 1]),)) if meant else AuditAsked()


def _both(one: AuditAsked, other: AuditAsked) -> AuditAsked:
    if (one.since and other.since) or (one.until and other.until):
        raise Refusal("audit-days-twice")
    return AuditAsked(
        users=tuple(dict.fromkeys(one.users + other.users)),
        names=one.names + other.names,
        webinars=one.webinars + other.webinars,
        polls=one.polls + other.polls,
        groups=tuple(dict.fromkeys(one.groups + other.groups)),
        since=one.since or other.since,
        until=one.until or other.until,
        before=other.before or one.before,
    )
