"""The register of a workspace, as organisers load and change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest
from sqlalchemy import Connection, create_engine, select

from bot.documents.register import shipped
from bot.domain.audit import Action, Authority
from bot.domain.ids import ChannelId, MechanismId, UserId
from bot.domain.mechanism_entries import MechanismRead, revision_of
from bot.domain.mechanisms import Mechanism, MechanismFacts
from bot.domain.members import Profile, Sender, Standing
from bot.domain.refusals import Refusal
from bot.domain.register import MechanismAdded, MechanismEdited, RegisterLoaded, ZoneFrom
from bot.domain.representatives import RepresentationState
from bot.domain.roles import Role
from bot.usecases import mechanisms, members
from storage import mechanisms as stored
from storage import representatives
from storage.consultation_tables import audit, audit_mechanisms
from storage.engine import parse_url
from tests.domain import refused

ANA = Sender("T1", "T1", UserId("U1"), ChannelId("C1"))
BEN = ANA.about(UserId("U2"))
NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
FORUM = MechanismRead(MechanismFacts("", "My forum", "MF", source="a letter"), "Europe/Zurich")


@pytest.fixture(params=["sqlite", "postgresql"])
def tx(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Connection]:
    """Ana is an organiser, Ben is not."""
    engine = create_engine(parse_url(new_database(request.param)))
    with engine.begin() as opened:
        members.recognise(opened, "T1")
        for sender, standing in ((ANA, Standing.ORGANISER), (BEN, Standing.MEMBER)):
            members.meet(opened, sender)
            members.remember(opened, "T1", [Profile(sender.user, "", None, None, standing)], now=NOW)
        yield opened
    engine.dispose()


def load(tx: Connection) -> RegisterLoaded:
    return mechanisms.load(tx, ANA, shipped(), now=NOW).outcome


def the(tx: Connection, phrase: str) -> Mechanism:
    return mechanisms.show(tx, BEN, phrase, now=NOW).outcome.mechanism


def add(tx: Connection, new: MechanismRead = FORUM) -> Mechanism:
    outcome = mechanisms.add(tx, ANA, new, now=NOW).outcome
    assert isinstance(outcome, MechanismAdded), outcome
    return outcome.mechanism


def edit(tx: Connection, new: MechanismRead, revision: str) -> MechanismEdited | Mapping[str, Refusal]:
    return mechanisms.edit(tx, ANA, new, revision, now=NOW).outcome


def acts(tx: Connection) -> list[tuple[str, str, dict[str, object]]]:
    rows = tx.execute(select(audit.c.action, audit.c.authority, audit.c.facts).order_by(audit.c.id))
    return [(row.action, row.authority, row.facts) for row in rows]


def test_loading_twice_adds_once_and_leaves_what_a_workspace_edited(tx: Connection) -> None:
    assert load(tx) == RegisterLoaded(added=40, stood=0)
    before = the(tx, "PIDC")
    edit(tx, MechanismRead(replace(before.facts, name="Pacific", aliases=()), None), revision_of(before))
    mechanisms.retire(tx, ANA, "ADD", retired=True, now=NOW)
    assert load(tx) == RegisterLoaded(added=0, stood=40)
    after = the(tx, "PIDC")
    assert (after.facts.name, after.own_zone, the(tx, "ADD").retired) == ("Pacific", None, True)
    assert [action for action, _, _ in acts(tx)].count(Action.MECHANISMS_LOADED) == 1


def test_what_is_loaded_keeps_its_doubts_and_gets_its_seats_zone(tx: Connection) -> None:
    load(tx)
    shown = mechanisms.show(tx, BEN, "PIDC", now=NOW).outcome
    assert (shown.mechanism.zone_name, shown.zone_from) == ("Pacific/Apia", ZoneFrom.SEAT)
    assert mechanisms.show(tx, BEN, "Almaty", now=NOW).outcome.zone_from is ZoneFrom.NOBODY
    apc = the(tx, "APC").facts
    assert apc.is_in_doubt
    assert "from recall" in apc.note
    assert stored.every(tx, members.meet(tx, ANA).workspace.id)[0].facts in shipped()


def test_one_that_the_workspace_added_under_a_registers_name_is_left_as_it_is(tx: Connection) -> None:
    add(tx, MechanismRead(MechanismFacts("", "Bali Process", "Bali talks"), None))
    assert load(tx) == RegisterLoaded(39, 0, (("Bali Process", "Bali talks"),))
    assert the(tx, "Bali Process").facts.code == "bali-talks"


def test_a_mechanism_is_added_once_with_a_code_of_its_own(tx: Connection) -> None:
    load(tx)
    added = add(tx)
    assert (added.facts.code, added.zone_name) == ("mf", "Europe/Zurich")
    again = mechanisms.add(tx, ANA, replace(FORUM, facts=replace(FORUM.facts, aliases=("PIDC",))), now=NOW).outcome
    assert isinstance(again, Mapping)
    assert {place: refusal.facts["mechanism"] for place, refusal in again.items()} == {
        "name": "MF",
        "abbreviation": "MF",
        "aliases": "PIDC",
    }
    assert acts(tx)[-1] == (Action.MECHANISM_ADDED, Authority.ORGANISER, {"mechanism": "MF"})
    assert tx.execute(select(audit_mechanisms.c.mechanism_id)).scalars().all() == [added.id]


def test_an_edit_is_recorded_with_what_it_changed_and_one_that_changes_nothing_is_not(tx: Connection) -> None:
    before = add(tx)
    new = MechanismRead(replace(before.facts, chair_model="rotating"), "Asia/Dubai")
    assert edit(tx, new, revision_of(before)) == MechanismEdited(the(tx, "MF"), ("chair_model", "zone"))
    assert the(tx, "MF").zone_name == "Asia/Dubai"
    assert acts(tx)[-1][2] == {"mechanism": "MF", "changed": "chair model, zone"}
    recorded = len(acts(tx))
    assert edit(tx, new, revision_of(the(tx, "MF"))) == MechanismEdited(the(tx, "MF"), ())
    assert len(acts(tx)) == recorded


def test_an_edit_of_what_somebody_else_has_changed_stores_nothing(tx: Connection) -> None:
    before = add(tx)
    mechanisms.set_zone(tx, ANA, "MF Nairobi", now=NOW)
    new = MechanismRead(replace(before.facts, name="Other"), None)
    assert refused.key(lambda: edit(tx, new, revision_of(before))) == "mechanism-changed-meanwhile"
    assert (the(tx, "MF").facts.name, the(tx, "MF").zone_name) == ("My forum", "Africa/Nairobi")


def test_an_edit_that_takes_anothers_name_is_refused_at_its_input(tx: Connection) -> None:
    load(tx)
    before = add(tx)
    found = edit(tx, MechanismRead(replace(before.facts, abbreviation="SADC"), None), revision_of(before))
    assert isinstance(found, Mapping)
    assert {place: refusal.facts["mechanism"] for place, refusal in found.items()} == {"abbreviation": "MIDSA"}


def test_an_alias_names_a_mechanism_from_then_on(tx: Connection) -> None:
    load(tx)
    changed = mechanisms.add_alias(tx, ANA, 'PIDC "Pacific Community"', now=NOW).outcome
    assert changed.changed == ("aliases",)
    assert the(tx, "pacific community").facts.code == "pidc"
    assert mechanisms.add_alias(tx, ANA, 'PIDC "the Pacific community"', now=NOW).outcome.changed == ()


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ('PIDC "SADC"', "mechanism-name-taken"),
        ('PIDC "chair"', "mechanism-name-reserved"),
        (f'PIDC "{"a" * 81}"', "mechanism-text-too-long"),
    ],
)
def test_an_alias_that_cant_be_is_refused(tx: Connection, typed: str, key: str) -> None:
    load(tx)
    assert refused.key(lambda: mechanisms.add_alias(tx, ANA, typed, now=NOW)) == key
    assert the(tx, "PIDC").facts.aliases == ("Pacific",)


def test_nobody_speaks_for_a_retired_mechanism_until_it_is_restored(tx: Connection) -> None:
    mechanism, ben = add(tx), members.meet(tx, BEN)
    kept = {"state": RepresentationState.NAMED, "changed_at": NOW}
    representatives.add(tx, ben.workspace.id, mechanism.id, ben.id, Role.CHAIR, kept)
    listed = [mechanisms.list_(tx, BEN, everything=False, now=NOW).outcome]
    assert not mechanisms.retire(tx, ANA, mechanism.id, retired=True, now=NOW).outcome.same
    assert mechanisms.retire(tx, ANA, "MF", retired=True, now=NOW).outcome.same
    listed.append(mechanisms.list_(tx, BEN, everything=False, now=NOW).outcome)
    listed.append(mechanisms.list_(tx, BEN, everything=True, now=NOW).outcome)
    mechanisms.retire(tx, ANA, mechanism.id, retired=False, now=NOW)
    listed.append(mechanisms.list_(tx, BEN, everything=False, now=NOW).outcome)
    assert [(len(each.mechanisms), len(each.speaking), each.retired) for each in listed] == [
        (1, 1, 0), (0, 0, 1), (1, 0, 1), (1, 1, 0),
    ]  # fmt: skip
    assert [action for action, _, _ in acts(tx)][1:] == [Action.MECHANISM_RETIRED, Action.MECHANISM_RESTORED]


def test_those_who_speak_are_told_from_claims_and_from_other_days(tx: Connection) -> None:
    mechanism, ben = add(tx), members.meet(tx, BEN)
    for state, since in (("named", None), ("claimed", None), ("named", date(2027, 1, 1)), ("refused", None)):
        kept = {"state": state, "since": since, "changed_at": NOW}
        representatives.add(tx, ben.workspace.id, mechanism.id, ben.id, Role.CHAIR, kept)
    listed = mechanisms.list_(tx, BEN, everything=False, now=NOW).outcome
    assert (len(listed.speaking), len(listed.claiming)) == (1, 1)
    terms = mechanisms.show(tx, BEN, "MF", now=NOW).outcome.terms
    assert [len(each) for each in (terms.speaking, terms.claiming, terms.to_come, terms.over)] == [1, 1, 1, 0]


def test_only_organisers_change_the_register(tx: Connection) -> None:
    mechanism = add(tx)
    recorded = acts(tx)
    attempts: list[Callable[[], object]] = [
        lambda: mechanisms.load(tx, BEN, shipped(), now=NOW),
        lambda: mechanisms.add(tx, BEN, FORUM, now=NOW),
        lambda: mechanisms.to_edit(tx, BEN, mechanism.id),
        lambda: mechanisms.edit(tx, BEN, MechanismRead(mechanism.facts, None), revision_of(mechanism), now=NOW),
        lambda: mechanisms.add_alias(tx, BEN, "MF Forum", now=NOW),
        lambda: mechanisms.set_zone(tx, BEN, "MF Apia", now=NOW),
        lambda: mechanisms.retire(tx, BEN, mechanism.id, retired=True, now=NOW),
    ]
    assert {refused.key(each) for each in attempts} == {"organisers-only"}
    assert (the(tx, "MF"), acts(tx)) == (mechanism, recorded)


def test_a_button_of_another_workspaces_mechanism_does_nothing(tx: Connection) -> None:
    elsewhere = members.recognise(tx, "T2").id
    stored.add(tx, elsewhere, [(replace(FORUM.facts, code="mf"), None)])
    (theirs,) = stored.every(tx, elsewhere)
    for which in (theirs.id, MechanismId(9999)):
        assert refused.key(partial(mechanisms.retire, tx, ANA, which, retired=True, now=NOW)) == "button-gone"
        assert refused.key(partial(mechanisms.to_edit, tx, ANA, which)) == "button-gone"
    assert not stored.every(tx, elsewhere)[0].retired
