from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from tests.wire.scene import Scene
from workspace.faults import Fault, Trouble
from workspace.messages import Ephemeral, Message
from workspace.shown import plain

FORMATS = '/poll "Which format?" "Event" "Submission"'


async def posted(scene: Scene, typed: str) -> Message:
    """The channel message of a poll that Ben makes."""
    await scene.types(scene.ben, typed)
    return await scene.post(" · ")


async def test_the_maker_reads_back_what_it_became_and_the_channel_gets_one_message(scene: Scene) -> None:
    told = await scene.types(scene.ben, FORMATS)
    assert "Poll *P1: Which format?*" in told
    assert "• Event" in told
    assert "one choice" in told
    await scene.post("Which format?")
    assert len(scene.posts()) == 1


async def test_votes_change_the_one_message_with_counts_and_bars(scene: Scene) -> None:
    post = await posted(scene, FORMATS)
    for member, choice in ((scene.ana, "Event"), (scene.ben, "Event"), (scene.chu, "Submission")):
        await scene.presses(member, post, f"Vote for {choice}")
    now = plain(await scene.post("3 voters"))
    assert "Event\n███████░░░  67 % · 2 votes" in now
    assert "Submission\n███░░░░░░░  33 % · 1 vote" in now
    assert len(scene.posts()) == 1


async def test_a_changed_mind_moves_the_voice_and_a_second_click_changes_nothing(scene: Scene) -> None:
    post = await posted(scene, FORMATS)
    await scene.presses(scene.ana, post, "Vote for Event")
    await scene.presses(scene.ana, post, "Vote for Submission")
    await scene.presses(scene.ana, post, "Vote for Submission")
    now = plain(await scene.post("Submission\n██████████  100 % · 1 vote"))
    assert "Event\n░░░░░░░░░░  0 % · 0 votes" in now
    assert "1 voter" in now


async def test_a_vote_is_taken_back_from_the_menu(scene: Scene) -> None:
    post = await posted(scene, FORMATS)
    await scene.presses(scene.ana, post, "Vote for Event")
    await scene.post("1 voter")
    told = await scene.told(scene.ana, lambda: scene.presses(scene.ana, post, "My vote"))
    assert "Your vote in *Which format?*: *Event*" in told
    told = await scene.told(scene.ana, lambda: scene.presses(scene.ana, post, "Take back my vote"))
    assert "You have no vote" in told
    await scene.post("0 voters")


async def test_multiple_choice_adds_removes_and_keeps_its_limit(scene: Scene) -> None:
    post = await posted(scene, '/poll limit 2 "Pick two" "A" "B" "C"')
    await scene.told(scene.ana, lambda: scene.presses(scene.ana, post, "Vote for A"))
    told = await scene.told(scene.ana, lambda: scene.presses(scene.ana, post, "Vote for B"))
    assert "*A; B*" in told
    told = await scene.told(scene.ana, lambda: scene.presses(scene.ana, post, "Vote for C"))
    assert "at most 2" in told
    now = plain(await scene.post("A\n██████████  100 %", "B\n██████████  100 %"))
    assert "1 voter" in now


async def test_an_anonymous_poll_shows_nobody_and_no_count_until_it_is_closed(scene: Scene) -> None:
    post = await posted(scene, '/poll anonymous "Adopt?" "Yes" "No"')
    assert "Who chose what" not in plain(post)
    told = await scene.told(scene.ana, lambda: scene.presses(scene.ana, post, "Vote for Yes"))
    assert "Your vote in *Adopt?*: *Yes*" in told
    await scene.told(scene.chu, lambda: scene.presses(scene.chu, post, "Vote for Yes"))
    assert "vote" not in plain(await scene.post("counts are shown when it closes")).replace("My vote", "").replace(
        "Take back my vote", ""
    ).lower().replace("vote\n", "")
    await scene.types(scene.ben, "/poll close P1")
    now = plain(await scene.post("closed"))
    assert "Yes\n██████████  100 % · 2 votes" in now
    assert "2 voters" in now


async def test_closing_is_for_the_maker_and_organisers_and_ends_the_voting(scene: Scene) -> None:
    post = await posted(scene, FORMATS)
    await scene.presses(scene.chu, post, "Vote for Event")
    assert "run by whoever made it" in await scene.types(scene.chu, "/poll close P1")
    run = await scene.shown(scene.ana, lambda: scene.presses(scene.ana, post, "Run this poll"))
    told = await scene.told(scene.ana, lambda: scene.presses(scene.ana, run, "Close"))
    assert "is closed" in told
    now = await scene.post("closed")
    assert "Vote for" not in str(now.blocks)
    answer = await scene.standin.click_stale(scene.ana.id, post, "vote:1", "1")
    assert answer.status == 200
    await scene.workspace.until(
        lambda: any("P1 is closed" in each.text for each in scene.workspace.ephemerals(scene.ana.id))
    )
    assert "1 voter" in plain(await scene.post("closed"))


async def test_who_chose_what_is_told_to_whoever_asks_of_a_named_poll(scene: Scene) -> None:
    post = await posted(scene, FORMATS)
    await scene.presses(scene.chu, post, "Vote for Event")
    told = await scene.told(scene.ana, lambda: scene.presses(scene.ana, post, "Who chose what"))
    assert f"Event: <@{scene.chu.id}>" in told
    assert scene.chu.id not in str((await scene.post("1 voter")).blocks)


async def test_a_poll_is_taken_back_within_a_minute_and_its_message_goes(scene: Scene) -> None:
    answer = await scene.answered(scene.ben, FORMATS)
    await scene.post("Which format?")
    told = await scene.told(scene.ben, lambda: scene.presses(scene.ben, answer, "Take back"))
    assert "is taken back" in told
    await scene.workspace.until(lambda: not scene.posts())
    assert "No poll is open" in await scene.types(scene.ben, "/poll list")


async def test_the_same_words_within_a_minute_ask_first(scene: Scene) -> None:
    await scene.types(scene.ben, FORMATS)
    answer = await scene.answered(scene.ben, FORMATS)
    assert "with the same words a moment ago" in answer.text
    await scene.post("P1 ·")
    assert len(scene.posts()) == 1
    await scene.told(scene.ben, lambda: scene.presses(scene.ben, answer, "Yes, once more"))
    await scene.post("P2 ·")


async def test_a_burst_of_votes_is_counted_exactly(scene: Scene) -> None:
    post = await posted(scene, FORMATS)
    crowd = scene.crowd(60)
    await asyncio.gather(
        *(
            scene.presses(each, post, f"Vote for {'Event' if place % 3 else 'Submission'}")
            for place, each in enumerate(crowd)
        ),
        *(scene.presses(each, post, "Vote for Submission") for each in crowd[:1] * 20),
    )
    now = plain(await scene.post("60 voters"))
    assert "40 votes" in now
    assert "20 votes" in now


async def test_guests_answer_polls_and_make_none(scene: Scene) -> None:
    guest = scene.workspace.admit("guest", is_restricted=True)
    scene.workspace.join(scene.channel, guest.id)
    assert "Only full members" in await scene.types(guest, FORMATS)
    post = await posted(scene, FORMATS)
    await scene.presses(guest, post, "Vote for Event")
    await scene.post("1 voter")


async def test_somebody_of_another_workspace_votes_in_a_shared_channel_and_runs_nothing(scene: Scene) -> None:
    outsider = scene.workspace.admit("outsider", team_id="T0ELSEWHERE", is_stranger=True)
    scene.workspace.join(scene.channel, outsider.id)
    post = await posted(scene, FORMATS)
    await scene.presses(outsider, post, "Vote for Event")
    await scene.post("1 voter")
    told = await scene.told(outsider, lambda: scene.presses(outsider, post, "Run this poll"))
    assert "run by whoever made it" in told


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ('on "tomorrow 10:00" "Q"', "Nothing was posted"),
        ('lang fr "Q" "A" "B"', "“fr” is not available. Available: en"),
    ],
)
async def test_what_is_not_built_yet_is_refused_and_never_ignored(scene: Scene, typed: str, reason: str) -> None:
    assert reason in await scene.types(scene.ben, f"/poll {typed}")
    assert "No poll is open" in await scene.types(scene.ben, "/poll list")


async def test_english_may_be_asked_for(scene: Scene) -> None:
    assert "Poll *P1: Q*" in await scene.types(scene.ben, '/poll lang en "Q" "A" "B"')


@pytest.mark.parametrize("typed", ["close", "list P1", "frobnicate P1", "lunch?", "planned"])
async def test_a_subcommand_or_single_word_is_never_posted(scene: Scene, typed: str) -> None:
    assert "`/poll list` shows the open polls" in await scene.types(scene.ben, f"/poll {typed}")
    assert "No poll is open" in await scene.types(scene.ben, "/poll list")


async def test_a_poll_too_long_for_one_message_is_refused_with_the_count(scene: Scene) -> None:
    told = await scene.types(scene.ben, '/poll "Q" ' + " ".join(f'"{place:02}{"&" * 198}"' for place in range(20)))
    assert "too long for one message" in told


async def test_the_longest_poll_fits_slacks_limits(scene: Scene) -> None:
    options = " ".join(f'"{place:02}{"é" * 198}"' for place in range(20))
    await scene.types(scene.ben, f'/poll "{"Q" * 1000}" {options}')
    post = await scene.post("QQQ")
    await scene.presses(scene.ana, post, f"8. 07{'é' * 198}"[:74] + "…")
    await scene.post(f"8. 07{'é' * 198}\n██████████  100 % · 1 vote")


MANY = " ".join(f'"{each}"' for each in "ABCDEF")


async def test_many_options_are_chosen_in_a_list_and_counted_above_it(scene: Scene) -> None:
    post = await posted(scene, f'/poll "Which?" {MANY}')
    assert "Vote" not in plain(post).replace("My vote", "").replace("Take back my vote", "")
    await scene.presses(scene.ana, post, "2. B")
    now = await scene.post("2. B\n██████████  100 % · 1 vote")
    await scene.presses(scene.ana, now, "6. F")
    await scene.post("2. B\n░░░░░░░░░░  0 %", "6. F\n██████████  100 %", "1 voter")
    await scene.types(scene.ben, "/poll close P1")
    assert "static_select" not in str((await scene.post("· closed")).blocks)


async def test_several_of_many_options_are_added_in_the_list_and_removed_there_or_by_a_button(scene: Scene) -> None:
    post = await posted(scene, f'/poll hidden limit 2 "Which two?" {MANY}')
    assert "*A*" in await scene.told(scene.ana, lambda: scene.presses(scene.ana, post, "1. A"))
    shown = await scene.shown(scene.ana, lambda: scene.presses(scene.ana, post, "3. C"))
    assert "*A; C*" in plain(shown)
    assert "*C*" in await scene.told(scene.ana, lambda: scene.presses(scene.ana, shown, "Remove A"))
    scene.clock.advance(timedelta(seconds=3))
    told = await scene.told(scene.ana, lambda: scene.presses(scene.ana, post, "3. C"))
    assert "You have no vote" in told


async def test_a_button_offered_today_never_does_what_one_of_yesterday_did(scene: Scene) -> None:
    await scene.types(scene.ben, FORMATS)
    again = await scene.answered(scene.ben, FORMATS)
    assert "P2: Which format?" in await scene.told(scene.ben, lambda: scene.presses(scene.ben, again, "Yes, once more"))
    unused = await scene.answered(scene.ben, FORMATS)
    scene.clock.advance(timedelta(hours=25))
    offer = await scene.answered(scene.ben, "/poll anonymous Shall we adopt?")
    told = await scene.told(scene.ben, lambda: scene.presses(scene.ben, offer, "Use 1"))
    assert "Poll *P3: Shall we adopt?*" in told
    assert "anonymous" in told
    told = await scene.told(scene.ben, lambda: scene.presses(scene.ben, unused, "Yes, once more"))
    assert "too old" in told


async def test_a_poll_that_was_taken_back_does_not_come_back_by_its_old_button(scene: Scene) -> None:
    await scene.types(scene.ben, FORMATS)
    again = await scene.answered(scene.ben, FORMATS)
    await scene.told(scene.ben, lambda: scene.presses(scene.ben, again, "Yes, once more"))
    (made,) = [each for each in scene.workspace.ephemerals(scene.ben.id) if "P2" in each.text]
    await scene.told(scene.ben, lambda: scene.presses(scene.ben, made, "Take back"))
    told = await scene.told(scene.ben, lambda: scene.standin.click_stale(scene.ben.id, again, *_insist(again)))
    assert "too old" in told


def _insist(shown: Ephemeral) -> tuple[str, str]:
    element = shown.blocks[-1]["elements"][0]
    return element["action_id"], element["value"]


async def test_closing_tells_the_result_whatever_became_of_the_message(scene: Scene) -> None:
    post = await posted(scene, FORMATS)
    await scene.presses(scene.ana, post, "Vote for Event")
    await scene.post("1 voter")
    scene.workspace.delete_message(post)
    told = await scene.types(scene.ben, "/poll close P1")
    assert "• Event: 1 vote" in told
    assert "• Submission: 0 votes" in told


@pytest.mark.in_time
async def test_the_maker_is_told_where_slack_would_not_take_the_poll(scene: Scene) -> None:
    scene.workspace.faults.add(
        Fault(method="chat.postMessage", trouble=Trouble.REFUSAL, error="not_in_channel", addressee=scene.channel.id)
    )
    await scene.types(scene.ben, FORMATS)
    (told,) = await scene.direct(scene.ben)
    assert "*P1: Which format?*: the poll itself" in told
    assert "I am not in this channel" in told


async def test_a_vote_whose_count_is_hidden_touches_the_message_not_even_by_its_edited_mark(scene: Scene) -> None:
    post = await posted(scene, '/poll anonymous "Adopt?" "Yes" "No"')
    await scene.told(scene.ana, lambda: scene.presses(scene.ana, post, "Vote for Yes"))
    await scene.told(scene.ana, lambda: scene.presses(scene.ana, post, "Vote for No"))
    await scene.types(scene.ben, "/poll close P1")
    await scene.post("No\n██████████  100 % · 1 vote")
    assert len(scene.workspace.calls_of("chat.update")) == 1
