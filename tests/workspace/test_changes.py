import asyncio

import pytest

from workspace.changes import Changes


async def test_what_is_so_already_is_not_waited_for() -> None:
    assert await Changes().until(lambda: "seen") == "seen"


async def test_a_change_wakes_who_waits_for_it() -> None:
    changes = Changes()
    things: list[str] = []
    waiting = asyncio.ensure_future(changes.until(lambda: things))
    await asyncio.sleep(0)
    changes.notify()
    assert not waiting.done()
    things.append("one")
    changes.notify()
    assert await waiting == ["one"]


async def test_waiting_ends_after_the_timeout() -> None:
    with pytest.raises(TimeoutError):
        await Changes().until(lambda: False, timeout_s=0.001)


async def test_an_error_in_looking_goes_to_who_waits_and_not_to_who_changes() -> None:
    changes = Changes()
    things: dict[str, str] = {"late": ""}
    waiting = asyncio.ensure_future(changes.until(lambda: things["late"]))
    await asyncio.sleep(0)
    things.clear()
    changes.notify()
    with pytest.raises(KeyError):
        await waiting


def test_who_has_unsubscribed_is_told_no_more() -> None:
    changes = Changes()
    told: list[int] = []
    unsubscribe = changes.subscribe(lambda: told.append(1))
    changes.notify()
    unsubscribe()
    unsubscribe()
    changes.notify()
    assert told == [1]
