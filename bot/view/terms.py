"""Who represents a mechanism, in words: their role, their days, and how what they say came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bot.domain.representatives import How, Representative
from bot.domain.roles import Role
from bot.view import people, times
from bot.view.texts import Mrkdwn, Words

ROLES: Mapping[Role, str] = {
    Role.CHAIR: "role-chair",
    Role.CO_CHAIR: "role-co-chair",
    Role.HEAD_OF_SECRETARIAT: "role-head-of-secretariat",
    Role.ALTERNATE: "role-alternate",
    Role.FOCAL_POINT: "role-focal-point",
    Role.ADVISER: "role-adviser",
    Role.OBSERVER: "role-observer",
    Role.FACILITATOR: "role-facilitator",
}
HOWS: Mapping[How, str] = {
    How.LETTER: "how-letter",
    How.EMAIL: "how-e-mail",
    How.NOTE_VERBALE: "how-note-verbale",
    How.TELEPHONE: "how-telephone",
    How.IN_PERSON: "how-in-person",
}


def person(words: Words, each: Representative) -> Mrkdwn:
    """Somebody without an account with how their naming came."""
    name = people.named(each.member)
    return name if each.how is None else words.md("term-how", person=name, how=words.plain(HOWS[each.how]))


def by_role(words: Words, among: Iterable[Representative]) -> Mrkdwn:
    """`Chair: @ana, @ben; Head of Secretariat: @chu`, in the order of the roles."""
    found = list(among)
    said = [
        words.md("term-role", role=words.plain(ROLES[role]), people=Mrkdwn(", ".join(person(words, x) for x in theirs)))
        for role in Role
        if (theirs := [each for each in found if each.role is role])
    ]
    return Mrkdwn("; ".join(said))


def row(words: Words, each: Representative) -> Mrkdwn:
    """`Chair: @ana, from Fri 1 Jan 2027 until Fri 31 Dec 2027`."""
    said = by_role(words, [each])
    term = days(words, each.since, each.until)
    return words.md("term-days", said=said, days=term) if term else said


def days(words: Words, first: date | None, last: date | None) -> str:
    """`from Fri 1 Jan 2027 until Fri 31 Dec 2027`; empty where neither is limited."""
    since = None if first is None else times.day(words, first)
    until = None if last is None else times.day(words, last)
    if since and until:
        return words.plain("days-both", since=since, until=until)
    if since:
        return words.plain("days-since", since=since)
    return words.plain("days-until", until=until) if until else ""
