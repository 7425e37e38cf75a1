from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.wire.scene import BY_HTTP, WEBINAR, Scene
from workspace.faults import Fault, Trouble
from workspace.shown import plain

pytestmark = BY_HTTP


async def test_the_organiser_reads_back_everything_that_was_understood(scene: Scene) -> None:
    told = await scene.types(scene.ana, WEBINAR + " remind 7d 1d 2h")
    assert "Webinar *W1: Regional reviews* is made" in told
    assert "Host zone: Zurich (Europe/Zurich)" in told
    assert "morning: Thu 10 Dec 2026, 09:00–11:00 (Zurich), 08:00–10:00 UTC" in told
    assert "7 days, 1 day, 2 hours" in told
    assert "Seats in each session: 40" in told
    assert "https://meet.example.org/w1" in told


async def test_it_is_one_message_in_its_channel_with_a_button_a_session(announced: Scene) -> None:
    post = await announced.post("Regional reviews")
    assert "Sign up: morning" in plain(post)
    assert "40 of 40 seats left" in plain(post)
    assert "https://meet.example.org" not in plain(post) + post.text, "the join link is for those who signed up"
    assert len(announced.posts()) == 1


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("on 10 December 2026 in Geneva morning 9am-11am", "09:00–11:00 (Zurich)"),
        ("on 2026-12-10 in New York late 14h30-16h", "14:30–16:00 (New York), 19:30–21:00 UTC"),
        ("on 2026-12-10 in Nairobi night 23:00-01:00", "23:00–Fri 11 Dec 2026, 01:00 (Nairobi)"),
        ("on 2026-12-10 morning 9-11", "Host zone: Zurich (Europe/Zurich)"),
        ("in Zurich morning 2026-12-10 09:00-11:00, afternoon 2026-12-11 16:00-18:00", "Fri 11 Dec 2026, 16:00–18:00"),
    ],
)
async def test_people_write_dates_times_and_places_in_their_own_way(scene: Scene, typed: str, understood: str) -> None:
    assert understood in await scene.types(scene.ana, f"/webinar new “Regional reviews” {typed}")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ('"T" on 2026-12-10 in Atlantis morning 9-11', "“Atlantis"),
        ('"T" on 2026-02-30 in Zurich morning 9-11', "2026-02-30"),
        ('"T" on 2020-09-24 in Zurich morning 9-11', "would have started already"),
        ('"T" on 2026-12-10 in Zurich', "no session"),
        ('"T" on 2026-12-10 in Zurich cancel 9-11', "already means something"),
        ('"T" on 2026-12-10 in Zurich morning 9-11 seats many', "many"),
        ('"T" on 2026-12-10 in Zurich morning 9-11 remind 91d', "91d"),
        ('"T" on 2026-12-10 in Zurich morning 9-11 link ftp://x', "ftp://x"),
        ('"' + "T" * 201 + '" on 2026-12-10 in Zurich morning 9-11', "200 characters; this one has 201"),
        ("Reviews on Friday", "in quotes"),
    ],
)
async def test_what_cant_be_understood_is_refused_and_nothing_is_stored(scene: Scene, typed: str, reason: str) -> None:
    told = await scene.types(scene.ana, f"/webinar new {typed}")
    assert reason in told
    assert "Nothing was stored" in told
    assert "No webinar is open" in await scene.types(scene.ana, "/webinar list")


@pytest.mark.parametrize(
    ("typed", "button", "understood"),
    [
        ("on 10/12/2026 in Zurich morning 9-11", "Use 1", "Thu 10 Dec 2026"),
        ("on 2027-03-28 in Zurich night 02:30-04:30", "Use 2", "03:30–"),
        ("on 2027-10-31 in Zurich night 02:30-04:30", "Use 2", "01:30–"),
    ],
)
async def test_both_readings_are_offered_and_one_press_makes_it(
    scene: Scene, typed: str, button: str, understood: str
) -> None:
    answer = await scene.answered(scene.ana, f'/webinar new "T" {typed}')
    assert "Nothing was stored" in answer.text
    told = await scene.told(scene.ana, lambda: scene.presses(scene.ana, answer, button))
    assert "Webinar *W1: T* is made" in told
    assert understood in told


async def test_only_organisers_make_webinars(scene: Scene) -> None:
    guest = scene.workspace.admit("guest", is_restricted=True)
    scene.workspace.join(scene.channel, guest.id)
    for member in (scene.ben, guest):
        assert "Only organisers may do this" in await scene.types(member, WEBINAR)
    assert "No webinar is open" in await scene.types(scene.ana, "/webinar list")


async def test_whoever_becomes_an_admin_may_make_webinars_from_then_on(scene: Scene) -> None:
    assert "Only organisers" in await scene.types(scene.ben, WEBINAR)
    before = len(scene.workspace.calls_of("users.info"))
    scene.workspace.put_member(replace(scene.ben, is_admin=True))
    await scene.standin.change_member(scene.workspace.members[scene.ben.id])
    await scene.workspace.until(lambda: len(scene.workspace.calls_of("users.info")) > before)

    for _ in range(50):
        if "is made" in (told := await scene.types(scene.ben, WEBINAR)):
            break
    assert "is made" in told


@pytest.mark.in_time
async def test_a_silent_slack_does_not_hold_the_answer_up(scene: Scene) -> None:
    scene.workspace.faults.add(Fault(method="users.info", trouble=Trouble.HOLD, times=9))
    told = await scene.types(scene.ben, WEBINAR)
    assert "Slack did not answer in time" in told
    assert "Nothing was stored" in told


async def test_list_and_show_are_for_everybody(announced: Scene) -> None:
    assert "*W1: Regional reviews*" in await announced.types(announced.ben, "/webinar list")
    shown = await announced.types(announced.ben, "/webinar show W1")
    assert "You have no seat" in shown
    await announced.types(announced.ben, "/signup morning")
    assert "You have a seat in the *morning* session" in await announced.types(announced.ben, "/webinar w1")
    assert "There is no webinar W9" in await announced.types(announced.ben, "/webinar show W9")


async def test_the_same_words_within_a_minute_ask_first(announced: Scene) -> None:
    answer = await announced.answered(announced.ana, WEBINAR)
    assert "with the same words a moment ago" in answer.text
    told = await announced.told(announced.ana, lambda: announced.presses(announced.ana, answer, "Yes, once more"))
    assert "Webinar *W2: Regional reviews* is made" in told


async def test_pressing_a_reading_ten_times_makes_one_webinar(scene: Scene) -> None:
    answer = await scene.answered(scene.ana, '/webinar new "T" on 10/12/2026 in Zurich morning 9-11')
    await asyncio.gather(*(scene.presses(scene.ana, answer, "Use 1") for _ in range(10)))
    await scene.post("Sign up: morning")
    assert (await scene.types(scene.ben, "/webinar list")).count("*W") == 1


async def test_a_verb_that_is_not_built_yet_is_not_done(announced: Scene) -> None:
    told = await announced.types(announced.ana, "/webinar roster W1")
    assert "`roster` is not available yet" in told
    assert "*afternoon* session" in await announced.types(announced.ben, "/signup afternoon")


async def test_in_a_private_channel_without_the_bot_nothing_is_stored(scene: Scene) -> None:
    cabinet = scene.workspace.open_channel("cabinet", [scene.ana.id], is_private=True)
    told = await scene.types(scene.ana, WEBINAR, cabinet)
    assert "/invite @Convene" in told
    assert "No webinar is open" in await scene.types(scene.ana, "/webinar list")


async def test_a_public_channel_is_joined(scene: Scene) -> None:
    hall = scene.workspace.open_channel("hall", [scene.ana.id])
    await scene.types(scene.ana, WEBINAR + f" channel #{hall.name}")
    assert "Regional reviews" in plain(await scene.post("Regional reviews", channel=hall))


async def test_titles_ping_nobody_and_are_shown_as_typed(scene: Scene) -> None:
    await scene.types(scene.ana, '/webinar new "<!channel> R&D <b>" on 2026-12-10 in Zurich morning 9-11')
    post = await scene.post("R&D")
    assert "<!channel>" not in post.text
    assert "R&amp;D &lt;b&gt;" in post.text


async def test_a_lead_that_is_past_already_is_said_to_be(scene: Scene) -> None:
    assert "30 days (already past, not sent), 1 day" in await scene.types(scene.ana, WEBINAR + " remind 30d 1d")


@pytest.mark.in_time
async def test_the_organiser_is_told_where_slack_would_not_take_the_announcement(scene: Scene) -> None:
    scene.workspace.faults.add(
        Fault(method="chat.postMessage", trouble=Trouble.REFUSAL, error="restricted_action", addressee=scene.channel.id)
    )
    await scene.types(scene.ana, WEBINAR)
    (told,) = await scene.direct(scene.ana)
    assert "*W1: Regional reviews*: announcement" in told
    assert "Slack says `restricted_action`" in told


@pytest.mark.in_time
async def test_one_person_whom_slack_does_not_tell_of_keeps_nobody_from_their_own_time(announced: Scene) -> None:
    announced.workspace.faults.add(
        Fault(method="users.info", trouble=Trouble.SERVER_ERROR, addressee=announced.ben.id, times=1000)
    )
    await announced.types(announced.ben, "/signup morning")
    await announced.types(announced.chu, "/signup morning")
    asked = announced.workspace.calls_of
    await announced.workspace.until(
        lambda: [call for call in asked("users.info") if announced.chu.id in call.arguments.values()]
    )
    for _ in range(100):
        if "(Apia)" in (answer := await announced.answered(announced.chu, "/signup status")).text:
            break
    assert "(Apia)" in answer.text
