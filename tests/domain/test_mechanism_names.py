"""How people name mechanisms, one and several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import MechanismId
from bot.domain.mechanism_names import read_mechanisms
from bot.domain.mechanisms import Mechanism, MechanismFacts, choose_mechanism
from bot.domain.spellings import spell
from tests.domain.refused import answer, refusal

BALI = "Bali Process on People Smuggling, Trafficking in Persons and Related Transnational Crime"
FACTS = (
    MechanismFacts("almaty", "Almaty Process on Refugee Protection", "Almaty Process", ("Almaty",)),
    MechanismFacts("colombo", "Regional Consultative Process on Overseas Employment", "Colombo Process"),
    MechanismFacts("bali", BALI, "Bali Process", ("Bali",)),
    MechanismFacts("add", "Abu Dhabi Dialogue", "ADD"),
    MechanismFacts("midsa", "Migration Dialogue for Southern Africa", "MIDSA", ("SADC",)),
    MechanismFacts("midwa", "Migration Dialogue for West Africa", "MIDWA", ("ECOWAS",)),
    MechanismFacts("mid-igad", "Migration Dialogue for the IGAD Region", "MID-IGAD (IGAD-RCP)", ("IGAD",)),
    MechanismFacts("rcm", "Regional Conference on Migration", "RCM (Puebla Process)"),
    MechanismFacts("5plus5", "5+5 Dialogue on Migration", "5+5 Dialogue", ("5+5",)),
    MechanismFacts("quito", "Quito", "Quito Process"),
    MechanismFacts("tripoli", "Tripoli Process (EU - Africa)"),
)
REGISTER = tuple(
    Mechanism(MechanismId(place), facts, "UTC", retired=facts.code == "tripoli") for place, facts in enumerate(FACTS)
)


def chosen(typed: str) -> str:
    return choose_mechanism(typed, REGISTER).facts.code


def read(typed: str) -> tuple[list[str], tuple[str, ...]]:
    found = read_mechanisms(typed, REGISTER)
    return [each.facts.code for each in found.mechanisms], found.unread


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("colombo process", "colombo"),
        ("the Colombo Process", "colombo"),
        ("Colombo", "colombo"),
        ("“Colombo Process”,", "colombo"),
        ("Processus de Colombo", "colombo"),
        ("Almaty", "almaty"),
        ("ALMATY  process", "almaty"),
        ("IGAD–RCP", "mid-igad"),
        ("igad rcp", "mid-igad"),
        ("MID-IGAD (IGAD-RCP)", "mid-igad"),
        ("MID IGAD", "mid-igad"),
        ("RCM", "rcm"),
        ("Puebla", "rcm"),
        ("Proceso de Puebla", "rcm"),
        ("Regional Conference on Migration (RCM)", "rcm"),
        ("5+5", "5plus5"),
        ("5 + 5", "5plus5"),
        ("5 plus 5 dialogue", "5plus5"),
        ("SADC", "midsa"),
        ("migration dialogue for south", "midsa"),
        ("Quíto", "quito"),
        ("quito proc", "quito"),
        ("abu dhabi", "add"),
        (BALI.replace(" and ", " & "), "bali"),
        ("Tripoli Process", "tripoli"),
    ],
)
def test_a_mechanism_is_found_as_people_name_it(typed: str, code: str) -> None:
    assert chosen(typed) == code


@pytest.mark.parametrize("typed", ["", "the", "Process", "Colombo and Bali", "EU - Africa", "tripo", "+", "🙂"])
def test_what_names_no_mechanism_is_never_guessed(typed: str) -> None:
    assert refusal(lambda: chosen(typed)).key == "mechanism-unknown"


def test_what_comes_near_is_suggested() -> None:
    assert refusal(lambda: chosen("Colmbo")).facts["suggestions"] == ("Colombo Process",)


def test_a_beginning_of_several_is_asked_back_with_their_names() -> None:
    told = refusal(lambda: chosen("Migration Dialogue for"))
    assert (told.key, told.facts["matches"]) == ("mechanism-ambiguous", ("MIDSA", "MIDWA", "MID-IGAD (IGAD-RCP)"))


def test_brackets_that_name_two_mechanisms_are_asked_back() -> None:
    assert refusal(lambda: chosen("Bali (ADD)")).key == "mechanism-ambiguous"


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Colombo Process, Bali Process and Almaty", ["colombo", "bali", "almaty"]),
        ("ADD MIDSA", ["add", "midsa"]),
        ("colombo process bali process", ["colombo", "bali"]),
        ("the Colombo Process & the Processus de Quito", ["colombo", "quito"]),
        (f"ADD {BALI} MIDSA", ["add", "bali", "midsa"]),
        ("Bali Process on People Smuggling, Trafficking; ADD", ["bali", "add"]),
        ('"Colombo Process" «Bali» “migration dialogue for West”', ["colombo", "bali", "midwa"]),
        ("5 + 5, 5+5 dialogue", ["5plus5"]),
        ("Regional Conference on Migration (RCM), MIDWA", ["rcm", "midwa"]),
        ("almat, q, rcm puebla", ["almaty", "quito", "rcm"]),
        ("", []),
    ],
)
def test_several_mechanisms_are_read_from_one_text(typed: str, codes: list[str]) -> None:
    assert read(typed) == (codes, ())


@pytest.mark.parametrize(
    ("typed", "codes", "unread"),
    [
        ("Colombo Process as chair", ["colombo"], ("as chair",)),
        ("Almaty Process on 24 September", ["almaty"], ("on 24 September",)),
        ("<@U1|bali> ADD nonsense here, more and SADC", ["add", "midsa"], ("<@U1|bali>", "nonsense here", "more")),
        ("@bali", [], ("@bali",)),
        ('"Bali Colombo" ADD', ["add"], ("Bali Colombo",)),
        ("q for ADD", ["add"], ("q for",)),
    ],
)
def test_what_names_none_is_said_as_it_was_typed(typed: str, codes: list[str], unread: tuple[str, ...]) -> None:
    assert read(typed) == (codes, unread)


@pytest.mark.parametrize("typed", ["ADD, migration dialogue", '"migration dialogue"', "regional co"])
def test_a_beginning_of_several_among_others_is_asked_back(typed: str) -> None:
    assert refusal(lambda: read(typed)).key == "mechanism-ambiguous"


def test_a_name_goes_on_behind_a_comma_only_where_it_has_one() -> None:
    euromed = Mechanism(MechanismId(99), MechanismFacts("euromed", "EuroMed Migration", "EuroMed"), "UTC")
    midwa = next(each for each in REGISTER if each.facts.code == "midwa")
    found = read_mechanisms("EuroMed, Migration Dialogue for West Africa", (*REGISTER, euromed))
    assert (found.mechanisms, found.unread) == ((euromed, midwa), ())


@given(st.text())
def test_spelling_twice_is_spelling_once(typed: str) -> None:
    assert spell(spell(typed)) == spell(typed)


@given(st.lists(st.sampled_from(sorted({name for each in REGISTER for name in (each.title, each.facts.name)}))))
def test_whole_names_are_read_in_any_order(names: list[str]) -> None:
    expected = list(dict.fromkeys(chosen(name) for name in names))
    assert read("; ".join(names)) == (expected, ())
    assert read(" ".join(names)) == (expected, ())


@given(st.text())
def test_whatever_is_typed_is_read_or_asked_back(typed: str) -> None:
    answer(lambda: read(typed), "mechanism-ambiguous")
