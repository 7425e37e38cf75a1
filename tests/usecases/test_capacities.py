"""Seats in a capacity, claims, and seats for others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, select, update

from bot.domain.audit import Action, Authority
from bot.domain.audit_pages import AuditAsked, Group
from bot.domain.capacities import SeatAs
from bot.domain.ids import RepresentativeId
from bot.domain.members import Standing
from bot.domain.proxy_seats import SeatFor, SeatGivenBackFor
from bot.domain.representations import NewRepresentation
from bot.domain.representatives import How, RepresentationState, Representative
from bot.domain.roles import Role
from bot.domain.signups import AlreadySignedUp, Full, GivenBack, HoldsNoSeat, Moved, SignedUp
from bot.domain.webinar_changes import CancelWebinar, MoveWebinar
from bot.domain.webinar_entries import read_change
from bot.domain.webinar_grammar import parse as parse_webinar
from bot.usecases import audit, audit_pages, claims, members, representatives, signups, webinar_changes, webinars
from storage import mechanisms
from storage import representatives as rows
from storage.consultation_tables import audit as audit_rows
from storage.tables import deliveries, sessions
from storage.tables import members as member_rows
from storage.tables import signups as seats
from tests.domain import refused
from tests.usecases.consultations import ANA, BEN, CHU, NOW, acts, mechanism, owed, settle, types

CHAIR = "afternoon as chair for Colombo Process"


@pytest.fixture
def tx(blank: Connection) -> Connection:
    settle(blank)
    return blank


def name(tx: Connection, role: Role = Role.CHAIR, code: str = "colombo", **days: date) -> Representative:
    new = NewRepresentation(BEN.user, mechanism(tx, code).id, role, **days)
    return representatives.name(tx, ANA, [new], now=NOW).outcome.rows[0].representative


def capacity(tx: Connection, typed: str) -> Representative:
    outcome = types(tx, BEN, typed)
    assert isinstance(outcome, SeatAs)
    assert outcome.capacity is not None
    return outcome.capacity


def all_of(tx: Connection) -> list[Representative]:
    return rows.of_member(tx, members.recognise(tx, "T1").id, members.meet(tx, BEN).id)


def test_who_is_named_takes_the_seat_in_that_capacity_and_nothing_is_claimed(tx: Connection) -> None:
    named = name(tx)
    for typed in (CHAIR, "morning as chair", "afternoon for Colombo", "for Colombo as chair"):
        assert capacity(tx, typed).id == named.id
    assert not owed(tx, "claim-")
    (seat,) = tx.execute(select(seats.c.representative_id)).scalars()
    assert seat == named.id


def test_a_term_that_is_still_to_come_is_no_claim_either(tx: Connection) -> None:
    named = name(tx, since=date(2027, 1, 1))
    assert capacity(tx, CHAIR).id == named.id
    assert not owed(tx, "claim-")
    newest = select(audit_rows.c.authority).order_by(audit_rows.c.id.desc()).limit(1)
    assert tx.execute(newest).scalar() == Authority.SELF, "nobody's voice until then"


def test_a_term_that_is_over_is_claimed_anew(tx: Connection) -> None:
    over = name(tx, since=date(2025, 1, 1), until=date(2025, 12, 31))
    claimed = capacity(tx, CHAIR)
    assert (claimed.id != over.id, claimed.state) == (True, RepresentationState.CLAIMED)


def test_a_claim_is_one_row_and_one_message_however_often_it_is_made(tx: Connection) -> None:
    assert capacity(tx, CHAIR).id == capacity(tx, CHAIR).id == capacity(tx, "morning as chair for Colombo").id
    assert [each.state for each in all_of(tx)] == [RepresentationState.CLAIMED]
    assert owed(tx, "claim-") == [(f"claim-{all_of(tx)[0].id}", ANA.user)]
    assert acts(tx).count(Action.CLAIM_MADE) == 1
    assert not audit.spoken_for(tx, members.meet(tx, BEN), NOW), "it is nobody's voice"


def test_a_confirmed_claim_speaks_from_today_on_and_its_maker_is_told(tx: Connection) -> None:
    claim = capacity(tx, CHAIR)
    decided = claims.decide(tx, ANA, claim.id, confirm=True, now=NOW).outcome.representative
    assert (decided.state, decided.since, decided.until) == (RepresentationState.NAMED, date(2026, 12, 1), None)
    assert audit.spoken_for(tx, members.meet(tx, BEN), NOW)
    assert owed(tx, "decision-") == [(f"decision-{claim.id}", BEN.user)]
    assert acts(tx)[-1] == Action.CLAIM_CONFIRMED
    assert capacity(tx, CHAIR).id == claim.id


def test_a_refused_claim_leaves_the_seat_and_speaks_for_nobody(tx: Connection) -> None:
    claim = capacity(tx, CHAIR)
    assert not claims.decide(tx, ANA, claim.id, confirm=False, now=NOW).outcome.confirmed
    assert isinstance(types(tx, BEN, "afternoon"), AlreadySignedUp)
    assert not audit.spoken_for(tx, members.meet(tx, BEN), NOW)
    shown = signups.status(tx, BEN, None, now=NOW).outcome
    assert (len(shown.held), shown.capacities) == (1, {})


def test_the_same_claim_is_not_made_again_within_a_week_of_its_refusal_and_the_seat_alone_is_offered(
    tx: Connection,
) -> None:
    claims.decide(tx, ANA, capacity(tx, CHAIR).id, confirm=False, now=NOW)
    types(tx, BEN, "morning")
    lately = NOW + timedelta(days=7) - timedelta(seconds=1)
    again = refused.refusal(lambda: types(tx, BEN, CHAIR, lately))
    assert (again.key, again.facts["user"]) == ("claim-refused-lately", ANA.user)
    assert again.facts["readings"] == ("W1 afternoon",)
    kept = refused.refusal(lambda: types(tx, BEN, "morning as chair for Colombo Process", lately))
    assert kept.facts["readings"] == (), "they have that seat already"
    assert (len(owed(tx, "claim-")), acts(tx).count(Action.CLAIM_MADE)) == (1, 1)
    assert capacity(tx, "morning as adviser for Colombo").role is Role.ADVISER, "another role is another claim"
    types(tx, BEN, CHAIR, NOW + timedelta(days=7))
    assert len(owed(tx, "claim-")) == 3


def test_an_organiser_names_whoever_has_been_refused(tx: Connection) -> None:
    claims.decide(tx, ANA, capacity(tx, CHAIR).id, confirm=False, now=NOW)
    named = name(tx)
    assert capacity(tx, CHAIR) == named


@pytest.mark.parametrize("confirm", [True, False])
def test_a_claim_is_decided_once_by_whichever_organiser(tx: Connection, confirm: bool) -> None:  # noqa: FBT001 - a test's value
    claim = capacity(tx, CHAIR)
    assert refused.key(lambda: claims.decide(tx, BEN, claim.id, confirm=confirm, now=NOW)) == "organisers-only"
    claims.decide(tx, ANA, claim.id, confirm=confirm, now=NOW)
    done = "confirmed" if confirm else "refused"
    again = refused.key(lambda: claims.decide(tx, ANA, claim.id, confirm=not confirm, now=NOW))
    assert again == f"claim-{done}-by-you"
    tx.execute(member_rows.update().where(member_rows.c.user == BEN.user).values(organises=True))
    assert refused.key(lambda: claims.decide(tx, BEN, claim.id, confirm=True, now=NOW)) == f"claim-{done}-already"
    assert refused.key(lambda: claims.decide(tx, ANA, RepresentativeId(99), confirm=True, now=NOW)) == "claim-gone"


def test_a_claim_of_another_workspace_is_none_here(tx: Connection) -> None:
    claim = capacity(tx, CHAIR)
    members.recognise(tx, "T2")
    elsewhere = ANA.__class__("T2", "T2", ANA.user, ANA.channel)
    members.meet(tx, elsewhere)
    tx.execute(member_rows.update().values(standing=Standing.ORGANISER))
    assert refused.key(lambda: claims.decide(tx, elsewhere, claim.id, confirm=True, now=NOW)) == "claim-gone"


def test_naming_whoever_claims_it_confirms_the_claim(tx: Connection) -> None:
    claim = capacity(tx, CHAIR)
    assert [each.id for each in claims.list_(tx, ANA).outcome.claims] == [claim.id]
    assert name(tx).id == claim.id
    assert not claims.list_(tx, ANA).outcome.claims
    assert owed(tx, "decision-") == [(f"decision-{claim.id}", BEN.user)]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("afternoon as chair", "capacity-mechanism-missing"),
        ("afternoon for Colombo", "capacity-role-missing"),
        ("afternoon as chair for Nowhere", "mechanism-unknown"),
        ("evening as chair for Colombo", "session-unknown"),
        ("for Nowhere", "session-unknown"),
        ("for Colmbo Process", "capacity-session-missing"),
        ("for PIDC as chair", "capacity-session-missing"),
    ],
)
def test_what_is_not_said_is_asked_and_nothing_is_stored(tx: Connection, typed: str, key: str) -> None:
    before = (acts(tx), owed(tx))

    def try_it() -> object:
        with tx.begin_nested():
            return types(tx, BEN, typed)

    assert refused.key(try_it) == key
    assert (acts(tx), owed(tx)) == before
    assert not all_of(tx)


def test_several_roles_or_mechanisms_are_asked_back(tx: Connection) -> None:
    name(tx)
    name(tx, code="pidc")
    assert refused.key(lambda: types(tx, BEN, "afternoon as chair")) == "capacity-mechanism-which"
    name(tx, Role.FOCAL_POINT)
    assert refused.key(lambda: types(tx, BEN, "afternoon for Colombo")) == "capacity-role-which"


def test_without_a_session_the_capacity_is_that_of_the_seat_held_or_the_sessions_are_offered(tx: Connection) -> None:
    readings = refused.readings(lambda: types(tx, BEN, "as chair for Colombo"))
    assert readings == ("morning as chair for Colombo", "afternoon as chair for Colombo")
    types(tx, BEN, readings[1])
    again = types(tx, BEN, "as alternate for Colombo")
    assert isinstance(again, SeatAs)
    assert (again.taken.session.label, again.capacity and again.capacity.role) == ("afternoon", Role.ALTERNATE)


def test_a_seat_given_back_and_taken_again_is_in_no_capacity(tx: Connection) -> None:
    types(tx, BEN, CHAIR)
    assert signups.status(tx, BEN, None, now=NOW).outcome.capacities
    types(tx, BEN, "cancel")
    types(tx, BEN, "afternoon")
    assert not signups.status(tx, BEN, None, now=NOW).outcome.capacities


def test_an_organiser_takes_moves_and_gives_back_a_seat_for_somebody_who_is_told_each_time(tx: Connection) -> None:
    outcomes = [types(tx, ANA, f"{each} for <@U2>") for each in ("afternoon", "afternoon", "morning")]
    kinds = [type(each.taken) for each in outcomes if isinstance(each, SeatFor)]
    assert kinds == [SignedUp, AlreadySignedUp, Moved]
    left = types(tx, ANA, "cancel for <@U2>")
    assert isinstance(left, SeatGivenBackFor)
    assert isinstance(left.given, GivenBack)
    assert isinstance(types(tx, ANA, "afternoon for <@U2>"), SeatFor)
    ana = members.meet(tx, ANA).id
    told = [*(f"seated-{ana}",) * 2, f"unseated-{ana}", f"seated-{ana}"]
    assert sorted(owed(tx, "seated-") + owed(tx, "unseated-")) == sorted((each, BEN.user) for each in told)
    by = tx.execute(select(audit_rows.c.actor_id, audit_rows.c.authority, audit_rows.c.member_id).distinct()).all()
    assert (ana, Authority.ORGANISER, members.meet(tx, BEN).id) in [tuple(each) for each in by]
    assert acts(tx)[-4:] == ["seat-taken", "seat-moved", "seat-given-back", "seat-taken"]


def test_where_there_is_no_seat_for_somebody_the_one_they_hold_stays_as_it_is(tx: Connection) -> None:
    chair, adviser = name(tx), name(tx, Role.ADVISER)
    types(tx, BEN, "morning as chair for Colombo")
    tx.execute(update(sessions).where(sessions.c.label == "afternoon").values(seats=0))
    full = types(tx, ANA, "afternoon as adviser for Colombo for <@U2>")
    assert isinstance(full, SeatFor)
    assert isinstance(full.taken, Full)
    assert tx.execute(select(seats.c.representative_id)).scalars().all() == [chair.id]
    assert adviser.id != chair.id


def test_a_claim_for_what_was_retired_meanwhile_is_not_confirmed(tx: Connection) -> None:
    claimed = capacity(tx, CHAIR)
    mechanisms.retire(tx, members.recognise(tx, "T1").id, claimed.mechanism.id, retired=True)
    key = refused.key(lambda: claims.decide(tx, ANA, claimed.id, confirm=True, now=NOW))
    assert key == "mechanism-out-of-use"


def test_nobody_else_acts_for_others_and_an_app_gets_no_seat(tx: Connection) -> None:
    assert refused.key(lambda: types(tx, BEN, "afternoon for <@U1>")) == "organisers-only"
    assert refused.key(lambda: types(tx, BEN, "cancel for <@U1>")) == "organisers-only"
    assert refused.key(lambda: types(tx, ANA, f"afternoon for <@{CHU.user}>")) == "people-only"
    assert refused.key(lambda: types(tx, ANA, "cancel for <@U2>")) == "seat-of-nobody"


def test_nobody_claims_for_somebody_else(tx: Connection) -> None:
    typed = "afternoon for <@U2> as chair for Colombo"
    assert refused.key(lambda: types(tx, ANA, typed)) == "capacity-not-named"
    named = name(tx)
    outcome = types(tx, ANA, typed)
    assert isinstance(outcome, SeatFor)
    assert outcome.capacity == named


def test_who_has_no_account_takes_a_seat_and_is_never_owed_anything(tx: Connection) -> None:
    types(tx, ANA, 'afternoon for "Ms R. Perera" by letter')
    seat = tx.execute(select(seats.c.how, seats.c.state)).one()
    assert tuple(seat) == (How.LETTER, "confirmed")
    change = read_change("T", "", "", "2d 3h")
    assert not isinstance(change, dict)
    webinars.edit(tx, ANA, 1, change, now=NOW)  # type: ignore[arg-type] # it is no refusal
    for typed in ("move W1 afternoon to 17:00-19:00", 'cancel W1 afternoon "Ill"'):
        asked = parse_webinar(typed, NOW.date())
        assert isinstance(asked, MoveWebinar | CancelWebinar)
        assert webinar_changes.carry_out(tx, ANA, asked, now=NOW).outcome.told == 0
    types(tx, ANA, 'morning for "ms r. perera" by e-mail')
    types(tx, ANA, 'cancel for "Ms R. Perera" by telephone')
    assert tx.execute(select(seats.c.how)).scalars().all() == [How.TELEPHONE]
    (person,) = tx.execute(select(member_rows.c.id).where(member_rows.c.standing == Standing.NAMED)).scalars()
    assert not tx.execute(select(deliveries.c.kind).where(deliveries.c.member_id == person)).all()
    assert isinstance(
        types(tx, ANA, 'cancel W1 for "Ms R. Perera" by letter', NOW + timedelta(hours=1)),
        SeatGivenBackFor | HoldsNoSeat,
    )


@pytest.mark.parametrize("cancel", ["cancel", "cancel W1"])
def test_giving_back_the_seat_of_somebody_who_was_never_entered_enters_nobody(tx: Connection, cancel: str) -> None:
    assert refused.key(lambda: types(tx, ANA, f'{cancel} for "Ms R. Perera" by letter')) == "seat-of-unknown"
    assert not tx.execute(select(member_rows.c.id).where(member_rows.c.standing == Standing.NAMED)).all()


def test_a_capacity_that_changes_is_recorded_with_its_mechanism_and_one_that_stays_is_not(tx: Connection) -> None:
    types(tx, BEN, "afternoon")
    name(tx)
    name(tx, Role.FOCAL_POINT)
    for typed in (CHAIR, CHAIR, "afternoon as focal point for Colombo Process"):
        types(tx, BEN, typed)
    types(tx, ANA, "afternoon for <@U2> as chair for Colombo")
    types(tx, ANA, "afternoon for <@U2> as chair for Colombo")
    query = AuditAsked(names=("Colombo Process",), groups=(Group.SIGN_UPS,))
    changed = [(each.act.authority, each.act.facts["role"]) for each in audit_pages.show(tx, ANA, query).outcome.acts]
    assert changed == [
        (Authority.ORGANISER, Role.CHAIR),
        (Authority.REPRESENTATIVE, Role.FOCAL_POINT),
        (Authority.REPRESENTATIVE, Role.CHAIR),
    ]
    assert acts(tx).count(Action.CAPACITY_CHANGED) == 3
    types(tx, ANA, "morning for <@U2> as chair for Colombo")
    assert audit_pages.show(tx, ANA, query).outcome.acts[0].act.action is Action.SEAT_MOVED
