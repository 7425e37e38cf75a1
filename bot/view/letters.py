"""The letter of invitation as its recipient reads it, and the nudge that may follow it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.lists import format_list
from slack_sdk.models.blocks import ActionsBlock

from bot.domain.invitations import Addressee, Mandate
from bot.domain.letters import Letter, Placeholder, parts
from bot.domain.members import Member
from bot.domain.webinars import Session, Webinar
from bot.view import people, times
from bot.view.message import Message, actions, button, paragraphs
from bot.view.signups import take_button
from bot.view.texts import Mrkdwn, Words, encode, inline

DECLINE = "invitation-decline"
INSTEAD = "invitation-instead"
MOST_NAMED = 10
"""Mechanisms that a letter names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a letter is filled in from. `spelt`: its reader's times are written out, for somebody else to look at."""

    webinar: Webinar
    addressee: Addressee
    letter: Letter
    organiser: Member
    now: datetime
    spelt: bool = False


def letter(words: Words, written: Written) -> Message:
    """Its `text` is ours alone: what the organiser wrote stands in the blocks."""
    webinar, addressee = written.webinar, written.addressee
    spans = [times.written(words, each, webinar, addressee.member) for each in ahead(webinar, written.now)]
    text = words.md("letter-text", title=webinar.title, mechanism=_for(words, addressee), times="; ".join(spans))
    return Message(text, (*paragraphs(body(words, written)), buttons(words, webinar, written.now)))


def nudge(words: Words, written: Written) -> Message:
    webinar, addressee = written.webinar, written.addressee
    mechanisms = _mechanisms(words, addressee)
    said = (
        words.md("nudge", mechanism=mechanisms, title=webinar.title)
        if mechanisms
        else words.md("nudge-person", title=webinar.title)
    )
    spans = [times.written(words, each, webinar, addressee.member) for each in ahead(webinar, written.now)]
    text = words.md("nudge-text", said=said, times="; ".join(spans))
    rows = [said, *_sessions(words, written), words.md("nudge-how")]
    return Message(text, (*paragraphs(rows), buttons(words, webinar, written.now)))


def body(words: Words, written: Written) -> list[str]:
    """The lines of the letter."""
    template = written.letter.text or ours(words, written.addressee)
    facts = _facts(words, written)
    filled = "".join(facts[part] if isinstance(part, Placeholder) else encode(part) for part in parts(template))
    return [*_passed_on(words, written.addressee), *filled.split("\n")]


def ours(words: Words, addressee: Addressee | None = None) -> str:
    """Our letter, with its placeholders; to a person by themselves it speaks of no mechanism."""
    marks = {each.value: f"{{{each}}}" for each in Placeholder}
    if addressee is not None and not _mechanisms(words, addressee):
        return words.plain(
            "letter-person",
            name=marks["name"],
            title=marks["title"],
            sessions=marks["sessions"],
            organiser=marks["organiser"],
        )
    return words.plain(
        "letter-ours",
        name=marks["name"],
        mechanism=marks["mechanism"],
        title=marks["title"],
        sessions=marks["sessions"],
        organiser=marks["organiser"],
    )


def buttons(words: Words, webinar: Webinar, now: datetime) -> ActionsBlock:
    """A seat in each session that has one, and the two other answers."""
    takes = [take_button(words, each) for each in ahead(webinar, now) if each.seats_left != 0]
    decline = button(words.plain("button-decline"), DECLINE, webinar.id)
    return actions(*takes, decline, button(words.plain("button-instead"), INSTEAD, webinar.id))


def ahead(webinar: Webinar, now: datetime) -> list[Session]:
    return [each for each in webinar.sessions if each.is_open(now)]


def mandate(words: Words, of: Mandate) -> Mrkdwn:
    """As what somebody is invited: `chair of Colombo Process`."""
    if of.by is not None:
        if of.mechanism is None:
            return words.md("mandate-instead-person", by=people.named(of.by))
        return words.md("mandate-instead", by=people.named(of.by), mechanism=of.mechanism.title)
    if of.mechanism is None or of.role is None:
        return words.md("mandate-person")
    return words.md("mandate-role", role=words.plain(f"role-{of.role}"), mechanism=of.mechanism.title)


def listed(words: Words, names: Iterable[str]) -> Mrkdwn:
    """`A, B and C` of encoded names; those past `MOST_NAMED` are counted."""
    found = list(dict.fromkeys(names))
    shown, left = found[:MOST_NAMED], len(found) - MOST_NAMED
    if left > 0:
        shown = [*shown[:-1], words.count("and-others", left + 1)]
    return Mrkdwn(format_list(shown, locale=words.locale)) if shown else Mrkdwn("")


def _mechanisms(words: Words, addressee: Addressee) -> Mrkdwn:
    return listed(words, (inline(each.mechanism.title) for each in addressee.mandates if each.mechanism is not None))


def _for(words: Words, addressee: Addressee) -> Mrkdwn:
    return _mechanisms(words, addressee) or _name(addressee.member)


def _name(member: Member) -> Mrkdwn:
    """In a letter people are called by their names, where they are known."""
    return inline(member.name) if member.name else people.named(member)


def _facts(words: Words, written: Written) -> Mapping[Placeholder, str]:
    addressee = written.addressee
    roles = [words.plain(f"role-{each.role}") for each in addressee.mandates if each.role is not None]
    return {
        Placeholder.NAME: _name(addressee.member),
        Placeholder.MECHANISM: _mechanisms(words, addressee) or words.md("letter-no-mechanism"),
        Placeholder.ROLE: listed(words, roles) or words.md("letter-no-role"),
        Placeholder.TITLE: inline(written.webinar.title),
        Placeholder.SESSIONS: "\n".join(_sessions(words, written)),
        Placeholder.ORGANISER: _name(written.organiser),
    }


def _sessions(words: Words, written: Written) -> list[Mrkdwn]:
    webinar = written.webinar
    return [
        words.md(
            "letter-session",
            label=each.label,
            own=_own(words, written, each),
            host=times.host(words, each, webinar),
        )
        for each in ahead(webinar, written.now)
    ]


def _own(words: Words, written: Written, session: Session) -> str:
    zone = written.addressee.member.zone
    if not written.spelt:
        return times.own(words, session, written.webinar)
    return times.moment(words, session.starts_at, written.webinar.zone if zone is None else ZoneInfo(zone))


def _passed_on(words: Words, addressee: Addressee) -> list[str]:
    """By whom it was passed on, and for what."""
    said = [
        words.md("letter-passed-on-person", by=people.named(each.by))
        if each.mechanism is None
        else words.md("letter-passed-on", by=people.named(each.by), mechanism=each.mechanism.title)
        for each in addressee.mandates
        if each.by is not None
    ]
    return [*said[:MOST_NAMED], ""] if said else []
