"""Reading a webinar's invitations as they are now: all of them, or as much as concerns one member."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain.ids import MemberId
from bot.domain.invitations import MOST_PASSES, Book, Given, Invitation, Roll, call, hands_before
from bot.domain.webinars import Webinar
from bot.ports import Tx
from storage import invitation_answers, invitations, representatives


def whole(tx: Tx, webinar: Webinar, now: datetime) -> Roll:
    return of(tx, webinar, tuple(invitations.of_webinar(tx, webinar)), now)


def of(tx: Tx, webinar: Webinar, these: tuple[Invitation, ...], now: datetime) -> Roll:
    """As if these were the webinar's invitations."""
    mechanisms = [each.mechanism.id for each in these if each.mechanism is not None]
    book = Book(
        webinar,
        invitations.letter(tx, webinar),
        these,
        tuple(representatives.of_mechanisms(tx, webinar.workspace, mechanisms)) if mechanisms else (),
        invitation_answers.declined(tx, webinar, None) | invitation_answers.passed_on(tx, webinar),
        invitation_answers.seats(tx, webinar, None),
    )
    return call(book, now)


def of_member(tx: Tx, webinar: Webinar, member: MemberId, now: datetime) -> Roll:
    """The invitations for which the member may be written to or answer: of mechanisms for which they speak, or of
    those by whom it was passed on to them. What is read does not grow with the number of the invited.
    """
    passed = invitation_answers.passed_on(tx, webinar)
    letter = invitations.letter(tx, webinar)
    hands = {member, *hands_before(passed, member)}
    speak_for = {each.mechanism.id for each in representatives.of_members(tx, webinar.workspace, hands)}
    these = tuple(invitations.of_these(tx, webinar, speak_for, hands))
    mechanisms = [each.mechanism.id for each in these if each.mechanism is not None]
    spoken = tuple(representatives.of_mechanisms(tx, webinar.workspace, mechanisms)) if mechanisms else ()
    among = _with_whom_it_was_passed_to({*hands, *(each.member.id for each in spoken)}, passed)
    answers = invitation_answers.declined(tx, webinar, among) | passed
    return call(Book(webinar, letter, these, spoken, answers, invitation_answers.seats(tx, webinar, among)), now)


def _with_whom_it_was_passed_to(among: set[MemberId], passed: Mapping[MemberId, Given]) -> set[MemberId]:
    layer = among
    for _ in range(MOST_PASSES):
        layer = {
            given.instead.id for who in layer if (given := passed.get(who)) is not None and given.instead is not None
        }
        among = among | layer
    return among
