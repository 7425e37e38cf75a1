from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.deliveries import DeliveryState, Owed, Pointless
from bot.domain.ids import DeliveryId, MemberId, RepresentativeId
from bot.domain.invitation_letters import amends, letter_to, nudge_to
from bot.domain.invitations import MOST_PASSES, AnswerState, Book, Given, Invitation, Seat, Standing, call, merge
from bot.domain.letters import Letter
from bot.domain.planned_letters import INVITATION, Planned
from bot.domain.representatives import RepresentationState, Representative
from bot.domain.roles import CHAIRS, Role
from tests.domain.invited import MECHANISMS, NOW, PEOPLE, books, member, session, webinar

MOMENTS = st.integers(-48, 24 * 14).map(lambda hours: NOW + timedelta(hours=hours))
PDIC, OTHER, _ = MECHANISMS


def reaches(book: Book, now: datetime) -> set[MemberId]:
    """Everybody who may be written to, said another way: by who speaks, who was invited, and three hands further."""
    reached = {
        each.member.id
        for each in book.representatives
        for invitation in book.invitations
        if each.speaks_at(now) and each.mechanism == invitation.mechanism and invitation.writes_to(each.role)
    }
    reached |= {each.member.id for each in book.invitations if each.member is not None}
    for _ in range(MOST_PASSES):
        passed = {who: given.instead.id for who, given in book.answers.items() if given.instead is not None}
        reached |= {passed[who] for who in reached if who in passed}
    return reached


@given(books(), MOMENTS)
def test_whoever_is_owed_a_letter_speaks_now_or_was_invited_and_nobody_is_owed_it_twice(
    book: Book, now: datetime
) -> None:
    owed = amends(call(book, now), (), now).owe
    letters = [each.member for each in owed if each.kind == INVITATION]
    assert len(letters) == len(set(letters))
    assert set(letters) <= reaches(book, now)
    assert all(member(each).has_account for each in letters if each is not None)
    keys = [(each.member, each.kind) for each in owed]
    assert len(keys) == len(set(keys))


@given(books(), MOMENTS)
def test_who_is_owed_a_nudge_is_owed_a_letter_and_nobody_of_a_mechanism_of_theirs_has_answered(
    book: Book, now: datetime
) -> None:
    roll = call(book, now)
    owed = amends(roll, (), now).owe
    letters = {each.member for each in owed if each.kind == INVITATION}
    for each in owed:
        assert each.member in letters
        if each.kind != INVITATION and each.member is not None:
            assert book.standing_of(each.member) is Standing.SILENT
            assert any(not party.has_answered for party in roll.parties_of(each.member))
            assert each.due_at > now


def planned(owed: Owed, state: DeliveryState = DeliveryState.PENDING, reason: str | None = None) -> Planned:
    assert owed.member is not None
    return Planned(DeliveryId(1), owed.kind, owed.member, state, reason, owed.due_at, owed.expires_at)


@given(books(), MOMENTS)
def test_what_is_planned_as_it_should_be_is_left_alone(book: Book, now: datetime) -> None:
    roll = call(book, now)
    standing = [planned(each) for each in amends(roll, (), now).owe]
    assert not amends(roll, standing, now)


@given(books(), MOMENTS, st.integers(1, 24 * 7))
def test_what_is_planned_is_right_again_after_one_round_however_long_nobody_looked(
    book: Book, now: datetime, hours: int
) -> None:
    later = now + timedelta(hours=hours)
    standing = {(each.member, each.kind): planned(each) for each in amends(call(book, now), (), now).owe}
    roll = call(book, later)
    found = amends(roll, list(standing.values()), later)
    assert all(not standing.get((each.member, each.kind)) for each in found.owe)
    pending = [each for each in standing.values() if isinstance(letter_to(roll, each.member, later), Pointless)]
    assert len(found.end) >= len(pending)


@pytest.mark.parametrize(
    ("state", "reason", "again"),
    [
        (DeliveryState.SUPERSEDED, "speaks-no-longer", True),
        (DeliveryState.CANCELLED, "uninvited", True),
        (DeliveryState.CANCELLED, "let-be", False),
        (DeliveryState.SENT, None, False),
        (DeliveryState.SENDING, None, False),
        (DeliveryState.UNKNOWN, "no-answer", False),
        (DeliveryState.FAILED, "user_disabled", False),
        (DeliveryState.EXPIRED, "too-late", False),
    ],
)
def test_a_letter_is_owed_again_only_where_it_was_given_up(
    state: DeliveryState, reason: str | None, *, again: bool
) -> None:
    roll = call(spoken(Invitation(OTHER, None, None, MemberId(99), NOW), chair()), NOW)
    (letter, *_) = amends(roll, (), NOW).owe
    owed = amends(roll, (planned(letter, state, reason),), NOW).owe
    assert (INVITATION in {each.kind for each in owed}) is again
    if state is DeliveryState.FAILED or reason == "let-be":
        assert not owed, "nor are nudges about a letter that nobody got"


def chair(place: int = 1, role: Role = Role.CHAIR) -> Representative:
    return Representative(RepresentativeId(place), OTHER, member(place), role, None, None, RepresentationState.NAMED)


def spoken(invitation: Invitation, *speak: Representative, **more: object) -> Book:
    return Book(webinar(session(1)), Letter(), (invitation,), speak, **more)  # type: ignore[arg-type] # of the rest


OF_CHAIRS = Invitation(OTHER, None, CHAIRS, MemberId(99), NOW)
DECLINED = Given(AnswerState.DECLINED, NOW)
EARLIER, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("seat", "answer", "standing"),
    [
        (None, None, Standing.SILENT),
        (Seat(session(1), NOW), None, Standing.ATTENDING),
        (Seat(session(1), EARLIER), DECLINED, Standing.ATTENDING),
        (Seat(None, NOW), None, Standing.DECLINED),
        (None, DECLINED, Standing.DECLINED),
        (None, Given(AnswerState.PASSED_ON, NOW, member(2)), Standing.PASSED_ON),
        (Seat(None, EARLIER), Given(AnswerState.PASSED_ON, NOW, member(2)), Standing.PASSED_ON),
        (Seat(None, LATER), Given(AnswerState.PASSED_ON, NOW, member(2)), Standing.DECLINED),
    ],
)
def test_a_seat_goes_before_what_was_said_and_the_later_of_two_answers_counts(
    seat: Seat | None, answer: Given | None, standing: Standing
) -> None:
    seats = {} if seat is None else {MemberId(1): seat}
    answers = {} if answer is None else {MemberId(1): answer}
    (party,) = call(spoken(OF_CHAIRS, chair(), answers=answers, seats=seats), NOW).parties
    assert party.standing is standing
    assert party.has_answered is (standing in (Standing.ATTENDING, Standing.DECLINED))


def test_a_mechanism_of_which_nobody_can_be_written_to_is_unreachable() -> None:
    for speak in ((), (chair(PEOPLE),), (chair(2, Role.ALTERNATE),)):
        (party,) = call(spoken(OF_CHAIRS, *speak), NOW).parties
        assert party.standing is Standing.UNREACHABLE


def test_an_alternate_who_was_not_written_to_answers_all_the_same() -> None:
    book = spoken(OF_CHAIRS, chair(), chair(2, Role.ALTERNATE), answers={MemberId(2): DECLINED})
    roll = call(book, NOW)
    assert set(roll.addressees) == {MemberId(1)}
    assert roll.parties[0].has_answered
    assert nudge_to(roll, MemberId(1), "nudge", NOW) == Pointless(DeliveryState.CANCELLED, "answered")


def test_merging_widens_the_roles_and_says_what_is_new() -> None:
    heads = Invitation(OTHER, None, frozenset({Role.HEAD_OF_SECRETARIAT}), MemberId(1), LATER)
    everybody = Invitation(OTHER, None, None, MemberId(1), LATER)
    after, new = merge((OF_CHAIRS,), (heads,))
    assert new == after
    assert after[0].roles == CHAIRS | {Role.HEAD_OF_SECRETARIAT}
    assert after[0].at == OF_CHAIRS.at
    after, new = merge((everybody,), (heads,))
    assert (after, new) == ((everybody,), ())
    assert merge((), (heads, heads))[1] == (heads,)


def test_one_to_whom_an_alternate_and_the_chair_pass_it_on_is_written_to() -> None:
    answers = {MemberId(place): Given(AnswerState.PASSED_ON, NOW, member(3)) for place in (1, 2)}
    for speak in ((chair(), chair(2, Role.ALTERNATE)), (chair(2, Role.ALTERNATE), chair())):
        assert MemberId(3) in call(spoken(OF_CHAIRS, *speak, answers=answers), NOW).addressees
