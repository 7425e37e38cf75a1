"""Messages that follow the database: at a pace, through limits and lost replies, and until they are gone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.slack import drawer
from storage.tables import messages
from tests.wire.scene import BY_HTTP, NOW, ON_SQLITE, Scene, people, running, settings_for
from tests.wire.stored import engine_of
from workspace.clock import SimulatedClock
from workspace.faults import Fault, Trouble
from workspace.limits import Limit
from workspace.messages import Message
from workspace.shown import plain

pytestmark = pytest.mark.in_time

FORMATS = '/poll "Which format?" "Event" "Submission"'
UPDATE = "chat.update"
LONG_AGO = NOW.replace(year=2020)


async def posted(scene: Scene, question: str = "Which format?") -> Message:
    await scene.types(scene.ben, f'/poll "{question}" "Event" "Submission"')
    return await scene.post(question)


def updates(scene: Scene) -> list[datetime]:
    """When each update arrived: the clock isn't moved, so this is real time."""
    return [each.at for each in scene.workspace.calls_of(UPDATE)]


def deletions(scene: Scene) -> Sequence[object]:
    return scene.workspace.calls_of("chat.delete")


@BY_HTTP
async def test_a_429_on_one_message_holds_back_the_others_too_and_none_is_lost(scene: Scene) -> None:
    posts = [await posted(scene, question) for question in ("One?", "Two?", "Three?")]
    scene.workspace.faults.add(Fault(method=UPDATE, trouble=Trouble.RATE_LIMIT, retry_after_s=2))
    await scene.presses(scene.ana, posts[0], "Vote for Event")
    await scene.workspace.until(lambda: updates(scene))
    for post in posts[1:]:
        await scene.presses(scene.ana, post, "Vote for Event")
    for question in ("One?", "Two?", "Three?"):
        await scene.post(question, "1 voter")
    limited, *later = updates(scene)
    assert min(later) - limited >= timedelta(seconds=2)
    assert len(later) == 3


@pytest.mark.parametrize("trouble", [Trouble.HANG_UP, Trouble.HOLD])
async def test_an_update_without_an_answer_is_drawn_again_from_the_newest_once_it_can_land_no_more(
    new_database: Callable[[str], str], trouble: Trouble
) -> None:
    async with people(SimulatedClock(start=NOW)) as scene:
        settings = settings_for(scene.standin, new_database("sqlite"), slack_timeout_s=1)
        async with running(scene.standin, settings):
            post = await posted(scene)
            scene.workspace.faults.add(Fault(method=UPDATE, trouble=trouble))
            await scene.presses(scene.ana, post, "Vote for Event")
            await scene.workspace.until(lambda: updates(scene))
            await scene.presses(scene.chu, post, "Vote for Event")
            await scene.post("2 voters")
        lost, *later = updates(scene)
        assert later[0] - lost >= timedelta(seconds=1 if trouble is Trouble.HANG_UP else 2)
        assert len(later) == 1


@BY_HTTP
async def test_a_message_that_was_stale_when_the_bot_ended_is_drawn_after_its_next_start(
    house: tuple[str, str], scene: Scene
) -> None:
    post = await posted(scene)
    scene.workspace.limits[UPDATE] = Limit(calls=1, per_s=3)
    await scene.presses(scene.ana, post, "Vote for Event")
    await scene.post("1 voter")
    await scene.presses(scene.chu, post, "Vote for Event")
    first = scene.standin.bot_url
    async with running(scene.standin, settings_for(scene.standin, *house)):
        assert scene.standin.bot_url != first
        await scene.post("2 voters")


@BY_HTTP
async def test_a_deleted_message_is_found_out_once_and_the_maker_may_close_the_poll_from_where_they_are_told(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    post = await posted(scene)
    scene.workspace.faults.add(Fault(method=UPDATE, trouble=Trouble.RATE_LIMIT, retry_after_s=1))
    with caplog.at_level(logging.WARNING, drawer.__name__):
        await scene.presses(scene.ana, post, "Vote for Event")
        await scene.workspace.until(lambda: updates(scene))
        scene.workspace.delete_message(post)
        (told,) = await scene.direct(scene.ben)
        assert "was deleted" in told
        assert "`/poll results P1` shows them" in told
        word = scene.workspace.direct_messages(scene.ben.id)[0]
        said = await scene.told(scene.ben, lambda: scene.presses(scene.ben, word, "Close"))
        await posted(scene, "And then?")
    assert "• Event: 1 vote" in said
    assert len(updates(scene)) == 2
    assert len([each for each in caplog.records if each.name == drawer.__name__]) == 1
    assert len(scene.workspace.direct_messages(scene.ben.id)) == 1


@ON_SQLITE
async def test_a_deleted_polls_message_is_deleted_over_what_a_dead_process_left_and_then_let_alone(
    database_url: str, scene: Scene
) -> None:
    await posted(scene)
    asked = await scene.answered(scene.ben, "/poll delete P1")
    await scene.presses(scene.ben, asked, "Delete")
    await scene.workspace.until(lambda: not scene.posts())
    await posted(scene, "And now?")
    engine, first = engine_of(database_url), messages.c.poll_id == 1
    with engine.begin() as tx:
        tx.execute(update(messages).where(first).values(draw_again_at=LONG_AGO))
    await scene.workspace.until(lambda: len(deletions(scene)) == 2)
    await posted(scene, "And then?")
    with engine.begin() as tx:
        assert tx.execute(select(messages.c.draw_again_at).where(first)).scalar_one() is None
    engine.dispose()
    assert len(deletions(scene)) == 2


@ON_SQLITE
@pytest.mark.parametrize("error", ["channel_not_found", "cant_update_message"])
async def test_a_message_out_of_reach_is_not_tried_again(scene: Scene, error: str) -> None:
    post = await posted(scene)
    scene.workspace.faults.add(Fault(method=UPDATE, trouble=Trouble.REFUSAL, error=error))
    await scene.presses(scene.ana, post, "Vote for Event")
    (told,) = await scene.direct(scene.ben)
    assert "I can't reach the message of your poll" in told
    await scene.presses(scene.chu, post, "Vote for Event")
    assert "• Event: 2 votes" in await scene.types(scene.ben, "/poll close P1")
    assert len(updates(scene)) == 1


@ON_SQLITE
async def test_in_an_archived_channel_a_poll_closes_and_its_message_is_tried_once_and_nobody_troubled(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    post = await posted(scene)
    await scene.presses(scene.ana, post, "Vote for Event")
    await scene.post("1 voter")
    scene.workspace.archive(scene.channel)
    with caplog.at_level(logging.WARNING):
        elsewhere = scene.workspace.open_channel("elsewhere", [scene.ben.id, scene.workspace.bot_user_id])
        assert "• Event: 1 vote" in await scene.types(scene.ben, "/poll close P1", elsewhere)
        await scene.workspace.until(lambda: len(updates(scene)) == 2)
        await posted_elsewhere(scene)
    assert len(updates(scene)) == 2
    assert not [each for each in caplog.records if each.name == drawer.__name__]
    assert not scene.workspace.direct_messages(scene.ben.id)


async def posted_elsewhere(scene: Scene) -> None:
    """Something else goes on meanwhile, so that the bot has looked again."""
    elsewhere = scene.workspace.channel_named("elsewhere")
    await scene.types(scene.ben, FORMATS, elsewhere)
    assert "Which format?" in plain(await scene.post("Which format?", channel=elsewhere))
