"""A mechanism's Chair changes at midnight in its region, in the middle of everything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest_asyncio

from tests.wire.scene import BY_HTTP, Scene
from workspace.members import Member
from workspace.shown import plain

pytestmark = BY_HTTP

FIRST_NUDGE = datetime(2026, 12, 5, 8, tzinfo=UTC)
MIDNIGHT_IN_APIA = datetime(2026, 12, 7, 11, tzinfo=UTC)
DAY_AHEAD = datetime(2026, 12, 9, 15, tzinfo=UTC)
LAST_NUDGE = datetime(2026, 12, 10, 6, tzinfo=UTC)


@pytest_asyncio.fixture
async def rotating(announced: Scene) -> Scene:
    """Chu is Chair of PIDC until 7 December, Ben from the eighth on; its Chair is invited, and a poll is open."""
    ana, ben, chu = announced.ana, announced.ben, announced.chu
    await announced.types(ana, "/consult mechanisms load")
    await announced.types(ana, f"/consult represent <@{chu.id}> PIDC as chair until 7 December 2026")
    await announced.types(ana, f"/consult represent <@{ben.id}> PIDC as chair from 8 December 2026")
    shown = await announced.answered(ana, "/webinar invite W1 the chair of PIDC nudge 5d 2h")
    await announced.presses(ana, shown, "Send 1 letter")
    await announced.types(ana, '/poll "Shall we meet again?" "Yes" "No"')
    await announced.post("Shall we meet again?")
    await announced.direct(chu)
    return announced


async def direct(scene: Scene, member: Member, saying: str) -> str:
    """The newest direct message to a member, as soon as it says so."""
    found = await scene.workspace.until(
        lambda: [each for each in scene.workspace.direct_messages(member.id) if saying in plain(each)]
    )
    return plain(found[-1])


def number(scene: Scene, member: Member) -> int:
    return len(scene.workspace.direct_messages(member.id))


async def votes(scene: Scene, member: Member, option: str, voters: str) -> None:
    await scene.presses(member, await scene.post("Shall we meet again?"), f"Vote for {option}")
    await scene.post("Shall we meet again?", voters)


async def test_each_message_goes_to_who_is_chair_by_then_and_the_record_says_who_acted(rotating: Scene) -> None:
    ana, ben, chu = rotating.ana, rotating.ben, rotating.chu
    (letter,) = rotating.workspace.direct_messages(chu.id)
    assert "PIDC is cordially invited" in plain(letter)
    await votes(rotating, chu, "Yes", "1 voter")
    rotating.clock.move_to(FIRST_NUDGE)
    assert "PIDC" in await direct(rotating, chu, "not heard")
    await rotating.told(chu, lambda: rotating.presses(chu, letter, "Sign up: afternoon"))
    assert "1 attending" in await rotating.types(ana, "/webinar invitations W1")

    rotating.clock.move_to(MIDNIGHT_IN_APIA - timedelta(minutes=1))
    assert "1 attending" in await rotating.types(ana, "/webinar invitations W1")
    assert number(rotating, ben) == 0
    rotating.clock.move_to(MIDNIGHT_IN_APIA)
    assert "PIDC is cordially invited" in await direct(rotating, ben, "cordially")
    assert "1 not answered" in await rotating.types(ana, "/webinar invitations W1")

    rotating.clock.move_to(DAY_AHEAD)
    assert "afternoon" in await direct(rotating, chu, "starts in 1 day")
    before = number(rotating, chu)
    await votes(rotating, ben, "No", "2 voters")
    rotating.clock.move_to(LAST_NUDGE)
    assert "PIDC" in await direct(rotating, ben, "not heard")
    (bens, *_) = rotating.workspace.direct_messages(ben.id)
    await rotating.told(ben, lambda: rotating.presses(ben, bens, "Sign up: morning"))
    assert "1 attending" in await rotating.types(ana, "/webinar invitations W1")
    assert number(rotating, ben) == 2, "a letter and a nudge"
    assert number(rotating, chu) == before, "a seat's reminder, and no nudge"

    history = await rotating.types(ana, "/consult audit PIDC sign-ups")
    newest, older = [line for line in history.splitlines() if "took a seat" in line]
    assert f"<@{ben.id}> took a seat in the *morning*" in newest
    assert f"<@{chu.id}> took a seat in the *afternoon*" in older
    assert all("as Chair of PIDC" in line for line in (newest, older))


async def test_who_is_chair_no_longer_answers_for_nobody_and_is_told_who_does(rotating: Scene) -> None:
    (letter,) = rotating.workspace.direct_messages(rotating.chu.id)
    rotating.clock.move_to(MIDNIGHT_IN_APIA)
    await direct(rotating, rotating.ben, "cordially")
    said = await rotating.told(rotating.chu, lambda: rotating.presses(rotating.chu, letter, "I can’t attend"))
    assert f"<@{rotating.ben.id}>" in said
    assert "1 not answered" in await rotating.types(rotating.ana, "/webinar invitations W1")
