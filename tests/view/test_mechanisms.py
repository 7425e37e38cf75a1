"""The register in words, within Slack's limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.documents.register import shipped
from bot.domain.ids import MechanismId, MemberId, RepresentativeId, UserId, WorkspaceId
from bot.domain.mechanisms import Mechanism, MechanismFacts
from bot.domain.members import Member, Standing, Workspace
from bot.domain.register import MechanismShown, MechanismsListed, RegisterLoaded, Terms, ZoneFrom
from bot.domain.representatives import How, RepresentationState, Representative
from bot.domain.roles import Role
from bot.view import mechanisms
from bot.view.message import Message
from bot.view.texts import load

WORDS = load().of("en")
WORKSPACE = Workspace(WorkspaceId(1), "T1", None, "en")
MECHANISMS = tuple(Mechanism(MechanismId(place), facts, "UTC") for place, facts in enumerate(shipped(), 1))
ANA = Member(MemberId(1), WORKSPACE, UserId("U01234567AB"), None, None, Standing.ORGANISER)
NAMED = replace(ANA, user=UserId("named:joy"), standing=Standing.NAMED, name="Joy <Fa'asavalu>")


def speaks(mechanism: Mechanism, role: Role = Role.CHAIR, member: Member = ANA) -> Representative:
    return Representative(
        RepresentativeId(1), mechanism, member, role, None, date(2027, 12, 31), RepresentationState.NAMED
    )


def shown(mechanism: Mechanism, terms: Terms | None = None, reader: Member = ANA) -> Message:
    outcome = MechanismShown(mechanism, ZoneFrom.SEAT, terms or Terms((), (), (), ()))
    return mechanisms.shown(WORDS, reader, outcome)


def test_the_whole_register_with_five_voices_each_stands_in_one_message() -> None:
    roles = (Role.CHAIR, Role.CHAIR, Role.HEAD_OF_SECRETARIAT, Role.ALTERNATE, Role.FOCAL_POINT)
    speaking = tuple(speaks(each, role) for each in MECHANISMS for role in roles)
    message = mechanisms.listed(WORDS, MechanismsListed(MECHANISMS, speaking, (), 0))
    content = message.content()
    assert len(content["blocks"]) <= 50
    assert sum(len(block["text"]["text"]) for block in content["blocks"] if block["type"] == "section") <= 13_200
    assert all(each.title in message.text for each in MECHANISMS)
    assert "more" not in message.text


def test_what_isnt_active_or_sure_is_marked_and_a_claim_is_shown_as_one() -> None:
    pidc, apc = (each for each in MECHANISMS if each.facts.code in ("apc", "pidc"))
    claims = (replace(speaks(pidc), state=RepresentationState.CLAIMED),)
    text = mechanisms.listed(WORDS, MechanismsListed((apc, replace(pidc, retired=True)), (), claims, 1)).text
    assert "_historical_ · _facts in doubt_" in text
    assert "Community · _retired_" in text
    assert "Claims, not confirmed: Chair: <@U01234567AB>" in text


def test_an_empty_register_says_how_to_load_it() -> None:
    assert "/consult mechanisms load" in mechanisms.listed(WORDS, MechanismsListed((), (), (), 0)).text


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda each: each.facts.code)
def test_every_fact_is_shown_with_its_source_confidence_and_note(mechanism: Mechanism) -> None:
    facts, text = mechanism.facts, shown(mechanism).text
    for fact in (facts.name, facts.region, facts.established, facts.chair_model, facts.source, facts.note):
        assert fact in text
    assert f"*Confidence*: {facts.confidence}" in text
    assert "2020" not in text.replace(facts.note, "").replace(facts.source, ""), "nobody's attendance"


def test_what_nobody_knows_is_said() -> None:
    text = shown(Mechanism(MechanismId(1), MechanismFacts("x", "My forum"), "UTC")).text
    assert "*Not known*: Abbreviation, Type, Region" in text


def test_representatives_are_shown_with_their_days_and_how_a_letter_came() -> None:
    pidc = MECHANISMS[0]
    by_letter = replace(speaks(pidc, Role.ALTERNATE, NAMED), how=How.LETTER, since=date(2027, 1, 1), until=None)
    to_come = replace(speaks(pidc, Role.CO_CHAIR), since=date(2027, 1, 1))
    over = replace(speaks(pidc, Role.ADVISER), until=date(2026, 1, 1))
    claim = replace(speaks(pidc, Role.OBSERVER), state=RepresentationState.CLAIMED, until=None)
    text = shown(pidc, Terms((speaks(pidc), by_letter), (claim,), (to_come,), (over,))).text
    assert "*Speaking for it now*\nChair: <@U01234567AB>, until Fri 31 Dec 2027" in text
    assert "Alternate: Joy &lt;Fa'asavalu&gt; (by letter), from Fri 1 Jan 2027" in text
    assert "*Claims, not confirmed by an organiser*\nObserver: <@U01234567AB>" in text
    assert "*From a later day*\nCo-Chair: <@U01234567AB>, from Fri 1 Jan 2027 until Fri 31 Dec 2027" in text
    assert "*Before*\nAdviser: <@U01234567AB>, until Thu 1 Jan 2026" in text


def test_only_organisers_get_buttons() -> None:
    assert [block.type for block in shown(MECHANISMS[0]).blocks][-1] == "actions"
    assert "actions" not in [
        block.type for block in shown(MECHANISMS[0], reader=replace(ANA, standing=Standing.MEMBER)).blocks
    ]


def test_loading_says_what_was_added_what_stood_and_what_was_left_out() -> None:
    text = mechanisms.loaded(WORDS, RegisterLoaded(38, 1, (("Bali Process", "Bali talks"),))).text
    assert "38 mechanisms were added" in text
    assert "1 was here already" in text
    assert "*Bali Process* was left out: *Bali talks*" in text


def test_two_hundred_terms_stand_in_one_message_the_current_first_and_the_buttons_stay() -> None:
    pidc = MECHANISMS[0]
    past = tuple(
        replace(speaks(pidc, member=replace(ANA, user=UserId(f"U{place:010}"))), since=date(2020, 1, 1))
        for place in range(200)
    )
    message = shown(pidc, Terms((speaks(pidc),), (), (), past))
    content = message.content()
    assert len(content["blocks"]) <= 50
    assert sum(len(block["text"]["text"]) for block in content["blocks"] if block["type"] == "section") <= 13_200
    assert "<@U01234567AB>" in message.text
    named = message.text.count("<@U") - 1
    assert 0 < named < 200
    assert f"{200 - named} more" in message.text
    assert content["blocks"][-1]["type"] == "actions"
