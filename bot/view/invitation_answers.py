"""What is said to whoever answers an invitation, and to the organiser who enters an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias, assert_never

from bot.domain.invitation_outcomes import AnsweredNo, HoldsSeat, PassedOn, TermEnded
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Member
from bot.view import people
from bot.view.letters import INSTEAD, listed
from bot.view.message import Message, actions, button, lines, note
from bot.view.signups import GIVE_BACK, take_buttons
from bot.view.texts import Mrkdwn, Words, inline

Told: TypeAlias = AnsweredNo | HoldsSeat | TermEnded | PassedOn


def outcome(words: Words, told: Told, now: datetime) -> Message:
    match told:
        case AnsweredNo(webinar, _, mechanisms, _, again):
            said = words.md("declined-again" if again else "declined", title=webinar.title)
            instead = actions(button(words.plain("button-instead"), INSTEAD, webinar.id))
            rows = lines(said, *_for(words, mechanisms), words.md("declined-next"))
            return note(rows, *take_buttons(words, webinar, now), instead)
        case HoldsSeat(webinar, session):
            said = words.md("declines-with-seat", label=session.label, title=webinar.title)
            return note(said, actions(button(words.plain("button-give-back"), GIVE_BACK, session.id)))
        case TermEnded(webinar, ended):
            rows = lines(words.md("term-ended", title=webinar.title), *(_now(words, *each) for each in ended))
            return note(rows)
        case PassedOn():
            return note(lines(*_passed_on(words, told)))
        case _:
            assert_never(told)


def entered(words: Words, told: AnsweredNo) -> Message:
    how = "" if told.how is None else words.plain(f"how-{told.how}")
    person = people.named(told.member)
    key = "answer-entered-again" if told.again else "answer-entered"
    said = words.md(key, person=person, how=how, number=told.webinar.number, title=told.webinar.title)
    return note(lines(said, *_for(words, told.mechanisms)))


def _passed_on(words: Words, told: PassedOn) -> list[Mrkdwn]:
    instead = people.named(told.instead)
    if told.again:
        return [words.md("passed-on-again", instead=instead, title=told.webinar.title)]
    rows = [
        words.md(
            "passed-on" if told.instead.has_account else "passed-on-by-post", instead=instead, title=told.webinar.title
        ),
        *_for(words, told.mechanisms),
    ]
    if told.before is not None:
        rows.append(words.md("passed-on-before", before=people.named(told.before)))
    return rows


def _for(words: Words, mechanisms: Sequence[Mechanism]) -> list[Mrkdwn]:
    """Whose answer it is."""
    if not mechanisms:
        return []
    return [words.md("answer-is-for", mechanisms=listed(words, (inline(each.title) for each in mechanisms)))]


def _now(words: Words, mechanism: Mechanism, speakers: Sequence[Member]) -> Mrkdwn:
    if not speakers:
        return words.md("term-ended-nobody", mechanism=mechanism.title)
    return words.md("term-ended-now", mechanism=mechanism.title, people=people.listed(speakers))
