"""Sessions that are moved, cancelled and reopened, as people hear of it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from tests.wire.scene import BY_HTTP, WEBINAR, Scene
from workspace.faults import Fault, Trouble
from workspace.messages import Message
from workspace.shown import plain

pytestmark = BY_HTTP  # a command, a click and a form take the same way in Socket Mode

OLD = "Thu 10 Dec 2026, 16:00–18:00 (Zurich), 15:00–17:00 UTC"
NEW = "Fri 11 Dec 2026, 16:30–18:30 (Zurich), 15:30–17:30 UTC"
MOVE = "/webinar move W1 afternoon to 2026-12-11 16:30"
CANCEL = '/webinar cancel W1 afternoon "The speaker is ill"'
BACK = "/webinar move W1 afternoon to 2026-12-10 16:00"
OLD_DAY_AHEAD = datetime(2026, 12, 9, 15, 0, tzinfo=UTC)
OLD_HOUR_AHEAD = datetime(2026, 12, 10, 14, 0, tzinfo=UTC)
NEW_DAY_AHEAD = datetime(2026, 12, 10, 15, 30, tzinfo=UTC)
NEW_HOUR_AHEAD = datetime(2026, 12, 11, 14, 30, tzinfo=UTC)
LINK = "https://meet.example.org/w1"


@pytest_asyncio.fixture
async def seated(announced: Scene) -> Scene:
    """Ben has a seat in the afternoon, Chu one in the morning."""
    await announced.types(announced.ben, "/signup afternoon")
    await announced.types(announced.chu, "/signup morning")
    return announced


async def refused_by_slack(scene: Scene, change: str) -> None:
    """Type a change of which Slack takes neither the word to Ben nor that to the channel for now: two seconds."""
    posted = scene.workspace.calls_of
    before = len(posted("chat.postMessage"))
    scene.workspace.faults.add(Fault(method="chat.postMessage", trouble=Trouble.RATE_LIMIT, times=2, retry_after_s=2))
    await scene.types(scene.ana, change)
    await scene.workspace.until(lambda: len(posted("chat.postMessage")) == before + 2)


def telling(scene: Scene, *containing: str) -> list[Message]:
    """What the channel was told that says all this."""
    return [each for each in scene.posts() if all(text in plain(each) for text in containing)]


# Moved


async def test_a_move_tells_everyone_with_a_seat_and_the_channel_once_with_both_times(seated: Scene) -> None:
    other = seated.crowd(1)[0]
    await seated.types(other, "/signup afternoon")
    await seated.types(seated.ana, MOVE)
    for member in (seated.ben, other):
        (told,) = await seated.direct(member)
        assert "The *afternoon* session of *Regional reviews* has been moved" in told
        assert NEW in told
        assert f"Before: {OLD}" in told
    await seated.post("has been moved", NEW, f"Before: {OLD}")
    seated.clock.move_to(NEW_DAY_AHEAD)
    await seated.direct(seated.ben, 2)
    await seated.post("*afternoon*", "starts in 1 day")
    assert len(seated.workspace.direct_messages(seated.ben.id)) == 2
    assert len(telling(seated, "has been moved")) == 1


async def test_whoever_has_no_seat_in_the_moved_session_hears_nothing_of_it(seated: Scene) -> None:
    await seated.types(seated.ana, MOVE)
    await seated.direct(seated.ben)
    await seated.post("has been moved")
    seated.clock.move_to(datetime(2026, 12, 9, 8, 0, tzinfo=UTC))
    (only,) = await seated.direct(seated.chu)
    assert "The *morning* session" in only
    assert "starts in 1 day" in only


async def test_the_organiser_reads_what_was_understood_and_how_many_are_told(seated: Scene) -> None:
    told = await seated.types(seated.ana, MOVE)
    assert "*W1: Regional reviews*" in told
    assert f"afternoon: {NEW}" in told
    assert OLD in told
    assert "1 person with a seat is told by direct message" in told
    assert f"<#{seated.channel.id}> is told once" in told
    assert "morning" not in told


async def test_reminders_follow_the_new_time_and_none_comes_at_the_old_one(seated: Scene) -> None:
    await seated.types(seated.ana, MOVE)
    await seated.direct(seated.ben)
    seated.clock.move_to(OLD_DAY_AHEAD)
    await seated.direct(seated.chu)
    assert len(await seated.direct(seated.ben)) == 1
    seated.clock.move_to(OLD_HOUR_AHEAD)
    seated.clock.move_to(NEW_DAY_AHEAD)
    _, first = await seated.direct(seated.ben, 2)
    assert "starts in 1 day" in first
    assert NEW in first
    seated.clock.move_to(NEW_HOUR_AHEAD)
    *_, last = await seated.direct(seated.ben, 3)
    assert "starts in 1 hour" in last
    assert LINK in last
    assert len(telling(seated, "*afternoon*", "starts in")) == 1


async def test_a_session_moved_closer_than_a_lead_is_told_of_and_that_lead_is_not_sent(seated: Scene) -> None:
    seated.clock.move_to(OLD_DAY_AHEAD.replace(hour=9))
    await seated.types(seated.ana, "/webinar move W1 afternoon to 2026-12-10 08:00")
    (notice,) = [each for each in await seated.direct(seated.ben) if "has been moved" in each]
    assert LINK not in notice, "the reminder an hour ahead brings it"
    seated.clock.move_to(datetime(2026, 12, 10, 6, 0, tzinfo=UTC))
    _, last = await seated.direct(seated.ben, 2)
    assert "starts in 1 hour" in last
    assert not telling(seated, "*afternoon*", "starts in 1 day")


async def test_where_no_reminder_will_follow_the_notice_brings_the_link_to_who_has_a_seat_alone(
    seated: Scene,
) -> None:
    seated.clock.move_to(OLD_DAY_AHEAD.replace(hour=12))
    before = len(seated.workspace.direct_messages(seated.ben.id))
    await seated.types(seated.ana, "/webinar move W1 afternoon to 2026-12-09 13:45")
    notice = (await seated.direct(seated.ben, before + 1))[-1]
    assert "has been moved" in notice
    assert f"Join here: {LINK}" in notice
    assert LINK not in seated.workspace.direct_messages(seated.ben.id)[-1].text
    assert LINK not in plain(await seated.post("has been moved"))


async def test_the_notification_of_a_move_makes_sense_alone(seated: Scene) -> None:
    await seated.types(seated.ana, MOVE)
    await seated.direct(seated.ben)
    (message,) = seated.workspace.direct_messages(seated.ben.id)
    assert "has been moved" in message.text
    assert NEW in message.text
    assert "<!date" not in message.text
    assert NEW in (await seated.post("has been moved")).text


@pytest.mark.in_time
async def test_moved_twice_before_anybody_could_be_told_is_told_once_from_first_to_last(seated: Scene) -> None:
    await refused_by_slack(seated, "/webinar move W1 afternoon to 17:15")
    await seated.types(seated.ana, MOVE)
    (told,) = await seated.direct(seated.ben)
    await seated.post("has been moved", NEW, f"Before: {OLD}")
    assert NEW in told
    assert f"Before: {OLD}" in told
    seated.clock.move_to(NEW_DAY_AHEAD)
    await seated.direct(seated.ben, 2)
    assert len(seated.workspace.direct_messages(seated.ben.id)) == 2
    assert not telling(seated, "17:15")


@pytest.mark.in_time
async def test_moved_and_moved_back_before_anybody_could_be_told_is_not_told(seated: Scene) -> None:
    await refused_by_slack(seated, MOVE)
    await seated.types(seated.ana, BACK)
    seated.clock.move_to(OLD_DAY_AHEAD)
    (only,) = await seated.direct(seated.ben)
    assert "starts in 1 day" in only
    await seated.post("*afternoon*", "starts in 1 day")
    assert not telling(seated, "has been moved")


@pytest.mark.in_time
async def test_two_sessions_changed_before_the_channel_could_be_told_are_both_told_of(seated: Scene) -> None:
    await refused_by_slack(seated, MOVE)
    await seated.types(seated.ana, "/webinar cancel W1 morning")
    await seated.post("*afternoon* session has been moved", "*morning* session has been cancelled")
    assert len(telling(seated, "session has been moved")) == 1
    assert "has been moved" in (await seated.direct(seated.ben))[0]
    assert "has been cancelled" in (await seated.direct(seated.chu))[0]


async def test_the_same_move_ten_times_at_once_is_one_move(seated: Scene) -> None:
    answers = await asyncio.gather(*(seated.types(seated.ana, MOVE) for _ in range(10)))
    assert sum("is told by direct message" in each for each in answers) == 1
    assert sum("takes place at this time already" in each for each in answers) == 9
    seated.clock.move_to(NEW_DAY_AHEAD)
    assert len(await seated.direct(seated.ben, 2)) == 2


async def test_the_whole_webinar_is_moved_by_days(seated: Scene) -> None:
    told = await seated.types(seated.ana, "/webinar move W1 to 2026-12-14")
    assert "2 people with a seat are told" in told
    assert "Mon 14 Dec 2026, 16:00–18:00 (Zurich)" in (await seated.direct(seated.ben))[0]
    assert "Mon 14 Dec 2026, 09:00–11:00 (Zurich)" in (await seated.direct(seated.chu))[0]
    both = ("*morning*", "*afternoon*", "Mon 14 Dec 2026, 09:00–11:00", "Mon 14 Dec 2026, 16:00–18:00")
    await seated.post("has been moved", *both)
    assert len(telling(seated, "has been moved")) == 1


async def test_the_channels_message_shows_the_new_time(seated: Scene) -> None:
    await seated.types(seated.ana, MOVE)
    await seated.workspace.until(lambda: NEW in plain(seated.posts()[0]))
    shown = plain(seated.posts()[0])
    assert OLD not in shown
    assert "39 of 40 seats left" in shown


async def test_the_seat_is_given_back_or_moved_by_the_notices_buttons(seated: Scene) -> None:
    await seated.types(seated.ana, MOVE)
    await seated.direct(seated.ben)
    (notice,) = seated.workspace.direct_messages(seated.ben.id)
    told = await seated.told(seated.ben, lambda: seated.presses(seated.ben, notice, "Move to morning"))
    assert "moved from the afternoon to the *morning*" in told
    await seated.types(seated.ben, "/signup afternoon")
    told = await seated.told(seated.ben, lambda: seated.presses(seated.ben, notice, "I can't make it"))
    assert "given back your seat in the *afternoon*" in told


@pytest.mark.in_time
async def test_whoever_gave_the_seat_back_before_hearing_of_the_move_hears_nothing(seated: Scene) -> None:
    await refused_by_slack(seated, MOVE)
    await seated.types(seated.ben, "/signup cancel")
    await seated.post("has been moved")
    seated.clock.move_to(datetime(2026, 12, 9, 8, 0, tzinfo=UTC))
    await seated.direct(seated.chu)
    assert not seated.workspace.direct_messages(seated.ben.id)


# Cancelled


async def test_a_cancellation_is_told_once_with_its_reason_and_no_reminder_follows(seated: Scene) -> None:
    told = await seated.types(seated.ana, CANCEL)
    assert "1 person with a seat is told" in told
    (notice,) = await seated.direct(seated.ben)
    assert "The *afternoon* session of *Regional reviews* has been cancelled" in notice
    assert "Reason: The speaker is ill" in notice
    assert OLD in notice
    assert LINK not in notice
    await seated.post("*afternoon*", "has been cancelled", "Reason: The speaker is ill")
    seated.clock.move_to(OLD_DAY_AHEAD)
    await seated.direct(seated.chu)
    await seated.post("*morning*", "starts in")
    assert len(seated.workspace.direct_messages(seated.ben.id)) == 1
    assert not telling(seated, "*afternoon*", "starts in")
    assert len(telling(seated, "*afternoon* session of *Regional reviews* has been cancelled")) == 1


async def test_no_seat_can_be_taken_in_a_cancelled_session(seated: Scene) -> None:
    post = await seated.post("Sign up: afternoon")
    await seated.types(seated.ana, CANCEL)
    refused = "The afternoon session of *Regional reviews* has been cancelled, so no seat was taken"
    assert refused in await seated.types(seated.chu, "/signup afternoon")
    stale = seated.standin.click_stale
    assert refused in await seated.told(seated.chu, lambda: stale(seated.chu.id, post, "seat-take:2", "2"))


async def test_a_seat_in_a_cancelled_session_is_kept_and_moved_by_the_notices_button(seated: Scene) -> None:
    await seated.types(seated.ana, CANCEL)
    await seated.direct(seated.ben)
    status = await seated.types(seated.ben, "/signup status")
    assert "✓ your seat" in status
    assert "This session has been cancelled" in status
    (notice,) = seated.workspace.direct_messages(seated.ben.id)
    assert "I can't make it" not in plain(notice)
    told = await seated.told(seated.ben, lambda: seated.presses(seated.ben, notice, "Move to morning"))
    assert "moved from the afternoon to the *morning*" in told


async def test_the_channels_message_shows_a_cancellation(seated: Scene) -> None:
    await seated.types(seated.ana, CANCEL)
    await seated.workspace.until(lambda: "This session has been cancelled" in plain(seated.posts()[0]))
    shown = plain(seated.posts()[0])
    assert "Sign up: afternoon" not in shown
    assert "Sign up: morning" in shown
    await seated.types(seated.ana, '/webinar cancel W1 "Elections"')
    await seated.workspace.until(lambda: "This webinar has been cancelled" in plain(seated.posts()[0]))
    assert "Sign up" not in plain(seated.posts()[0])


async def test_a_whole_webinar_is_cancelled_and_nobody_can_sign_up(seated: Scene) -> None:
    assert "2 people with a seat are told" in await seated.types(seated.ana, '/webinar cancel W1 "Elections"')
    for member in (seated.ben, seated.chu):
        assert "Reason: Elections" in (await seated.direct(member))[0]
    await seated.post("*morning*", "*afternoon*", "Reason: Elections")
    assert "has been cancelled" in await seated.types(seated.chu, "/signup W1 afternoon")


async def test_cancelling_twice_changes_and_tells_nothing(seated: Scene) -> None:
    await seated.types(seated.ana, CANCEL)
    await seated.direct(seated.ben)
    await seated.post("Reason: The speaker is ill")
    told = await seated.types(seated.ana, CANCEL)
    assert "Nothing was changed" in told
    seated.clock.move_to(OLD_DAY_AHEAD)
    await seated.direct(seated.chu)
    assert len(seated.workspace.direct_messages(seated.ben.id)) == 1
    assert len(telling(seated, "Reason: The speaker is ill")) == 1


# Reopened


async def test_reopening_is_told_once_and_reminders_come_again(seated: Scene) -> None:
    await seated.types(seated.ana, CANCEL)
    await seated.direct(seated.ben)
    told = await seated.types(seated.ana, "/webinar reopen W1 afternoon")
    assert "1 person with a seat is told" in told
    _, notice = await seated.direct(seated.ben, 2)
    assert "The *afternoon* session of *Regional reviews* takes place after all" in notice
    assert OLD in notice
    assert "Before" not in notice, "at the time that was known"
    await seated.post("takes place after all")
    seated.clock.move_to(OLD_DAY_AHEAD)
    *_, reminder = await seated.direct(seated.ben, 3)
    assert "starts in 1 day" in reminder
    assert len(telling(seated, "takes place after all")) == 1
    assert "*afternoon*" in await seated.types(seated.chu, "/signup afternoon")


@pytest.mark.in_time
async def test_cancelled_and_reopened_before_anybody_could_be_told_is_not_told(seated: Scene) -> None:
    await refused_by_slack(seated, CANCEL)
    await seated.types(seated.ana, "/webinar reopen W1")
    seated.clock.move_to(OLD_DAY_AHEAD)
    (only,) = await seated.direct(seated.ben)
    assert "starts in 1 day" in only
    await seated.post("*afternoon*", "starts in 1 day")
    assert not telling(seated, "takes place after all")
    assert not telling(seated, "Reason")


# Refused


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("move W9 afternoon to 17:00", "There is no webinar W9"),
        ("move W1 evening to 17:00", "“evening” is no session of this webinar"),
        ("move W1 to 17:00", "Which session should be moved? They are: morning, afternoon"),
        ("move W1 afternoon to 2026-11-30 16:00", "would have started already"),
        ("move W1 afternoon to 16:00", "takes place at this time already"),
        ("move W1 to 2026-12-10", "takes place at this time already"),
        ("cancel W9", "There is no webinar W9"),
        ("reopen W1", "Nothing was changed"),
        ("reopen W1 afternoon", "Nothing was changed"),
    ],
)
async def test_what_cant_be_done_is_refused_and_nobody_is_told(seated: Scene, typed: str, reason: str) -> None:
    assert reason in await seated.types(seated.ana, f"/webinar {typed}")
    seated.clock.move_to(OLD_DAY_AHEAD)
    (only,) = await seated.direct(seated.ben)
    assert "starts in 1 day" in only


@pytest.mark.parametrize("typed", [MOVE, CANCEL, "/webinar reopen W1"])
async def test_only_organisers_move_cancel_and_reopen(seated: Scene, typed: str) -> None:
    assert "Only organisers may do this" in await seated.types(seated.ben, typed)
    assert OLD in await seated.types(seated.ben, "/webinar show W1")


@pytest.mark.parametrize("verb", ["move W1 morning to 2026-12-12", "cancel W1 morning"])
async def test_a_session_that_has_begun_is_not_changed(seated: Scene, verb: str) -> None:
    seated.clock.move_to(datetime(2026, 12, 10, 8, 30, tzinfo=UTC))
    told = await seated.types(seated.ana, f"/webinar {verb}")
    assert "The morning session of *Regional reviews* has started, so nothing was changed" in told


async def test_what_is_left_of_a_webinar_that_has_begun_is_cancelled(seated: Scene) -> None:
    seated.clock.move_to(datetime(2026, 12, 10, 8, 30, tzinfo=UTC))
    told = await seated.types(seated.ana, "/webinar cancel W1")
    assert "afternoon" in told
    assert "morning" not in told


async def test_a_cancelled_session_is_not_moved_until_it_is_reopened(seated: Scene) -> None:
    await seated.types(seated.ana, CANCEL)
    told = await seated.types(seated.ana, MOVE)
    assert "has been cancelled, so it can't be moved" in told
    assert "`/webinar reopen W1`" in told
    await seated.types(seated.ana, "/webinar reopen W1")
    assert NEW in await seated.types(seated.ana, MOVE)


async def test_a_part_of_the_day_in_quotes_is_asked_back_and_the_button_cancels_that_session(seated: Scene) -> None:
    answer = await seated.answered(seated.ana, '/webinar cancel W1 "afternoon"')
    assert "is the name of a session" in plain(answer)
    assert not seated.workspace.direct_messages(seated.ben.id)
    told = await seated.told(seated.ana, lambda: seated.presses(seated.ana, answer, "Use 1"))
    assert "afternoon" in told
    assert "morning" not in told
    assert "has been cancelled" in (await seated.direct(seated.ben))[0]


@pytest.mark.parametrize(("button", "count"), [("Use 1", 1), ("Use 2", 2)])
async def test_a_sessions_own_name_in_quotes_is_asked_back_and_either_reading_works(
    scene: Scene, button: str, count: int
) -> None:
    await scene.types(scene.ana, '/webinar new "T" on 2026-12-10 in Zurich "Group A" 9:00-10:00, "Group B" 11:00-12:00')
    answer = await scene.answered(scene.ana, '/webinar cancel W1 "Group B"')
    assert "is the name of a session" in plain(answer)
    told = await scene.told(scene.ana, lambda: scene.presses(scene.ana, answer, button))
    assert "Group B" in told
    assert told.count("UTC") == count


@pytest.mark.parametrize(
    ("to", "button", "understood"),
    [
        ("2027-03-28 02:30", "Use 1", "Sun 28 Mar 2027, 01:30–"),
        ("2027-03-28 02:30", "Use 2", "Sun 28 Mar 2027, 03:30–05:30 (Zurich)"),
        ("2027-10-31 02:30", "Use 1", "Sun 31 Oct 2027, 02:30–04:30 (Zurich), 00:30–03:30 UTC"),
        ("2027-10-31 02:30", "Use 2", "Sun 31 Oct 2027, 02:30–04:30 (Zurich), 01:30–03:30 UTC"),
    ],
)
async def test_a_time_that_clocks_skip_or_repeat_is_asked_back_and_either_reading_works(
    seated: Scene, to: str, button: str, understood: str
) -> None:
    answer = await seated.answered(seated.ana, f"/webinar move W1 afternoon to {to}")
    assert not seated.workspace.direct_messages(seated.ben.id)
    told = await seated.told(seated.ana, lambda: seated.presses(seated.ana, answer, button))
    assert understood in told
    assert understood in (await seated.direct(seated.ben))[0]


async def test_a_webinar_of_another_private_channel_is_changed_there_alone(scene: Scene) -> None:
    people = [scene.ana.id, scene.ben.id, scene.workspace.bot_user_id]
    cabinet = scene.workspace.open_channel("cabinet", people, is_private=True)
    await scene.types(scene.ana, WEBINAR, cabinet)
    for typed in (MOVE, CANCEL, "/webinar reopen W1"):
        assert "There is no webinar W1" in await scene.types(scene.ana, typed)
    assert NEW in await scene.types(scene.ana, MOVE, cabinet)
    await scene.post("has been moved", channel=cabinet)
    assert not scene.posts()
