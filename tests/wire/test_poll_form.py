from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.wire.scene import ON_SQLITE, Scene
from workspace.faults import Fault, Trouble
from workspace.shown import plain

pytestmark = ON_SQLITE

FILLED: dict[str, Any] = {"question": "Which format?", "options": "Event\nSubmission"}


def state(scene: Scene) -> dict[str, Any]:
    """What Ben's form holds before he changes anything, by input."""
    return {
        block["block_id"]: {name: value for name, value in block["element"].items() if name.startswith("initial_")}
        for block in scene.form(scene.ben).blocks
        if block["type"] == "input"
    }


async def nothing_posted(scene: Scene) -> None:
    assert "No poll is open" in await scene.types(scene.ben, "/poll list")
    assert not scene.posts()


async def test_a_bare_poll_is_a_form_then_a_draft_and_only_then_a_poll(scene: Scene) -> None:
    await scene.opens(scene.ben, "/poll")
    draft = await scene.submits(scene.ben, **FILLED)
    assert "Only you see this draft" in draft
    assert "*Which format?*" in draft
    assert "Event\n░░░░░░░░░░  0 % · 0 votes" in draft
    assert "one choice · named" in draft
    await nothing_posted(scene)
    told = await scene.submits(scene.ben)
    assert "Poll *P1: Which format?* is being posted here" in told
    assert plain(await scene.post("Which format?")) == plain_draft(draft)


def plain_draft(draft: str) -> str:
    """The draft as it reads once it has its number."""
    lines = draft.splitlines()
    poll = lines[2 : lines.index("Discard")]
    return "\n".join(f"P1 · {each}" if each.startswith("one choice") else each for each in poll)


async def test_every_setting_of_the_form_is_kept(scene: Scene) -> None:
    await scene.opens(scene.ben, "/poll")
    draft = await scene.submits(scene.ben, **FILLED, choices="limit", limit="2", settings=["anonymous", "progress"])
    assert "up to 2 choices · anonymous" in draft
    assert "0 votes" in draft
    assert "up to 2 choices · anonymous" in await scene.submits(scene.ben)


async def test_times_are_read_in_the_zone_of_whoever_fills_them_in_and_the_draft_repeats_them(scene: Scene) -> None:
    await scene.opens(scene.ben, "/poll")
    assert "time in Kathmandu" in plain(scene.form(scene.ben))
    times = {"on-date": "2026-12-01", "on-time": "15:45", "end-date": "2026-12-02", "end-time": "17:00"}
    draft = await scene.submits(scene.ben, **FILLED, **times, settings=["hidden"])
    assert "It will be posted <!date" in draft
    assert "(Tue 1 Dec 2026, 10:00 UTC)" in draft
    assert "(Wed 2 Dec 2026, 11:15 UTC)" in draft
    assert "counts are shown when it closes" in draft
    assert "will be posted here" in await scene.submits(scene.ben)
    scene.clock.advance(timedelta(hours=2))
    await scene.post("*Which format?*", "(Wed 2 Dec 2026, 11:15 UTC)")


async def test_without_options_it_is_yes_or_no(scene: Scene) -> None:
    await scene.opens(scene.ben, "/poll")
    assert "Yes\n" in await scene.submits(scene.ben, question="Adopt?")


async def test_editing_leads_back_to_the_form_as_it_was(scene: Scene) -> None:
    await scene.opens(scene.ben, "/poll")
    await scene.submits(scene.ben, **FILLED)
    await scene.standin.close_view(scene.ben.id, scene.form(scene.ben))
    await scene.submits(scene.ben, question="Which form?")
    assert "*Which form?*" in plain(scene.form(scene.ben))
    assert "Event" in plain(scene.form(scene.ben))
    await scene.submits(scene.ben)
    await scene.post("Which form?")


async def test_a_discarded_draft_can_not_be_posted(scene: Scene) -> None:
    await scene.opens(scene.ben, "/poll")
    await scene.submits(scene.ben, **FILLED)
    draft = scene.form(scene.ben)
    await scene.presses(scene.ben, draft, "Discard")
    await scene.workspace.until(lambda: "The draft is discarded" in plain(scene.form(scene.ben)))
    scene.workspace.views.update(draft.id, draft.content)
    assert "too old" in await scene.submits(scene.ben)
    await nothing_posted(scene)


async def test_pressing_post_ten_times_makes_one_poll(scene: Scene) -> None:
    await scene.opens(scene.ben, "/poll")
    await scene.submits(scene.ben, **FILLED)
    draft = scene.form(scene.ben)
    answers = await asyncio.gather(*(scene.standin.submit_view(scene.ben.id, draft) for _ in range(10)))
    assert {answer.error for answer in answers} == {None}
    await scene.post("Which format?")
    assert (await scene.types(scene.ben, "/poll list")).count("*P") == 1


async def test_the_same_question_drafted_twice_is_meant_twice(scene: Scene) -> None:
    for number in (1, 2):
        await scene.opens(scene.ben, "/poll")
        await scene.submits(scene.ben, **FILLED)
        assert f"Poll *P{number}:" in await scene.submits(scene.ben)


async def test_the_draft_of_another_person_is_not_posted(scene: Scene) -> None:
    await scene.opens(scene.ben, "/poll")
    await scene.submits(scene.ben, **FILLED)
    theirs = scene.form(scene.ben).content["private_metadata"]
    await scene.opens(scene.chu, "/poll")
    await scene.submits(scene.chu, question="Mine?")
    mine = scene.form(scene.chu)
    scene.workspace.views.update(mine.id, {**mine.content, "private_metadata": theirs})
    assert "offered to somebody else" in await scene.submits(scene.chu)
    await nothing_posted(scene)


async def test_the_buttons_of_a_draft_do_nothing(scene: Scene) -> None:
    await scene.opens(scene.ben, "/poll")
    await scene.submits(scene.ben, question="Adopt?")
    draft = scene.form(scene.ben)
    for block in draft.blocks[1:4]:
        element = block["accessory"]
        value = element["options"][0]["value"] if "options" in element else element["value"]
        answer = await scene.standin.click(scene.ben.id, draft, element["action_id"], value)
        assert answer.status == 200
    assert plain(scene.form(scene.ben)) == plain(draft)


@pytest.mark.parametrize(
    ("entries", "place", "reason"),
    [
        ({"question": "Q" * 1001}, "question", "1000 characters; this one has 1001"),
        ({"question": "Q", "options": "Only"}, "options", "One option (“Only”) is no choice"),
        ({"question": "Q", "options": "A\na"}, "options", "Two options are alike"),
        ({"question": "Q", "options": "A\nB", "choices": "limit"}, "limit", "Please give the number"),
        ({"question": "Q", "options": "A\nB", "choices": "limit", "limit": "3"}, "limit", "more than the 2 options"),
        ({"question": "Q", "options": "A\nB", "limit": "2"}, "limit", "counts only with"),
        ({"question": "&" * 1000}, "question", "too long for one message"),
        ({"question": "Q", "end-date": "2026-12-02"}, "end-time", "Please choose a time"),
        ({"question": "Q", "end-date": "2026-12-01", "end-time": "13:00"}, "end-date", "is in the past"),
        ({"question": "Q", "settings": ["hidden", "progress"]}, "settings", "both hidden and shown"),
    ],
)
async def test_what_cant_be_accepted_stands_beside_its_input(
    scene: Scene, entries: dict[str, Any], place: str, reason: str
) -> None:
    await scene.opens(scene.ben, "/poll")
    errors = await scene.is_refused(scene.ben, **entries)
    assert list(errors) == [place]
    assert reason in errors[place]
    assert "`" not in errors[place]
    await nothing_posted(scene)


async def test_on_a_phone_a_refusal_leads_to_the_form_with_what_was_understood(scene: Scene) -> None:
    await scene.types(scene.ana, "/consult mechanisms load")
    answer = await scene.answered(scene.ben, '/poll anonymous limit 3 end tomorrow 17:00 by mechanism "Pick" "R&D" "B"')
    assert "3 choices are more than the 2 options" in answer.text
    await scene.opens_by(scene.ben, answer, "Open the form")
    held = state(scene)
    assert held["question"] == {"initial_value": "Pick"}
    assert held["options"] == {"initial_value": "R&D\nB"}
    assert held["choices"]["initial_option"]["value"] == "limit"
    assert held["limit"] == {"initial_value": "3"}
    assert held["end-date"] == {"initial_date": "2026-12-02"}
    assert held["end-time"] == {"initial_time": "17:00"}
    assert [each["value"] for each in held["settings"]["initial_options"]] == ["anonymous", "by-mechanism"]
    assert await scene.is_refused(scene.ben)
    await scene.submits(scene.ben, limit="2")
    await scene.submits(scene.ben)
    await scene.post("*Pick*", "R&D", "up to 2 choices · one voice per mechanism · anonymous")


async def test_a_single_word_may_be_asked_by_the_form(scene: Scene) -> None:
    answer = await scene.answered(scene.ben, "/poll lunch?")
    await scene.opens_by(scene.ben, answer, "Open the form")
    assert state(scene)["question"] == {"initial_value": "lunch?"}


@pytest.mark.parametrize("typed", ["close P9", "close", "frobnicate P1", "results P1"])
async def test_where_no_poll_was_asked_for_no_form_is_offered(scene: Scene, typed: str) -> None:
    assert "Open the form" not in await scene.types(scene.ben, f"/poll {typed}")


@pytest.mark.in_time
async def test_an_expired_trigger_is_answered_with_what_to_do(scene: Scene) -> None:
    await scene.types(scene.ben, '/poll "Asked" "A" "B"')
    scene.workspace.faults.add(Fault(method="views.open", trouble=Trouble.REFUSAL, error="expired_trigger_id", times=2))
    answer = await scene.answered(scene.ben, "/poll")
    assert "Slack did not open the form in time" in answer.text
    await scene.presses(scene.ben, answer, "Open the form")
    await scene.workspace.until(lambda: scene.workspace.calls_of("response_url"))
    (again,) = [each for each in scene.workspace.ephemerals(scene.ben.id) if "did not open" in each.text]
    assert "Question" in plain(await scene.opens_by(scene.ben, again, "Open the form"))


async def test_guests_get_no_form(scene: Scene) -> None:
    guest = scene.workspace.admit("guest", is_restricted=True)
    scene.workspace.join(scene.channel, guest.id)
    told = await scene.types(guest, "/poll")
    assert "Only full members" in told
    assert "Open the form" not in told


async def test_where_the_bot_can_not_post_the_draft_stays(scene: Scene) -> None:
    cabinet = scene.workspace.open_channel("cabinet", [scene.ben.id], is_private=True)
    await scene.opens(scene.ben, "/poll", cabinet)
    await scene.submits(scene.ben, **FILLED)
    assert "/invite @Convene" in await scene.submits(scene.ben)
    await nothing_posted(scene)
    await scene.standin.close_view(scene.ben.id, scene.form(scene.ben))
    scene.workspace.join(cabinet, scene.workspace.bot_user_id)
    await scene.submits(scene.ben)
    assert "is being posted here" in await scene.submits(scene.ben)
    await scene.post("Which format?", channel=cabinet)


async def test_the_poll_of_a_form_is_taken_back_from_its_answer(scene: Scene) -> None:
    await scene.opens(scene.ben, "/poll")
    await scene.submits(scene.ben, **FILLED)
    await scene.submits(scene.ben)
    await scene.post("Which format?")
    await scene.presses(scene.ben, scene.form(scene.ben), "Take back")
    await scene.workspace.until(lambda: "is taken back" in plain(scene.form(scene.ben)))
    await scene.workspace.until(lambda: not scene.posts())
