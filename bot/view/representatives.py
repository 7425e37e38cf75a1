"""Who speaks for a mechanism: in words, and what an organiser has named or removed."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.mechanisms import Mechanism
from bot.domain.members import Member
from bot.domain.representations import (
    Did,
    RepresentationNamed,
    RepresentativesNamed,
    RepresentativesRemoved,
    TermEnded,
    day_before,
)
from bot.domain.representatives import How, Representative
from bot.domain.roles import Role
from bot.domain.zones import display_name
from bot.view import times
from bot.view.message import BUTTONS, Message, actions, as_fit, button, context, lines, note, paragraphs
from bot.view.terms import HOWS, ROLES, person
from bot.view.texts import Mrkdwn, Words

REMOVE = "represent-remove"
END = "represent-end"


def role(words: Words, of: Role) -> str:
    return words.plain(ROLES[of])


def how(words: Words, it_came: How) -> str:
    """`by letter`."""
    return words.plain(HOWS[it_came])


def days(words: Words, since: date | None, until: date | None) -> str:
    first = None if since is None else times.day(words, since)
    last = None if until is None else times.day(words, until)
    if first is None:
        return words.plain("days-unlimited") if last is None else words.plain("days-until", until=last)
    return words.plain("days-from", since=first) if last is None else words.plain("days-both", since=first, until=last)


def spelt(member: Member) -> str:
    """For a button, where no mention is shown as a name."""
    return member.name or member.user


def midnight(words: Words, mechanism: Mechanism) -> Mrkdwn:
    """Where its days begin, so that nobody has to guess."""
    return words.md("days-begin", mechanism=mechanism.title, city=display_name(ZoneInfo(mechanism.zone_name)))


def named(words: Words, outcome: RepresentativesNamed) -> Message:
    """All that was understood, what is there besides, and buttons that take it back."""
    cities = dict.fromkeys(midnight(words, each.representative.mechanism) for each in outcome.rows)
    groups = [(_rows(words, each), _buttons(words, each)) for each in outcome.rows]
    fitting = as_fit([*paragraphs(rows), *_actions(buttons)] for rows, buttons in groups)
    left = len(groups) - len(fitting)
    rest = [*([words.count("and-more", left)] if left else ()), *cities]
    text = lines(*(row for rows, _ in groups[: len(fitting)] for row in rows), *rest)
    return Message(text, (*(block for group in fitting for block in group), *(context(each) for each in rest)))


def beside(words: Words, each: Representative) -> Mrkdwn:
    """Somebody else in a role that mostly one person holds: it may be right."""
    return words.md("represent-beside", **_facts(words, each))


def removed(words: Words, outcome: RepresentativesRemoved) -> Message:
    return note(lines(*(words.md("represent-removed", **_facts(words, each)) for each in outcome.rows)))


def ended(words: Words, outcome: TermEnded) -> Message:
    key = "represent-ended-already" if outcome.already else "represent-ended"
    one = outcome.representative
    return note(lines(words.md(key, **_facts(words, one)), midnight(words, one.mechanism)))


def _rows(words: Words, row: RepresentationNamed) -> list[Mrkdwn]:
    rows = [words.md(f"represent-{row.did}", **_facts(words, row.representative))]
    if row.before is not None:
        rows.append(words.md("represent-before", days=days(words, row.before.since, row.before.until)))
    return rows + [beside(words, each) for each in row.beside]


def _buttons(words: Words, row: RepresentationNamed) -> list[ButtonElement]:
    if row.did is Did.SAME:
        return []
    one = row.representative
    buttons = [button(words.plain("button-represent-remove", name=spelt(one.member)), REMOVE, one.id)]
    for each in row.beside:
        last = day_before(one, each)
        if last is not None:
            label = words.plain("button-represent-end", name=spelt(each.member), day=times.day(words, last))
            buttons.append(button(label, END, one.id, choice=each.id))
    return buttons


def _actions(buttons: list[ButtonElement]) -> list[Block]:
    """As many as Slack shows; whom they leave out is named above."""
    return [actions(*buttons[:BUTTONS])] if buttons else []


def _facts(words: Words, each: Representative) -> dict[str, str]:
    return {
        "who": person(words, each),
        "mechanism": each.mechanism.title,
        "role": role(words, each.role),
        "days": days(words, each.since, each.until),
    }
