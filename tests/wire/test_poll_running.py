"""Running a poll from its message and by typing: a way through each, over the wire."""

from __future__ import annotations

from tests.wire.scene import ON_SQLITE, Scene
from tests.wire.test_polls import FORMATS, posted
from workspace.shown import plain

pytestmark = ON_SQLITE


async def test_a_closed_poll_is_reopened_from_its_menu_and_counts_on(scene: Scene) -> None:
    post = await posted(scene, FORMATS)
    await scene.presses(scene.ana, post, "Vote for Event")
    await scene.types(scene.ben, "/poll close P1")
    closed = await scene.post("closed")
    run = await scene.shown(scene.ben, lambda: scene.presses(scene.ben, closed, "Run this poll"))
    assert "is open again" in await scene.told(scene.ben, lambda: scene.presses(scene.ben, run, "Reopen"))
    await scene.workspace.until(lambda: "Vote for" in str(scene.posts()[0].blocks))
    await scene.presses(scene.chu, scene.posts()[0], "Vote for Event")
    await scene.post("2 voters")


async def test_it_is_reopened_until_a_time_in_its_makers_zone(scene: Scene) -> None:
    await posted(scene, FORMATS)
    await scene.types(scene.ben, "/poll close P1")
    told = await scene.types(scene.ben, "/poll reopen P1 end tomorrow 17:00")
    assert "It closes by itself: Wed 2 Dec 2026, 17:00 (Kathmandu)" in told
    assert "P1: Which format?* in" in await scene.types(scene.chu, "/poll list")


async def test_an_anonymous_poll_is_offered_anew_instead_of_reopened(scene: Scene) -> None:
    await posted(scene, '/poll anonymous "Adopt?" "Yes" "No"')
    await scene.types(scene.ben, "/poll close P1")
    refused = await scene.answered(scene.ben, "/poll reopen P1")
    assert "so it stays closed" in refused.text
    form = await scene.opens_by(scene.ben, refused, "Use 1")
    assert "Adopt?" in str(form.blocks)
    assert "anonymous" in await scene.submits(scene.ben)
    await scene.submits(scene.ben)
    await scene.post("P2 ·", "Adopt?")


async def test_a_poll_is_deleted_once_that_is_confirmed_and_its_message_goes(scene: Scene) -> None:
    await posted(scene, FORMATS)
    asked = await scene.answered(scene.ben, "/poll delete P1")
    assert "cannot be undone" in asked.text
    assert "confirm" in str(asked.blocks)
    assert "is deleted" in await scene.told(scene.ben, lambda: scene.presses(scene.ben, asked, "Delete"))
    await scene.workspace.until(lambda: not scene.posts())
    assert "P1 was deleted" in await scene.types(scene.ben, "/poll close P1")
    assert "No poll is open" in await scene.types(scene.ben, "/poll list")


async def test_a_poll_is_edited_in_its_form_and_says_so(scene: Scene) -> None:
    await posted(scene, FORMATS)
    form = await scene.opens(scene.ben, "/poll edit P1")
    assert "nobody has voted yet" in plain(form)
    first, second = (block["block_id"] for block in form.blocks if block["block_id"].startswith("option-"))
    told = await scene.submits(scene.ben, **{first: "An event", second: ""}, more="A paper")
    assert "is changed" in told
    now = await scene.post("An event", "A paper", "edited")
    assert "Submission" not in plain(now)
    await scene.presses(scene.chu, now, "Vote for An event")
    await scene.post("1 voter")
    assert "before: Which format? with Event; Submission" in (
        await scene.types(scene.ana, "/consult audit P1")
    ).replace("*", "")


async def test_a_vote_while_the_form_is_open_is_kept_and_the_form_stays_as_it_was_filled_in(scene: Scene) -> None:
    post = await posted(scene, FORMATS)
    form = await scene.opens(scene.ben, "/poll edit P1")
    await scene.presses(scene.chu, post, "Vote for Event")
    await scene.post("1 voter")
    first = next(block["block_id"] for block in form.blocks if block["block_id"].startswith("option-"))
    errors = await scene.is_refused(scene.ben, **{first: ""})
    assert "Somebody has voted" in errors[first]
    await scene.post("Event", "Submission", "1 voter")


async def test_those_in_the_channel_who_have_not_answered_are_nudged_with_a_link(scene: Scene) -> None:
    post = await posted(scene, FORMATS)
    await scene.presses(scene.ana, post, "Vote for Event")
    await scene.post("1 voter")
    assert "2 people have not answered" in await scene.types(scene.ben, "/poll nudge P1")
    (told,) = await scene.direct(scene.chu)
    assert "is open, and your answer is not there yet" in told
    (word,) = scene.workspace.direct_messages(scene.chu.id)
    assert f"channel={scene.channel.id}&amp;message_ts={post.ts}" in str(word.blocks)
    assert "already" in await scene.types(scene.ben, "/poll nudge P1")
    await scene.direct(scene.ben)
    assert not scene.workspace.direct_messages(scene.ana.id)


async def test_a_result_is_told_to_whoever_asks_and_posted_for_the_channel(scene: Scene) -> None:
    post = await posted(scene, FORMATS)
    await scene.presses(scene.ana, post, "Vote for Event")
    await scene.post("1 voter")
    assert "So far:" in await scene.types(scene.chu, "/poll results P1")
    await scene.types(scene.ben, "/poll close P1")
    told = await scene.types(scene.chu, "/poll results P1")
    assert "Event: 1 vote (100 %)" in told
    closed = await scene.post("closed")
    run = await scene.shown(scene.ben, lambda: scene.presses(scene.ben, closed, "Run this poll"))
    assert "is being posted" in await scene.told(
        scene.ben, lambda: scene.presses(scene.ben, run, "Result to the channel")
    )
    await scene.post("The result of", "Event: 1 vote (100 %)")


async def test_a_closed_poll_gets_its_picture_in_its_thread_and_its_files_go_to_who_exports_them(scene: Scene) -> None:
    post = await posted(scene, FORMATS)
    await scene.presses(scene.ana, post, "Vote for Event")
    await scene.post("1 voter")
    await scene.types(scene.ben, "/poll close P1")
    (reply,) = await scene.workspace.until(lambda: [each for each in scene.posts() if each.files])
    assert reply.thread_ts == post.ts
    assert (reply.files[0].content or b"").startswith(b"\x89PNG")
    assert "on its way to your direct messages" in await scene.types(scene.ben, "/poll export P1")
    direct = scene.workspace.open_direct(scene.ben.id)
    files = await scene.workspace.until(
        lambda: found if len(found := [each for each in scene.posts(direct) if each.files]) == 2 else []
    )
    assert {each.files[0].name.rpartition(".")[2] for each in files} == {"xlsx", "csv"}
