"""Polls that are posted later and close by themselves, and counts that wait until then."""

from __future__ import annotations

from datetime import timedelta

from tests.wire.scene import BY_HTTP, NOW, ON_SQLITE, Scene, people, running, settings_for
from workspace.clock import SimulatedClock
from workspace.messages import Message
from workspace.shown import plain


def vote(post: Message) -> tuple[str, str]:
    """The first of its buttons, as it was shown once."""
    element = next(each["accessory"] for each in post.blocks if each.get("accessory", {}).get("type") == "button")
    return element["action_id"], element["value"]


async def test_a_poll_says_until_when_and_closes_by_itself(scene: Scene) -> None:
    told = await scene.types(scene.ben, '/poll end 2026-12-01T10:00Z "Which?" "A" "B"')
    assert "(Tue 1 Dec 2026, 10:00 UTC)" in told
    post = await scene.post("until <!date^1796119200^", "(Tue 1 Dec 2026, 10:00 UTC)")
    await scene.presses(scene.ana, post, "Vote for A")
    await scene.post("1 voter")
    scene.clock.advance(timedelta(hours=2))
    assert "A\n██████████  100 % · 1 vote" in plain(await scene.post("· closed"))
    assert "No poll is open" in await scene.types(scene.ben, "/poll list")


@BY_HTTP
async def test_a_poll_whose_end_came_while_the_bot_was_down_counts_nothing_later(house: tuple[str, str]) -> None:
    async with people(SimulatedClock(start=NOW)) as scene:
        settings = settings_for(scene.standin, *house)
        async with running(scene.standin, settings):
            await scene.types(scene.ben, '/poll end 2026-12-01T10:00Z "Which?" "A" "B"')
            post = await scene.post("until")
            await scene.presses(scene.ana, post, "Vote for A")
            await scene.post("1 voter")
        scene.clock.advance(timedelta(days=2))
        async with running(scene.standin, settings):
            told = await scene.told(scene.chu, lambda: scene.standin.click_stale(scene.chu.id, post, *vote(post)))
            assert "your vote was not changed" in told
            assert "1 voter" in plain(await scene.post("· closed"))


@ON_SQLITE
async def test_a_poll_for_later_is_to_come_until_it_is_posted(scene: Scene) -> None:
    told = await scene.types(scene.ben, '/poll on 2026-12-01T10:00Z end 2026-12-01T12:00Z "Which?" "A" "B"')
    assert "will be posted here" in told
    assert "(Tue 1 Dec 2026, 10:00 UTC)" in told
    listed = await scene.types(scene.ben, "/poll list")
    assert "to come: it is posted Tue 1 Dec 2026, 15:45 (Kathmandu)" in listed
    assert "still to come" in await scene.types(scene.ben, "/poll close P1")
    assert not scene.posts()
    scene.clock.advance(timedelta(hours=2))
    await scene.post("*Which?*", "(Tue 1 Dec 2026, 12:00 UTC)")
    assert "until Tue 1 Dec 2026, 17:45 (Kathmandu)" in await scene.types(scene.ben, "/poll list")


@ON_SQLITE
async def test_a_poll_to_come_is_taken_back_long_after_it_was_made(scene: Scene) -> None:
    answer = await scene.answered(scene.ben, '/poll on 2026-12-01T10:00Z "Which?" "A" "B"')
    scene.clock.advance(timedelta(hours=1))
    told = await scene.told(scene.ben, lambda: scene.presses(scene.ben, answer, "Take back"))
    assert "is taken back" in told
    scene.clock.advance(timedelta(hours=2))
    await scene.types(scene.ben, '/poll "Another?" "A" "B"')
    await scene.post("Another?")
    assert len(scene.posts()) == 1


@ON_SQLITE
async def test_hidden_counts_and_names_wait_until_it_closes_for_its_maker_too(scene: Scene) -> None:
    await scene.types(scene.ben, '/poll hidden "Which?" "A" "B"')
    post = await scene.post("counts are shown when it closes")
    told = await scene.told(scene.ana, lambda: scene.presses(scene.ana, post, "Vote for A"))
    assert "Your vote in *Which?*: *A*" in told
    now = plain(await scene.post("counts are shown when it closes"))
    assert "Who chose what" not in now
    assert "%" not in now
    assert len(scene.workspace.calls_of("chat.update")) == 0
    await scene.types(scene.ben, "/poll close P1")
    closed = await scene.post("A\n██████████  100 % · 1 vote", "1 voter")
    told = await scene.told(scene.ben, lambda: scene.presses(scene.ben, closed, "Who chose what"))
    assert f"A: <@{scene.ana.id}>" in told
