"""Whose voice counts, by the calendar of the mechanism."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, create_engine, delete, select, text, update
from sqlalchemy.exc import DBAPIError

from bot.domain.audit import Action, Authority
from bot.domain.ids import ChannelId, UserId
from bot.domain.mechanisms import MechanismFacts
from bot.domain.members import Member, Sender
from bot.domain.roles import Role
from bot.usecases import audit, members
from storage import mechanisms, representatives
from storage.consultation_tables import audit as audit_rows
from storage.consultation_tables import audit_mechanisms
from storage.engine import parse_url

ANA = Sender("T1", "T1", UserId("U1"), ChannelId("C1"))
LAST_DAY, FIRST_DAY = date(2026, 12, 31), date(2027, 1, 1)
MIDNIGHT_IN_APIA = datetime(2026, 12, 31, 11, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def tx(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Connection]:
    """PIDC, whose days begin in Apia."""
    engine = create_engine(parse_url(new_database(request.param)))
    with engine.begin() as opened:
        workspace = members.recognise(opened, "T1").id
        mechanisms.add(opened, workspace, [(MechanismFacts("pidc", "Pacific Immigration", "PIDC"), "Pacific/Apia")])
        yield opened
    engine.dispose()


def represent(tx: Connection, sender: Sender, **dates: date) -> Member:
    member = members.meet(tx, sender)
    (pidc,) = mechanisms.every(tx, member.workspace.id)
    kept = {"state": "named", "changed_at": MIDNIGHT_IN_APIA}
    representatives.add(tx, member.workspace.id, pidc.id, member.id, Role.CHAIR, {**kept, **dates})
    return members.meet(tx, sender)


def test_a_term_begins_and_ends_at_midnight_where_the_mechanism_is(tx: Connection) -> None:
    old = represent(tx, ANA, until=LAST_DAY)
    new = represent(tx, Sender("T1", "T1", UserId("U2"), ChannelId("C1")), since=FIRST_DAY)
    before, after = MIDNIGHT_IN_APIA.replace(hour=10, minute=59), MIDNIGHT_IN_APIA
    assert [bool(audit.spoken_for(tx, each, before)) for each in (old, new)] == [True, False]
    assert [bool(audit.spoken_for(tx, each, after)) for each in (old, new)] == [False, True]


def test_what_a_representative_does_is_recorded_with_the_mechanism_and_the_role(tx: Connection) -> None:
    chair = represent(tx, ANA)
    audit.record_own(tx, chair, Action.SEAT_TAKEN, MIDNIGHT_IN_APIA)
    row = tx.execute(select(audit_rows)).one()
    assert (row.actor_id, row.action, row.authority) == (chair.id, Action.SEAT_TAKEN, Authority.REPRESENTATIVE)
    assert tx.execute(select(audit_mechanisms.c.role)).scalars().all() == [Role.CHAIR]


def test_what_anybody_else_does_is_recorded_as_their_own(tx: Connection) -> None:
    audit.record_own(tx, members.meet(tx, ANA), Action.SEAT_TAKEN, MIDNIGHT_IN_APIA)
    assert tx.execute(select(audit_rows.c.authority)).scalars().all() == [Authority.SELF]


@pytest.mark.parametrize(
    "change", [update(audit_rows).values(action="x"), delete(audit_rows), delete(audit_mechanisms)]
)
def test_the_record_is_only_added_to(tx: Connection, change: object) -> None:
    audit.record_own(tx, represent(tx, ANA), Action.SEAT_TAKEN, MIDNIGHT_IN_APIA)
    with pytest.raises(DBAPIError, match="only added to"), tx.begin_nested():
        tx.execute(change)  # type: ignore[call-overload] # any statement
    assert tx.execute(text("SELECT count(*) FROM audit")).scalar() == 1
