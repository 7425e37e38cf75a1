"""A mechanism as it is filled in."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.domain.ids import MechanismId
from bot.domain.mechanism_entries import MechanismEntry, MechanismRead, read, revision_of
from bot.domain.mechanisms import Mechanism, MechanismFacts, MechanismStatus
from bot.domain.refusals import Refusal

FILLED = {"name": "My  forum", "status": "proposed"}
BEFORE = Mechanism(
    MechanismId(1), MechanismFacts("mine", "My forum", source="iom.int", confidence="high"), "UTC", own_zone=None
)


def entered(**typed: str) -> MechanismRead:
    found = read(MechanismEntry(FILLED | typed))
    assert isinstance(found, MechanismRead), found
    return found


def refusals(**typed: str) -> Mapping[str, Refusal]:
    found = read(MechanismEntry(FILLED | typed))
    assert not isinstance(found, MechanismRead), found
    return found


def test_what_is_filled_in_is_kept_without_what_slack_adds() -> None:
    found = entered(
        abbreviation="MF", aliases=" Forum one\n\nForum two\nforum ONE ", zone="geneva", note="<@U1|ana> says"
    )
    assert found == MechanismRead(
        MechanismFacts(
            "", "My forum", "MF", ("Forum one", "Forum two"), status=MechanismStatus.PROPOSED, note="@ana says"
        ),
        "Europe/Zurich",
    )


@pytest.mark.parametrize(
    ("place", "typed", "key"),
    [
        ("name", "", "mechanism-name-empty"),
        ("name", "+ – !", "mechanism-name-empty"),
        ("name", "n" * 201, "mechanism-text-too-long"),
        ("abbreviation", "a" * 81, "mechanism-text-too-long"),
        ("aliases", "short\n" + "a" * 81, "mechanism-text-too-long"),
        ("aliases", "\n".join(f"forum {place}" for place in range(21)), "aliases-too-many"),
        ("secretariat", "s" * 501, "mechanism-text-too-long"),
        ("zone", "Atlantis", "zone-unknown"),
        ("status", "gone", "mechanism-status-missing"),
        ("name", "Chair", "mechanism-name-reserved"),
        ("name", "the Presidency", "mechanism-name-reserved"),
        ("abbreviation", "HoS", "mechanism-name-reserved"),
        ("abbreviation", "All", "mechanism-name-reserved"),
        ("aliases", "Load", "mechanism-name-reserved"),
        ("aliases", "W1", "mechanism-name-reserved"),
        ("name", "retire process", "mechanism-name-reserved"),
    ],
)
def test_what_cant_be_accepted_is_refused_at_its_input(place: str, typed: str, key: str) -> None:
    assert {name: refusal.key for name, refusal in refusals(**{place: typed}).items()} == {place: key}


def test_a_text_that_is_too_long_is_refused_with_its_count() -> None:
    assert refusals(note="n" * 501)["note"].facts == {"count": 501, "limit": 500}


def test_every_input_is_refused_at_once() -> None:
    assert refusals(name="", zone="Atlantis", source="s" * 501).keys() == {"name", "zone", "source"}


@pytest.mark.parametrize(("source", "confidence"), [("iom.int", "high"), ("a letter", "")])
def test_how_sure_the_register_is_holds_as_long_as_the_source_does(source: str, confidence: str) -> None:
    found = read(MechanismEntry(FILLED | {"source": source}), BEFORE)
    assert isinstance(found, MechanismRead)
    assert (found.facts.code, found.facts.confidence) == ("mine", confidence)


def test_a_change_of_facts_zone_or_use_is_another_revision() -> None:
    facts = MechanismFacts("mine", "My forum", source="iom.int")
    others = [
        Mechanism(MechanismId(1), facts, "UTC"),
        Mechanism(MechanismId(1), BEFORE.facts, "Asia/Dubai", own_zone="Asia/Dubai"),
        Mechanism(MechanismId(1), BEFORE.facts, "UTC", retired=True),
    ]
    assert len({revision_of(each) for each in (BEFORE, *others)}) == 4
    moved = Mechanism(MechanismId(1), BEFORE.facts, "Asia/Dubai")
    assert revision_of(moved) == revision_of(BEFORE), "the workspace's zone is none of its own"


def test_a_name_that_it_has_already_may_read_as_a_verb() -> None:
    dialogue = Mechanism(MechanismId(1), MechanismFacts("add", "Abu Dhabi Dialogue", "ADD"), "UTC")
    assert isinstance(read(MechanismEntry(FILLED | {"abbreviation": "ADD"}), dialogue), MechanismRead)
    assert refusals(abbreviation="ADD").keys() == {"abbreviation"}
