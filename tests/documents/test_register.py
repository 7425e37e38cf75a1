"""The register that ships, and its mechanisms as people name them."""

from __future__ import annotations

import csv
from dataclasses import fields
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import bot
from bot.documents.register import read, shipped
from bot.domain import register, spellings
from bot.domain.ids import MechanismId
from bot.domain.mechanism_entries import MechanismEntry, MechanismRead
from bot.domain.mechanism_entries import read as read_entry
from bot.domain.mechanism_names import read_mechanisms
from bot.domain.mechanism_seats import SEATS
from bot.domain.mechanisms import Mechanism, MechanismFacts, choose_mechanism
from tests.domain import refused

TABLE = (Path(bot.__file__).parent / "register" / "iscms.csv").read_text(encoding="utf-8")
HEADING, FIRST = TABLE.splitlines()[:2]
LINES = list(csv.DictReader(TABLE.splitlines()))
MECHANISMS = tuple(Mechanism(MechanismId(place), facts, "UTC") for place, facts in enumerate(shipped(), 1))
NAMES = sorted(
    {name for each in shipped() for name in (each.code, each.name, each.abbreviation, *each.aliases) if name}
)


def said(facts: MechanismFacts, column: str) -> str:
    fact = getattr(facts, column)
    return ";".join(fact) if isinstance(fact, tuple) else str(fact)


def test_every_fact_that_ships_is_as_the_table_has_it_with_its_source_and_its_doubts() -> None:
    columns = [each.name for each in fields(MechanismFacts)]
    assert [[said(facts, each) for each in columns] for facts in shipped()] == [
        [line[each] for each in columns] for line in LINES
    ]
    assert len(LINES) == 40


def test_nobodys_attendance_is_claimed() -> None:
    assert {line["took_part_2020_09_24"] for line in LINES} == {"unknown"}
    assert not any("took" in each.name or "2020_09" in each.name for each in fields(MechanismFacts))
    with pytest.raises(ValidationError, match="took_part_2020_09_24"):
        read(f"{HEADING}\n{FIRST.removesuffix('unknown')}yes\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [("almaty,", "Almaty!,"), (",active,", ",asleep,"), (",2013,", ",about 2013,"), (",high,", ",,")],
)
def test_a_table_with_a_row_that_is_none_is_refused_whole(before: str, after: str) -> None:
    with pytest.raises(ValidationError):
        read(f"{HEADING}\n{FIRST.replace(before, after, 1)}\n")


def test_a_seat_is_where_the_register_says_that_the_secretariat_is() -> None:
    secretariats = {facts.code: facts.secretariat for facts in shipped()}
    assert all(seat.said in secretariats[code] for code, seat in SEATS.items())
    assert SEATS["pidc"].zone_name == "Pacific/Apia"


def test_no_two_mechanisms_that_ship_have_a_name_in_common() -> None:
    added, outcome = register.to_load(shipped(), ())
    assert len(added) == outcome.added == 40
    assert [register.clashes(each.facts, MECHANISMS) for each in MECHANISMS] == [{}] * 40


def test_every_mechanism_that_ships_could_be_saved_by_the_form() -> None:
    for each in MECHANISMS:
        facts = each.facts
        typed = {each.name: getattr(facts, each.name) for each in fields(facts) if each.name != "aliases"}
        found = read_entry(MechanismEntry(typed | {"aliases": "\n".join(facts.aliases)}), each)
        assert isinstance(found, MechanismRead), (facts.code, found)
        assert found.facts == facts


@pytest.mark.parametrize("name", NAMES)
def test_every_name_finds_its_mechanism_however_it_is_typed(name: str) -> None:
    (owner,) = [
        each for each in MECHANISMS if name in (each.facts.code, each.facts.name, each.title, *each.facts.aliases)
    ]
    typed = [name, name.upper(), f"the {name}", f"“{name}”", name.replace("-", " – "), f" {name}, "]
    assert {choose_mechanism(each, MECHANISMS).facts.code for each in typed} == {owner.facts.code}
    assert {read_mechanisms(each, MECHANISMS).mechanisms for each in typed} == {(owner,)}


@given(st.lists(st.sampled_from(NAMES), max_size=6), st.sampled_from([", ", "; ", " and ", ",\n"]))
def test_names_in_a_row_are_read_one_by_one(names: list[str], between: str) -> None:
    found = read_mechanisms(between.join(names), MECHANISMS)
    assert found.mechanisms == tuple(dict.fromkeys(choose_mechanism(name, MECHANISMS) for name in names))
    assert found.unread == ()


@given(st.sampled_from(NAMES), st.integers(1, 40))
def test_a_beginning_finds_a_mechanism_that_begins_so_or_names_several(name: str, length: int) -> None:
    typed = name[:length]
    told = partial(choose_mechanism, typed, MECHANISMS)
    found = refused.answer(told, "mechanism-ambiguous", "mechanism-unknown")
    if found is not None:
        beginning = spellings.beginning(spellings.words(typed))
        assert any(each.startswith(beginning) for each in found.beginnings)
    elif refused.key(told) == "mechanism-ambiguous":
        assert len(refused.texts(refused.refusal(told).facts["matches"])) > 1
