from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.wire.scene import Scene


async def test_a_seat_is_answered_to_its_member_alone_with_both_times_and_the_seats_left(announced: Scene) -> None:
    told = await announced.types(announced.ben, "/signup afternoon")
    assert "You have a seat in the *afternoon* session" in told
    assert "<!date^1796914800^" in told, "16:00 in Zurich, shown in the reader's own zone by Slack"
    assert "Thu 10 Dec 2026, 16:00–18:00 (Zurich), 15:00–17:00 UTC" in told
    assert "39 of 40 seats left" in told
    assert announced.workspace.ephemerals(announced.ana.id)[-1].text != told
    assert not [each for each in announced.workspace.ephemerals(announced.chu.id) if "seat" in each.text]


@pytest.mark.parametrize(
    "typed",
    [
        "afternoon", "AFTERNOON", "aftern", "pm", "the afternoon session", "me for the afternoon",
        "16:00", "2", "switch to afternoon", "après-midi", "tarde", "“afternoon”", "W1 afternoon", "  afternoon  ",
    ],
)  # fmt: skip
async def test_people_type_a_session_in_their_own_way(announced: Scene, typed: str) -> None:
    assert "the *afternoon* session" in await announced.types(announced.ben, f"/signup {typed}")


async def test_typing_it_twice_changes_nothing_and_says_so(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup afternoon")
    told = await announced.types(announced.ben, "/signup afternoon")
    assert "already have a seat" in told
    assert "39 of 40 seats left" in told


async def test_moving_is_one_step_and_frees_the_other_seat(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup afternoon")
    told = await announced.types(announced.ben, "/signup move to morning")
    assert "moved from the afternoon to the *morning*" in told
    post = await announced.post("39 of 40 seats left")
    assert str(post.blocks).count("39 of 40 seats left") == 1


async def test_a_seat_is_given_back_and_can_be_taken_again(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup afternoon")
    assert "given back your seat" in await announced.types(announced.ben, "/signup can't")
    assert "You have no seat" in await announced.types(announced.ben, "/signup cancel")
    assert "39 of 40 seats left" in await announced.types(announced.ben, "/signup afternoon")


async def test_what_is_no_session_is_never_guessed(announced: Scene) -> None:
    told = await announced.types(announced.ben, "/signup evening")
    assert "“evening” is no session" in told
    assert "morning, afternoon" in told
    assert "no seat" in await announced.types(announced.ben, "/signup cancel")


@pytest.mark.parametrize("typed", ["afternoon as chair", "afternoon for Colombo Process", "afternoon for @chu"])
async def test_a_role_or_mechanism_that_is_not_known_is_refused_rather_than_dropped(
    announced: Scene, typed: str
) -> None:
    await announced.types(announced.ben, f"/signup {typed}")
    assert "no seat" in await announced.types(announced.ben, "/signup cancel")


async def test_the_answer_moves_and_gives_back_by_its_buttons(announced: Scene) -> None:
    answer = await announced.answered(announced.ben, "/signup afternoon")
    told = await announced.told(announced.ben, lambda: announced.presses(announced.ben, answer, "Move to morning"))
    assert "moved from the afternoon to the *morning*" in told
    (now,) = [each for each in announced.workspace.ephemerals(announced.ben.id) if "moved from" in each.text]
    told = await announced.told(announced.ben, lambda: announced.presses(announced.ben, now, "Give the seat back"))
    assert "given back your seat in the *morning*" in told


async def test_an_old_button_never_gives_back_a_seat_taken_elsewhere(announced: Scene) -> None:
    answer = await announced.answered(announced.ben, "/signup afternoon")
    await announced.types(announced.ben, "/signup morning")
    told = await announced.told(announced.ben, lambda: announced.presses(announced.ben, answer, "Give the seat back"))
    assert "in the *morning* session, which this button is not about" in told
    assert "*morning*" in await announced.types(announced.ben, "/signup status")


async def test_the_channels_message_has_buttons_and_keeps_up(announced: Scene) -> None:
    post = await announced.post("Sign up: afternoon")
    told = await announced.told(announced.chu, lambda: announced.presses(announced.chu, post, "Sign up: afternoon"))
    assert "You have a seat in the *afternoon* session" in told
    assert "Chu" not in str((await announced.post("39 of 40 seats left")).blocks), "counts, not names"
    told = await announced.told(announced.chu, lambda: announced.presses(announced.chu, post, "Give my seat back"))
    assert "given back" in told


async def test_a_tap_in_the_channel_moves_nobody_unasked(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup afternoon")
    post = await announced.post("39 of 40 seats left")
    told = await announced.told(announced.ben, lambda: announced.presses(announced.ben, post, "Sign up: morning"))
    assert "You have a seat in the *afternoon* session" in told
    assert "Nothing has been changed yet" in told
    (asked,) = [each for each in announced.workspace.ephemerals(announced.ben.id) if "Do you want to move" in each.text]
    told = await announced.told(announced.ben, lambda: announced.presses(announced.ben, asked, "Move to morning"))
    assert "moved from the afternoon to the *morning*" in told


async def test_status_says_so_where_there_is_no_seat(announced: Scene) -> None:
    assert "You have no seat" in await announced.types(announced.ben, "/signup status")
    await announced.types(announced.ben, "/signup morning")
    assert "✓ your seat" in await announced.types(announced.ben, "/signup status")


async def test_whoever_signs_up_too_late_for_a_reminder_gets_the_link_at_once(announced: Scene) -> None:
    assert "Join here" not in await announced.types(announced.ben, "/signup afternoon")
    announced.clock.move_to(datetime(2026, 12, 10, 14, 30, tzinfo=UTC))
    assert "Join here: https://meet.example.org/w1" in await announced.types(announced.chu, "/signup afternoon")
    announced.clock.move_to(datetime(2026, 12, 10, 15, 30, tzinfo=UTC))
    status = await announced.types(announced.chu, "/signup status")
    assert "✓ your seat" in status
    assert "Join here: https://meet.example.org/w1" in status
    assert "Give the seat back" not in status


async def test_a_seat_in_a_session_that_has_begun_stays_where_it_is(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup morning")
    announced.clock.move_to(datetime(2026, 12, 10, 8, 30, tzinfo=UTC))
    assert "The morning session of *Regional reviews* has started" in await announced.types(
        announced.ben, "/signup afternoon"
    )


async def test_where_several_webinars_are_open_the_member_is_asked_which(announced: Scene) -> None:
    await announced.types(
        announced.ana, '/webinar new "Second" on 2026-12-12 in Zurich morning 10:00-11:00, late 17:00-18:00'
    )
    picker = await announced.answered(announced.ben, "/signup morning")
    assert "Please choose a session" in picker.text
    assert "Regional reviews" in picker.text
    assert "Second" in picker.text
    assert "*morning* session of *Second*" in await announced.types(announced.ben, "/signup W2 morning")


async def test_without_a_webinar_the_answer_says_so(scene: Scene) -> None:
    assert "No webinar is open" in await scene.types(scene.ben, "/signup afternoon")
    assert "There is no webinar W7" in await scene.types(scene.ben, "/signup W7 afternoon")


async def test_help_says_how_it_is_typed(scene: Scene) -> None:
    for command in ("signup", "webinar", "poll"):
        assert f"/{command}" in await scene.types(scene.ben, f"/{command} help")
