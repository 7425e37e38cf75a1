from __future__ import annotations

import asyncio

import pytest

from tests.wire.scene import Scene
from workspace.shown import plain

MEMBERS, SEATS = 200, 40


@pytest.mark.alone
async def test_two_hundred_at_once_for_forty_seats_get_forty(announced: Scene) -> None:
    crowd = announced.crowd(MEMBERS)
    answers = await asyncio.gather(
        *(announced.standin.command(each.id, announced.channel.id, "/signup afternoon") for each in crowd)
    )
    told = [plain(each.ephemeral) for each in answers if each.ephemeral is not None]
    assert len(told) == MEMBERS
    assert sum("You have a seat" in each for each in told) == SEATS
    assert sum("is full, so no seat was taken" in each for each in told) == MEMBERS - SEATS
    await announced.post("Full: all 40 seats are taken")


async def test_the_last_seat_is_taken_once_and_the_others_keep_what_they_had(scene: Scene) -> None:
    await scene.types(scene.ana, '/webinar new "Small" on 2026-12-10 in Zurich early 9-10, late 16-17 seats 1')
    await scene.types(scene.chu, "/signup early")
    first, second = await asyncio.gather(scene.types(scene.ben, "/signup late"), scene.types(scene.chu, "/signup late"))
    full = first if "is full" in first else second
    assert ("is full" in first) != ("is full" in second)
    if full is second:
        assert "You keep your seat in the *early* session" in second


async def test_twenty_nervous_presses_take_one_seat(announced: Scene) -> None:
    post = await announced.post("Sign up: afternoon")
    await asyncio.gather(*(announced.presses(announced.ben, post, "Sign up: afternoon") for _ in range(20)))
    await announced.post("39 of 40 seats left")
    assert "39 of 40" in await announced.types(announced.ben, "/signup afternoon")
