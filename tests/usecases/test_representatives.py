from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count

import pytest
from sqlalchemy import Connection, create_engine, event, select

from bot.domain.audit import Action, Authority
from bot.domain.ids import ChannelId, UserId
from bot.domain.mechanisms import Mechanism, MechanismFacts
from bot.domain.members import Profile, Sender, Standing
from bot.domain.refusals import Refusal
from bot.domain.representations import Did, NewRepresentation, Person, RepresentationNamed, WithoutAccount
from bot.domain.representatives import How, RepresentationState
from bot.domain.roles import Role
from bot.usecases import audit, members, representatives
from storage import mechanisms
from storage import representatives as rows
from storage.consultation_tables import audit as audit_rows
from storage.engine import parse_url
from tests.domain import refused

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = date(2026, 12, 1)
ANA, BEN, CHU = (Sender("T1", "T1", UserId(f"U{each}"), ChannelId("C1")) for each in (1, 2, 3))
MS_PERERA = WithoutAccount("Ms R. Perera", How.LETTER)


@pytest.fixture(params=["sqlite", "postgresql"])
def tx(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Connection]:
    """Ana is an organiser; Colombo Process and PIDC are mechanisms, the latter's days begin in Apia."""
    engine = create_engine(parse_url(new_database(request.param)))
    with engine.begin() as opened:
        workspace = members.recognise(opened, "T1").id
        for each in (ANA, BEN, CHU):
            members.meet(opened, each)
        profiles = [
            Profile(ANA.user, "Ana", None, None, Standing.ORGANISER),
            Profile(BEN.user, "Ben", None, None, Standing.MEMBER),
            Profile(CHU.user, "Chu", None, None, Standing.BOT),
        ]
        members.remember(opened, "T1", profiles, now=NOW)
        colombo, pidc = MechanismFacts("colombo", "Colombo Process"), MechanismFacts("pidc", "Pacific", "PIDC")
        mechanisms.add(opened, workspace, [(colombo, "Asia/Colombo"), (pidc, "Pacific/Apia")])
        yield opened
    engine.dispose()


def mechanism(tx: Connection, code: str = "colombo") -> Mechanism:
    workspace = members.recognise(tx, "T1").id
    return next(each for each in mechanisms.every(tx, workspace) if each.facts.code == code)


def name(
    tx: Connection, person: Person = BEN.user, role: Role = Role.CHAIR, code: str = "colombo", **days: date
) -> RepresentationNamed:
    new = NewRepresentation(person, mechanism(tx, code).id, role, **days)
    (row,) = representatives.name(tx, ANA, [new], now=NOW).outcome.rows
    return row


def acts(tx: Connection) -> list[str]:
    return list(tx.execute(select(audit_rows.c.action).order_by(audit_rows.c.id)).scalars())


def test_without_days_somebody_is_named_from_today_on_where_the_mechanism_is(tx: Connection) -> None:
    row = name(tx).representative
    assert (row.since, row.until, row.state) == (TODAY, None, RepresentationState.NAMED)
    assert name(tx, code="pidc").representative.since == date(2026, 12, 2), "it is past midnight in Apia"
    assert audit.spoken_for(tx, members.meet(tx, BEN), NOW)


def test_naming_the_same_again_changes_and_records_nothing(tx: Connection) -> None:
    assert [name(tx).did, name(tx).did] == [Did.NAMED, Did.SAME]
    assert acts(tx) == [Action.REPRESENTATIVE_NAMED]


def test_days_that_overlap_change_the_row_that_stands(tx: Connection) -> None:
    first = name(tx, since=date(2026, 1, 1), until=date(2026, 12, 31))
    again = name(tx, since=date(2026, 7, 1))
    assert again.representative.id == first.representative.id
    assert (again.did, again.before) == (Did.DATED, first.representative)
    assert (again.representative.since, again.representative.until) == (date(2026, 7, 1), None)
    assert acts(tx) == [Action.REPRESENTATIVE_NAMED, Action.REPRESENTATIVE_DATED]


def test_days_that_do_not_overlap_are_a_term_of_their_own(tx: Connection) -> None:
    first = name(tx, since=date(2025, 1, 1), until=date(2025, 12, 31))
    second = name(tx, since=date(2026, 1, 1))
    assert second.did is Did.NAMED
    assert first.representative.id != second.representative.id


def test_an_end_alone_keeps_the_first_day_of_the_term_that_is_going_on(tx: Connection) -> None:
    name(tx, since=date(2026, 1, 1))
    ended = name(tx, until=date(2026, 6, 30)).representative
    assert (ended.since, ended.until) == (date(2026, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize("until", [date(2027, 12, 31), None])
def test_without_a_first_day_a_term_to_come_does_not_begin_today(tx: Connection, until: date | None) -> None:
    first_day = date(2027, 1, 1)
    name(tx, since=first_day)
    again = name(tx) if until is None else name(tx, until=until)
    assert (again.representative.since, again.representative.until) == (first_day, until)
    assert not audit.spoken_for(tx, members.meet(tx, BEN), NOW)


def test_an_end_alone_touches_no_term_but_the_next(tx: Connection) -> None:
    name(tx, since=date(2027, 1, 1), until=date(2027, 12, 31))
    name(tx, since=date(2029, 1, 1))
    name(tx, until=date(2027, 6, 30))
    standing = rows.standing(tx, members.recognise(tx, "T1").id)
    assert [(each.since, each.until) for each in standing] == [
        (date(2027, 1, 1), date(2027, 6, 30)),
        (date(2029, 1, 1), None),
    ]


def test_a_term_over_several_that_stand_leaves_one(tx: Connection) -> None:
    name(tx, since=date(2025, 1, 1), until=date(2025, 12, 31))
    name(tx, since=date(2026, 1, 1))
    name(tx, since=date(2025, 6, 1))
    (only,) = rows.standing(tx, members.recognise(tx, "T1").id)
    assert (only.since, only.until) == (date(2025, 6, 1), None)


def test_a_term_that_ends_before_it_begins_is_refused(tx: Connection) -> None:
    assert refused.key(lambda: name(tx, since=TODAY, until=date(2026, 1, 1))) == "days-reversed"
    assert refused.key(lambda: name(tx, until=date(2026, 1, 1))) == "days-reversed"


def test_another_chair_whose_days_overlap_is_said_and_not_refused(tx: Connection) -> None:
    name(tx)
    beside = name(tx, ANA.user).beside
    assert [each.member.user for each in beside] == [BEN.user]
    assert not name(tx, ANA.user, Role.FOCAL_POINT).beside
    assert not name(tx, ANA.user, code="pidc").beside


def test_people_without_an_account_are_one_however_their_name_is_typed(tx: Connection) -> None:
    first = name(tx, MS_PERERA).representative
    again = name(tx, WithoutAccount("ms r. pérera", How.EMAIL), Role.ADVISER).representative
    assert (first.member.id, first.member.name, first.how) == (again.member.id, "Ms R. Perera", How.LETTER)
    assert (again.how, again.member.standing) == (How.EMAIL, Standing.NAMED)


def test_another_way_that_it_came_is_stored_and_recorded_and_the_same_one_is_not(tx: Connection) -> None:
    first = name(tx, MS_PERERA).representative
    found = [name(tx, replace(MS_PERERA, how=each)) for each in (How.LETTER, How.EMAIL, How.EMAIL)]
    assert [each.did for each in found] == [Did.SAME, Did.SOURCED, Did.SAME]
    (stored,) = rows.standing(tx, members.recognise(tx, "T1").id)
    assert (stored.id, stored.how, stored.since) == (first.id, How.EMAIL, TODAY)
    assert acts(tx) == [Action.REPRESENTATIVE_NAMED, Action.REPRESENTATIVE_SOURCED]
    facts = tx.execute(select(audit_rows.c.facts).order_by(audit_rows.c.id.desc())).scalars().first()
    assert facts is not None
    assert facts["how"] == "e-mail"


def test_several_are_named_together_or_none(tx: Connection) -> None:
    colombo = mechanism(tx).id
    these = [NewRepresentation(each, colombo, Role.CO_CHAIR) for each in (BEN.user, CHU.user)]
    with pytest.raises(Refusal), tx.begin_nested():
        representatives.name(tx, ANA, these, now=NOW)
    assert not rows.standing(tx, members.recognise(tx, "T1").id)
    named = representatives.name(tx, ANA, [these[0], NewRepresentation(ANA.user, colombo, Role.CHAIR)], now=NOW)
    assert [each.did for each in named.outcome.rows] == [Did.NAMED, Did.NAMED]


def test_many_are_named_in_their_order_whatever_each_comes_to(tx: Connection) -> None:
    name(tx, since=date(2026, 1, 1))
    colombo, pidc = mechanism(tx).id, mechanism(tx, "pidc").id
    past = NewRepresentation(BEN.user, colombo, Role.CHAIR, date(2020, 1, 1), date(2020, 12, 31))
    these = [
        past,
        NewRepresentation(BEN.user, colombo, Role.CHAIR, date(2026, 1, 1)),
        NewRepresentation(MS_PERERA, pidc, Role.CHAIR),
        replace(past, until=date(2021, 12, 31)),
        NewRepresentation(replace(MS_PERERA, name="MS R. PERERA"), colombo, Role.ADVISER),
        past,
    ]
    found = representatives.name(tx, ANA, these, now=NOW).outcome.rows
    assert [each.did for each in found] == [Did.NAMED, Did.SAME, Did.NAMED, Did.DATED, Did.NAMED, Did.DATED]
    assert [each.representative.id for each in found[3:6:2]] == [found[0].representative.id] * 2
    assert [(each.representative.mechanism.id, each.representative.role) for each in found] == [
        (each.mechanism, each.role) for each in these
    ]
    assert found[2].representative.member == found[4].representative.member
    stored = {each.id: each for each in rows.standing(tx, members.recognise(tx, "T1").id)}
    assert stored == {each.representative.id: each.representative for each in (found[1], found[2], found[4], found[5])}


def test_a_thousand_take_no_more_statements_than_ten(tx: Connection) -> None:
    colombo, number = mechanism(tx).id, count()

    def statements(people: int) -> int:
        these = [
            NewRepresentation(WithoutAccount(f"Ms {next(number)} A", How.LETTER), colombo, Role.ADVISER)
            for _ in range(people)
        ]
        executed: list[object] = []
        event.listen(tx, "before_execute", lambda *each: executed.append(each))
        representatives.name(tx, ANA, these, now=NOW)
        return len(executed)

    assert statements(10) == statements(1000)


def test_others_in_the_role_are_said_also_where_they_are_named_elsewhere_meanwhile(tx: Connection) -> None:
    name(tx)
    these = [
        NewRepresentation(BEN.user, mechanism(tx, "pidc").id, Role.CHAIR),
        NewRepresentation(ANA.user, mechanism(tx).id, Role.CHAIR),
    ]
    _, ana = representatives.name(tx, ANA, these, now=NOW).outcome.rows
    assert [each.member.user for each in ana.beside] == [BEN.user]


def test_who_is_no_organiser_names_nobody_and_an_app_is_never_named(tx: Connection) -> None:
    new = NewRepresentation(BEN.user, mechanism(tx).id, Role.CHAIR)
    assert refused.key(lambda: representatives.name(tx, BEN, [new], now=NOW)) == "organisers-only"
    assert refused.key(lambda: name(tx, CHU.user)) == "representative-bot"


def test_a_mechanism_that_is_retired_or_elsewhere_gets_nobody(tx: Connection) -> None:
    found, here = mechanism(tx, "pidc"), members.recognise(tx, "T1").id
    mechanisms.retire(tx, here, found.id, retired=True)
    assert refused.key(lambda: name(tx, code="pidc")) == "mechanism-out-of-use"
    elsewhere = members.recognise(tx, "T2").id
    mechanisms.add(tx, elsewhere, [(MechanismFacts("arcp", "ARCP"), None)])
    (arcp,) = mechanisms.every(tx, elsewhere)
    new = NewRepresentation(BEN.user, arcp.id, Role.CHAIR)
    assert refused.key(lambda: representatives.name(tx, ANA, [new], now=NOW)) == "mechanism-gone"


def test_naming_is_recorded_with_the_organiser_the_person_and_the_days(tx: Connection) -> None:
    row = name(tx, since=TODAY, until=date(2027, 1, 1)).representative
    recorded = tx.execute(select(audit_rows)).one()
    assert (recorded.authority, recorded.member_id) == (Authority.ORGANISER, row.member.id)
    assert recorded.facts == {
        "mechanism": "Colombo Process",
        "role": "chair",
        "since": "2026-12-01",
        "until": "2027-01-01",
    }
