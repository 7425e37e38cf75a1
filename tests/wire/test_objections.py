"""The silence procedure in the channel."""

from __future__ import annotations

from datetime import timedelta

from tests.wire.scene import ON_SQLITE, Scene
from workspace.messages import Message
from workspace.shown import plain


async def asked(scene: Scene, settings: str = "") -> Message:
    told = await scene.types(scene.ben, f'/poll end 2026-12-01T10:00Z objection {settings} "Adopt the outline?"')
    assert "One objection stops it" in told
    return await scene.post("One objection stops it", "(Tue 1 Dec 2026, 10:00 UTC)")


async def test_an_objection_is_confirmed_with_its_reason_and_stops_it_for_everybody_to_read(scene: Scene) -> None:
    post = await asked(scene)
    await scene.presses(scene.ana, post, "Vote for Agree")
    await scene.post("1 voter")
    await scene.opens_by(scene.chu, post, "Vote for Object")
    assert "One objection stops this silence procedure at once" in plain(scene.form(scene.chu))
    assert "Your objection stands" in await scene.submits(scene.chu, reason="Article 3 & 4\nare open")
    now = plain(await scene.post(f"*Not adopted*: it was stopped by an objection of <@{scene.chu.id}>.", "closed"))
    assert "Reason: Article 3 & 4 are open" in now
    assert "Agree\n█████░░░░░  50 % · 1 vote" in now


async def test_silence_until_the_end_adopts_by_itself(scene: Scene) -> None:
    await asked(scene)
    scene.clock.advance(timedelta(hours=2))
    await scene.post("*Adopted by silence*: nobody objected until <!date^", "closed")


@ON_SQLITE
async def test_an_anonymous_objection_names_nobody(scene: Scene) -> None:
    post = await asked(scene, "anonymous")
    await scene.opens_by(scene.chu, post, "Vote for Object")
    assert "nobody is shown whose it is" in plain(scene.form(scene.chu))
    await scene.submits(scene.chu, reason="Not yet")
    now = await scene.post("*Not adopted*: it was stopped by an objection.", "Reason: Not yet")
    assert scene.chu.id not in str(now.blocks)


@ON_SQLITE
async def test_a_second_objection_comes_too_late_and_is_told_so(scene: Scene) -> None:
    post = await asked(scene)
    for each in (scene.ana, scene.chu):
        await scene.opens_by(each, post, "Vote for Object")
    await scene.submits(scene.chu)
    assert "time for objections to P1 is over" in await scene.submits(scene.ana, reason="Me too")
    assert "1 vote" in await scene.types(scene.ben, "/poll close P1")


@ON_SQLITE
async def test_closed_by_hand_before_its_end_it_is_not_adopted(scene: Scene) -> None:
    await asked(scene)
    for typed in ("/poll close P1", "/poll results P1"):
        assert "*Not adopted*: it was ended before its time" in await scene.types(scene.ben, typed)
    await scene.post("*Not adopted*: it was ended before its time", "· closed")
