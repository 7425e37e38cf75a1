"""Adding to a workspace's register, and changing it by what is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain import register
from bot.domain.ids import ChannelId, MechanismId, MemberId, RepresentativeId, UserId, WorkspaceId
from bot.domain.mechanism_changes import read_alias, read_zone
from bot.domain.mechanisms import Mechanism, MechanismFacts
from bot.domain.members import Member, Standing, Workspace
from bot.domain.register import RegisterLoaded, ZoneFrom
from bot.domain.representatives import RepresentationState, Representative
from bot.domain.roles import Role
from tests.domain import refused

COLOMBO = MechanismFacts("colombo", "Consultative Process on Employment", "Colombo Process", ("Colombo",))
PIDC = MechanismFacts("pidc", "Pacific Immigration Development Community", "PIDC", ("Pacific",))
RABAT = MechanismFacts("rabat", "Euro-African Dialogue", "Rabat Process", ("Rabat",))
RCM = MechanismFacts("rcm", "Regional Conference on Migration", "RCM (Puebla Process)")
STANDING = tuple(
    Mechanism(MechanismId(place), facts, "UTC") for place, facts in enumerate((COLOMBO, PIDC, RABAT, RCM), 1)
)


def test_what_is_there_by_its_code_is_not_loaded_again() -> None:
    added, outcome = register.to_load(
        [COLOMBO, replace(PIDC, code="pidc-2", name="Other", abbreviation="", aliases=())], STANDING
    )
    assert [(facts.code, zone) for facts, zone in added] == [("pidc-2", None)]
    assert outcome == RegisterLoaded(added=1, stood=1)


def test_a_loaded_mechanism_gets_the_zone_of_its_secretariats_seat() -> None:
    added, _ = register.to_load([PIDC], ())
    assert added == [(PIDC, "Pacific/Apia")]


def test_a_mechanism_whose_name_another_has_is_left_out_and_both_are_named() -> None:
    added, outcome = register.to_load([replace(PIDC, code="other")], STANDING)
    assert added == []
    assert outcome == RegisterLoaded(0, 0, (("PIDC", "PIDC"),))


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        (MechanismFacts("", "the COLOMBO process"), "name"),
        (MechanismFacts("", "New", "Puebla"), "abbreviation"),
        (MechanismFacts("", "New", "", ("Newer", "pacific")), "aliases"),
        (MechanismFacts("", "New", "RCM (New)"), "abbreviation"),
        (MechanismFacts("", "pidc"), "name"),
    ],
)
def test_a_name_that_another_has_is_refused_at_its_input_naming_the_other(facts: MechanismFacts, place: str) -> None:
    (found,) = register.clashes(facts, STANDING).items()
    assert (found[0], found[1].key) == (place, "mechanism-name-taken")
    assert found[1].facts["mechanism"] in {each.title for each in STANDING}


def test_a_mechanism_may_keep_its_own_names() -> None:
    assert register.clashes(replace(RCM, aliases=("Puebla", "RCM")), STANDING) == {}


def test_a_retired_mechanism_keeps_its_names_since_it_may_be_restored() -> None:
    retired = Mechanism(MechanismId(1), PIDC, "UTC", retired=True)
    assert register.clashes(MechanismFacts("", "Pacific"), [retired]).keys() == {"name"}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (MechanismFacts("", "My Forum on Été"), "my-forum-on-ete"),
        (MechanismFacts("", "My Forum", "MF (2026)"), "mf"),
        (MechanismFacts("", "My Forum", "(MF)"), "my-forum"),
        (MechanismFacts("", "Any", "6+6"), "6-plus-6"),
        (MechanismFacts("", "n" * 60), "n" * 40),
    ],
)
def test_a_new_mechanisms_code_is_made_of_its_short_name(facts: MechanismFacts, code: str) -> None:
    assert register.coded(facts, STANDING).code == code


def test_a_code_is_given_once_and_is_no_other_mechanisms_name() -> None:
    first = Mechanism(MechanismId(9), replace(RCM, code="my-forum", aliases=("my forum 2",)), "UTC")
    assert register.coded(MechanismFacts("", "My Forum"), [first]).code == "my-forum-3"


@pytest.mark.parametrize(
    ("typed", "code", "alias"),
    [
        ('Colombo Process "CP"', "colombo", "CP"),
        ("Colombo Process CP", "colombo", "CP"),
        ("“Colombo Process” as CP of Asia", "colombo", "CP of Asia"),
        ("PIDC = “Pacific Community”", "pidc", "Pacific Community"),
        ("PIDC to Pacific Community", "pidc", "Pacific Community"),
    ],
)
def test_an_alias_follows_the_longest_name(typed: str, code: str, alias: str) -> None:
    mechanism, said = read_alias(typed, STANDING)
    assert (mechanism.facts.code, said) == (code, alias)


@pytest.mark.parametrize(
    ("typed", "key"), [("PIDC", "alias-missing"), ('"PIDC"', "alias-missing"), ("Nowhere X", "mechanism-unknown")]
)
def test_an_alias_without_a_name_or_a_mechanism_is_refused(typed: str, key: str) -> None:
    assert refused.key(lambda: read_alias(typed, STANDING)) == key


@pytest.mark.parametrize(
    ("typed", "code", "zone"),
    [
        ("PIDC Apia", "pidc", "Pacific/Apia"),
        ("pidc to pacific/apia", "pidc", "Pacific/Apia"),
        ("Rabat Process Rabat", "rabat", "Africa/Casablanca"),
        ("Rabat Rabat", "rabat", "Africa/Casablanca"),
        ('"Regional Conference on Migration" San Jose Costa Rica', "rcm", "America/Costa_Rica"),
        ("PIDC workspace", "pidc", None),
        ("colombo process to none", "colombo", None),
    ],
)
def test_a_zone_follows_the_longest_name(typed: str, code: str, zone: str | None) -> None:
    mechanism, said = read_zone(typed, STANDING)
    assert (mechanism.facts.code, said) == (code, zone)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("PIDC", "zone-missing"),
        ("PIDC Atlantis", "zone-unknown"),
        ("PIDC UTC+2", "zone-unknown"),
        ("Nowhere Apia", "mechanism-unknown"),
    ],
)
def test_a_zone_that_is_none_or_belongs_to_no_mechanism_is_refused(typed: str, key: str) -> None:
    assert refused.key(lambda: read_zone(typed, STANDING)) == key


@pytest.mark.parametrize(
    ("own", "workspace", "where"),
    [
        ("Pacific/Apia", "Europe/Zurich", ZoneFrom.SEAT),
        ("Pacific/Auckland", None, ZoneFrom.CHOSEN),
        (None, "Europe/Zurich", ZoneFrom.WORKSPACE),
        (None, None, ZoneFrom.NOBODY),
    ],
)
def test_where_a_zone_comes_from_is_known(own: str | None, workspace: str | None, where: ZoneFrom) -> None:
    assert register.zone_from(Mechanism(MechanismId(1), PIDC, own or "UTC", own_zone=own), workspace) is where


def test_terms_are_told_apart_by_the_day_where_the_mechanism_is() -> None:
    apia = Mechanism(MechanismId(1), PIDC, "Pacific/Apia")
    member = Member(
        MemberId(1),
        Workspace(WorkspaceId(1), "T1", None, "en"),
        UserId("U1"),
        None,
        None,
        Standing.MEMBER,
        ChannelId("D1"),
    )
    days = [(None, date(2026, 12, 31)), (date(2027, 1, 1), None), (date(2027, 1, 2), None), (None, None)]
    among = [
        Representative(RepresentativeId(place), apia, member, Role.CHAIR, *each, RepresentationState.NAMED)
        for place, each in enumerate(days)
    ]
    others = [replace(among[3], id=RepresentativeId(9), state=state) for state in RepresentationState]
    found = register.terms([*among[:3], *others], datetime(2026, 12, 31, 12, tzinfo=UTC))
    assert [each.id for each in found.over] == [0]
    assert [each.id for each in found.speaking] == [1, 9]
    assert [each.id for each in found.to_come] == [2]
    assert [each.state for each in found.claiming] == [RepresentationState.CLAIMED]
