"""Seats in a capacity, claims and how they are decided, and seats that an organiser takes for others."""

from __future__ import annotations

import asyncio

import pytest_asyncio

from tests.wire import forging
from tests.wire.scene import BY_HTTP, Scene
from workspace.messages import Message
from workspace.shown import plain

pytestmark = BY_HTTP
CHAIR = "/signup afternoon as chair for Colombo Process"


@pytest_asyncio.fixture
async def register(announced: Scene) -> Scene:
    await announced.types(announced.ana, "/consult mechanisms load")
    return announced


async def direct(scene: Scene, saying: str) -> Message:
    """The direct message to Ana that says so."""
    found = await scene.workspace.until(
        lambda: [each for each in scene.workspace.direct_messages(scene.ana.id) if saying in plain(each)]
    )
    assert len(found) == 1
    return found[0]


async def test_a_claim_is_shown_as_one_until_the_webinars_organiser_confirms_it_by_a_button(register: Scene) -> None:
    for _ in range(2):
        told = await register.types(register.ben, CHAIR)
        assert "as Chair of *Colombo Process*" in told
        assert "shown as a claim" in told
    assert "no organiser has confirmed" in await register.types(register.ben, "/signup status")
    message = await direct(register, "is not named so here")
    assert f"<@{register.ben.id}> has signed up for *W1: Regional reviews*" in plain(message)
    assert "claims to be Chair" in await register.types(register.ana, "/consult claims")
    assert "Only organisers" in await register.types(register.chu, "/consult claims")
    told = await register.told(register.ana, lambda: register.presses(register.ana, message, "Confirm"))
    assert "from Tue 1 Dec 2026, without an end" in told
    assert "An organiser has confirmed" in (await register.direct(register.ben))[-1]
    status = await register.types(register.ben, "/signup status")
    assert "you sit there as Chair of *Colombo Process*" in status
    assert "claim" not in status
    told = await register.told(register.ana, lambda: register.presses(register.ana, message, "Refuse"))
    assert "You have confirmed this already" in told
    assert "No claim waits" in await register.types(register.ana, "/consult claims")


async def test_a_claim_is_refused_from_the_list_and_by_no_forged_button(register: Scene) -> None:
    await register.types(register.ben, CHAIR)
    for action in ("claim-confirm", "claim-refuse"):
        assert "Only organisers" in await forging.presses(register, register.ben, action, "1")
        assert "no such claim" in await forging.presses(register, register.ana, action, "999")
        assert "*Confirmed*" not in await forging.presses(register, register.ana, action, "1:x")
    answer = await register.answered(register.ana, "/consult claims")
    told = await register.told(register.ana, lambda: register.presses(register.ana, answer, "Refuse"))
    assert "They keep their seat" in told
    assert "has not confirmed" in (await register.direct(register.ben))[-1]
    assert "*afternoon*" in await register.types(register.ben, "/signup status")


async def test_two_clicks_at_once_decide_once(register: Scene) -> None:
    await register.types(register.ben, CHAIR)
    message = await direct(register, "is not named so here")
    await asyncio.gather(*(register.presses(register.ana, message, each) for each in ("Confirm", "Refuse", "Confirm")))
    await register.workspace.until(
        lambda: sum("already" in plain(each) for each in register.workspace.ephemerals(register.ana.id)) >= 2
    )
    assert len(await register.direct(register.ben)) == 1


async def test_who_is_named_is_told_their_capacity_and_no_organiser_is_bothered(register: Scene) -> None:
    await register.types(register.ana, f"/consult represent <@{register.ben.id}> Colombo as chair")
    told = await register.types(register.ben, "/signup afternoon for Colombo")
    assert "as Chair of *Colombo Process*" in told
    assert "claim" not in told
    await register.types(register.ana, f"/signup afternoon for <@{register.ben.id}>")
    assert not [each for each in register.workspace.direct_messages(register.ana.id) if "not named so" in plain(each)]


async def test_whoever_is_signed_up_by_an_organiser_reads_who_did_it_with_the_usual_buttons(register: Scene) -> None:
    assert "Only organisers" in await register.types(register.chu, f"/signup afternoon for <@{register.ben.id}>")
    told = await register.types(register.ana, f"/signup afternoon for <@{register.ben.id}>")
    assert f"<@{register.ben.id}> now has a seat in the *afternoon* session" in told
    (said,) = await register.direct(register.ben)
    assert f"<@{register.ana.id}> has signed you up" in said
    (message,) = register.workspace.direct_messages(register.ben.id)
    left = await register.told(register.ben, lambda: register.presses(register.ben, message, "Give the seat back"))
    assert "given back your seat" in left
    assert "has no seat in a webinar" in await register.types(register.ana, f"/signup cancel for <@{register.ben.id}>")


async def test_a_person_without_an_account_takes_a_seat_by_letter(register: Scene) -> None:
    told = await register.types(register.ana, '/signup afternoon for "Ms R. Perera" by letter')
    assert "Ms R. Perera (by letter) now has a seat" in told
    await register.post("39 of 40 seats left")
    assert "Ms R. Perera" not in plain(await register.post("39 of 40 seats left"))
    await register.types(register.ana, "/webinar move W1 afternoon to 17:00-19:00")
    assert "was given back" in await register.types(register.ana, '/signup cancel for "Ms R. Perera" by note verbale')


async def test_the_record_says_in_which_capacity_a_seat_was_taken(register: Scene) -> None:
    await register.types(register.ana, f"/consult represent <@{register.ben.id}> PIDC as chair until 31 December 2026")
    await register.types(register.ben, "/signup morning as adviser for Almaty Process")
    await register.types(register.ben, "/signup afternoon for PIDC")
    moved, taken, claimed, named, *_ = (await register.types(register.ana, "/consult audit")).splitlines()[1:]
    assert "moved" in moved
    assert moved.endswith("as Chair of PIDC.")
    assert taken.endswith("as a claim to be Adviser of Almaty Process.")
    assert claimed.endswith("said to be Adviser of Almaty Process, as a claim.")
    assert named.endswith("Chair of PIDC, from Tue 1 Dec 2026 until Thu 31 Dec 2026, as organiser.")
