"""One act of the record as a sentence: when, who, what, for which mechanism, and on which authority."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.audit import Authority, Facts
from bot.domain.audit_pages import Recorded, zone_of
from bot.domain.members import Member
from bot.domain.representatives import How
from bot.domain.roles import Role
from bot.view import people, terms, times
from bot.view.message import shorten
from bot.view.texts import Mrkdwn, Words

LONGEST_FACT = 150
"""Of a title, a question or a reason: enough to know it by."""

UNTOLD = "…"
"""In the place of a fact that a record lacks."""

FACTS = (
    "number", "title", "label", "left", "reason", "question", "letter", "deliveries", "mechanism", "changed", "added",
    "people", "letters", "file", "options", "asked", "offered",
)  # fmt: skip
"""Those that texts name as they were kept; each record has some of them."""


def row(words: Words, reader: Member, recorded: Recorded) -> Mrkdwn:
    at = times.token(recorded.at, times.moment(words, recorded.at, zone_of(reader)))
    who = words.md("audit-bot") if recorded.actor is None else people.named(recorded.actor)
    what, authority = _what(words, reader, recorded), _authority(words, recorded)
    return words.md("audit-row", time=at, who=who, what=what, authority=authority)


def _what(words: Words, reader: Member, recorded: Recorded) -> Mrkdwn:
    """In words of its own where it was done for somebody else, or for a reason."""
    key, facts = f"audit-{recorded.act.action}", recorded.act.facts
    if recorded.about is not None and words.has(f"{key}-for"):
        key += "-for"
    if "reason" in facts and words.has(f"{key}-reason"):
        key += "-reason"
    kept = {name: shorten(str(facts.get(name, UNTOLD)), LONGEST_FACT) for name in FACTS}
    return words.md(key, **kept, **_derived(words, reader, recorded))


def _derived(words: Words, reader: Member, recorded: Recorded) -> dict[str, str]:
    facts = recorded.act.facts
    parts = [words.md(f"audit-part-{part}") for part in str(facts.get("parts", "")).split()]
    return {
        "whom": UNTOLD if recorded.about is None else people.named(recorded.about),
        "mechanisms": ", ".join(title for title, _ in recorded.voices) or UNTOLD,
        "before": _span(words, reader, recorded, "was", "ended"),
        "after": _span(words, reader, recorded, "start", "end"),
        "parts": Mrkdwn(", ".join(parts)),
        "role": _role(words, str(facts.get("role", ""))),
        "days": _days(words, facts),
        "how": _how(words, str(facts.get("how", ""))),
    }


def _span(words: Words, reader: Member, recorded: Recorded, first: str, last: str) -> str:
    start, end = (recorded.act.facts.get(name) for name in (first, last))
    if start is None or end is None:
        return UNTOLD
    return times.between(words, datetime.fromisoformat(str(start)), datetime.fromisoformat(str(end)), zone_of(reader))


def _days(words: Words, facts: Facts) -> str:
    """Of a representation: with the comma before it."""
    first, last = (date.fromisoformat(str(facts[name])) if facts.get(name) else None for name in ("since", "until"))
    term = terms.days(words, first, last)
    return f", {term}" if term else ""


def _role(words: Words, name: str) -> str:
    return words.md(f"role-{name}") if name in set(Role) else UNTOLD


def _how(words: Words, it_came: str) -> str:
    return words.md(terms.HOWS[How(it_came)]) if it_came in set(How) else UNTOLD


def _authority(words: Words, recorded: Recorded) -> Mrkdwn:
    voices = [
        words.md("audit-voice", role=words.md(f"role-{role}"), mechanism=title)
        for title, role in recorded.voices
        if role is not None
    ]
    match recorded.act.authority:
        case Authority.REPRESENTATIVE if voices:
            return words.md("audit-as-voice", voices=Mrkdwn(", ".join(voices)))
        case Authority.CLAIM if voices:
            return words.md("audit-as-claim-to-be", voices=Mrkdwn(", ".join(voices)))
        case authority:
            return words.md(f"audit-as-{authority}")
