"""Claims to speak for a mechanism: to organisers, who decide, and to whoever made one; and seats in a capacity."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.domain.capacities import ClaimDecided, ClaimsListed, SeatAs
from bot.domain.members import Member
from bot.domain.representatives import Representative
from bot.domain.signups import AlreadySignedUp
from bot.domain.webinars import Webinar
from bot.view import representatives as view
from bot.view import signups, terms
from bot.view.message import Message, actions, as_fit, button, context, lines, note, paragraphs, section
from bot.view.texts import Mrkdwn, Words

CONFIRM = "claim-confirm"
REFUSE = "claim-refuse"


def seated(words: Words, reader: Member, outcome: SeatAs, now: datetime) -> Message:
    """The seat, and right under it in which capacity."""
    seat = signups.outcome(words, reader, outcome.taken, now)
    if outcome.capacity is None:
        return seat
    key = "capacity-kept" if isinstance(outcome.taken, AlreadySignedUp) else "capacity-taken"
    rows = [
        words.md(key, role=view.role(words, outcome.capacity.role), mechanism=outcome.capacity.mechanism.title),
        standing(words, outcome.capacity, now),
    ]
    said = lines(*(row for row in rows if row))
    first, *others = seat.blocks
    return Message(f"{seat.text} {said}", (first, section(said), *others))


def standing(words: Words, capacity: Representative, now: datetime) -> Mrkdwn:
    """What keeps a capacity from being the mechanism's voice, if anything does."""
    if not capacity.is_named:
        return words.md("capacity-is-claim")
    if not capacity.speaks_at(now):
        return words.md("capacity-to-come", days=view.days(words, capacity.since, capacity.until))
    return Mrkdwn("")


def to_organiser(words: Words, webinar: Webinar, claim: Representative) -> Message:
    """By itself, to whoever runs the webinar."""
    said = words.md(
        "claim-made",
        who=terms.person(words, claim),
        number=webinar.number,
        title=webinar.title,
        role=view.role(words, claim.role),
        mechanism=claim.mechanism.title,
    )
    return note(lines(said, words.md("claim-until-then")), _buttons(words, claim))


def to_claimant(words: Words, claim: Representative) -> Message:
    key = "claim-was-confirmed" if claim.is_named else "claim-was-refused"
    return note(words.md(key, role=view.role(words, claim.role), mechanism=claim.mechanism.title))


def listed(words: Words, outcome: ClaimsListed) -> Message:
    if not outcome.claims:
        return note(words.md("claims-none"))
    said = [_line(words, each) for each in outcome.claims]
    groups = [[*paragraphs([row]), _buttons(words, each)] for row, each in zip(said, outcome.claims, strict=True)]
    fitting = as_fit(groups)
    left = len(groups) - len(fitting)
    more = [words.count("and-more", left)] if left else []
    heading = words.md("claims-heading")
    blocks = [block for group in fitting for block in group]
    text = lines(heading, *said[: len(fitting)], *more)
    return Message(text, (section(heading), *blocks, *(context(each) for each in more)))


def decided(words: Words, outcome: ClaimDecided) -> Message:
    claim = outcome.representative
    facts = {
        "who": terms.person(words, claim),
        "role": view.role(words, claim.role),
        "mechanism": claim.mechanism.title,
    }
    if not outcome.confirmed:
        return note(words.md("claim-refused", **facts))
    days = view.days(words, claim.since, claim.until)
    said = words.md("claim-confirmed", days=days, **facts)
    return note(lines(said, view.midnight(words, claim.mechanism)))


def _line(words: Words, claim: Representative) -> Mrkdwn:
    role = view.role(words, claim.role)
    return words.md("claim-line", who=terms.person(words, claim), role=role, mechanism=claim.mechanism.title)


def _buttons(words: Words, claim: Representative) -> Block:
    confirm = button(words.plain("button-claim-confirm"), CONFIRM, claim.id, style="primary")
    return actions(confirm, button(words.plain("button-claim-refuse"), REFUSE, claim.id))
