from __future__ import annotations

from functools import partial

from tests.wire.scene import ON_SQLITE, Scene
from workspace.shown import plain

ADOPT = '/poll by mechanism "Adopt?" "Yes" "No"'


@ON_SQLITE
async def test_the_message_shows_whose_voice_is_where_and_who_has_abstained(scene: Scene) -> None:
    await scene.types(scene.ana, "/consult mechanisms load")
    await scene.types(scene.ana, f"/consult represent <@{scene.ben.id}> Colombo Process as chair")
    await scene.types(scene.ana, f"/consult represent <@{scene.chu.id}> Almaty Process as chair")
    await scene.types(scene.ben, ADOPT)
    post = await scene.post("one voice per mechanism", "0 mechanisms have answered")
    told = await scene.told(scene.ben, lambda: scene.presses(scene.ben, post, "Vote for Yes"))
    assert "Colombo Process in Adopt?: Yes" in told.replace("*", "")
    await scene.post("100 % · 1 vote\nColombo Process")
    told = await scene.told(scene.chu, lambda: scene.presses(scene.chu, post, "Abstain"))
    assert "abstains" in told
    now = plain(await scene.post("2 mechanisms have answered"))
    assert "1 mechanism\nAlmaty Process" in now
    assert "100 % · 1 vote\nColombo Process" in now
    told = await scene.told(scene.ana, lambda: scene.presses(scene.ana, post, "Vote for No"))
    assert "No organiser has named you" in told


@ON_SQLITE
async def test_who_speaks_for_several_says_for_which_and_for_the_others_as_well(scene: Scene) -> None:
    await scene.types(scene.ana, "/consult mechanisms load")
    for each in ("Colombo Process", "Bali Process"):
        await scene.types(scene.ana, f"/consult represent <@{scene.ben.id}> {each} as chair")
    await scene.types(scene.ben, ADOPT)
    post = await scene.post("one voice per mechanism")
    told = await scene.told(scene.ben, lambda: scene.presses(scene.ben, post, "Vote for Yes"))
    assert "Nothing is stored yet" in told
    asked = scene.workspace.ephemerals(scene.ben.id)[-1]
    told = await scene.told(scene.ben, lambda: scene.presses(scene.ben, asked, "Colombo Process"))
    assert "Colombo Process in Adopt?: Yes" in told.replace("*", "")
    further = scene.workspace.ephemerals(scene.ben.id)[-1]
    await scene.told(scene.ben, lambda: scene.presses(scene.ben, further, "Bali Process"))
    await scene.post("100 % · 2 votes\nBali Process, Colombo Process")
    told = await scene.told(scene.ben, lambda: scene.presses(scene.ben, post, "My vote"))
    assert told.replace("*", "").index("Bali Process: Yes") < told.replace("*", "").index("Colombo Process: Yes")


@ON_SQLITE
async def test_at_its_limit_a_mechanism_makes_room_as_the_refusal_says(scene: Scene) -> None:
    await scene.types(scene.ana, "/consult mechanisms load")
    await scene.types(scene.ana, f"/consult represent <@{scene.ben.id}> Colombo Process as chair")
    await scene.types(scene.ben, "/poll by mechanism limit 2 “Bring?” “A” “B” “C”")
    post = await scene.post("one voice per mechanism")
    for each in ("A", "B"):
        await scene.told(scene.ben, partial(scene.presses, scene.ben, post, f"Vote for {each}"))
    told = await scene.told(scene.ben, lambda: scene.presses(scene.ben, post, "Vote for C"))
    assert "that many are: A, B." in told
    assert "choose one of these again, and press *Remove*" in told
    answer = await scene.shown(scene.ben, lambda: scene.presses(scene.ben, post, "Vote for A"))
    await scene.told(scene.ben, lambda: scene.presses(scene.ben, answer, "Remove A"))
    told = await scene.told(scene.ben, lambda: scene.presses(scene.ben, post, "Vote for C"))
    assert "Colombo Process in Bring?: B; C" in told.replace("*", "")


@ON_SQLITE
async def test_an_answer_by_letter_is_shown_as_one_and_stands_in_the_history_and_the_record(scene: Scene) -> None:
    await scene.types(scene.ana, "/consult mechanisms load")
    await scene.types(scene.ana, f"/consult represent <@{scene.ben.id}> Colombo Process as chair")
    await scene.types(scene.ben, ADOPT)
    post = await scene.post("one voice per mechanism")
    await scene.told(scene.ben, lambda: scene.presses(scene.ben, post, "Vote for Yes"))
    told = await scene.types(scene.ana, "/poll answer P1 for Colombo Process “no” by note verbale")
    assert "by note verbale: No" in told.replace("*", "")
    assert "Before, it was: Yes" in told
    await scene.post("No\n██████████  100 % · 1 vote\nColombo Process")
    who = await scene.told(scene.ben, lambda: scene.presses(scene.ben, post, "Who chose what"))
    assert "No: Colombo Process (by note verbale)" in who
    assert "Not answered:" in who
    shown = scene.workspace.ephemerals(scene.ben.id)[-1]
    told = await scene.told(scene.ben, lambda: scene.presses(scene.ben, shown, "History"))
    assert "Colombo Process, by note verbale: Yes → No" in told.replace("*", "")
    assert "entered the answer of Colombo Process" in (await scene.types(scene.ana, "/consult audit P1")).replace(
        "*", ""
    )


@ON_SQLITE
async def test_the_form_asks_by_mechanism_too(scene: Scene) -> None:
    await scene.types(scene.ana, "/consult mechanisms load")
    await scene.opens(scene.ben, "/poll")
    draft = await scene.submits(scene.ben, question="Adopt?", settings=["by-mechanism"], choices="one")
    assert "one voice per mechanism" in draft
    await scene.submits(scene.ben)
    await scene.post("one voice per mechanism")
