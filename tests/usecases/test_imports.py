from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, create_engine, select

from bot.domain.audit import Action
from bot.domain.ids import ChannelId, DraftId, UserId
from bot.domain.imports import Imported, Plan, Planned
from bot.domain.mechanisms import MechanismFacts
from bot.domain.members import Profile, Sender, Standing
from bot.domain.representations import Did, NewRepresentation, WithoutAccount
from bot.domain.representatives import How
from bot.domain.roles import Role
from bot.usecases import drafts, imports, members
from storage import mechanisms, representatives
from storage.consultation_tables import audit as audit_rows
from storage.engine import parse_url
from tests.domain import refused

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
ANA, BEN = (Sender("T1", "T1", UserId(f"U{each}"), ChannelId("C1")) for each in (1, 2))
PERERA = WithoutAccount("Ms R. Perera", How.LETTER)


@pytest.fixture(params=["sqlite", "postgresql"])
def tx(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Connection]:
    """Ana is an organiser; Colombo Process and PIDC are mechanisms."""
    engine = create_engine(parse_url(new_database(request.param)))
    with engine.begin() as opened:
        workspace = members.recognise(opened, "T1").id
        members.meet(opened, ANA)
        members.meet(opened, BEN)
        members.remember(opened, "T1", [Profile(ANA.user, "Ana", None, None, Standing.ORGANISER)], now=NOW)
        facts = MechanismFacts("colombo", "Colombo Process"), MechanismFacts("pidc", "Pacific", "PIDC")
        mechanisms.add(opened, workspace, [(each, None) for each in facts])
        yield opened
    engine.dispose()


def keep(tx: Connection) -> DraftId:
    """Ben as chair of the one, Ms Perera as head of the other."""
    colombo, pidc = imports.look(tx, ANA).outcome.register
    rows = (
        Planned(2, NewRepresentation(BEN.user, colombo.id, Role.CHAIR, FIRST, LAST), colombo, Did.NAMED),
        Planned(3, NewRepresentation(PERERA, pidc.id, Role.HEAD_OF_SECRETARIAT, FIRST), pidc, Did.NAMED),
    )
    return imports.keep(tx, ANA, Plan("people.csv", rows, (), ()), now=NOW)


def store(tx: Connection, draft: DraftId, sender: Sender = ANA, *, now: datetime = NOW) -> Imported:
    return imports.store(tx, sender, draft, now=now).outcome


def acts(tx: Connection) -> list[tuple[str, object]]:
    found = tx.execute(select(audit_rows.c.action, audit_rows.c.facts).order_by(audit_rows.c.id)).all()
    return [(row.action, row.facts.get("people")) for row in found]


def stored(tx: Connection) -> list[tuple[str | None, str, Role, date | None, date | None]]:
    found = representatives.standing(tx, members.recognise(tx, "T1").id)
    return [(each.member.name, each.mechanism.title, each.role, each.since, each.until) for each in found]


def test_a_file_is_stored_as_it_was_shown_and_recorded_row_by_row_and_as_one(tx: Connection) -> None:
    assert store(tx, keep(tx), now=NOW + timedelta(hours=23)) == Imported("people.csv", named=2, dated=0, same=0)
    assert stored(tx) == [
        (None, "Colombo Process", Role.CHAIR, FIRST, LAST),
        ("Ms R. Perera", "PIDC", Role.HEAD_OF_SECRETARIAT, FIRST, None),
    ]
    named = (Action.REPRESENTATIVE_NAMED, None)
    assert acts(tx) == [named, named, (Action.REPRESENTATIVES_IMPORTED, 2)]


def test_a_file_that_is_stored_again_changes_nothing_and_is_not_recorded(tx: Connection) -> None:
    draft = keep(tx)
    store(tx, draft)
    before = stored(tx), acts(tx)
    for again in (draft, keep(tx)):
        assert store(tx, again) == Imported("people.csv", named=0, dated=0, same=2)
    assert (stored(tx), acts(tx)) == before


def test_where_a_mechanism_was_retired_meanwhile_nobody_is_named(tx: Connection) -> None:
    draft = keep(tx)
    workspace = members.recognise(tx, "T1").id
    pidc = imports.look(tx, ANA).outcome.register[1]
    mechanisms.retire(tx, workspace, pidc.id, retired=True)
    with tx.begin_nested() as undone:
        assert refused.key(lambda: store(tx, draft)) == "mechanism-out-of-use"
        undone.rollback()
    assert (stored(tx), acts(tx)) == ([], [])


def test_a_file_is_stored_by_the_organiser_to_whom_it_was_shown_within_a_day(tx: Connection) -> None:
    draft = keep(tx)
    assert refused.key(lambda: store(tx, draft, BEN)) == "draft-gone"
    assert refused.key(lambda: store(tx, draft, now=NOW + timedelta(days=2))) == "draft-gone"
    members.remember(tx, "T1", [Profile(ANA.user, "Ana", None, None, Standing.MEMBER)], now=NOW)
    assert refused.key(lambda: store(tx, draft)) == "organisers-only"
    assert stored(tx) == []


def test_a_draft_of_another_kind_is_no_file(tx: Connection) -> None:
    (draft,) = drafts.offer(tx, ANA, "consult", ("represent import",), insisted=False, now=NOW)
    assert refused.key(lambda: store(tx, draft)) == "draft-gone"


def test_without_a_register_no_file_is_read(tx: Connection) -> None:
    members.recognise(tx, "T2")
    elsewhere = Sender("T2", "T2", ANA.user, ANA.channel)
    members.meet(tx, elsewhere)
    members.remember(tx, "T2", [Profile(ANA.user, "Ana", None, None, Standing.ORGANISER)], now=NOW)
    assert refused.key(lambda: imports.look(tx, elsewhere)) == "register-empty"


def test_only_organisers_look_at_what_a_file_is_read_against(tx: Connection) -> None:
    assert refused.key(lambda: imports.look(tx, BEN)) == "organisers-only"


def test_whom_slack_told_of_is_known_and_nobody_else(tx: Connection) -> None:
    told = Profile(UserId("U3"), "Chu", None, None, Standing.BOT)
    imports.acquaint(tx, ANA, [told], now=NOW)
    assert imports.met(tx, ANA, [UserId(f"U{each}") for each in range(9)]) == {
        ANA.user: Standing.ORGANISER,
        told.user: Standing.BOT,
    }
