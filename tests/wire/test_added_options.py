"""Options that voters add in the channel."""

from __future__ import annotations

from tests.wire.scene import ON_SQLITE, Scene
from workspace.shown import plain

WHERE = '/poll add-choice "Where?" "Lima" "Quito"'


async def test_a_voter_adds_an_option_in_a_form_and_everybody_can_vote_for_it(scene: Scene) -> None:
    told = await scene.types(scene.ben, WHERE)
    assert "voters may add options" in told
    post = await scene.post("Where?")
    await scene.opens_by(scene.chu, post, "Add an option")
    errors = await scene.is_refused(scene.chu, option="LIMA")
    assert "is an option already" in errors["option"]
    assert "“R&D” is an option of P1 now" in await scene.submits(scene.chu, option="R&D")
    now = await scene.post("R&D\n░░░░░░░░░░  0 % · 0 votes")
    await scene.presses(scene.ana, now, "Vote for R&D")
    await scene.post("R&D\n██████████  100 % · 1 vote")


@ON_SQLITE
async def test_a_form_that_is_sent_in_after_the_poll_has_closed_is_answered_plainly(scene: Scene) -> None:
    await scene.types(scene.ben, WHERE)
    post = await scene.post("Where?")
    await scene.opens_by(scene.chu, post, "Add an option")
    await scene.types(scene.ben, "/poll close P1")
    assert "P1 takes no more options" in await scene.submits(scene.chu, option="Geneva")
    assert "Add an option" not in plain(await scene.post("· closed"))


@ON_SQLITE
async def test_the_button_of_a_draft_adds_nothing(scene: Scene) -> None:
    await scene.opens(scene.ben, "/poll")
    await scene.submits(scene.ben, question="Where?", options="Lima\nQuito", settings=["adding"])
    draft = scene.form(scene.ben)
    assert "Add an option" in plain(draft)
    await scene.presses(scene.ben, draft, "Add an option")
    assert plain(scene.form(scene.ben)) == plain(draft)
    assert "voters may add options" in await scene.submits(scene.ben)
