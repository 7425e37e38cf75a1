"""The register over the wire: loaded, shown, edited by its form."""

from __future__ import annotations

from typing import Any

from tests.wire.scene import BY_HTTP, Scene
from workspace.modals import View
from workspace.shown import plain

pytestmark = BY_HTTP

LOAD = "/consult mechanisms load"


def stands(form: View, name: str) -> str:
    """What an input of a form holds to begin with."""
    (block,) = [each for each in form.blocks if each.get("block_id", "").partition("-")[0] == name]
    return str(block["element"].get("initial_value", ""))


def filled(form: View, **entries: str) -> dict[str, Any]:
    """Entries by the inputs' whole names, which tell the mechanism's revision."""
    names = {
        block["block_id"].partition("-")[0]: block["block_id"] for block in form.blocks if block["type"] == "input"
    }
    return {names[name]: value for name, value in entries.items()}


async def test_an_organiser_loads_the_register_once_and_anybody_reads_it(scene: Scene) -> None:
    assert "no mechanisms here yet" in await scene.types(scene.ben, "/consult mechanisms")
    assert "Only organisers" in await scene.types(scene.ben, LOAD)
    assert "40 mechanisms were added" in await scene.types(scene.ana, LOAD)
    assert "40 were here already" in await scene.types(scene.ana, LOAD)
    listed = await scene.types(scene.ben, "/consult mechanisms")
    assert "Tripoli Process" in listed
    assert "Almaty Process on Refugee Protection" in listed
    shown = await scene.types(scene.ben, "/consult mechanisms the pacific")
    assert "Pacific/Apia" in shown
    assert "talamua.com" in shown
    assert "Retire" not in shown


async def test_a_mechanism_is_added_by_the_form_and_refused_beside_its_inputs(scene: Scene) -> None:
    await scene.types(scene.ana, LOAD)
    assert "Only organisers" in await scene.types(scene.ben, '/consult mechanisms add "X"')
    assert "Abu Dhabi Dialogue" in await scene.types(scene.ben, "/consult mechanisms ADD")
    assert "mechanisms show ADD" in plain(await scene.opens(scene.ana, "/consult mechanisms add"))
    form = await scene.opens(scene.ana, '/consult mechanisms add "My forum"')
    assert stands(form, "name") == "My forum"
    errors = await scene.is_refused(scene.ana, abbreviation="SADC", zone="Geneva")
    assert errors == {"abbreviation": "MIDSA is called “SADC” already. Nothing was stored."}
    errors = await scene.is_refused(scene.ana, abbreviation="chair", zone="Atlantis")
    assert errors.keys() == {"abbreviation", "zone"}
    assert "in the register now" in await scene.submits(scene.ana, abbreviation="MF", aliases="Forum", zone="Geneva")
    assert "Europe/Zurich" in await scene.types(scene.ben, "/consult mechanisms show forum")


async def test_an_edit_is_saved_and_one_that_somebody_overtook_is_shown_anew(scene: Scene) -> None:
    await scene.types(scene.ana, LOAD)
    form = await scene.opens(scene.ana, "/consult mechanisms edit PIDC")
    assert "zone" in await scene.types(scene.ana, "/consult mechanisms zone PIDC Auckland")
    assert "in the meantime" in await scene.submits(scene.ana, **filled(form, region="Oceania"))
    assert (stands(scene.form(scene.ana), "zone"), stands(scene.form(scene.ana), "region")) == ("Auckland", "Pacific")
    told = await scene.submits(scene.ana, **filled(scene.form(scene.ana), region="Oceania"))
    assert "PIDC is changed: Region" in told.replace("*", "")
    assert "Oceania" in await scene.types(scene.ben, "/consult mechanisms PIDC")


async def test_buttons_edit_and_retire(scene: Scene) -> None:
    await scene.types(scene.ana, LOAD)
    shown = await scene.answered(scene.ana, "/consult mechanisms PIDC")
    form = await scene.opens_by(scene.ana, shown, "Edit")
    assert stands(form, "name") == "Pacific Immigration Development Community"
    assert "is retired" in await scene.told(scene.ana, lambda: scene.presses(scene.ana, shown, "Retire"))
    assert "PIDC" not in await scene.types(scene.ben, "/consult mechanisms")
    assert "PIDC" in await scene.types(scene.ben, "/consult mechanisms all")
    assert "in use again" in await scene.types(scene.ana, "/consult mechanisms restore PIDC")


async def test_shortcuts_change_one_thing_and_help_names_them(scene: Scene) -> None:
    await scene.types(scene.ana, LOAD)
    assert "Also called" in await scene.types(scene.ana, '/consult mechanisms alias PIDC "Pacific Community"')
    assert "PIDC" in await scene.types(scene.ben, "/consult mechanisms pacific community")
    assert "Only organisers" in await scene.types(scene.ben, "/consult mechanisms zone PIDC Geneva")
    assert "retire PIDC" in await scene.types(scene.ben, "/consult mechanisms help")
    assert "Which mechanism?" in await scene.types(scene.ana, "/consult mechanisms retire")
