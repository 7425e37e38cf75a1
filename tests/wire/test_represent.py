"""Who speaks for a mechanism: typed, by the form, and taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest_asyncio

from tests.wire import forging
from tests.wire.scene import BY_HTTP, Scene
from workspace.messages import Ephemeral
from workspace.modals import View
from workspace.shown import plain

pytestmark = BY_HTTP


@pytest_asyncio.fixture
async def register(scene: Scene) -> Scene:
    await scene.types(scene.ana, "/consult mechanisms load")
    return scene


async def test_all_that_was_understood_is_repeated_and_removed_by_its_button_once(register: Scene) -> None:
    typed = f"/consult represent <@{register.ben.id}> Colombo Process as chairperson from 1 January 2026 to 2026-12-31"
    answer = await register.answered(register.ana, typed)
    said = plain(answer)
    assert f"<@{register.ben.id}> speaks for *Colombo Process* as Chair" in said
    assert "from Thu 1 Jan 2026 until Thu 31 Dec 2026" in said
    assert "midnight in Colombo" in said
    told = await register.told(register.ana, lambda: register.presses(register.ana, answer, "Remove Ben"))
    assert "*Removed*" in told
    assert "removed already" in await forging.presses(register, register.ana, "represent-remove", "1")
    assert "not named so" in await register.types(
        register.ana, f"/consult represent remove <@{register.ben.id}> Colombo"
    )


async def test_the_term_of_an_earlier_chair_ends_the_day_before_by_a_button(register: Scene) -> None:
    await register.types(register.ana, f"/consult represent <@{register.ben.id}> PIDC as chair from 2026-01-01")
    answer = await register.answered(
        register.ana, f"/consult represent <@{register.chu.id}> PIDC as chair from 2027-01-01"
    )
    assert f"<@{register.ben.id}> is Chair of *PIDC* as well" in plain(answer)
    told = await register.told(
        register.ana, lambda: register.presses(register.ana, answer, "End Ben’s term on Thu 31 Dec 2026")
    )
    assert "from Thu 1 Jan 2026 until Thu 31 Dec 2026" in told
    again = await register.answered(
        register.ana, f"/consult represent <@{register.chu.id}> PIDC as chair from 2027-01-02"
    )
    assert "as well" not in plain(again)


async def test_forged_buttons_and_those_who_are_no_organisers_change_nothing(register: Scene) -> None:
    typed = f"/consult represent <@{register.ben.id}> PIDC as chair from 2026-01-01"
    await register.types(register.ana, typed)
    for value in ("1", "x:1", "999:1", "1:999", "2147483647:2147483647"):
        assert "*Ended*" not in await forging.presses(register, register.ana, "represent-end", value)
    for action, value in (("represent-end", "1:1"), ("represent-remove", "1")):
        assert "Only organisers" in await forging.presses(register, register.ben, action, value)
    assert "already, from Thu 1 Jan 2026, without an end" in await register.types(register.ana, typed)


async def test_who_has_left_slack_is_named_for_nothing_until_they_are_back(register: Scene) -> None:
    gone = register.workspace.admit("gone", deleted=True)
    for typed in ("/consult represent {} PIDC as chair", "/consult organisers add {}", "/signup afternoon for {}"):
        said = await register.types(register.ana, typed.format(f"<@{gone.id}>"))
        assert "has left this workspace" in said
    register.workspace.put_member(replace(gone, deleted=False))
    told = await register.types(register.ana, f"/consult represent <@{gone.id}> PIDC as chair")
    assert "*Named*" in told


async def test_who_is_no_organiser_names_nobody(register: Scene) -> None:
    for typed in ("represent", f"represent <@{register.ben.id}> PIDC as chair", "represent remove @ben PIDC"):
        assert "Only organisers" in await register.types(register.ben, f"/consult {typed}")


async def test_an_unclear_mechanism_or_date_is_offered_as_whole_commands(register: Scene) -> None:
    typed = f"/consult represent <@{register.ben.id}> Colmbo Process as chair from 10/12/2026"
    answer = await register.answered(register.ana, typed)
    assert "from 2026-12-10" in plain(answer)
    assert "from 2026-10-12" in plain(answer)
    asked = await register.told(register.ana, lambda: register.presses(register.ana, answer, label(answer, 0)))
    assert "Did you mean Colombo Process" in asked
    (asked_again,) = [each for each in register.workspace.ephemerals(register.ana.id) if "Did you mean" in each.text]
    told = await register.told(register.ana, lambda: register.presses(register.ana, asked_again, label(asked_again, 0)))
    assert "as Chair, from Thu 10 Dec 2026" in told


def options(form: View) -> list[dict[str, Any]]:
    """Of the mechanisms."""
    (block,) = [each for each in form.blocks if each.get("block_id") == "mechanism"]
    return list(block["element"]["options"])


def label(shown: Ephemeral, place: int) -> str:
    buttons = [
        element for block in shown.blocks for element in block.get("elements", ()) if element["type"] == "button"
    ]
    return str(buttons[place]["text"]["text"])


async def test_a_person_without_an_account_is_named_with_how_it_came(register: Scene) -> None:
    typed = '/consult represent "Ms R. Perera" "Colombo Process" as chair'
    assert "please say how it came" in await register.types(register.ana, typed)
    assert "Ms R. Perera (by letter)" in await register.types(register.ana, typed + " by letter")
    needless = f"/consult represent <@{register.ben.id}> Colombo as chair by letter"
    assert "has an account here" in await register.types(register.ana, needless)


async def test_the_form_names_people_and_says_beside_its_inputs_what_is_wrong(register: Scene) -> None:
    form = await register.opens(register.ana, "/consult represent")
    (colombo,) = [each["value"] for each in options(form) if each["text"]["text"] == "Colombo Process"]
    refused = await register.is_refused(register.ana, mechanism=colombo, role="chair", name="Ms R. Perera")
    assert set(refused) == {"how"}
    days = {"since": "2026-06-01", "until": "2026-01-01"}
    refused = await register.is_refused(
        register.ana, people=[register.ben.id], mechanism=colombo, role="chair", name="", **days
    )
    assert set(refused) == {"until"}
    refused = await register.is_refused(
        register.ana, people=[register.workspace.bot_user_id], mechanism=colombo, role="chair", until=""
    )
    assert set(refused) == {"people"}
    told = await register.submits(
        register.ana, people=[register.ben.id, register.chu.id], mechanism=colombo, role="chair"
    )
    assert told.count("speaks for *Colombo Process* as Chair") == 2


async def test_a_refused_naming_opens_the_form_with_what_was_understood(register: Scene) -> None:
    answer = await register.answered(register.ana, f"/consult represent <@{register.ben.id}> PIDC from 2026-01-01")
    assert "in which role" in plain(answer)
    form = await register.opens_by(register.ana, answer, "Open the form")
    assert f"'initial_users': ['{register.ben.id}']" in str(form.blocks)
    assert "as Focal point, from Thu 1 Jan 2026" in await register.submits(register.ana, role="focal-point")
