"""A member's session as a calendar file, in their direct messages."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.wire.calendars import calendar_of, once_recorded
from tests.wire.scene import Scene
from workspace.shown import plain


async def test_the_answer_to_a_sign_up_has_a_button_that_brings_the_file_into_the_thread_of_a_direct_message(
    announced: Scene,
) -> None:
    answer = await announced.answered(announced.ben, "/signup afternoon")
    told = await announced.told(announced.ben, lambda: announced.presses(announced.ben, answer, "Calendar file"))
    assert "on its way to your direct messages" in told
    assert "16:00–18:00 (Zurich)" in told, "it stands in the place of the answer, and says what that said"
    message, reply = await calendar_of(announced, announced.ben)
    assert "calendar file of the *afternoon* session of *Regional reviews*" in plain(message)
    assert "meet.example.org" not in message.text
    (file,) = reply.files
    assert file.name.startswith("regional-reviews-afternoon-")
    assert file.name.endswith(".ics")
    assert file.content is not None
    assert b"DTSTART:20261210T150000Z\r\n" in file.content
    assert b"SUMMARY:Regional reviews (afternoon)\r\n" in file.content
    assert b"LOCATION:https://meet.example.org/w1\r\n" in file.content


async def test_it_is_asked_for_by_typing_as_well_whoever_has_a_seat(announced: Scene) -> None:
    for member in (announced.ana, announced.ben):
        await announced.types(member, "/signup morning")
        assert "on its way" in await announced.types(member, "/webinar calendar W1")
        _, reply = await calendar_of(announced, member)
        assert b"20261210T080000Z" in (reply.files[0].content or b"")


async def test_without_a_seat_the_answer_says_what_to_do(announced: Scene) -> None:
    told = await announced.types(announced.ben, "/webinar calendar W1")
    assert "You have no seat in *Regional reviews*" in told
    assert "`/signup W1`" in told
    assert "no webinar W7" in await announced.types(announced.ben, "/webinar calendar W7")


async def test_asked_for_again_it_is_not_sent_again(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup afternoon")
    await announced.types(announced.ben, "/webinar calendar W1")
    await once_recorded(announced, announced.ben)
    answer = await announced.answered(announced.ben, "/signup afternoon")
    told = await announced.told(announced.ben, lambda: announced.presses(announced.ben, answer, "Calendar file"))
    assert "stands in your direct messages already" in told
    assert [bool(each.files) for each in announced.workspace.direct_messages(announced.ben.id)] == [False, True]


async def test_of_a_session_that_was_moved_there_is_a_new_one_for_the_same_entry(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup afternoon")
    await announced.types(announced.ben, "/webinar calendar W1")
    _, first = await calendar_of(announced, announced.ben)
    await announced.types(announced.ana, "/webinar move W1 afternoon to 2026-12-11 16:30")
    direct = announced.workspace.open_direct(announced.ben.id)
    moved = await announced.post("has been moved", channel=direct)
    await announced.told(announced.ben, lambda: announced.presses(announced.ben, moved, "Calendar file"))
    _, second = await calendar_of(announced, announced.ben, 2)
    before, after = (each.files[0].content or b"" for each in (first, second))
    assert b"SEQUENCE:0" in before
    assert b"SEQUENCE:1" in after
    assert b"DTSTART:20261211T153000Z" in after
    assert uid(before) == uid(after)


async def test_an_old_button_sends_no_file_of_a_seat_that_is_elsewhere(announced: Scene) -> None:
    answer = await announced.answered(announced.ben, "/signup afternoon")
    await announced.types(announced.ben, "/signup morning")
    told = await announced.told(announced.ben, lambda: announced.presses(announced.ben, answer, "Calendar file"))
    assert "in the *morning* session, which this button is not about" in told


async def test_of_what_is_cancelled_or_over_there_is_none(announced: Scene) -> None:
    await announced.types(announced.ben, "/signup afternoon")
    await announced.types(announced.ana, "/webinar cancel W1 afternoon")
    assert "is cancelled, so there is nothing" in await announced.types(announced.ben, "/webinar calendar W1")
    await announced.types(announced.chu, "/signup morning")
    announced.clock.move_to(datetime(2026, 12, 10, 10, 0, tzinfo=UTC))
    assert "is over, so there is nothing" in await announced.types(announced.chu, "/webinar calendar W1")


async def test_each_members_entry_is_their_own(announced: Scene) -> None:
    uids = []
    for member in (announced.ben, announced.chu):
        await announced.types(member, "/signup afternoon")
        await announced.types(member, "/webinar calendar W1")
        _, reply = await calendar_of(announced, member)
        uids.append(uid(reply.files[0].content or b""))
    assert len(set(uids)) == 2


def uid(content: bytes) -> bytes:
    return content.partition(b"\r\nUID:")[2].partition(b"\r\n")[0]
