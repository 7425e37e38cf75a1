from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler import engine
from tests.wire.scene import Scene


@pytest.fixture
def _profiles_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PROFILES_S", 0.05)


@pytest.mark.usefixtures("_profiles_at_once")
async def test_a_changed_profile_told_twice_is_read_anew_and_costs_no_seat(announced: Scene) -> None:
    """Slack may tell of an event twice, with one `event_id`. This one causes nothing that twice would double."""
    await announced.types(announced.ben, "/signup afternoon")

    def read() -> int:
        calls = announced.workspace.calls_of("users.info")
        return sum(each.arguments["user"] == announced.ben.id for each in calls)

    await announced.workspace.until(read)
    before = read()
    for _ in range(2):
        answer = await announced.standin.change_member(replace(announced.ben, zone="Asia/Manila"))
        assert answer is not None
        assert answer.error is None
    await announced.workspace.until(lambda: read() > before)
    assert "39 of 40" in await announced.types(announced.ben, "/signup afternoon")
